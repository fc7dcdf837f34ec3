import { sql } from 'kysely'
import type { Matter } from '#kernel/matter.ts'
import { matterColumns } from '#engine/matter-rows.ts'
import { seated } from '#engine/standing.ts'
import type { Tx } from '#platform/tx.ts'

/** The reader's own matters, on either side of the table, the newest first; at most 100. */
export async function listOwnMatters(tx: Tx): Promise<Matter[]> {
  const { rows } =
    await sql<Matter>`/*mine*/ select ${matterColumns} from matter m where ${seated(tx.actor.id, 'asks', 'answers')} and (m.erased_at is null or m.filed_at is not null) order by m.opened_at desc limit 100`.execute(
      tx.db,
    )
  return rows
}
