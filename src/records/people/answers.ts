import type { Answers } from '#kernel/journey.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { seal, unseal, type Place } from '#platform/keys/crypto.ts'
import { isoDigest } from '#platform/keys/digest.ts'
import { lockMatter } from '#engine/matter-rows.ts'
import type { Tx } from '#platform/tx.ts'
import { isPartyTo, relationsTo } from '#engine/standing.ts'
import type { Relation } from '#kernel/actor.ts'

/** One answer as it holds: what was said, by whom, on which channel, when, and by whom, when and how it was checked. */
export type Answered = {
  value: unknown
  source: {
    saidBy: string
    channel: string
    at: Date
    verifiedBy: string | null
    verifiedAt: Date | null
    verifiedHow: string | null
    carriedFrom: string | null
  }
  seq: number
}

/**
 * Keeps an answer sealed, as the newest of its question; earlier ones stay. Saying the same again adds nothing, and a form sent back empty
 * never erases what was said. Refuses a matter that does not exist for the actor, and whoever is neither on the person's side nor an officer who takes things in.
 */
export const saveAnswer = (tx: Tx, at: MatterId, question: string, value: unknown, source: string | Source): Promise<void> =>
  saveAnswers(tx, at, { [question]: value }, source)

/** Where an answer comes from: a channel alone, for what the actor says here; else also who said it, and in which matter. */
export type Source = { channel: string; saidBy?: string; carriedFrom?: string }

/** The same for several questions at once, as when an officer types in a paper form. */
export async function saveAnswers(tx: Tx, at: MatterId, said: Answers, from: string | Source): Promise<void> {
  const source = typeof from === 'string' ? { channel: from } : from
  const matter = (await lockMatter(tx, at)) ?? refuse('not_found')
  if (!mayTell(tx, matter)) refuse('not_permitted', { action: 'answer' })
  const known = await answersOf(tx, at)
  const fresh = Object.entries(said).filter(([question, value]) => isNews(value, known.get(question)))
  const rowOf = ([question, value]: [string, unknown]) => newRow(tx, at, question, value, (known.get(question)?.seq ?? 0) + 1, source)
  if (fresh.length) await tx.db.insertInto('answer').values(fresh.map(rowOf)).execute()
}

const isNews = (value: unknown, known: Answered | undefined): boolean =>
  !known || (!isEmpty(value) && isoDigest(value) !== isoDigest(known.value))

const newRow = (tx: Tx, at: MatterId, question: string, value: unknown, seq: number, { channel, saidBy, carriedFrom }: Source) => ({
  region: at.region,
  matter: at.id,
  question,
  seq,
  value: seal(tx.on.keyring, JSON.stringify(value ?? {}), answerPlace(at, question, seq)),
  said_by: saidBy ?? tx.actor.id,
  channel,
  at: tx.now,
  carried_from: carriedFrom ?? null,
})

/** Who writes down what was said to them. */
const tellers = ['intake', 'reviewer', 'supervisor', 'system'] as const satisfies Relation[]

function mayTell(tx: Tx, matter: Matter): boolean {
  const is = relationsTo(tx, matter)
  return isPartyTo(tx, matter) || tellers.some((relation) => is.has(relation))
}

const answerPlace = (at: MatterId, question: string, seq: number): Place => ({
  table: 'answer',
  column: 'value',
  row: `${at.id}/${question}/${seq}`,
  region: at.region,
})

const openAnswer = (tx: Tx, at: MatterId, row: { question: string; seq: number; value: string }): unknown =>
  JSON.parse(unseal(tx.on.keyring, row.value, answerPlace(at, row.question, row.seq)))

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.values(value).every(isEmpty)
}

/** What a question's answer was before the one that holds; undefined where it was given once. */
export async function answerBefore(tx: Tx, at: MatterId, question: string): Promise<unknown> {
  const [, before] = await tx.db
    .selectFrom('answer')
    .select(['question', 'seq', 'value'])
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .where('question', '=', question)
    .orderBy('seq', 'desc')
    .limit(2)
    .execute()
  return before && openAnswer(tx, at, before)
}

/** The answer that holds for each question, with its source. */
export async function answersOf(tx: Tx, at: MatterId): Promise<ReadonlyMap<string, Answered>> {
  const rows = await tx.db
    .selectFrom('answer')
    .distinctOn('question')
    .selectAll()
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .orderBy('question')
    .orderBy('seq', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.question, { value: openAnswer(tx, at, row), source: sourceOf(row), seq: row.seq }]))
}

type SourceRow = {
  said_by: string
  channel: string
  at: Date
  verified_by: string | null
  verified_at: Date | null
  verified_how: string | null
  carried_from: string | null
}
const sourceOf = (row: SourceRow): Answered['source'] => ({
  saidBy: row.said_by,
  channel: row.channel,
  at: row.at,
  verifiedBy: row.verified_by,
  verifiedAt: row.verified_at,
  verifiedHow: row.verified_how,
  carriedFrom: row.carried_from,
})

/** When something was last said in each of several matters, by matter; those in which nothing was are left out. */
export async function lastSaidIn(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  if (!ids.length) return new Map()
  const rows = await tx.db
    .selectFrom('answer')
    .select(({ fn }) => ['matter', fn.max('at').as('at')])
    .where('matter', 'in', [...ids])
    .groupBy('matter')
    .execute()
  return new Map(rows.map(({ matter, at }) => [matter, at]))
}

/** What was said without where it comes from, as the journey and the eligibility rules read it. */
export const plainAnswers = (known: ReadonlyMap<string, Answered>): Answers =>
  Object.fromEntries(Array.from(known, ([question, { value }]) => [question, value]))
