import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Named } from '#kernel/journey/entrance.ts'
import { nextUnanswered } from '#kernel/journey/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers } from './answers.ts'
import { addParty, addPerson } from './people.ts'
import { questionsOf } from './questions.ts'

/** Filing makes persons of the names given, and takes from the answers only the decisions the log needs. */
export async function prepareFiling(tx: Tx, matter: Matter, _: object, channel: string): Promise<Record<string, unknown>> {
  const today = dayOf(tx.now)
  const entrance = tx.on.entrances.get(matter.line) ?? refuse('not_found')
  const answers = plainAnswers(await answersOf(tx, matter))
  const open = nextUnanswered(await questionsOf(tx, matter, today), answers)
  if (open) refuse('missing_answer', { question: open.key })
  const people: Partial<Record<Named['role'], string>> = {}
  for (const named of entrance.people?.(answers) ?? []) {
    const person = await addPerson(tx, matter.region, named)
    await addParty(tx, matter, person, named.role)
    people[named.role] = person
  }
  return entrance.filing(answers, { people, channel, today })
}
