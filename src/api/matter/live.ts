import { stream, type Word } from '#platform/http/route.ts'
import { say } from '#platform/messages/messages.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import type { Present } from '#engine/presence.ts'
import type { Session } from '#platform/doors/sessions.ts'
import { as } from '#platform/tx.ts'
import { watchMatter, type Standing } from '#engine/watching.ts'
import { namesOf } from '#records/people/names.ts'
import { At } from './matter-schema.ts'
import type { MatterId } from '#kernel/matter.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { relationTitle } from './relation-title.ts'

/** A matter while it is open on somebody's desk: `changed` when its page would read differently, `people` who else has it open. */
export const liveStream = stream({
  path: '/api/live/:region/:id',
  id: 'matter.live',
  params: At,
  async open(on, { params, session, lastId }, until) {
    const standings = await watchMatter(on, params, session, until)
    return words(on, session, standings, { at: params, lastId, now: until.now })
  },
})

type Heard = { at: MatterId; lastId: string | null; now: () => Date }

async function* words(
  on: Platform,
  session: Session,
  standings: AsyncIterable<Standing>,
  { at, lastId, now }: Heard,
): AsyncGenerator<Word> {
  let [mark, people] = [lastId, '[]'] // a page begins with nobody else
  for await (const standing of standings) {
    if (standing.mark !== mark) yield { event: 'changed', id: standing.mark, data: { mark: standing.mark } }
    mark = standing.mark
    const others = standing.people.filter(({ account }) => account !== session.actor.id)
    const known = JSON.stringify(others)
    if (known !== people) yield { event: 'people', data: await named(on, session, others, { at, now: now() }) }
    people = known
  }
}

const named = (on: Platform, { actor }: Session, people: readonly Present[], { at, now }: { at: MatterId; now: Date }) =>
  as(on, actor, now, async (tx) => {
    const matter = await matterOf(tx, at)
    const line = matter && lineOf(on, matter.line, matter.edition)
    const names = await namesOf(
      tx,
      people.map(({ account }) => account),
    )
    return people.map(({ account, role, since }) => ({
      name: names.get(account) ?? say('zh', 'by.system'),
      role: relationTitle(line, role, 'zh'),
      since,
    }))
  })
