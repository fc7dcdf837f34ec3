import { sql } from 'kysely'
import { over, type Actor } from '#kernel/actor.ts'
import { sumOf, type Tally } from '../../means/tally.ts'
import type { Platform } from '#platform/platform.ts'
import { underLease, type Lease } from '#engine/lease.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { openCrew, type Crew } from './crew.ts'
import type { Decided } from './deciding.ts'
import type { Slice } from './reading.ts'

/** A replay that is not over, with its draft. */
type Running = { id: string; region: string; asked_by: string; total: number | null; draftRegion: string; key: string; value: unknown }

/** Assessments in a slice: some two megabytes, a twentieth of a second of one thread, so that no request waits long behind it. */
const usualSlice = 2000

/**
 * Works off every replay that was asked for, oldest first; returns how many it finished. A slice's flips and its mark are one transaction, so one
 * that was cut off goes on at the first slice without a mark. 0 when another process is at it; throws `LeaseLost` when `signal` ends it.
 */
export async function runReplays(
  on: Platform,
  holder: string,
  now: () => Date,
  { sliceSize = usualSlice, signal }: { sliceSize?: number | undefined; signal?: AbortSignal } = {},
): Promise<number> {
  if (!(await as(on, system, now(), findRunning))) return 0
  const work = (lease: Lease) => runAll(on, { clock: clockUnder(lease, now), sliceSize })
  return (await underLease(on, { name: 'replay', holder }, work, { signal })) ?? 0
}

async function runAll(on: Platform, pace: Pace): Promise<number> {
  for (let finished = 0; ; finished++) {
    const running = await as(on, system, pace.clock(), findRunning)
    if (!running) return finished
    await runReplay(on, running, pace)
  }
}

async function findRunning(tx: Tx): Promise<Running | undefined> {
  const { rows } = await sql<Running>`select r.id, r.region, r.asked_by, r.total, d.region as "draftRegion", d.key, d.value
    from replay r join setting_draft d on d.id = r.draft where r.finished_at is null and r.cancelled_at is null order by r.asked_at limit 1`.execute(
    tx.db,
  )
  return rows[0]
}

/** The moment it is; throws once another process has the lease, for then that one goes on. */
const clockUnder = (lease: Lease, now: () => Date) => (): Date => {
  lease.check()
  return now()
}

type Pace = { clock(): Date; sliceSize: number }

/** Reads as who asked, and no further than the draft reaches. */
async function runReplay(on: Platform, { id, region, asked_by, total, ...draft }: Running, { clock, sliceSize }: Pace): Promise<void> {
  const reader: Actor = { id: asked_by, kind: 'staff', grants: over(region, 'manager') }
  await as(on, system, clock(), (tx) => on.settings.reload(tx.db))
  if (total === null) await as(on, reader, clock(), (tx) => planSlices(tx, { id, region, sliceSize }))
  await on.keyring.reread()
  await using crew = openCrew(on, {
    replay: id,
    draft: { region: draft.draftRegion, key: draft.key, value: draft.value },
    rows: on.settings.rows(),
    ring: on.keyring,
  })
  const left = (await as(on, reader, clock(), (tx) => slicesLeft(tx, id))).map((slice) => ({ ...slice, within: region }))
  const lane = async () => {
    for (let slice = left.shift(); slice; slice = left.shift())
      if (!(await runSlice(on, reader, { replay: id, slice, crew, clock }))) left.length = 0
  }
  await Promise.all(Array.from({ length: crew.size }, lane))
  await as(on, reader, clock(), (tx) => finish(tx, id))
}

async function planSlices(tx: Tx, { id, region, sliceSize }: { id: string; region: string; sliceSize: number }): Promise<void> {
  await sql`insert into replay_slice (replay, no, first_region, first_id, last_region, last_id, size)
    select ${id}, s.* from sec.assessment_slices(${region}, ${sliceSize}) s on conflict do nothing`.execute(tx.db)
  await sql`update replay set total = (select coalesce(sum(size), 0) from replay_slice where replay = ${id}) where id = ${id}`.execute(
    tx.db,
  )
}

const slicesLeft = (tx: Tx, replay: string): Promise<Omit<Slice, 'within'>[]> =>
  tx.db
    .selectFrom('replay_slice')
    .select(['no', 'first_region', 'first_id', 'last_region', 'last_id'])
    .where('replay', '=', replay)
    .where('tally', 'is', null)
    .orderBy('no')
    .execute()

type OneSlice = { replay: string; slice: Slice; crew: Crew; clock(): Date }

/** False once the replay was cancelled: then nothing was written and there is nothing left to do. */
async function runSlice(on: Platform, reader: Actor, { replay, slice, crew, clock }: OneSlice): Promise<boolean> {
  const decided = await crew.decide(reader, slice, clock())
  return as(on, reader, clock(), (tx) => writeSlice(tx, replay, slice.no, decided))
}

async function writeSlice(tx: Tx, replay: string, no: number, { tally, flips }: Decided): Promise<boolean> {
  const { rows } = await sql`/*replay.mark*/ update replay_slice s set tally = ${JSON.stringify(tally)}::jsonb from replay r
    where r.id = s.replay and s.replay = ${replay} and s.no = ${no} and s.tally is null and r.cancelled_at is null returning s.no`.execute(
    tx.db,
  )
  if (rows.length && flips.length)
    await sql`/*replay.flips*/ insert into replay_flip (replay, region, assessment, matter, "from", "to", turned)
      select ${replay}, * from jsonb_to_recordset(${JSON.stringify(flips)}::jsonb)
        as x(region text, assessment uuid, matter uuid, "from" text, "to" text, turned text)`.execute(tx.db)
  return rows.length > 0
}

/** Over only when every slice has its mark, which a cancelled one has not. */
async function finish(tx: Tx, replay: string): Promise<void> {
  const slices = await tx.db.selectFrom('replay_slice').select('tally').where('replay', '=', replay).execute()
  const tallies = slices.flatMap(({ tally }) => (tally ? [tally as unknown as Tally] : [])) // written by `writeSlice`
  if (tallies.length < slices.length) return
  await tx.db
    .updateTable('replay')
    .set({ tally: JSON.stringify(sumOf(tallies)), finished_at: tx.now })
    .where('id', '=', replay)
    .where('cancelled_at', 'is', null)
    .execute()
}
