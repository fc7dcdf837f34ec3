import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import type { Tx } from '#platform/tx.ts'

/** Tells one standing of a matter from another: its version, and what is written beside the log: notes, checks, what is shared and to whom it is confined. */
export async function markOf(tx: Tx, { region, id }: MatterId): Promise<string> {
  const { rows } = await sql<{
    mark: string
  }>`/*watch.mark*/ select m.version || '.' || (select count(*) + count(n.struck_at) from note n where n.region = m.region and n.matter = m.id)
    || coalesce((select '.' || count(*) || '-' || extract(epoch from max(a.verified_at)) from answer a
      where a.region = m.region and a.matter = m.id and a.verified_at is not null having count(*) > 0), '')
    || coalesce((select '.' || md5(string_agg(d.id::text, ',' order by d.id)) from document d where d.region = m.region and d.matter = m.id and d.is_shared), '')
    || coalesce((select '.' || md5(string_agg(a.holder || '/' || a.question || '/' || a.seq, ',' order by a.holder, a.question, a.seq)) from answer a
      where a.region = m.region and a.matter = m.id and a.is_shared), '')
    || coalesce('.' || extract(epoch from m.confined_at) || (select '-' || count(*) || '-' || md5(coalesce(string_agg(c.id::text, ',' order by c.id), ''))
      from confidant c where c.region = m.region and c.matter = m.id and c.until is null), '') as mark
    from matter m where m.region = ${region} and m.id = ${id}`.execute(tx.db)
  return rows[0]?.mark ?? ''
}
