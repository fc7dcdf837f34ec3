import { sql } from 'kysely'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { matterColumns } from '#engine/matter-rows.ts'
import type { Tx } from '#platform/tx.ts'

/** The matters around one that this actor sees: the one it grew from and those that grew from it, newest first; at most 20. */
export async function familyOf(tx: Tx, { region, id, parent }: Pick<Matter, 'region' | 'id' | 'parent'>): Promise<Matter[]> {
  const { rows } = await sql<Matter>`/*family*/ select ${matterColumns} from matter m
    where m.region = ${region} and (m.parent = ${id} or m.id = ${parent ?? id}) and m.id <> ${id}
      and (m.erased_at is null or m.filed_at is not null) order by m.opened_at desc limit 20`.execute(tx.db)
  return rows
}

/** Every matter that grew from one another, near or far, as far as this actor sees them: what was referred to another county among them. The one asked about is left out; at most 20. */
export async function storyAround(tx: Tx, { region, id }: MatterId): Promise<Matter[]> {
  const { rows } = await sql<Matter>`/*story*/ with recursive story (region, id) as (
      select ${region}::text, ${id}::uuid
      union select x.region, x.id from story s cross join lateral (
        select m.region, m.id from matter m where m.region = s.region and m.parent = s.id
        union all select m.region, m.parent from matter m where m.region = s.region and m.id = s.id and m.parent is not null
        union all select h.to_region, h.to_matter from share h where h.region = s.region and h.matter = s.id
        union all select h.region, h.matter from share h where h.to_region = s.region and h.to_matter = s.id) x (region, id))
    select ${matterColumns} from story s join matter m on m.region = s.region and m.id = s.id
    where m.id <> ${id} and (m.erased_at is null or m.filed_at is not null) order by m.opened_at desc limit 20`.execute(tx.db)
  return rows
}
