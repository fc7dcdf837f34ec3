import type { Matter } from '#kernel/matter.ts'
import { seatedIn } from '#kernel/seat.ts'
import type { EffectHandler } from '#engine/jobs.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { ownerIn, principalIn } from '#engine/standing.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers, saveAnswer } from '#records/people/answers.ts'
import { eraseMatter, erasePart, mustBeKept, stopUse } from '#records/privacy/erasure.ts'
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

/** Whether the one who asks is whom the other matter is for; else they were asked to answer in it, and dispose of their own part alone. */
export const isOfPrincipal = (tx: Tx, request: Matter, about: Matter): boolean =>
  principalIn(tx, request) !== null && principalIn(tx, request) === principalIn(tx, about)

/** Whose part of a matter is the asker's. */
const askersPart = (tx: Tx, request: Matter, about: Matter): string => ownerIn(tx, about, principalIn(tx, request) ?? '')

async function withAbout(tx: Tx, at: { region: string; id: string }, deed: (request: Matter, about: Matter) => Promise<void>) {
  const request = await matterOf(tx, at)
  const about = request?.parent ? await matterOf(tx, { region: at.region, id: request.parent }) : undefined
  if (request && about) await deed(request, about)
}

/** It may have become a file between the decision and now; then it is kept, and put to no other use. What somebody said who was asked to answer goes without the rest. */
async function eraseAbout(tx: Tx, request: Matter, about: Matter): Promise<void> {
  if (!isOfPrincipal(tx, request, about)) return mustBeKept(tx, about) ? undefined : erasePart(tx, about, askersPart(tx, request, about))
  await (mustBeKept(tx, about) ? stopUse(tx, about) : eraseMatter(tx, about))
}

/** The newest answer holds, with its source: the person, on the day of this request. What is kept of the people follows. */
async function correctAbout(tx: Tx, request: Matter, about: Matter): Promise<void> {
  const asked = plainAnswers(await answersOf(tx, request))
  const [key = ''] = (wrongFact(asked) ?? '').split('.')
  const told = (await ownAnswers(tx, request, about))[key]
  if (!told) return
  const right = { ...told, ...(asked[rightKey(wrongFact(asked) ?? '')] as object) } // answers are objects by field
  await saveAnswer(tx, about, key, right, {
    channel: String(request.data['channel']),
    saidBy: principalIn(tx, request) ?? tx.actor.id,
    carriedFrom: request.id,
  })
  await amendPeople(tx, request, about)
}

/** What the asker said in a matter; never what another showed them of theirs. */
async function ownAnswers(tx: Tx, request: Matter, about: Matter): Promise<Readonly<Record<string, object>>> {
  const part = askersPart(tx, request, about)
  const said = [...(await answersOf(tx, about, part))].filter(([, { holder }]) => holder === part)
  return Object.fromEntries(said.map(([key, { value }]) => [key, value as object])) // answers are objects by field
}

/** Of the people kept only those whom the asker named: themselves, and where it is their matter also the other side. */
async function amendPeople(tx: Tx, request: Matter, about: Matter): Promise<void> {
  const kept = await partyRows(tx, [about])
  const isTheirs = isOfPrincipal(tx, request, about)
  const self = seatedIn(about).find(({ account }) => account === principalIn(tx, request))?.party
  for (const named of tx.on.entrances.get(about.line)?.people?.(await ownAnswers(tx, request, about)) ?? []) {
    const person = isTheirs
      ? kept.find(({ role }) => role === named.role)
      : named.role === 'recipient' && kept.find(({ id }) => id === self)
    if (person) await amendPerson(tx, about.region, person.id, named)
  }
}
