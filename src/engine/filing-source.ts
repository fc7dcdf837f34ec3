import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import { filingNetwork } from '#platform/doors/flood.ts'
import { floodMarkOf } from '#platform/doors/flood-limits.ts'
import type { Tx } from '#platform/tx.ts'

/** Notes from which network a person files, and marks what came from there within an hour once it is much. The mark is for the desk to see: what was filed is filed, and its limits run. */
export async function noteFiling(tx: Tx, { region, id }: MatterId): Promise<void> {
  const network = filingNetwork(tx)
  if (!network || tx.actor.kind !== 'citizen') return
  const from = floodMarkOf(tx.on.settings, tx.now)
  await sql`/*filing.source*/ select sec.note_filing(${region}, ${id}, ${network}, ${tx.now}, ${from})`.execute(tx.db)
}
