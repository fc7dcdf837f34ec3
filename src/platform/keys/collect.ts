import { sql } from 'kysely'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'

/** More at once would keep what is written meanwhile waiting. */
const mostAtOnce = 5000

/**
 * Gives what was committed its place in the one order over log and audit, next after the last and without gaps; returns how many. What commits later comes
 * later, whatever transaction ids or clocks say. Two collectors wait for each other, and the second goes on where the first ended.
 */
export const collect = (on: Platform, now: Date): Promise<number> =>
  as(on, system, now, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('collect'))`.execute(tx.db)
    const { numAffectedRows = 0n } = await sql`/*collect*/ with
      next as (select n from uncollected order by n limit ${mostAtOnce}),
      gone as (delete from uncollected u using next where u.n = next.n returning u.n, u.kind, u.region, u.id, u.seq),
      last as (select coalesce(max(position), 0) as position from collected)
      insert into collected (position, kind, region, id, seq)
        select last.position + row_number() over (order by gone.n), gone.kind, gone.region, gone.id, gone.seq from gone, last`.execute(
      tx.db,
    )
    return Number(numAffectedRows)
  })
