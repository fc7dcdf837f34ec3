import { z } from 'zod'
import { v7 } from 'uuid'
import type { MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { placeOf } from '#engine/listening.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { leave, presentIn, renew, renewMs } from '#engine/presence.ts'
import { isPartyTo } from '#engine/standing.ts'
import { route } from '#platform/http/route.ts'
import { say } from '#platform/messages/messages.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'
import type { Session } from '#platform/doors/sessions.ts'
import { namesOf } from '#records/people/names.ts'
import type { News, Opening } from '../live-topic.ts'
import { At } from './matter-schema.ts'
import { relationTitle } from './relation-title.ts'

/**
 * A matter while it is open on somebody's desk: `changed` when its page would read differently, `people` when others came or went. Over when it is theirs
 * to see no more. There is none where it does not exist for them, or is their own.
 */
export const listenToMatter: Opening = async (on, { session, rest: [region = '', id = ''], last, now }) => {
  const parsed = At.safeParse({ region, id })
  if (!parsed.success) return undefined
  const its = { at: parsed.data, session, page: v7() }
  if (!(await mayStay(on, its, now()))) return undefined
  let renewedAt = now().getTime()
  let [mark, people] = [last, ''] // a page begins with nobody else
  return {
    matters: [its.at],
    async hear(look) {
      const found = look.marks.get(placeOf(its.at)) ?? mark
      // Whatever takes away the sight of a matter changes its row; the rest is caught by the renewal.
      if (found !== mark || now().getTime() - renewedAt >= renewMs) {
        if (!(await mayStay(on, its, now()))) return null
        renewedAt = now().getTime()
      }
      const others = (look.people.get(its.at.id) ?? []).filter(({ account }) => account !== session.actor.id)
      const known = others.map(({ account, role }) => `${account} ${role}`).join()
      const news: News[] = []
      if (found !== null && found !== mark) news.push({ event: 'changed', mark: found })
      if (known !== people) news.push({ event: 'people' })
      ;[mark, people] = [found, known]
      return news
    },
    leave: () => as(on, system, now(), (tx) => leave(tx, its.page)),
  }
}

type Page = { at: MatterId; session: Session; page: string }

/** Renews the page's presence while the row policies show the matter; an officer who is a party to it watches nothing. */
const mayStay = (on: Platform, { at, session, page }: Page, now: Date): Promise<boolean> =>
  as(on, session.actor, now, async (tx) => {
    const matter = await matterOf(tx, at)
    if (!matter || isPartyTo(tx, matter)) return false
    await renew(tx, matter, page)
    return true
  })

/** Who else has a matter open, as what and since when. */
export const presentRoute = route({
  method: 'GET',
  path: '/api/matters/:region/:id/people',
  id: 'matter.people',
  summary: 'Who else has a matter open now',
  params: At,
  returns: z.array(z.object({ name: z.string(), role: z.string(), since: z.iso.datetime() }).meta({ id: 'Colleague' })),
  async handler(tx, { params }) {
    const matter = await matterOf(tx, params)
    if (!matter || isPartyTo(tx, matter)) refuse('not_found')
    const line = lineOf(tx.on, matter.line, matter.edition)
    const present = (await presentIn(tx, [params])).get(params.id) ?? []
    const others = present.filter(({ account }) => account !== tx.actor.id)
    const names = await namesOf(
      tx,
      others.map(({ account }) => account),
    )
    return others.map(({ account, role, since }) => ({
      name: names.get(account) ?? say('zh', 'by.system'),
      role: relationTitle(line, role, 'zh'),
      since: since.toISOString(),
    }))
  },
})
