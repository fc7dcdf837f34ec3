import { sql } from 'kysely'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { factsIn, type Known } from '#kernel/journey/carried.ts'
import type { Answers, Question } from '#kernel/journey/journey.ts'
import type { Line } from '#kernel/line.ts'
import type { MatterId } from '#kernel/matter.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { openAnswer } from '../people/answers.ts'

/** One answer as it was offered along with a referral: only the fields whose facts were, and where it comes from. */
export type Offered = { question: Question; value: Answers; saidBy: string; channel: string; at: Date; matter: string }

type Row = {
  region: string
  matter: string
  line: string
  edition: string
  openedAt: Date
  keys: string[]
  question: string
  holder: string
  seq: number
  value: string
  saidBy: string
  channel: string
  at: Date
}

/**
 * What a matter that was referred reads of the one it comes from, before its desk has answered: nothing once it has, once the leave was taken back or is over, and
 * never what somebody else said there.
 */
export async function offeredTo(tx: Tx, { region, id }: MatterId): Promise<Offered[]> {
  const { rows } =
    await sql<Row>`select t.region, t.matter, t.line, t.edition, t.opened_at as "openedAt", t.keys, t.question, t.holder, t.seq, t.value,
      t.said_by as "saidBy", t.channel, t.at from sec.through_share(${region}, ${id}) t`.execute(tx.db)
  return rows.flatMap((row) => {
    const question = askedIn(tx.on, row).find(({ key }) => key === row.question)
    const told = openAnswer(tx, { region: row.region, id: row.matter }, row) as Answers // answers are objects by field
    const value = question && only(told, question, row.keys)
    return value && Object.keys(value).length ? [{ ...row, question, value }] : []
  })
}

/** The facts that were offered. */
export const knownFrom = (offered: readonly Offered[]): Known =>
  new Map(offered.flatMap(({ question, value }) => [...factsIn([question], { [question.key]: value })]))

const only = (told: Answers, { facts = {} }: Question, keys: readonly string[]): Answers =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([field, fact]) => (keys.includes(fact) && told[field] !== undefined ? [[field, told[field]]] : [])),
  )

/** What a line asks whoever comes to it, as of the day. */
export const askedIn = (
  on: Platform,
  { line, edition, openedAt }: { line: string; edition: string; openedAt: Date },
): readonly Question[] => on.entrances.get(line)?.journey(dayOf(openedAt)) ?? lineOf(on, line, edition).asked ?? []

/** The questions of a line that hold one of these facts. */
export const questionsHolding = (questions: readonly Question[], keys: readonly string[]): string[] =>
  questions.filter(({ facts = {} }) => Object.values(facts).some((fact) => keys.includes(fact))).map(({ key }) => key)

/** Whether what stands in this state of a line was referred and not answered yet. */
export const isOffered = ({ receives }: Line, { state }: { state: string }): boolean => receives !== undefined && state === receives
