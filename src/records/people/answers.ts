import type { Answers } from '#kernel/journey/journey.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { newSalt, seal, unseal, type Place } from '#platform/keys/crypto.ts'
import { noteKept, type KeptTable } from '#platform/keys/kept.ts'
import { isoDigest } from '#platform/keys/digest.ts'
import { lockMatter } from '#engine/matter-rows.ts'
import type { Tx } from '#platform/tx.ts'
import { isPartyTo, ownerIn, relationsTo, speakerIn } from '#engine/standing.ts'
import type { Relation } from '#kernel/actor.ts'
import { sql } from 'kysely'

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
  /** Whose answer it is; empty at a table with one side. */
  holder: string
  /** Which saying of it its holder shows to the other seats; null where none. */
  sharedSeq: number | null
}

/**
 * Keeps an answer sealed, as the newest of its question; earlier ones stay. Saying the same again adds nothing, and a form sent back empty
 * never erases what was said. Refuses a matter that does not exist for the actor, and whoever is neither on the person's side nor an officer who takes things in.
 */
export const saveAnswer = (tx: Tx, at: MatterId, question: string, value: unknown, source: string | Source): Promise<void> =>
  saveAnswers(tx, at, { [question]: value }, source)

/** Where an answer comes from: a channel alone, for what the actor says here; else also who said it, in which matter and when, and whose word it is where an officer writes it down. */
export type Source = { channel: string; saidBy?: string; carriedFrom?: string; holder?: string; at?: Date }

/** The same for several questions at once, as when an officer types in a paper form. */
export async function saveAnswers(tx: Tx, at: MatterId, said: Answers, from: string | Source): Promise<void> {
  const source = typeof from === 'string' ? { channel: from } : from
  const matter = (await lockMatter(tx, at)) ?? refuse('not_found')
  if (!mayTell(tx, matter)) refuse('not_permitted', { action: 'answer' })
  const holder = speakerIn(tx, matter, source)
  const known = await answersOf(tx, at, holder)
  const fresh = Object.entries(said).filter(([question, value]) => isNews(value, known.get(question)))
  const rowOf = ([question, value]: [string, unknown]) =>
    newRow(tx, at, { question, value, holder, seq: (known.get(question)?.seq ?? 0) + 1 }, source)
  const rows = fresh.map(rowOf)
  if (rows.length)
    await Promise.all([
      tx.db.insertInto('answer').values(rows).execute(),
      noteKept(tx, { region: at.region, matter: at.id }, keptAnswer, rows),
    ])
}

const isNews = (value: unknown, known: Answered | undefined): boolean =>
  !known || (!isEmpty(value) && isoDigest(value) !== isoDigest(known.value))

type Said = { question: string; value: unknown; holder: string; seq: number }

const newRow = (tx: Tx, at: MatterId, { value, ...its }: Said, { channel, saidBy, carriedFrom, at: saidAt }: Source) => ({
  region: at.region,
  matter: at.id,
  ...its,
  value: seal(tx.on.keyring, JSON.stringify(value ?? {}), answerPlace(at, its)),
  said_by: saidBy ?? tx.actor.id,
  channel,
  at: saidAt ?? tx.now,
  carried_from: carriedFrom ?? null,
  salt: newSalt(),
})

/** What is read of an answer to note it again. */
export const keptColumns = [
  'region',
  'matter',
  'question',
  'holder',
  'seq',
  'value',
  'said_by',
  'channel',
  'at',
  'carried_from',
  'verified_by',
  'verified_at',
  'verified_how',
  'salt',
] as const

type Kept = Keyed & {
  region: string
  matter: string
  value: string
  said_by: string
  channel: string
  at: Date
  carried_from: string | null
  verified_by?: string | null
  verified_at?: Date | null
  verified_how?: string | null
  salt: string | null
}

/** What was said, by whom, how and when, and how it was checked. */
export const keptAnswer: KeptTable<Kept> = {
  table: 'answer',
  columns: keptColumns,
  name: (row) => answerRow(row.matter, row),
  holds: (ring, row) => ({
    value: unseal(ring, row.value, answerPlace({ region: row.region, id: row.matter }, row)),
    by: row.said_by,
    channel: row.channel,
    at: row.at,
    from: row.carried_from,
    checked: [row.verified_by ?? null, row.verified_at ?? null, row.verified_how ?? null],
  }),
}

/** Who writes down what was said to them. */
const tellers = ['intake', 'reviewer', 'supervisor', 'system'] as const satisfies Relation[]

/** Whether this actor writes down what is said in a matter: those on the person's side, and officers who take things in. */
export function mayTell(tx: Tx, matter: Matter): boolean {
  const is = relationsTo(tx, matter)
  return isPartyTo(tx, matter) || tellers.some((relation) => is.has(relation))
}

type Keyed = { question: string; holder: string; seq: number }

const answerPlace = (at: MatterId, its: Keyed): Place => ({
  table: 'answer',
  column: 'value',
  row: answerRow(at.id, its),
  region: at.region,
})

/** The name a sealed answer is bound to. */
export const answerRow = (matter: string, { question, holder, seq }: Keyed): string =>
  holder ? `${matter}/${holder}/${question}/${seq}` : `${matter}/${question}/${seq}`

/** What an answer says, as it is kept. */
export const openAnswer = (tx: Tx, at: MatterId, row: Keyed & { value: string }): unknown =>
  JSON.parse(unseal(tx.on.keyring, row.value, answerPlace(at, row)))

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.values(value).every(isEmpty)
}

/** What the reader's answer to a question was before the one that holds; undefined where it was given once. */
export async function answerBefore(tx: Tx, at: Matter, question: string): Promise<unknown> {
  const [, before] = await tx.db
    .selectFrom('answer')
    .select(['question', 'holder', 'seq', 'value'])
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .where('question', '=', question)
    .where('holder', '=', ownerIn(tx, at, tx.actor.id))
    .orderBy('seq', 'desc')
    .limit(2)
    .execute()
  return before && openAnswer(tx, at, before)
}

/**
 * The answer that holds for each question, with its source. At a table with two sides: as `holder` says it, or as the reader does, or, to those who
 * work on it, as the person the matter is for does; and what was shared with them.
 */
export async function answersOf(tx: Tx, at: MatterId, holder: string | null = null): Promise<ReadonlyMap<string, Answered>> {
  const { rows } = await sql<AnswerRow>`/*answers*/ with whose as (select coalesce(${holder}::text,
      (select s.holder from standing s where s.region = ${at.region} and s.matter = ${at.id} and s.account = ${tx.actor.id} and s.side <> 'works' and s.until is null limit 1),
      (select s.holder from standing s where s.region = ${at.region} and s.matter = ${at.id} and s.is_principal and s.until is null order by s.seq, s.holder limit 1)) as holder)
    select distinct on (a.question) ${answerColumns},
      max(a.seq) filter (where a.is_shared) over (partition by a.question, a.holder) as "sharedSeq"
    from answer a, whose w where a.region = ${at.region} and a.matter = ${at.id} and (a.holder in ('', w.holder) or a.is_shared)
    order by a.question, a.holder in ('', w.holder) desc, a.seq desc`.execute(tx.db)
  return new Map(rows.map((row) => [row.question, answeredIn(tx, at, row)]))
}

const answerColumns = sql`a.question, a.holder, a.seq, a.value, a.said_by, a.channel, a.at, a.verified_by, a.verified_at, a.verified_how, a.carried_from`

type AnswerRow = SourceRow & Keyed & { value: string; sharedSeq: number | null }

const answeredIn = (tx: Tx, at: MatterId, row: AnswerRow): Answered => ({
  value: openAnswer(tx, at, row),
  source: sourceOf(row),
  seq: row.seq,
  holder: row.holder,
  sharedSeq: row.sharedSeq,
})

/** What everybody at the table said, as far as the reader is shown it: by holder, the newest saying of each question. */
export async function answersByHolder(tx: Tx, at: MatterId): Promise<ReadonlyMap<string, ReadonlyMap<string, Answered>>> {
  const { rows } = await sql<AnswerRow>`/*answers.all*/ select distinct on (a.holder, a.question) ${answerColumns},
      max(a.seq) filter (where a.is_shared) over (partition by a.question, a.holder) as "sharedSeq"
    from answer a where a.region = ${at.region} and a.matter = ${at.id} order by a.holder, a.question, a.seq desc limit 2000`.execute(tx.db)
  const sides = Map.groupBy(rows, ({ holder }) => holder)
  return new Map(Array.from(sides, ([holder, said]) => [holder, new Map(said.map((row) => [row.question, answeredIn(tx, at, row)]))]))
}

/** What the other seats show the reader of what they said, each by its question. */
export async function sharedWith(tx: Tx, at: MatterId, own: string): Promise<[question: string, Answered][]> {
  const { rows } = await sql<AnswerRow>`/*answers.shared*/ select ${answerColumns}, a.seq as "sharedSeq" from answer a
    where a.region = ${at.region} and a.matter = ${at.id} and a.is_shared and a.holder <> ${own} order by a.holder, a.at limit 200`.execute(
    tx.db,
  )
  return rows.map((row) => [row.question, answeredIn(tx, at, row)])
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
export async function lastSaidIn(tx: Tx, at: readonly MatterId[]): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ matter: string; at: Date }>`/*mine.said*/ select a.matter, max(a.at) as at
    from unnest(${at.map(({ region }) => region)}::text[], ${at.map(({ id }) => id)}::uuid[]) x (region, id)
    join answer a on a.region = x.region and a.matter = x.id group by a.matter`.execute(tx.db)
  return new Map(rows.map(({ matter, at: said }) => [matter, said]))
}

/** What was said without where it comes from, as the journey and the eligibility rules read it. */
export const plainAnswers = (known: ReadonlyMap<string, Answered>): Answers =>
  Object.fromEntries(Array.from(known, ([question, { value }]) => [question, value]))
