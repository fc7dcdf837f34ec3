import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { rowOf } from '#kernel/keyed.ts'
import type { Tx } from '#platform/tx.ts'
import { mayMeet, openCounties, reachesOf, type Reach } from './reach.ts'
import { endOfDay, stagesOf, type Purpose, type Stage } from './queue-stages.ts'
import { waitingText } from '#engine/queue-columns.ts'
import { seated } from '#engine/standing.ts'

/** What a reader narrows a queue to: a line and a state of it, who has it (`me`, `none`, or an account), a place within their own, how soon it is due (`late`, or days from today), and whether it came in a flood. */
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
  flood: z
    .string()
    .regex(/^(only|without)$/)
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
  sql`${walk(tx, purpose, filter, columns, { ...stretch, isInOrder: true })} ${inOrder(stretch.isBack)} limit ${sql.lit(stretch.few)}`

/** In order only the first of all lanes together are wanted; otherwise any will do. */
type Walk = Stretch & { isInOrder?: boolean }

/**
 * Selects `columns` of up to `few` matters `m` from every lane of a queue. Each is a short walk along an index, so a page or a count takes
 * the same time however many matters wait.
 */
export function walk(tx: Tx, purpose: Purpose, filter: Filter, columns: RawBuilder<unknown>, its: Walk): RawBuilder<unknown> {
  const assignee = tx.actor.kind === 'provider' || filter.assignee === 'me' ? tx.actor.id : filter.assignee
  const isUnassigned = purpose === 'unassigned' || filter.assignee === 'none'
  const wanted = sql`m.is_open and m.filed_at is not null ${isUnassigned ? sql`and not m.is_staffed` : sql``}
    ${narrowed(tx, filter)} ${beyond(its)}`
  const stages = stagesOf(tx, purpose, filter)
  if (assignee && assignee !== 'none')
    return sql`select ${columns} from (select m.* from matter m where ${seated(assignee, 'works')}
    and ${inPlace(filter.region ?? '')} and ${isAmong(stages)} and ${wanted} ${inOrder(its.isBack)} limit ${sql.lit(its.few)}) m`
  const reaches = reachesOf(tx.actor, filter.region)
  const lanes = reaches.flatMap((reach) => lanesIn(reach, stages, filter, isUnassigned))
  return sql`${read(lanes, wanted, its)} select ${columns} from ${mayMeet(reaches) ? sql`(select distinct on (region, id) * from found) m` : sql`found m`}`
}

/** The stretches of a queue, each read along an index: the places and which of their matters, and when a matter stands in one. `isMany`: so many places that no page needs a whole one of each. */
type Lanes = { lanes: RawBuilder<unknown>; isIn: RawBuilder<unknown>; isMany: boolean }

function lanesIn(reach: Reach, stages: readonly Stage[], filter: Filter, isUnassigned: boolean): Lanes[] {
  const its = stages.filter(({ line }) => reach.lines?.includes(line) ?? true)
  const isByStage = filter.line !== undefined || filter.state !== undefined || isUnassigned || reach.lines !== null
  const those = isByStage ? [byStage(its)] : lanesOf(its)
  return those.map(({ lanes, isIn }) => ({
    ...placed(reach, lanes, isIn),
    ...('region' in reach ? {} : { isIn: sql`${inOffice} and ${isIn} and ${inPlace(filter.region ?? '')}` }),
  }))
}

const inOffice = sql`m.office = lane.office`

function placed(reach: Reach, lanes: RawBuilder<unknown>, isIn: RawBuilder<unknown>): Lanes {
  if ('offices' in reach)
    return {
      lanes: sql`select * from unnest(${[...reach.offices]}::uuid[]) place (office) cross join ${lanes}`,
      isIn,
      isMany: reach.offices.length > manyPlaces,
    }
  return {
    lanes: sql`select * from ${openCounties([reach.region])} cross join ${lanes}`,
    isIn: sql`m.region = lane.code and ${isIn}`,
    isMany: reach.region.length < 6,
  }
}

const manyPlaces = 4

/** Selects nothing yet: names `found`, up to `few` matters of each lane, or of all lanes together those up to a bound that leaves enough. */
function read(all: readonly Lanes[], wanted: RawBuilder<unknown>, its: Walk): RawBuilder<unknown> {
  if (all.length === 0) return sql`with found as (select m.* from matter m where false)`
  const isBounded = its.isInOrder && all.some(({ isMany }) => isMany)
  const named = all.map((one, n): Lane => ({
    name: sql.raw(`lane_${n}`),
    lanes: one.lanes,
    inIt: sql`from matter m where ${one.isIn}
      and least(m.due_at, 'infinity') > lane.after and least(m.due_at, 'infinity') <= lane.up_to and ${wanted}`,
  }))
  const within = (place: RawBuilder<unknown>) =>
    isBounded ? sql`(${place}) ${its.isBack ? sql`>=` : sql`<=`} ((select day from bound), (select id from bound))` : sql`true`
  const found = named.map(
    ({ name, inIt }) => sql`select its.* from ${name} lane cross join lateral
    (select m.* ${inIt} and ${within(sql`least(m.due_at, 'infinity'), m.id`)} ${inOrder(its.isBack)} limit ${sql.lit(its.few)}) its
    where ${within(sql`lane.day, lane.id`)}`,
  )
  return sql`with ${sql.join(isBounded ? boundOf(named, its) : named.map(({ name, lanes }) => sql`${name} as materialized (${lanes})`))},
    found as (${sql.join(found, sql` union all `)})`
}

/** Lanes under a name, and the matters of one of them. */
type Lane = { name: RawBuilder<unknown>; lanes: RawBuilder<unknown>; inIt: RawBuilder<unknown> }

/**
 * Names the lanes that hold anything, and `bound`, the place in the order up to which (back: from which) they hold enough for a page: with a province's hundreds of
 * lanes, a page of each would be read to keep one. The nth row of every lane is looked at, n so that half the lanes suffice; as many lanes as fill
 * the page hold that many rows up to the last of theirs. Limits end at midnight, so a day alone would bound little. Where too few lanes have so many, there is no bound.
 * A lane's first row was looked at to see that it holds anything, so where the first of each suffices none is looked up again, and a lane whose first lies beyond the bound is not read.
 */
function boundOf(named: readonly Lane[], { few, isBack }: Walk): RawBuilder<unknown>[] {
  const place = sql`least(m.due_at, 'infinity') as day, m.id`
  const held = named.map(
    ({ name, lanes, inIt }) => sql`${name} as materialized (select lane.*, first.day, first.id from (${lanes}) lane
    cross join lateral (select ${place} ${inIt} ${inOrder(isBack)} limit 1) first)`,
  )
  const counted = named.map(({ name }) => sql`select count(*) as n from ${name}`)
  const firsts = named.map(({ name }) => sql`select day, id from ${name} where (select taken from pace) = 1`)
  const nth = named.map(
    ({ name, inIt }) => sql`select its.* from ${name} lane cross join lateral
    (select ${place} ${inIt} ${inOrder(isBack)} offset (select taken - 1 from pace) limit 1) its where (select taken from pace) > 1`,
  )
  return [
    ...held,
    sql`pace as materialized (select ceil(2.0 * ${sql.lit(few)} / greatest(sum(n), 1))::int as taken from (${sql.join(counted, sql` union all `)}) counted)`,
    sql`mark as materialized (${sql.join([...firsts, ...nth], sql` union all `)})`,
    sql`bound as materialized ((select day, id from mark order by ${isBack ? sql`day desc, id desc` : sql`day, id`}
      offset (select ceil(${sql.lit(few)}::numeric / taken)::int - 1 from pace) limit 1) union all ${isBack ? sql`select '-infinity', '00000000-0000-0000-0000-000000000000'` : sql`select 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'`} limit 1)`,
  ]
}

type Part = Pick<Lanes, 'lanes' | 'isIn'>

/** A queue is read party by party; a party of which only some stages belong to it, stage by stage. */
function lanesOf(stages: readonly Stage[]): Part[] {
  const parties = [...Map.groupBy(stages, ({ waitsFor }) => waitingText(waitsFor)).values()]
  const whole = parties.filter(isAlike)
  const parts = parties.filter((its) => !isAlike(its)).flat()
  const heads = whole.flatMap(([first]) => (first?.isIn ? [first] : []))
  return [...(heads.length > 0 ? [byParty(heads)] : []), ...(parts.length > 0 || heads.length === 0 ? [byStage(parts)] : [])]
}

const isAlike = ([first, ...others]: readonly Stage[]): boolean =>
  others.every(({ isIn, after, upTo }) => isIn === first?.isIn && after === first.after && upTo === first.upTo)

const byParty = (heads: readonly Stage[]): Part => ({
  lanes: sql`unnest(${heads.map(({ waitsFor }) => waitingText(waitsFor))}::text[], ${spansOf(heads)}) stage (waits_for, after, up_to)`,
  isIn: sql`m.waits_for = lane.waits_for`,
})

function byStage(stages: readonly Stage[]): Part {
  const those = stages.filter(({ isIn }) => isIn)
  return {
    lanes: sql`unnest(${those.map(({ line }) => line)}::text[], ${those.map(({ state }) => state)}::text[], ${spansOf(those)}) stage (line, state, after, up_to)`,
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

function narrowed(tx: Tx, { due, flood }: Filter): RawBuilder<unknown> {
  const end = due === undefined ? null : due === 'late' ? tx.now : endOfDay(tx, Number(due))
  return sql`${end ? sql`and least(m.due_at, 'infinity') <= ${end}` : sql``} ${rowOf(inFlood, flood ?? '') ?? sql``}`
}

const marked = sql`exists (select from filing_source f where f.region = m.region and f.matter = m.id and f.is_flood)`
const inFlood = { only: sql`and ${marked}`, without: sql`and not ${marked}` }

function beyond({ beyond: cursor, isBack }: Stretch): RawBuilder<unknown> {
  if (!cursor) return sql``
  const row = sql`(${cursor.due}::timestamptz, ${cursor.id}::uuid)`
  return sql`and (least(m.due_at, 'infinity'), m.id) ${isBack ? sql`<` : sql`>`} ${row}`
}

/** Whether a filter asks for a place outside the reader's, where they would find nothing after a long walk. */
export const isElsewhere = ({ actor }: Tx, { region = '' }: Filter): boolean =>
  actor.kind === 'staff' && reachesOf(actor, region).length === 0

/** No range of places: a prepared plan would walk it, through everybody's matters, rather than the one assignee's or office's own. */
const inPlace = (prefix: string) => sql`left(m.region, length(${prefix}::text)) = ${prefix}`

/** Beyond this a queue is "more than": an exact count of a million rows helps nobody and costs everyone. */
export const countedUpTo = 200

/** How many matters stand in a queue, counted no further than people read, and when the oldest was opened. */
export async function countQueue(tx: Tx, purpose: Purpose, filter: Filter = {}): Promise<{ n: number; oldest: Date | null }> {
  if (isElsewhere(tx, filter)) return { n: 0, oldest: null }
  const { rows } = await sql<{ n: number; oldest: Date | null }>`/*queue.count*/ select count(*)::int as n, min(opened_at) as oldest
    from (${walk(tx, purpose, filter, sql`m.opened_at`, { few: countedUpTo })} limit ${sql.lit(countedUpTo)}) few`.execute(tx.db)
  return rows[0] ?? { n: 0, oldest: null }
}
