import { sql, type RawBuilder } from 'kysely'
import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import { dutiesOn, type Relation } from '#kernel/actor.ts'
import { stateTitle } from '#kernel/face.ts'
import { hearingLimit, placeOf, type Hearing } from '#parts/hearing.ts'
import type { Line } from '#kernel/line.ts'
import { lines } from '#lines/services.ts'
import { pick } from '#platform/messages/messages.ts'
import { everybody } from '#kernel/limits/limit.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { openCounties, regionsOf } from '#api/queue/reach.ts'
import { subjectOf } from '#api/titles.ts'
import { accountsOn, type Seats } from '#kernel/seat.ts'
import { seated } from '#engine/standing.ts'

/** One thing that falls on a day: the last day of a running limit, or a hearing. */
export type Entry = {
  region: string
  id: string
  line: string
  lineTitle: string
  stateTitle: string
  /** What the matter is about, in words that name nobody. */
  subject: string
  number: string
  version: number
  limit: string
  /** Whose run of the limit it is, by id; empty where it is nobody's own. */
  party: string
  limitTitle: string
  isHearing: boolean
  /** YYYY-MM-DD in China. */
  day: string
  at: Date
  /** The day the limit counts from. */
  startedOn: string
  /** The day before any roll-over over days off, where it is another. */
  target: string | null
  isLate: boolean
  isProvisional: boolean
  place: string | null
  assignee: string | null
}

type Row = {
  region: string
  id: string
  line: string
  edition: string
  state: string
  code: string
  number: string | null
  version: number
  seats: Seats
  data: Record<string, unknown> & { hearing?: Hearing }
  limit: string
  party: string
  started_on: string
  due_at: Date
  target_at: Date | null
  provisional: boolean
}

/** `mine` leaves out what falls to colleagues. */
export type Asked = { mine: boolean; line?: string | undefined }

/** What falls on the days from … to, soonest first; `more` says that the bound was met. */
export const entriesBetween = (tx: Tx, from: string, to: string, asked: Asked, most: number) =>
  listEntries(tx, sql`c.due_at > ${startOf(from)} and c.due_at <= ${startOf(addDays(to, 1))}`, asked, most)

/** Duties whose last day has passed, the oldest first. */
export const lateEntries = (tx: Tx, asked: Asked, most: number) => listEntries(tx, sql`c.is_duty and c.due_at <= ${tx.now}`, asked, most)

/** 00:00 in China: a limit of the day before ends at this instant, a hearing of the day comes after it. */
const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

async function listEntries(tx: Tx, when: RawBuilder<unknown>, asked: Asked, most: number): Promise<{ rows: Entry[]; more: boolean }> {
  const wanted = sql`c.stopped_at is null and c.due_at is not null and (c.is_duty or c."limit" = ${sql.lit(hearingLimit)}) and ${when}
    ${asked.line ? sql`and m.line = ${asked.line}` : sql``} ${asked.mine ? sql`and ${isMine(tx)}` : sql``}`
  const { rows } =
    await sql<Row>`/*calendar*/ ${walk(tx, wanted, sql.lit(most + 1))} order by due_at, id, party limit ${sql.lit(most + 1)}`.execute(tx.db)
  return { rows: rows.slice(0, most).map((row) => entryOf(tx, row)), more: rows.length > most }
}

const columns = sql.raw(`m.region, m.id, m.line, m.edition, m.state, m.code, m.number, m.version, m.seats, m.data,
  c."limit", c.party, c.started_on, c.due_at, c.target_at, c.provisional`)

/** A provider's few matters by their index; an officer's limits county by county, each a short walk along its days. */
function walk(tx: Tx, wanted: RawBuilder<unknown>, few: RawBuilder<unknown>): RawBuilder<unknown> {
  const joined = sql`from clock c join matter m on m.region = c.region and m.id = c.id`
  if (tx.actor.kind === 'provider')
    return sql`select ${columns} ${joined} where ${seated(tx.actor.id, 'works')} and m.is_open and ${wanted}`
  return sql`select its.* from ${openCounties(regionsOf(tx))} cross join lateral (
    select ${columns} ${joined} where c.region = county.code and m.filed_at is not null and ${wanted} order by c.due_at limit ${few}) its`
}

/** Mine is what I was given, or what binds my side of the desk and a duty of mine may settle. */
function isMine(tx: Tx): RawBuilder<unknown> {
  const own = lines.flatMap((line) =>
    Object.keys(line.limits)
      .filter((key) => maySettle(line, key, dutiesOn(tx.actor, line.key)))
      .map((limit) => [line.key, limit] as const),
  )
  const [keys, limits] = [own.map(([key]) => key), own.map(([, limit]) => limit)]
  return sql`(${seated(tx.actor.id, 'works')} or (m.line, c."limit") in (select * from unnest(${keys}::text[], ${limits}::text[])))`
}

const maySettle = (line: Line, key: string, held: readonly Relation[]): boolean => {
  const limit = line.limits[key]
  if (limit?.of !== 'desk' && limit?.of !== everybody) return false
  return limit.stoppedBy.some((action) => line.actions[action]?.by.some((who) => held.includes(who)))
}

function entryOf(tx: Tx, row: Row): Entry {
  const line = lineOf(tx.on, row.line, row.edition)
  const isHearing = row.limit === hearingLimit
  const last = (end: Date) => (isHearing ? end : new Date(end.getTime() - 1))
  const target = row.target_at && dayOf(last(row.target_at))
  const day = dayOf(last(row.due_at))
  return {
    region: row.region,
    id: row.id,
    line: row.line,
    lineTitle: pick(line.title, 'zh'),
    stateTitle: pick(stateTitle(line, row.state, 'desk'), 'zh'),
    subject: subjectOf(row, line, 'zh') ?? pick(line.title, 'zh'),
    number: row.number ?? row.code,
    version: row.version,
    limit: row.limit,
    party: row.party,
    limitTitle: pick(line.limits[row.limit]!.title, 'zh'), // clocks are made from the line's limits
    isHearing,
    day,
    at: last(row.due_at),
    startedOn: row.started_on.slice(0, 10),
    target: target === day ? null : target,
    isLate: !isHearing && row.due_at <= tx.now,
    isProvisional: row.provisional,
    place: isHearing && row.data.hearing ? placeOf(row.data.hearing) : null,
    assignee: accountsOn(line, row, 'works')[0] ?? null,
  }
}
