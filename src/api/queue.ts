import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { dayOf, daysLeft } from '#kernel/calendar.ts'
import type { Line, State } from '#kernel/line.ts'
import { refuse } from '#kernel/refusal.ts'
import { lines } from '#lines/index.ts'
import { pick, say } from '#platform/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { route } from '#platform/route.ts'
import type { Tx } from '#platform/tx.ts'
import { recipientNames } from '#records/people.ts'
import { namesOf } from './matter-view.ts'
import { QueueRow } from './matter-schema.ts'
import { subjectOf } from './titles.ts'

const everyone = ['applicant', 'agency', 'assignee', 'bureau', 'organ', 'nobody'] as const satisfies readonly State['waitsFor'][]

/** Work by purpose, not by status: whose move it is, and what else the row must say. */
const purposes = {
  today: { waitsFor: ['agency', 'bureau', 'assignee'], where: () => sql`true` },
  risk: { waitsFor: everyone, where: (soon: Date) => sql`least(m.due_at, 'infinity') < ${soon}` },
  unassigned: { waitsFor: ['agency'], where: () => sql`m.assignee is null` },
  waiting: { waitsFor: ['applicant', 'organ'], where: () => sql`true` },
  all: { waitsFor: everyone, where: () => sql`true` },
} as const satisfies Record<string, { waitsFor: readonly State['waitsFor'][]; where(soon: Date): RawBuilder<unknown> }>

export type Purpose = keyof typeof purposes
const Purpose = z.enum(Object.keys(purposes) as [Purpose, ...Purpose[]]) // keys of the record

const day = 86_400_000
/** A limit that falls due within so many days, or has passed, is at risk. */
const soonDays = 3

type Cursor = { due: string; id: string }
type Row = {
  region: string
  id: string
  code: string
  number: string | null
  line: string
  edition: string
  state: string
  waits_for: z.input<typeof QueueRow>['waitsFor']
  version: number
  assignee: string | null
  data: Record<string, unknown>
  opened_at: Date
  due_at: Date | null
  limits: Limit[] | null
}
type Limit = { limit: string; due: string; target: string | null; provisional: boolean }

/** One page of a queue in this actor's region, soonest limit first. */
export async function listQueue(tx: Tx, asked: { purpose: Purpose; line?: string | undefined; after?: string | undefined; limit: number }) {
  const after = asked.after ? readCursor(asked.after) : null
  const also = sql`${asked.line ? sql`and m.line = ${asked.line}` : sql``}
    ${after ? sql`and (least(m.due_at, 'infinity'), m.id) > (${after.due}::timestamptz, ${after.id}::uuid)` : sql``}`
  const { rows } =
    await sql<Row>`/*queue*/ ${walk(tx, asked.purpose, also, asked.limit + 1, withLimits)} ${soonest} limit ${sql.lit(asked.limit + 1)}`.execute(
      tx.db,
    )
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  return { rows: await viewRows(tx, page), next: rows.length > asked.limit && last ? writeCursor(last) : null }
}

/** What has no limit comes last: `least` passes over a null, and row security lets it, as it does not `coalesce`, reach the index. */
const soonest = sql`order by least(m.due_at, 'infinity'), m.id`

/**
 * Selects `columns` of up to `few` matters `m` from every county and party of a queue. Each is a short walk along the index, so a page or a
 * count takes the same time however many matters wait.
 */
function walk(tx: Tx, purpose: Purpose, also: RawBuilder<unknown>, few: number, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const { waitsFor, where } = purposes[purpose]
  const wanted = sql`m.is_open and m.number is not null and ${where(new Date(tx.now.getTime() + soonDays * day))} ${also} ${soonest} limit ${sql.lit(few)}`
  if (tx.actor.kind === 'provider')
    return sql`select ${columns} from (select m.* from matter m where m.assignee = ${tx.actor.id} and m.waits_for = any(${waitsFor}) and ${wanted}) m`
  return sql`${openCounties(tx)}
    select ${columns} from county cross join unnest(${waitsFor}::text[]) party (waits_for) cross join lateral (
      select m.* from matter m where m.region = county.code and m.waits_for = party.waits_for and ${wanted}) m`
}

/** The recursive table `county (code)`: those of the actor's region with open matters, and a last row of null. */
export const openCounties = (tx: Tx): RawBuilder<unknown> =>
  sql`with recursive county (code) as (${nextCounty(tx, sql`m.region >= ${tx.actor.region}`)} union all
      select ${nextCounty(tx, sql`m.region > county.code`)} from county where county.code is not null)`

/** Counties are found by stepping through the index: one that was merged away may still have open matters. ':' follows '9' in ASCII. */
const nextCounty = (tx: Tx, from: RawBuilder<unknown>) =>
  sql`(select m.region from matter m where ${from} and m.region < ${`${tx.actor.region}:`} and m.is_open and m.number is not null order by m.region limit 1)`

const withLimits = sql`m.region, m.id, m.code, m.number, m.line, m.edition, m.state, m.waits_for, m.version, m.assignee, m.data, m.opened_at, m.due_at,
  (select json_agg(json_build_object('limit', c."limit", 'due', c.due_at, 'target', c.target_at, 'provisional', c.provisional) order by c.due_at) from clock c
    where c.region = m.region and c.id = m.id and c.stopped_at is null and c.is_duty and c.due_at = m.due_at) as limits`

/** How many matters stand in each queue, counted no further than people read, and how old the oldest is. */
export async function countQueues(tx: Tx) {
  const counted = await Promise.all((Object.keys(purposes) as Purpose[]).map((purpose) => countQueue(tx, purpose))) // keys of the record
  return Object.fromEntries(counted) as Record<Purpose, { n: number; oldest: string | null }> // one entry a purpose
}

async function countQueue(tx: Tx, purpose: Purpose) {
  const { rows } = await sql<{ n: number; oldest: Date | null }>`/*queue.count*/ select count(*)::int as n, min(opened_at) as oldest
    from (${walk(tx, purpose, sql``, countedUpTo, sql`m.opened_at`)} limit ${sql.lit(countedUpTo)}) few`.execute(tx.db)
  return [purpose, { n: rows[0]?.n ?? 0, oldest: rows[0]?.oldest?.toISOString() ?? null }] as const
}

/** Beyond this a queue is "more than": an exact count of a million rows helps nobody and costs everyone. */
export const countedUpTo = 500

async function viewRows(tx: Tx, rows: readonly Row[]): Promise<z.input<typeof QueueRow>[]> {
  const names = await namesOf(
    tx,
    rows.flatMap((row) => row.assignee ?? []),
  )
  const recipients = await recipientNames(tx, rows)
  return rows.map((row) => {
    const line = lineOf(tx.on, row.line, row.edition)
    return {
      region: row.region,
      id: row.id,
      code: row.code,
      number: row.number,
      line: row.line,
      lineTitle: pick(line.title, 'zh'),
      state: row.state,
      stateTitle: pick(line.states[row.state]!.title, 'zh'), // a matter's state is one of its line's
      waitsFor: row.waits_for,
      title: subjectOf(row.data, 'zh') ?? say('zh', 'queue.untitled'),
      recipient: recipients.get(row.id) ?? null,
      openedAt: row.opened_at.toISOString(),
      due: dueOf(line, row, tx.now),
      assigneeName: row.assignee ? (names.get(row.assignee) ?? null) : null,
      version: row.version,
    }
  })
}

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

function readCursor(text: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    return refuse('invalid', { issues: [{ path: 'after', code: 'invalid', message: 'invalid' }] })
  }
}

const Counts = z.record(Purpose, z.int())
export const queueRoute = route({
  method: 'GET',
  path: '/api/queue',
  id: 'queue.list',
  summary: 'Work waiting, by purpose',
  query: z.object({
    purpose: Purpose.default('today'),
    line: z.string().max(40).optional(),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  returns: z.object({
    rows: z.array(QueueRow),
    next: z.string().nullable(),
    counts: Counts,
    oldest: z.record(Purpose, z.string().nullable()),
    lines: z.array(z.object({ line: z.string(), title: z.string() })),
  }),
  async handler(tx, { query }) {
    const counted = await countQueues(tx)
    const of = <T>(pickOne: (one: { n: number; oldest: string | null }) => T) =>
      Object.fromEntries(Object.entries(counted).map(([key, one]) => [key, pickOne(one)])) as Record<Purpose, T> // one entry a purpose
    return {
      ...(await listQueue(tx, query)),
      counts: of((one) => one.n),
      oldest: of((one) => one.oldest),
      lines: lines.map((line) => ({ line: line.key, title: pick(line.title, 'zh') })),
    }
  },
})
