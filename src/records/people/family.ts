import { sql } from 'kysely'
import type { Matter } from '#kernel/matter.ts'
import { matterColumns } from '#engine/matter-rows.ts'
import type { Tx } from '#platform/tx.ts'

/** The matters around one that this actor sees: the one it grew from and those that grew from it, newest first; at most 20. */
export async function familyOf(tx: Tx, { region, id, parent }: Pick<Matter, 'region' | 'id' | 'parent'>): Promise<Matter[]> {
  const { rows } = await sql<Matter>`/*family*/ select ${matterColumns} from matter m
    where m.region = ${region} and (m.parent = ${id} or m.id = ${parent ?? id}) and m.id <> ${id}
      and (m.erased_at is null or m.filed_at is not null) order by m.opened_at desc limit 20`.execute(tx.db)
  return rows
}
