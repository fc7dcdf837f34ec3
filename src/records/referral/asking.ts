import { dayOf } from '#kernel/calendar/calendar.ts'
import { factsIn, type Known } from '#kernel/journey/carried.ts'
import { pathOf, type Answers, type Question } from '#kernel/journey/journey.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { holdersIn, type Holder } from '#kernel/seat.ts'
import { isPartyTo } from '#engine/standing.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, mayTell, plainAnswers } from '../people/answers.ts'
import { openField, partyRows } from '../people/people.ts'
import { questionsOf } from '../people/questions.ts'
import { isUseStopped } from '../privacy/erasure.ts'

/** Under this name is kept what came along with a referral and is half of an answer: by fact of the catalogue, until the rest is told. */
export const halfKnown = 'carried'

/** What somebody has still to be asked: each question with what of its answer is known already. */
export type Asking = { holder: Holder; questions: { question: Question; known: Answers }[] }

/** Whether this actor writes down for others, at this stage of a matter, what they answer by word. */
export async function mayTellFor(tx: Tx, matter: Matter): Promise<boolean> {
  return !isPartyTo(tx, matter) && mayTell(tx, matter) && isAsking(tx, matter) && !(await isUseStopped(tx, matter))
}

/** Whether a matter asks anybody anything: one that is over does not, and one that was referred asks once it was taken over. */
export function isAsking(tx: Tx, matter: Matter): boolean {
  const line = lineOf(tx.on, matter.line, matter.edition)
  return !line.states[matter.state]?.final && matter.state !== line.receives
}

/** Those of whom the matter is who have no account by which they would say it themselves. */
export const unheardIn = ({ principal }: Pick<Line, 'principal'>, matter: Matter): Holder[] =>
  holdersIn(matter, principal).filter(({ account }) => account === null)

/** Those of whom the matter is who have no account, with what each has still to be asked; nobody is asked twice what was said here or came along. */
export async function askingIn(tx: Tx, matter: Matter): Promise<Asking[]> {
  const questions = await questionsOf(tx, matter, dayOf(tx.now))
  const asking: Asking[] = []
  for (const holder of unheardIn(lineOf(tx.on, matter.line, matter.edition), matter)) {
    const answers = plainAnswers(await answersOf(tx, matter, holder.id))
    const known = await knownOf(tx, matter, { holder, questions, answers })
    const open = pathOf(questions, answers).filter((question) => !(question.key in answers) && question.fields.some(isTold))
    asking.push({ holder, questions: open.map((question) => ({ question, known: partOf(question, known) })) })
  }
  return asking
}

/** What is read aloud is no answer, and papers are handed in. */
const isTold = ({ kind, name }: Question['fields'][number]): boolean => kind !== 'files' && name !== 'read'

type Of = { holder: Holder; questions: readonly Question[]; answers: Answers }

/** What is known of a holder, by fact: as they are written down, what came along by halves, and what they said, which holds before either. */
export async function knownOf(tx: Tx, matter: Matter, { holder, questions, answers }: Of): Promise<Known> {
  const row = (await partyRows(tx, [matter])).find(({ id }) => id === holder.party)
  const written = row
    ? {
        'person.name': openField(tx, row, 'name'),
        'person.idNumber': openField(tx, row, 'idNumber'),
        'person.home': openField(tx, row, 'address'),
      }
    : {}
  return new Map([
    ...Object.entries(written).filter(([, value]) => value !== null),
    ...Object.entries((answers[halfKnown] ?? {}) as object), // kept by `takeOver`
    ...factsIn(questions, answers),
  ])
}

/** What of an answer is known, by field. */
export const partOf = ({ facts = {} }: Question, known: Known): Answers =>
  Object.fromEntries(Object.entries(facts).flatMap(([field, fact]) => (known.has(fact) ? [[field, known.get(fact)]] : [])))
