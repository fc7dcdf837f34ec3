import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { addDays, dayOf } from '#kernel/calendar.ts'
import type { State } from '#kernel/line.ts'
import type { Tx } from '#platform/tx.ts'

type WaitsFor = State['waitsFor']
const everyone = ['applicant', 'agency', 'assignee', 'bureau', 'organ', 'nobody'] as const satisfies readonly WaitsFor[]

/** Work by purpose, not by status: whose move it is, and what else the row must say. */
const purposes = {
  today: { waitsFor: ['agency', 'bureau', 'assignee'], where: () => sql`true` },
  risk: { waitsFor: everyone, where: (soon: Date) => sql`least(m.due_at, 'infinity') < ${soon}` },
  unassigned: { waitsFor: ['agency'], where: () => sql`m.assignee is null` },
  waiting: { waitsFor: ['applicant', 'organ'], where: () => sql`true` },
  all: { waitsFor: everyone, where: () => sql`true` },
} as const satisfies Record<string, { waitsFor: readonly WaitsFor[]; where(soon: Date): RawBuilder<unknown> }>

export type Purpose = keyof typeof purposes
export const purposeKeys = Object.keys(purposes) as [Purpose, ...Purpose[]] // keys of the record

/** What a reader narrows a queue to: a line and a state of it, who has it (`me`, `none`, or an account), a place within their own, and how soon it is due (`late`, or days from today). */
export const Filter = {
  line: z.string().max(40).optional(),
  state: z.string().max(40).optional(),
  assignee: z.union([z.enum(['me', 'none']), z.uuid()]).optional(),
  region: z
    .string()
    .regex(/^\d{2,6}$/)
    .optional(),
  due: z
    .string()
    .regex(/^(late|\d{1,2})$/)
    .optional(),
}
export type Filter = { [K in keyof typeof Filter]?: z.output<(typeof Filter)[K]> }

/** Which stretch of a queue: how many rows, and beyond which one, forwards or back. */
export type Stretch = { few: number; beyond?: Cursor | null; isBack?: boolean }
export type Cursor = { due: string; id: string }

const day = 86_400_000
/** A limit that falls due within so many days, or has passed, is at risk. */
const soonDays = 3

/** What has no limit comes last: `least` passes over a null, and row security lets it, as it does not `coalesce`, reach the index. */
const inOrder = (isBack = false) =>
  isBack ? sql`order by least(m.due_at, 'infinity') desc, m.id desc` : sql`order by least(m.due_at, 'infinity'), m.id`

/** Selects `columns` of one stretch of a queue, soonest limit first. */
export const stretchOf = (tx: Tx, purpose: Purpose, filter: Filter, columns: RawBuilder<unknown>, stretch: Stretch): RawBuilder<unknown> =>
  sql`${walk(tx, purpose, filter, columns, stretch)} ${inOrder(stretch.isBack)} limit ${sql.lit(stretch.few)}`

/**
 * Selects `columns` of up to `few` matters `m` from every lane of a queue. Each is a short walk along an index, so a page or a count takes
 * the same time however many matters wait.
 */
export function walk(tx: Tx, purpose: Purpose, filter: Filter, columns: RawBuilder<unknown>, stretch: Stretch): RawBuilder<unknown> {
  const assignee = tx.actor.kind === 'provider' || filter.assignee === 'me' ? tx.actor.id : filter.assignee
  const wanted = sql`m.is_open and m.number is not null
    and ${purposes[purpose].where(new Date(tx.now.getTime() + soonDays * day))} ${narrowed(tx, filter)} ${beyond(stretch)} ${inOrder(stretch.isBack)} limit ${sql.lit(stretch.few)}`
  if (assignee && assignee !== 'none')
    return sql`select ${columns} from (select m.* from matter m where m.assignee = ${assignee}
    and m.waits_for = any(${purposes[purpose].waitsFor}) and ${inPlace(scopeOf(tx, filter))} and ${staged(filter)} and ${wanted}) m`
  const { lanes, isLane } = lanesOf(tx, purpose, filter)
  return sql`${openCounties(scopeOf(tx, filter))}
    select ${columns} from county cross join ${lanes} cross join lateral (
      select m.* from matter m where m.region = county.code and ${isLane} ${filter.assignee === 'none' ? sql`and m.assignee is null` : sql``} and ${wanted}) m`
}

/** Within a county a queue is read party by party, of one line or of all; narrowed to a state or to what nobody has, stage by stage. Each has its own index. */
function lanesOf(tx: Tx, purpose: Purpose, filter: Filter): { lanes: RawBuilder<unknown>; isLane: RawBuilder<unknown> } {
  const { waitsFor } = purposes[purpose]
  if (!filter.state && filter.assignee !== 'none')
    return { lanes: sql`unnest(${waitsFor}::text[]) lane (waits_for)`, isLane: sql`m.waits_for = lane.waits_for and ${staged(filter)}` }
  const stages = stagesOf(tx, waitsFor, filter)
  return {
    lanes: sql`unnest(${stages.map(({ line }) => line)}::text[], ${stages.map(({ state }) => state)}::text[]) lane (line, state)`,
    isLane: sql`m.line = lane.line and m.state = lane.state`,
  }
}

/** The states of every edition in which a matter may stand in such a queue, each once. */
function stagesOf(tx: Tx, waitsFor: readonly WaitsFor[], filter: Filter): { line: string; state: string }[] {
  const stages = [...tx.on.lines.values()].flat().flatMap(({ key, states }) =>
    Object.entries(states)
      .filter(([state, its]) => waitsFor.includes(its.waitsFor) && (filter.line ?? key) === key && (filter.state ?? state) === state)
      .map(([state]) => ({ line: key, state })),
  )
  return [...new Map(stages.map((stage) => [`${stage.line}/${stage.state}`, stage])).values()]
}

const staged = ({ line, state }: Filter) =>
  sql`${line ? sql`m.line = ${line}` : sql`true`} and ${state ? sql`m.state = ${state}` : sql`true`}`

function narrowed(tx: Tx, { due }: Filter): RawBuilder<unknown> {
  if (due === undefined) return sql``
  // The end of a limit is kept as the first instant after it.
  const end = due === 'late' ? tx.now : new Date(`${addDays(dayOf(tx.now), Number(due) + 1)}T00:00:00+08:00`)
  return sql`and least(m.due_at, 'infinity') <= ${end}`
}

function beyond({ beyond: cursor, isBack }: Stretch): RawBuilder<unknown> {
  if (!cursor) return sql``
  const row = sql`(${cursor.due}::timestamptz, ${cursor.id}::uuid)`
  return sql`and (least(m.due_at, 'infinity'), m.id) ${isBack ? sql`<` : sql`>`} ${row}`
}

/** A reader's own region, or the part of it that is asked for; a place elsewhere has nothing for them. */
const scopeOf = (tx: Tx, { region }: Filter): string => (region?.startsWith(tx.actor.region) ? region : tx.actor.region)

/** Whether a filter asks for a place outside the reader's region, where they would find nothing after a long walk. */
export const isElsewhere = (tx: Tx, { region = '' }: Filter): boolean =>
  tx.actor.kind === 'staff' && !region.startsWith(tx.actor.region) && !tx.actor.region.startsWith(region)

/** No range of places: a prepared plan would walk it, through everybody's matters, rather than the one assignee's own. */
const inPlace = (prefix: string) => sql`left(m.region, length(${prefix}::text)) = ${prefix}`

/** The recursive table `county (code)`: those of a place with open matters, and a last row of null. */
export const openCounties = (scope: string): RawBuilder<unknown> =>
  sql`with recursive county (code) as (${nextCounty(sql`m.region >= ${scope}`, scope)} union all
      select ${nextCounty(sql`m.region > county.code`, scope)} from county where county.code is not null)`

/** Counties are found by stepping through the index: one that was merged away may still have open matters. ':' follows '9' in ASCII. */
const nextCounty = (from: RawBuilder<unknown>, scope: string) =>
  sql`(select m.region from matter m where ${from} and m.region < ${`${scope}:`} and m.is_open and m.number is not null order by m.region limit 1)`

/** Beyond this a queue is "more than": an exact count of a million rows helps nobody and costs everyone. */
export const countedUpTo = 500

/** How many matters stand in a queue, counted no further than people read, and when the oldest was opened. */
export async function countQueue(tx: Tx, purpose: Purpose, filter: Filter = {}): Promise<{ n: number; oldest: Date | null }> {
  if (isElsewhere(tx, filter)) return { n: 0, oldest: null }
  const { rows } = await sql<{ n: number; oldest: Date | null }>`/*queue.count*/ select count(*)::int as n, min(opened_at) as oldest
    from (${walk(tx, purpose, filter, sql`m.opened_at`, { few: countedUpTo })} limit ${sql.lit(countedUpTo)}) few`.execute(tx.db)
  return rows[0] ?? { n: 0, oldest: null }
}
