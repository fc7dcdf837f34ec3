import { stream, type Word } from '#platform/http/route.ts'
import { say } from '#platform/messages/messages.ts'
import type { Platform } from '#platform/platform.ts'
import type { Present } from '#engine/presence.ts'
import type { Session } from '#platform/doors/sessions.ts'
import { as } from '#platform/tx.ts'
import { watchMatter, type Standing } from '#engine/watching.ts'
import { namesOf } from '#records/people/names.ts'
import { At } from './matter-schema.ts'

/** A matter while it is open on somebody's desk: `changed` when its page would read differently, `people` who else has it open. */
export const liveStream = stream({
  path: '/api/live/:region/:id',
  id: 'matter.live',
  params: At,
  async open(on, { params, session, lastId }, until) {
    const standings = await watchMatter(on, params, session, until)
    return words(on, session, standings, { lastId, now: until.now })
  },
})

type Heard = { lastId: string | null; now: () => Date }

async function* words(on: Platform, session: Session, standings: AsyncIterable<Standing>, { lastId, now }: Heard): AsyncGenerator<Word> {
  let [mark, people] = [lastId, '[]'] // a page begins with nobody else
  for await (const standing of standings) {
    if (standing.mark !== mark) yield { event: 'changed', id: standing.mark, data: { mark: standing.mark } }
    mark = standing.mark
    const others = standing.people.filter(({ account }) => account !== session.actor.id)
    const known = JSON.stringify(others)
    if (known !== people) yield { event: 'people', data: await named(on, session, others, now()) }
    people = known
  }
}

const named = (on: Platform, { actor }: Session, people: readonly Present[], now: Date) =>
  as(on, actor, now, async (tx) => {
    const names = await namesOf(
      tx,
      people.map(({ account }) => account),
    )
    return people.map(({ account, role, since }) => ({
      name: names.get(account) ?? say('zh', 'by.system'),
      role: say('zh', `relation.${role}`),
      since,
    }))
  })
