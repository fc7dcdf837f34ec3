import { sql } from 'kysely'
import { z } from 'zod'
import { dayOf, daysLeft } from '#kernel/calendar/calendar.ts'
import { stateTitle } from '#kernel/face.ts'
import type { Line } from '#kernel/line.ts'
import { refuse } from '#kernel/refusal.ts'
import { pick } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { route } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import { recipientNames } from '#records/people/people.ts'
import { namesOf } from '#records/people/names.ts'
import { QueueRow } from '#api/matter/matter-schema.ts'
import { purposeKeys, type Purpose } from './queue-stages.ts'
import { countQueue, Filter, isElsewhere, stretchOf, type Cursor } from './queue-walk.ts'
import { floodedAmong } from './floods.ts'
import { subjectOf } from '#api/titles.ts'
import { accountsOn, type Seats } from '#kernel/seat.ts'
import { waitingOf } from '../matter/waiting.ts'
import { byKey, keysIn } from '#kernel/keyed.ts'

type Row = {
  region: string
  id: string
  code: string
  number: string | null
  line: string
  edition: string
  state: string
  version: number
  seats: Seats
  data: Record<string, unknown>
  opened_at: Date
  due_at: Date | null
  limits: Limit[] | null
}
type Limit = { limit: string; due: string; target: string | null; provisional: boolean }

/** One page of a queue in this actor's region, soonest limit first, and the cursors of the pages around it; both null where there is none. */
export async function listQueue(
  tx: Tx,
  asked: { purpose: Purpose; after?: string | undefined; before?: string | undefined; limit: number } & Filter,
) {
  if (isElsewhere(tx, asked)) return { rows: [], next: null, previous: null }
  const before = asked.before ? readCursor(asked.before, 'before') : null
  const back = before && (await readPage(tx, asked, before, true))
  if (back?.isMore) return pageOf(tx, back.rows.toReversed(), { isFirst: false, isLast: false })
  // Back at the beginning the first page is read whole.
  const after = asked.after && !before ? readCursor(asked.after, 'after') : null
  const { rows, isMore } = await readPage(tx, asked, after, false)
  return pageOf(tx, rows, { isFirst: !after, isLast: !isMore })
}

type Asked = { purpose: Purpose; limit: number } & Filter

/** Up to `limit` rows beyond a cursor, and whether there are more. */
async function readPage(tx: Tx, { purpose, limit, ...filter }: Asked, beyond: Cursor | null, isBack: boolean) {
  const stretch = { few: limit + 1, beyond, isBack }
  const { rows } = await sql<Row>`/*queue*/ ${stretchOf(tx, purpose, filter, withLimits, stretch)}`.execute(tx.db)
  return { rows: rows.slice(0, limit), isMore: rows.length > limit }
}

async function pageOf(tx: Tx, rows: readonly Row[], { isFirst, isLast }: { isFirst: boolean; isLast: boolean }) {
  const [first, last] = [rows[0], rows.at(-1)]
  return {
    rows: await viewRows(tx, rows),
    next: isLast || !last ? null : writeCursor(last),
    previous: isFirst || !first ? null : writeCursor(first),
  }
}

/** A matter as its queue lists it. */
export type Listed = z.input<typeof QueueRow> & { edition: string }

/** Matters this reader sees, as a queue would list them, in no order. */
export async function listByIds(tx: Tx, at: readonly { region: string; id: string }[]): Promise<Listed[]> {
  const { rows } =
    await sql<Row>`/*queue.some*/ select ${withLimits} from unnest(${at.map(({ region }) => region)}::text[], ${at.map(({ id }) => id)}::uuid[]) x (region, id)
    join matter m on m.region = x.region and m.id = x.id`.execute(tx.db)
  return viewRows(tx, [...new Map(rows.map((row) => [row.id, row])).values()])
}

const withLimits = sql`m.region, m.id, m.code, m.number, m.line, m.edition, m.state, m.version, m.seats, m.data, m.opened_at, m.due_at,
  (select json_agg(json_build_object('limit', c."limit", 'due', c.due_at, 'target', c.target_at, 'provisional', c.provisional) order by c.due_at) from clock c
    where c.region = m.region and c.id = m.id and c.stopped_at is null and c.is_duty and c.due_at = m.due_at) as limits`

/** How many matters stand in each queue, counted no further than people read, and how old the oldest is. */
export async function countQueues(tx: Tx): Promise<Record<Purpose, { n: number; oldest: Date | null }>> {
  const counted = new Map(await Promise.all(purposeKeys.map(async (purpose) => [purpose, await countQueue(tx, purpose)] as const)))
  return byKey(purposeKeys, (purpose) => counted.get(purpose)!) // counted just before
}

async function viewRows(tx: Tx, rows: readonly Row[]): Promise<Listed[]> {
  const names = await namesOf(
    tx,
    rows.flatMap((row) => workerOf(lineOf(tx.on, row.line, row.edition), row) ?? []),
  )
  const recipients = await recipientNames(tx, rows)
  const flooded = await floodedAmong(tx, rows)
  return rows.map((row) => {
    const line = lineOf(tx.on, row.line, row.edition)
    return {
      region: row.region,
      id: row.id,
      code: row.code,
      number: row.number,
      line: row.line,
      edition: row.edition,
      lineTitle: pick(line.title, 'zh'),
      state: row.state,
      stateTitle: pick(stateTitle(line, row.state, 'desk'), 'zh'),
      ...waitingOf(line, row.state, 'zh'),
      title: subjectOf(row, line, 'zh') ?? pick(line.title, 'zh'),
      recipient: recipients.get(row.id) ?? null,
      openedAt: row.opened_at.toISOString(),
      due: dueOf(line, row, tx.now),
      assigneeName: names.get(workerOf(line, row) ?? '') ?? null,
      isFlood: flooded.has(row.id),
      version: row.version,
    }
  })
}

/** Whoever was sent first of those who work on it. */
const workerOf = (line: Line, row: Row): string | undefined => accountsOn(line, row, 'works')[0]

function dueOf(line: Line, row: Row, now: Date): z.input<typeof QueueRow>['due'] {
  const limit = row.limits?.[0]
  if (!limit || !row.due_at) return null
  const last = new Date(row.due_at.getTime() - 1)
  return {
    limit: limit.limit,
    title: pick(line.limits[limit.limit]!.title, 'zh'),
    dueAt: last.toISOString(),
    targetAt: limit.target && new Date(new Date(limit.target).getTime() - 1).toISOString(), // clocks are made from the line's limits
    days: daysLeft(dayOf(now), dayOf(last)),
    isLate: row.due_at <= now,
    isProvisional: limit.provisional,
  }
}

const writeCursor = (row: Row): string =>
  Buffer.from(JSON.stringify({ due: row.due_at?.toISOString() ?? 'infinity', id: row.id } satisfies Cursor)).toString('base64url')
const Cursor = z.object({ due: z.union([z.iso.datetime(), z.literal('infinity')]), id: z.uuid() })

function readCursor(text: string, path: 'after' | 'before'): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    return refuse('invalid', { issues: [{ path, code: 'invalid', message: 'invalid' }] })
  }
}

const Purpose = z.enum(purposeKeys)
const cursor = z.string().max(200).optional()

export const queueRoute = route({
  method: 'GET',
  path: '/api/queue',
  id: 'queue.list',
  summary: 'Work waiting, by purpose',
  query: z.object({
    purpose: Purpose.default('today'),
    ...Filter,
    after: cursor,
    before: cursor,
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  returns: z.object({
    rows: z.array(QueueRow),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    counts: z.record(Purpose, z.int()),
    oldest: z.record(Purpose, z.string().nullable()),
    /** How many this filter leaves of the queue; null where nothing is filtered. */
    found: z.int().nullable(),
  }),
  async handler(tx, { query }) {
    const counted = await countQueues(tx)
    const of = <T>(pickOne: (one: { n: number; oldest: Date | null }) => T) => byKey(purposeKeys, (purpose) => pickOne(counted[purpose]))
    return {
      ...(await listQueue(tx, query)),
      counts: of(({ n }) => n),
      oldest: of(({ oldest }) => oldest?.toISOString() ?? null),
      found: isFiltered(query) ? (await countQueue(tx, query.purpose, query)).n : null,
    }
  },
})

const isFiltered = (filter: Filter): boolean => keysIn(Filter).some((key) => filter[key] !== undefined)
