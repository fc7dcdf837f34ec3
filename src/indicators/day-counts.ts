import { sql, type RawBuilder } from 'kysely'
import type { Consumer, Entry } from '#engine/consume.ts'
import { noOffice } from '#engine/handling-office.ts'
import type { Tx } from '#platform/tx.ts'

/** What is counted of the steps of matters: each action by the day it was taken, and each state by how many matters came to stand in it, less those that left. */
export type Counted = 'action' | 'state'

/** The changes that steps make to a count, read of `e`, the step, and `o`, the opening of its matter. */
const changes: Readonly<Record<Counted, RawBuilder<unknown>>> = {
  action: sql`select ${officeBy(sql`e.seq`)} as office, e.action as what, 1 as n`,
  state: sql`select ${officeBy(sql`e.seq`)} as office, e."to" as what, 1 as n
    union all select ${officeBy(sql`e.seq - 1`)}, e."from", -1 where e.seq > 0`,
}

/** The office by a step, as the log alone has it: that of the opening or, of a draft that had none, the one the filing found. */
function officeBy(seq: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`coalesce(case when o.input ->> 'office' <> ${sql.lit(noOffice)} then o.input ->> 'office' when o.input ? 'office' then
    (select x.input ->> 'office' from event x where x.region = e.region and x.id = e.id and x.seq between 1 and ${seq} and x.input ? 'office' order by x.seq limit 1)
    end, ${sql.lit(noOffice)})::uuid`
}

/** The counts that follow from the steps in `taken` (region, id, seq). Of its own log alone: what a row says now was not so when it was counted. */
const countsOf = (counted: Counted, taken: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select e.region, c.office, o.input ->> 'line' as line, c.what, (e.at at time zone 'Asia/Shanghai')::date as day, sum(c.n)::bigint as n
  from ${taken} join event e on e.region = t.region and e.id = t.id and e.seq = t.seq
    join event o on o.region = t.region and o.id = t.id and o.seq = 0
    cross join lateral (${changes[counted]}) c group by 1, 2, 3, 4, 5`

const given = (entries: readonly Entry[]): RawBuilder<unknown> =>
  sql`unnest(${entries.map(({ region }) => region)}::text[], ${entries.map(({ id }) => id)}::uuid[], ${entries.map(({ seq }) => seq)}::int[]) t (region, id, seq)`

/** Counts the steps of all matters by day, county, office and service, for everybody alike. */
export const dayCounts = (counted: Counted): Consumer => ({
  key: counted,
  reads: ['event'],
  take: (tx, entries) =>
    sql`/*count.days*/ insert into day_count (region, office, line, counted, what, day, n)
      select region, office, line, ${counted}, what, day, n from (${countsOf(counted, given(entries))}) its
      on conflict (region, office, line, counted, what, day) do update set n = day_count.n + excluded.n`.execute(tx.db),
  wipe: (tx) => sql`delete from day_count where counted = ${counted}`.execute(tx.db),
  flaw: (tx, position) => flawUpTo(tx, counted, position),
})

/** Counts anew, from the log, what is counted up to a place, and looks for a difference. */
async function flawUpTo(tx: Tx, counted: Counted, position: number): Promise<string | null> {
  const taken = sql`(select region, id, seq from collected where kind = 'event' and position <= ${position}) t`
  const { rows } = await sql<{ differ: number }>`with logged as (${countsOf(counted, taken)}),
      kept as (select region, office, line, what, day, n from day_count where counted = ${counted})
    select count(*)::int as differ from logged full join kept using (region, office, line, what, day) where logged.n is distinct from kept.n`.execute(
    tx.db,
  )
  const { differ = 0 } = rows[0] ?? {}
  return differ ? `${differ} sums are not what the log says up to place ${position}` : null
}

/** One sum: how often an action was taken in a time, or how many matters stand in a state at its end. */
export type Sum = { counted: Counted; line: string; what: string; n: number }

/** The sums of the days from … to (YYYY-MM-DD, both among them), of all places whose code begins with `under`. For everybody alike: who may see what is behind them is asked there. */
export async function sumsOf(tx: Tx, { under, from, to }: { under: string; from: string; to: string }): Promise<Sum[]> {
  const { rows } = await sql<Sum>`/*figure.sums*/ select counted, line, what, sum(n)::int8 as n from day_count
    where starts_with(region, ${under}) and day <= ${to}::date and (counted = 'state' or day >= ${from}::date)
    group by counted, line, what having sum(n) <> 0 order by counted, line, sum(n) desc, what`.execute(tx.db)
  return rows
}
