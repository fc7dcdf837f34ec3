import type { Matter } from '#kernel/matter.ts'
import type { EffectHandler } from '#engine/jobs.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { principalIn } from '#engine/standing.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers, saveAnswer } from '#records/people/answers.ts'
import { eraseMatter, mustBeKept, stopUse } from '#records/privacy/erasure.ts'
import { amendPerson, partyRows } from '#records/people/people.ts'
import { rightKey, wrongFact } from '../journey.ts'

type Deed = (tx: Tx, request: Matter, about: Matter) => Promise<void>

/** What granting a request changes; to see, to copy and to explain change nothing. */
const deeds: Readonly<Record<string, Deed | undefined>> = { delete: eraseAbout, correct: correctAbout }

/** Carries out what a granted request asked for, on the matter it is about. Running it twice changes nothing. */
export const carryOut: EffectHandler = (tx, job) =>
  withAbout(tx, job, (request, about) => deeds[String(request.data['wants'])]?.(tx, request, about) ?? Promise.resolve())

/** Stops every use of a matter that must be kept (个人信息保护法 art. 47(2)). */
export const stopUseOfParent: EffectHandler = (tx, job) => withAbout(tx, job, (_, about) => stopUse(tx, about))

async function withAbout(tx: Tx, at: { region: string; id: string }, deed: (request: Matter, about: Matter) => Promise<void>) {
  const request = await matterOf(tx, at)
  const about = request?.parent ? await matterOf(tx, { region: at.region, id: request.parent }) : undefined
  if (request && about) await deed(request, about)
}

/** It may have become a file between the decision and now; then it is kept, and put to no other use. */
async function eraseAbout(tx: Tx, _: Matter, about: Matter): Promise<void> {
  await (mustBeKept(tx, about) ? stopUse(tx, about) : eraseMatter(tx, about))
}

/** The newest answer holds, with its source: the person, on the day of this request. What is kept of the people follows. */
async function correctAbout(tx: Tx, request: Matter, about: Matter): Promise<void> {
  const asked = plainAnswers(await answersOf(tx, request))
  const [key = ''] = (wrongFact(asked) ?? '').split('.')
  const told = plainAnswers(await answersOf(tx, about))
  if (!(key in told)) return
  const right = { ...(told[key] as object), ...(asked[rightKey(wrongFact(asked) ?? '')] as object) } // answers are objects by field
  await saveAnswer(tx, about, key, right, {
    channel: String(request.data['channel']),
    saidBy: principalIn(tx, request) ?? tx.actor.id,
    carriedFrom: request.id,
  })
  await amendPeople(tx, about)
}

async function amendPeople(tx: Tx, about: Matter): Promise<void> {
  const kept = await partyRows(tx, [about])
  for (const named of tx.on.entrances.get(about.line)?.people?.(plainAnswers(await answersOf(tx, about))) ?? []) {
    const person = kept.find(({ role }) => role === named.role)
    if (person) await amendPerson(tx, about.region, person.id, named)
  }
}
