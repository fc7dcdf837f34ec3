import type { z } from 'zod'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { citeText } from '#kernel/cite.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { eventsTold } from '#engine/words.ts'
import { pick, type Language } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { lastDecision, type Decision } from './decision.ts'
import type { Contested } from './matter-schema.ts'

type ContestedDecision = { parent: Matter; decision: Decision; servedOn: string | null }

/** The decision that a matter contests, as it stood when the matter was opened; undefined where it contests none, or one the reader may not see. */
export async function contestedDecision(tx: Tx, matter: Matter, language: Language): Promise<ContestedDecision | undefined> {
  const parent = matter.parent ? await matterOf(tx, { region: matter.region, id: matter.parent }) : undefined
  const line = parent && lineOf(tx.on, parent.line, parent.edition)
  if (!parent || line?.remedy?.line !== matter.line) return undefined
  const events = (await eventsTold(tx, parent, language)).filter(({ at }) => at <= matter.openedAt)
  const decision = await lastDecision(tx, line, events)
  return decision && { parent, decision, servedOn: servedAfter(events, decision) }
}

function servedAfter(events: readonly Event[], { event }: Decision): string | null {
  const days = events.filter(({ seq }) => seq > event.seq).map(({ input }) => input['servedOn'])
  return days.findLast((day) => typeof day === 'string') ?? null
}

/** The same in words for the desk, or null. */
export async function contestedBy(tx: Tx, matter: Matter, language: Language): Promise<z.input<typeof Contested> | null> {
  const contested = await contestedDecision(tx, matter, language)
  if (!contested) return null
  const { parent, decision, servedOn } = contested
  return {
    region: parent.region,
    id: parent.id,
    title: pick(decision.title, language),
    on: dayOf(decision.event.at),
    servedOn,
    words: pick(decision.words, language),
    ground: decision.ground ? pick(decision.ground, language) : null,
    reasons: decision.reasons ?? null,
    articles: decision.cites.map(citeText),
  }
}
