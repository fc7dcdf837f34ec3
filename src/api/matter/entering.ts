import { z } from 'zod'
import type { Entrance } from '#kernel/journey/entrance.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { entranceOf, entrances } from '#lines/services.ts'
import { open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { isPrivate } from '#engine/traits.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers } from '#records/people/answers.ts'
import { findRegion } from '#records/register/regions.ts'
import { At, MatterView } from './matter-schema.ts'
import { viewMatter } from './matter-view.ts'
import { account } from '#kernel/seat.ts'
import { isHeldOf } from '#engine/standing.ts'
import { lineOf, newest } from '#platform/platform.ts'

/** Opens a draft for the person who asks; beside the matter it is about, where the line is about one. */
export async function openDraft(tx: Tx, entrance: Entrance, at: MatterId, its: { code: string; parent: string | null }): Promise<Matter> {
  const about = entrance.isAboutMatter ? await ownMatter(tx, at.region, its.parent) : null
  const data = (about && (await isHidden(tx, about)) && newest(tx.on, entrance.line)?.traits?.privately) || {}
  return open(tx, entrance.line, at, {
    code: its.code,
    seats: { [principalSeat(tx, entrance.line)]: [account(tx.actor.id)] },
    parent: about?.id ?? null,
    data,
  })
}

/** The seat of whoever a new matter of a line is for. */
const principalSeat = (tx: Tx, line: string): string => (newest(tx.on, line) ?? refuse('not_found', { line })).principal

/** What is about a private matter is private. */
const isHidden = async (tx: Tx, about: Matter): Promise<boolean> =>
  isPrivate(tx.on, about) || (entranceOf(about.line)?.isPrivate?.(plainAnswers(await answersOf(tx, about))) ?? false)

/** A proxy was let into a matter to act in it, not to dispose of what is known of the person. */
async function ownMatter(tx: Tx, region: string, id: string | null): Promise<Matter> {
  const matter = (id ? await matterOf(tx, { region, id }) : undefined) ?? refuse('not_found')
  if (!isHeldOf(tx, matter)) refuse('not_permitted', { action: 'open', by: [lineOf(tx.on, matter.line, matter.edition).principal] })
  return matter
}

const enterRoute = (entrance: Entrance): AnyRoute =>
  route({
    method: 'POST',
    path: `/api/${entrance.line}`,
    id: `${entrance.line}.open`,
    summary: entrance.title.en,
    counts: 'floods.drafts',
    body: (entrance.isAboutMatter ? At.extend({ parent: z.uuid() }) : At).strict(),
    returns: MatterView,
    async handler(tx, { body }) {
      if ((await findRegion(tx, body.region))?.level !== 3)
        refuse('invalid', { issues: [{ path: 'region', code: 'invalid_value', message: 'answer.choose' }] })
      await openDraft(tx, entrance, body, { code: newMatterCode(), parent: 'parent' in body ? String(body.parent) : null })
      return viewMatter(tx, body)
    },
  })

/** One route per entrance: declaring how people come to a line is all it takes. */
export const enterRoutes: readonly AnyRoute[] = entrances.map(enterRoute)
