import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Named } from '#kernel/journey/entrance.ts'
import { nextUnanswered } from '#kernel/journey/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import type { Answers } from '#kernel/journey/journey.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers } from './answers.ts'
import { addParty, addPerson, amendPerson, partyRows } from './people.ts'
import { questionsOf } from './questions.ts'

/** Filing makes persons of the names given, and takes from the answers only the decisions the log needs. */
export async function prepareFiling(tx: Tx, matter: Matter, _: object, channel: string): Promise<Record<string, unknown>> {
  const today = dayOf(tx.now)
  const entrance = tx.on.entrances.get(matter.line) ?? refuse('not_found')
  const answers = plainAnswers(await answersOf(tx, matter))
  const open = nextUnanswered(await questionsOf(tx, matter, today), answers)
  if (open) refuse('missing_answer', { question: open.key })
  return entrance.filing(answers, { people: await addNamed(tx, matter, answers), channel, today })
}

/** Keeps everybody whom the answers name; whoever was recorded in that part already is put right, not added again. Returns them by their part. */
export async function addNamed(tx: Tx, matter: Matter, answers: Answers): Promise<Partial<Record<Named['role'], string>>> {
  const people: Partial<Record<Named['role'], string>> = {}
  const known = await partyRows(tx, [matter])
  for (const { role, kind, ...named } of tx.on.entrances.get(matter.line)?.people?.(answers) ?? []) {
    const before = known.find((one) => one.role === role)?.id
    if (before) await amendPerson(tx, matter.region, before, named)
    else if (!named.name) continue
    people[role] = before ?? (await addPerson(tx, matter.region, { kind, ...named }))
    if (!before) await addParty(tx, matter, people[role], role)
  }
  return people
}
