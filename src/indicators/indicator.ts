import { sql, type RawBuilder } from 'kysely'
import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import type { Tx } from '#platform/tx.ts'
import { byKey } from '#kernel/keyed.ts'

/** A fact is a view, one row per thing that happened, with every dimension a reader may group by. */
export type Fact<C extends string> = { view: string; cols: Record<C, RawBuilder<unknown>> }

/** Declares a fact over a view and its columns. */
export const fact = <const C extends string>(view: string, ...cols: C[]): Fact<C> => ({
  view,
  cols: byKey(cols, (column) => sql.ref(column)),
})

type Base<C extends string> = {
  key: string
  title: Text
  better: 'higher' | 'lower'
  source: Cite
  over: Fact<C>
  at: NoInfer<C>
  among(row: Fact<NoInfer<C>>['cols']): RawBuilder<unknown>
}

/** A published measure as data: the share, in [0, 1], of rows `among` the fact for which `when` holds. */
export type Ratio<C extends string> = Base<C> & { kind: 'ratio'; when(row: Fact<NoInfer<C>>['cols']): RawBuilder<unknown> }

/** An amount in fen, as the provider claims it and as the person confirms it: never one without the other. */
export type Sum<C extends string> = Base<C> & {
  kind: 'sum'
  claimed(row: Fact<NoInfer<C>>['cols']): RawBuilder<unknown>
  confirmed(row: Fact<NoInfer<C>>['cols']): RawBuilder<unknown>
  contradicted(row: Fact<NoInfer<C>>['cols']): RawBuilder<unknown>
}

// oxlint-disable-next-line typescript/no-explicit-any -- the other fenced place: a list of measures has no common fact
export type Measure = Ratio<any> | Sum<any>

export const ratio = <const C extends string>(def: Omit<Ratio<C>, 'kind'>): Ratio<C> => ({ ...def, kind: 'ratio' })
export const sum = <const C extends string>(def: Omit<Sum<C>, 'kind'>): Sum<C> => ({ ...def, kind: 'sum' })

/** One group's figure. `value` is a share or fen; amounts stand as claimed, confirmed and contradicted side by side. */
export type Figure = {
  group: string
  value: number | null
  base: number
  claimed: number | null
  confirmed: number | null
  contradicted: number | null
}

/** The measure in [from, to) per value of `by`, with its base, over what `tx` may see: published measures are the system's, and the same for everybody. */
export async function measure(tx: Tx, m: Measure, by: string, from: Date, to: Date): Promise<Figure[]> {
  const { view, cols } = m.over
  const figures =
    m.kind === 'ratio'
      ? sql`avg((${m.when(cols)})::int)::float8 as value, null::int8 as claimed, null::int8 as confirmed, null::int8 as contradicted`
      : amounts(m)
  const { rows } = await sql<Figure>`
    select ${cols[by]} as "group", ${figures}, count(*)::int as base
    from ${sql.table(view)} where ${m.among(cols)} and ${cols[m.at]} >= ${from} and ${cols[m.at]} < ${to}
    group by 1 order by 1`.execute(tx.db)
  return rows
}

// oxlint-disable-next-line typescript/no-explicit-any -- as above
function amounts(m: Sum<any>): RawBuilder<unknown> {
  const total = (part: RawBuilder<unknown>) => sql`coalesce(sum(${part}), 0)::int8`
  const { cols } = m.over
  return sql`${total(m.confirmed(cols))} as value, ${total(m.claimed(cols))} as claimed, ${total(m.confirmed(cols))} as confirmed, ${total(m.contradicted(cols))} as contradicted`
}
