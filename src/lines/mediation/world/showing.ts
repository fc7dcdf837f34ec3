import { sql } from 'kysely'
import { share, unshare } from '#records/privacy/sharing.ts'
import type { Preparer } from '../../service.ts'

type Text = { id: string; isNewest: boolean; isShared: boolean }

/** Whoever is to sign a text is shown it: the newest, and none that it took the place of. */
export const showText: Preparer<Record<string, unknown>> = async (tx, { region, id }) => {
  const { rows } = await sql<Text>`select d.id, d.is_shared as "isShared", d.at = max(d.at) over () as "isNewest" from document d
    where d.region = ${region} and d.matter = ${id} and d.kind = 'agreement' and d.holder = 'desk' and d.erased_at is null`.execute(tx.db)
  for (const { id: paper, isNewest, isShared } of rows)
    if (isNewest !== isShared) await (isNewest ? share : unshare)(tx, { region, id }, { paper })
  return {}
}
