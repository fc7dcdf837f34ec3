import { sql } from 'kysely'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'

/** More at once would keep what is written meanwhile waiting. */
const mostAtOnce = 5000

/** Gives all that was committed by now its place. What is written meanwhile is left for the next time: under load there would be no end. */
export async function collectAll(on: Platform, now: Date, check = () => {}): Promise<void> {
  while ((await collect(on, now)) === mostAtOnce) check()
}

/**
 * Gives what was committed its place in the one order over log and audit, next after the last and without gaps; returns how many notes it worked off. What
 * commits later comes later, whatever transaction ids or clocks say. A note of what was never written, or has its place, is thrown away: it keeps nothing waiting.
 * Two collectors wait for each other, and the second goes on where the first ended. Each note is looked up by itself: left to choose, PostgreSQL reads the whole log
 * for a few hundred of them.
 */
export const collect = (on: Platform, now: Date): Promise<number> =>
  as(on, system, now, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('collect'))`.execute(tx.db)
    const { rows } = await sql<{ gone: number }>`/*collect*/ with
      next as (select n from uncollected order by n limit ${mostAtOnce}),
      gone as (delete from uncollected u using next where u.n = next.n returning u.n, u.kind, u.region, u.id, u.seq),
      written as (select min(g.n) as n, g.kind, g.region, g.id, g.seq from gone g
        left join lateral (select true as is_placed from collected c where c.kind = g.kind and c.region = g.region and c.id = g.id and c.seq = g.seq limit 1) c on true
        left join lateral (select true as is_there from event e where g.kind = 'event' and e.region = g.region and e.id = g.id and e.seq = g.seq limit 1) e on true
        left join lateral (select true as is_there from audit a where g.kind = 'audit' and a.no = g.seq
          and g.region = '' and g.id = '00000000-0000-0000-0000-000000000000' limit 1) a on true
        where c.is_placed is null and (e.is_there or a.is_there) group by g.kind, g.region, g.id, g.seq),
      last as (select coalesce(max(position), 0) as position from collected),
      placed as (insert into collected (position, kind, region, id, seq)
        select last.position + row_number() over (order by w.n), w.kind, w.region, w.id, w.seq from written w, last)
      select count(*)::int as gone from gone`.execute(tx.db)
    return rows[0]?.gone ?? 0
  })
