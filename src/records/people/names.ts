import { sql } from 'kysely'
import type { Tx } from '#platform/tx.ts'

/** Names of staff and providers by account; people who asked are never named here. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from sec.staff_names(${[...new Set(ids)]}::text[])`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}
