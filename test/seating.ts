import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import { account, seatsWith, type Holder, type Seats } from '#kernel/seat.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { standingsOf } from '#engine/standing.ts'
import { lineOf } from '#platform/platform.ts'
import { cast, type World } from './world.ts'

/** Who sits where, by account or, where several do or somebody has none, as holders; null empties a seat. `applicant` is whoever the matter is for, whatever its line calls them; a seat the line has not is passed over. */
type Taken = string | readonly Holder[] | null
export type Seating = Readonly<Record<string, Taken>>

const holdersOf = (taken: Taken): readonly Holder[] => (typeof taken === 'string' ? [account(taken)] : (taken ?? []))

/** Seats people over the log's head: the scene is about who may act, not about how they came there. */
export const seat = (w: World, at: MatterId, who: Seating): Promise<void> =>
  w.run(cast.clockwork, async (tx) => {
    const matter = (await matterOf(tx, at))!
    const line = lineOf(w.on, matter.line, matter.edition)
    const asked = Object.entries(who).map(([key, taken]): [string, Taken] => [key === 'applicant' ? line.principal : key, taken])
    const changed: Seats = Object.fromEntries(asked.filter(([key]) => key in line.seats).map(([key, taken]) => [key, holdersOf(taken)]))
    const kept = Object.fromEntries(Object.entries(matter.seats).filter(([key]) => key in line.seats))
    const seats = seatsWith(kept, changed)
    if (isDeepStrictEqual(seats, matter.seats)) return
    await sql`update standing set until = ${tx.now} where region = ${at.region} and matter = ${at.id} and until is null`.execute(tx.db)
    // Before the first event of the log, so that none of its own meets them.
    const seq = (
      await sql<{ n: number }>`select -1 - count(*)::int as n from standing where region = ${at.region} and matter = ${at.id}`.execute(
        tx.db,
      )
    ).rows[0]!.n
    for (const { seat: key, holder, account: id, party, side, seesAll, isPrincipal } of standingsOf(line, seats))
      await sql`insert into standing (region, matter, seat, holder, account, party, side, sees_all, is_principal, since, seq)
        values (${at.region}, ${at.id}, ${key}, ${holder}, ${id}, ${party}, ${side}, ${seesAll}, ${isPrincipal}, ${tx.now}, ${seq})`.execute(
        tx.db,
      )
    await sql`update matter set seats = ${JSON.stringify(seats)}::jsonb, is_staffed = ${standingsOf(line, seats).some(({ side }) => side === 'works')}
      where region = ${at.region} and id = ${at.id}`.execute(tx.db)
  })
