import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Tx } from '#platform/tx.ts'
import { endOfDay, stagesOf, type Purpose, type Stage } from './queue-stages.ts'
import { waitingText } from '#engine/queue-columns.ts'
import { seated } from '#engine/standing.ts'

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
  const isUnassigned = purpose === 'unassigned' || filter.assignee === 'none'
  const wanted = sql`m.is_open and m.number is not null ${isUnassigned ? sql`and not m.is_staffed` : sql``}
    ${narrowed(tx, filter)} ${beyond(stretch)} ${inOrder(stretch.isBack)} limit ${sql.lit(stretch.few)}`
  const stages = stagesOf(tx, purpose, filter)
  if (assignee && assignee !== 'none')
    return sql`select ${columns} from (select m.* from matter m where ${seated(assignee, 'works')}
    and ${inPlace(scopeOf(tx, filter))} and ${isAmong(stages)} and ${wanted}) m`
  const reach = ({ lanes, isIn }: Lanes) => sql`select m.* from county cross join ${lanes} cross join lateral (
      select m.* from matter m where m.region = county.code and ${isIn}
        and least(m.due_at, 'infinity') > lane.after and least(m.due_at, 'infinity') <= lane.up_to and ${wanted}) m`
  const read = filter.state || isUnassigned ? [byStage(stages)] : lanesOf(stages, filter)
  return sql`${openCounties(scopeOf(tx, filter))}
    select ${columns} from (${sql.join(read.map(reach), sql` union all `)}) m`
}

/** The stretches of a queue within one county, each read along an index: which, and when a matter stands in one. */
type Lanes = { lanes: RawBuilder<unknown>; isIn: RawBuilder<unknown> }

/** A queue is read party by party, of one line or of all; a party of which only some stages belong to it, stage by stage. */
function lanesOf(stages: readonly Stage[], { line }: Filter): Lanes[] {
  const parties = [...Map.groupBy(stages, ({ waitsFor }) => waitingText(waitsFor)).values()]
  const whole = parties.filter(isAlike)
  const parts = parties.filter((its) => !isAlike(its)).flat()
  const heads = whole.flatMap(([first]) => (first?.isIn ? [first] : []))
  return [...(heads.length > 0 ? [byParty(heads, line)] : []), ...(parts.length > 0 || heads.length === 0 ? [byStage(parts)] : [])]
}

const isAlike = ([first, ...others]: readonly Stage[]): boolean =>
  others.every(({ isIn, after, upTo }) => isIn === first?.isIn && after === first.after && upTo === first.upTo)

const byParty = (heads: readonly Stage[], line: string | undefined): Lanes => ({
  lanes: sql`unnest(${heads.map(({ waitsFor }) => waitingText(waitsFor))}::text[], ${spansOf(heads)}) lane (waits_for, after, up_to)`,
  isIn: sql`m.waits_for = lane.waits_for ${line ? sql`and m.line = ${line}` : sql``}`,
})

function byStage(stages: readonly Stage[]): Lanes {
  const those = stages.filter(({ isIn }) => isIn)
  return {
    lanes: sql`unnest(${those.map(({ line }) => line)}::text[], ${those.map(({ state }) => state)}::text[], ${spansOf(those)}) lane (line, state, after, up_to)`,
    isIn: sql`m.line = lane.line and m.state = lane.state`,
  }
}

const spansOf = (stages: readonly Stage[]) =>
  sql`${stages.map(({ after }) => after)}::timestamptz[], ${stages.map(({ upTo }) => upTo)}::timestamptz[]`

/** No join: a plan made for it might walk the stages through everybody’s matters, rather than the one assignee’s own. */
function isAmong(stages: readonly Stage[]): RawBuilder<unknown> {
  const spans = [
    ...Map.groupBy(
      stages.filter(({ isIn }) => isIn),
      ({ after, upTo }) => `${after}/${upTo}`,
    ).values(),
  ]
  const either = spans.map(
    (its) => sql`m.line || '/' || m.state = any(${its.map(({ line, state }) => `${line}/${state}`)}::text[])
      and least(m.due_at, 'infinity') > ${its[0]?.after}::timestamptz and least(m.due_at, 'infinity') <= ${its[0]?.upTo}::timestamptz`,
  )
  return either.length > 0 ? sql`(${sql.join(either, sql` or `)})` : sql`false`
}

function narrowed(tx: Tx, { due }: Filter): RawBuilder<unknown> {
  if (due === undefined) return sql``
  const end = due === 'late' ? tx.now : endOfDay(tx, Number(due))
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
