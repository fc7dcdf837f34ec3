import { sql } from 'kysely'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Desk } from '#kernel/desk.ts'
import type { Tx } from '#platform/tx.ts'
import { walkIn } from '#registry/kinds/offices.ts'

export type Office = {
  region: string
  id: string
  kind: string
  name: string
  short: string
  phone: string | null
  address: string | null
  hours: string | null
}

const columns = sql.raw('o.region, o.id, o.kind, o.name, o.short, o.phone, o.address, o.hours')
const inForce = (tx: Tx) => sql`o.valid_from <= ${dayOf(tx.now)}::date and (o.valid_to is null or o.valid_to >= ${dayOf(tx.now)}::date)`

/** The offices nearest to where somebody lives: those whose division shares most of its code, in the order of the kinds. `code` may be a village. */
export async function nearestOffices(tx: Tx, code: string, kinds: readonly string[] = walkIn, limit = 5): Promise<Office[]> {
  const { rows } = await sql<Office>`select ${columns} from office o
    where left(o.region, 2) = left(${code}, 2) and o.kind = any(${[...kinds]}) and ${inForce(tx)}
    order by (left(o.region, 6) = left(${code}, 6))::int + (left(o.region, 4) = left(${code}, 4))::int + starts_with(${code}, o.region)::int desc,
      length(o.region) desc, array_position(${[...kinds]}::text[], o.kind), o.name limit ${limit}`.execute(tx.db)
  return rows
}

/** The office of a kind that serves a county: its own, else the prefecture's, else the province's. */
export async function officeAbove(tx: Tx, region: string, kind: string): Promise<Office | undefined> {
  const { rows } = await sql<Office>`select ${columns} from office o
    where o.kind = ${kind} and starts_with(${region}, o.region) and ${inForce(tx)} order by length(o.region) desc, o.valid_from limit 1`.execute(
    tx.db,
  )
  return rows[0]
}

/** The office at whose desk a line's matters of a county lie; that of a body that oversees another is found from where the other stands. */
export async function officeAt(tx: Tx, county: string, { kinds, over }: Pick<Desk, 'kinds' | 'over'>): Promise<Office | undefined> {
  const below = over ? await officeAbove(tx, county, over) : undefined
  const [kind] = kinds
  return kind ? officeAbove(tx, below?.region ?? county, kind) : undefined
}

/** What some offices are called, by id. */
export async function officesCalled(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<
    Pick<Office, 'id' | 'name'>
  >`select o.id, o.name from office o where o.id = any(${[...new Set(ids)]}::uuid[])`.execute(tx.db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
