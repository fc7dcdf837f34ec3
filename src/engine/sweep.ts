import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal.ts'
import { act } from './act.ts'
import { underLease, type Lease } from './lease.ts'
import { lockMatter } from './matter-rows.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'

type Late = { region: string; id: string; limit: string; party: string; startedBy: number; line: string; edition: string }

/**
 * Turns every limit that has passed into the action its line declares, once each. Limits are rows, never timers, so a
 * sweeper that was down catches up. Returns how many it acted on; 0 when another process is at it.
 */
export async function sweep(on: Platform, holder: string, now: Date, batch = 100, signal?: AbortSignal): Promise<number> {
  const acted = await underLease(on, { name: 'sweep', holder }, (lease) => sweepBatch(on, now, batch, lease), { signal })
  return acted ?? 0
}

async function sweepBatch(on: Platform, now: Date, batch: number, lease: Lease): Promise<number> {
  const late = await as(on, system, now, (tx) => findLate(tx, batch))
  let acted = 0
  for (const clock of late) {
    lease.check()
    if (await tried(on, now, clock)) acted++
  }
  return acted
}

/** A matter that cannot be handled is logged and tried again by the next sweep: it must not hold up the limits behind it. */
const tried = (on: Platform, now: Date, late: Late): Promise<boolean> =>
  as(on, system, now, (tx) => breach(tx, late)).then(
    () => true,
    (error: unknown) => {
      on.log.error({ err: error, region: late.region, id: late.id, limit: late.limit, party: late.party }, 'sweep')
      return false
    },
  )

async function findLate(tx: Tx, batch: number): Promise<Late[]> {
  const { rows } = await sql<Late>`select c.region, c.id, c."limit", c.party, c.started_by as "startedBy", m.line, m.edition
    from clock c join matter m on m.region = c.region and m.id = c.id
    where c.due_at <= ${tx.now} and c.stopped_at is null and c.breached_at is null and c.due_at is not null
    order by c.due_at limit ${batch}`.execute(tx.db)
  return rows
}

/** The mark and the action stand or fall together, so a crash between them repeats neither. The matter is locked before its clock, as `act` does, or the two would wait for each other. */
async function breach(tx: Tx, late: Late): Promise<void> {
  await lockMatter(tx, late)
  const { rows } =
    await sql`update clock set breached_at = ${tx.now} where region = ${late.region} and id = ${late.id} and "limit" = ${late.limit} and started_by = ${late.startedBy} and party = ${late.party}
    and breached_at is null and stopped_at is null and due_at <= ${tx.now} returning id`.execute(tx.db)
  const action = lineOf(tx.on, late.line, late.edition).limits[late.limit]?.onBreach
  if (rows.length && action) await act(tx, late, action, passed(late)).catch(ignoreOvertaken)
}

/** What a breach records: the limit, and whose run of it has passed where every party has their own. */
export const passed = ({ limit, party }: Pick<Late, 'limit' | 'party'>) => (party ? { limit, party } : { limit })

/** An officer may have acted between finding and locking: then there is nothing left to mark. */
function ignoreOvertaken(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'wrong_state')) throw error
}
