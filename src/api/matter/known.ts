import { sql } from 'kysely'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Answers, Question } from '#kernel/journey/journey.ts'
import type { Matter } from '#kernel/matter.ts'
import { entranceOf } from '#lines/services.ts'
import { matterColumns } from '#engine/matter-rows.ts'
import { isPrivate } from '#engine/traits.ts'
import type { Tx } from '#platform/tx.ts'
import { answersOf, plainAnswers } from '#records/people/answers.ts'
import { isFor, isOwn } from '#engine/standing.ts'

/** What somebody told before and may say again: the fields that hold beyond one matter, and where and when they were told. */
export type Known = { value: Answers; at: Date; channel: string; matter: string }

type Asking = { matter: Matter; question: Question; answers: Answers; isPrivate: boolean }

/** The newest answer its person gave to a question in another matter of theirs, where the question lasts; never into or out of a private matter. */
export async function knownBefore(tx: Tx, { matter, question, answers, isPrivate }: Asking): Promise<Known | undefined> {
  if (isPrivate || question.key in answers || !isOwn(tx, matter) || !lasts(question, answers)) return undefined
  const found: Known[] = []
  for (const other of await otherMatters(tx, matter, question.key)) found.push(...(await toldIn(tx, other, question)))
  return found.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
}

const lasts = ({ lasting }: Question, answers: Answers): boolean => lasting !== undefined && (lasting.when?.(answers) ?? true)

/** The reader's own matters in which the question was answered. */
async function otherMatters(tx: Tx, { id }: Matter, key: string): Promise<Matter[]> {
  const { rows } = await sql<Matter>`/*known*/ select ${matterColumns} from matter m where ${isFor(tx.actor.id)} and m.id <> ${id}
    and m.erased_at is null and m.use_stopped_at is null and exists (select from answer a where a.region = m.region and a.matter = m.id and a.question = ${key})
    order by m.opened_at desc limit 20`.execute(tx.db)
  return rows
}

async function toldIn(tx: Tx, other: Matter, question: Question): Promise<Known[]> {
  const entrance = entranceOf(other.line)
  const known = await answersOf(tx, other)
  const answers = plainAnswers(known)
  const asked = entrance?.journey(dayOf(other.openedAt)).find(({ key }) => key === question.key)
  const told = known.get(question.key)
  if (!asked || !told || !lasts(asked, answers) || isPrivate(tx.on, other) || entrance?.isPrivate?.(answers)) return []
  const kept = Object.entries(told.value as object).filter(([field]) => question.lasting?.fields.includes(field)) // answers are objects by field
  const parsed = question.schema.safeParse(Object.fromEntries(kept))
  return parsed.success ? [{ value: parsed.data, at: told.source.at, channel: told.source.channel, matter: other.id }] : []
}
