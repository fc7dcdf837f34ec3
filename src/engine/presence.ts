import { sql } from 'kysely'
import type { Relation } from '#kernel/actor.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { relationsTo } from './standing.ts'
import type { Tx } from '#platform/tx.ts'

/** Somebody who has a matter open, as what, and since when. */
export type Present = { account: string; role: Relation; since: Date }

/** How often an open page is renewed, and how long it counts without: two renewals may be lost. */
export const [renewMs, presenceMs] = [10_000, 25_000]

/** Writes down that this page is still open, by the actor who has it open. */
export async function renew(tx: Tx, matter: Matter, page: string): Promise<void> {
  const [role = ''] = relationsTo(tx, matter)
  const until = new Date(tx.now.getTime() + presenceMs)
  await sql`/*presence.renew*/ insert into presence (region, matter, page, account, role, since, until)
    values (${matter.region}, ${matter.id}, ${page}, ${tx.actor.id}, ${role}, ${tx.now}, ${until})
    on conflict (region, matter, page) do update set until = excluded.until, role = excluded.role`.execute(tx.db)
}

/** The page is closed. Runs as the system: whoever had it open may have lost the right to. */
export const leave = async (tx: Tx, page: string): Promise<void> =>
  void (await sql`/*presence.leave*/ delete from presence where page = ${page} or until <= ${tx.now}`.execute(tx.db))

/** Everyone who has one of these matters open, by the matter's id: each once, the first to come first. */
export async function presentIn(tx: Tx, at: readonly MatterId[]): Promise<ReadonlyMap<string, Present[]>> {
  const { rows } = await sql<
    Present & { id: string }
  >`/*presence.list*/ select p.matter as id, p.account, min(p.role) as role, min(p.since) as since
    from unnest(${at.map(({ region }) => region)}::text[], ${at.map(({ id }) => id)}::uuid[]) x (region, id)
    join presence p on p.region = x.region and p.matter = x.id where p.until > ${tx.now} group by p.matter, p.account order by min(p.since), p.account`.execute(
    tx.db,
  )
  return Map.groupBy(rows, ({ id }) => id)
}
