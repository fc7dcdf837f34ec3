import { v5 } from 'uuid'
import { z } from 'zod'
import { choice } from '#kernel/form.ts'
import { freeText } from '#kernel/free-text.ts'
import { answersFrom } from '#kernel/journey/carried.ts'
import { idNumber, phone } from '#kernel/journey/journey-answers.ts'
import type { Answers, Question } from '#kernel/journey/journey.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { issuesOf, refuse } from '#kernel/refusal.ts'
import { party } from '#kernel/seat.ts'
import { open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { newest } from '#platform/platform.ts'
import { asSystem, type Tx } from '#platform/tx.ts'
import { saveAnswers } from '../people/answers.ts'
import { addParty, addPerson, type PersonKind } from '../people/people.ts'
import { askedIn } from './carried.ts'

/** Somebody for whom a matter is opened, as they are written down; none of them needs an account. */
export const Person = z
  .object({
    name: freeText(z.string().trim().min(1).max(100)),
    idNumber: idNumber.optional(),
    phone: phone.optional(),
    address: freeText(z.string().trim().max(200)).optional(),
  })
  .strict()

/** How somebody came to whoever opens it for them. */
export const channel = choice(
  { zh: '怎么来的', en: 'How they came' },
  {
    window: { zh: '窗口', en: 'At the window' },
    hotline: { zh: '热线电话', en: 'By the hotline' },
    villageRoom: { zh: '村（居）法律服务室', en: 'In a village room' },
  },
)

/** What somebody told, question by question of the line. */
export const Told = freeText(z.record(z.string().max(40), z.record(z.string().max(40), z.unknown())))
export type Told = z.output<typeof Told>

type For = {
  people: readonly (z.output<typeof Person> & { kind?: PersonKind })[]
  channel: string
  said?: Told | undefined
  data(said: Answers): Matter['data']
}

/**
 * Opens a matter for people who told somebody of theirs: they sit there, whoever wrote it down stands in its log, and what they told is kept as their word. The
 * same form sent again names the same people.
 */
export async function openFor(tx: Tx, line: string, at: MatterId, { people: named, channel: by, said = {}, data }: For): Promise<Matter> {
  const questions = askedIn(tx.on, { line, edition: newest(tx.on, line)?.edition ?? '', openedAt: tx.now })
  const told = { ...known(questions, named[0]), ...judged(questions, said) }
  const people: string[] = []
  for (const [n, one] of named.entries())
    people.push(await addPerson(tx, at.region, { kind: 'natural', ...one }, v5(`applicant ${n}`, at.id)))
  const principal = newest(tx.on, line)?.principal ?? refuse('not_found', { line })
  const opened = { code: newMatterCode(), seats: { [principal]: people.map(party) }, parent: null, data: data(told) }
  const matter = await open(tx, line, at, opened)
  for (const person of people) await addParty(tx, matter, person, 'recipient')
  const [first] = people
  // Whoever may open it may write down what they were told then, also one who takes nothing in afterwards.
  if (first) await asSystem(tx, (own) => saveAnswers(own, matter, told, { channel: by, saidBy: first, holder: first }))
  return matter
}

/** What a person's name and home answer already. */
const known = (questions: readonly Question[], { name, idNumber: number, address }: Partial<z.output<typeof Person>> = {}): Answers => {
  const facts = { 'person.name': name, 'person.idNumber': number, 'person.home': address }
  return answersFrom(questions, new Map(Object.entries(facts).filter(([, value]) => value !== undefined)))
}

/** Each answer as its question takes it; refuses one that none takes, and a question that nobody asks. */
export const judged = (questions: readonly Question[], said: Answers): Answers =>
  Object.fromEntries(
    Object.entries(said).map(([key, value]) => {
      const question = questions.find((one) => one.key === key)
      const parsed = question?.schema.safeParse(value)
      if (!parsed) return refuse('invalid', { issues: [{ path: `said.${key}`, code: 'unrecognized_keys', message: 'answer.choose' }] })
      if (parsed.success) return [key, parsed.data] as const
      const issues = issuesOf(parsed.error.issues).map((issue) => ({ ...issue, path: `said.${key}.${issue.path}` }))
      return refuse('invalid', { issues })
    }),
  )
