import { v7 } from 'uuid'
import { effects, services } from '#lines/services.ts'
import { keepConsuming } from '#engine/consume.ts'
import { takeBackFetched, workJobs } from '#engine/jobs.ts'
import { LeaseLost, underLease } from '#engine/lease.ts'
import { recountProvisional } from '#engine/recount.ts'
import { steadyTime } from '#engine/steady-time.ts'
import { sweep } from '#engine/sweep.ts'
import { databaseTime } from '#platform/database/clock-difference.ts'
import { rereadMs, type News } from '#platform/database/neighbours.ts'
import { sweepSpool } from '#platform/files/spool.ts'
import { sealAudit } from '#platform/keys/audit.ts'
import type { Platform } from '#platform/platform.ts'
import { sweepFloods } from '#platform/doors/flood.ts'
import { as, system } from '#platform/tx.ts'
import { sweepUnheld } from '#records/privacy/erasure.ts'
import { noteAllKept } from '#records/privacy/verify-kept.ts'
import { retain } from '#records/privacy/retain.ts'
import { isAnyWaiting, scanWaiting } from '#records/privacy/scanning.ts'
import { consumers } from './consumers.ts'

/** What a chore works with: `time` is the database's, null once it has leapt; `signal` ends what takes long. */
type Shift = { on: Platform; holder: string; now: () => Date; time: () => Promise<Date | null>; signal: AbortSignal }
type Chore = { everyMs: number; work(its: Shift): Promise<unknown> }

/** Everything that is done again and again. Several processes serve one database, so each is under a lease or harmless twice. */
const chores: readonly Chore[] = [
  { everyMs: 15_000, work: sweepInTime },
  // Two sealers wait for each other, and the second finds nothing to seal.
  { everyMs: 60_000, work: ({ on, now }) => sealAudit(on, now()) },
  // Whoever has it keeps it; the others ask whether it has died.
  { everyMs: 1000, work: ({ on, ...shift }) => keepConsuming(on, consumers, shift) },
  { everyMs: 60_000, work: ({ on }) => tellOfLogins(on) },
  { everyMs: rereadMs, work: ({ on, now }) => Promise.all([takeUp.settings(on, now()), takeUp.keys(on, now())]) },
  ...services.flatMap(({ replaying }): Chore[] =>
    replaying ? [{ everyMs: 1000, work: ({ on, holder, now, signal }) => replaying.run(on, holder, now, { signal }) }] : [],
  ),
  { everyMs: 2000, work: scanUnderLease },
  { everyMs: 3_600_000, work: retainAtNight },
  { everyMs: 3_600_000, work: ({ on, now }) => sweepFloods(on, now()) },
  { everyMs: 3_600_000, work: ({ on }) => sweepHalves(on, new Date(on.wallClock() - draftMs)) },
]

/** Nobody but this service knows the passwords of its logins, and nobody else has any business changing them. */
async function tellOfLogins(on: Platform): Promise<void> {
  for (const login of await on.database.logins.keep())
    on.log.error(
      { login },
      'The password of this login of the service had been changed, and was set again. Whoever could do that could send statements of their own: look for how.',
    )
}

/** What a write or a form that was cut off before that moment left on the disk. */
const sweepHalves = (on: Platform, before: Date) => Promise.all([on.files.sweep(before), sweepSpool(before)])

/** What this process knows by heart is read again when another says it has changed, and now and then in case that was missed. */
const takeUp: Readonly<Record<News, (on: Platform, now: Date) => Promise<void>>> = {
  settings: (on, now) => as(on, system, now, (tx) => on.settings.reload(tx.db)),
  keys: (on) => on.keyring.reread(),
}

/** No write of a file takes so long: what is older was cut off. */
const draftMs = 3_600_000
/** Limits pass by the database's time, and none because somebody set a clock. */
async function sweepInTime({ on, holder, time, signal }: Shift): Promise<void> {
  const at = await time()
  if (at) await sweep(on, holder, at, undefined, signal)
  else on.log.error('The clock has leapt: no limit passes until it comes back, or the service is started again after somebody has looked.')
}

/** Whatever was handed in meanwhile is shown to the scanner, and what it had no word for when it was away. */
async function scanUnderLease({ on, holder, now, signal }: Shift): Promise<void> {
  if (await isAnyWaiting(on, now()))
    await underLease(on, { name: 'scan', holder }, ({ check }) => scanWaiting(on, now(), { check, signal }), { signal })
}

/** In Shanghai: nobody waits for anything then. */
const retainAtHour = 3
/** Longer than that hour, so that it is done once a night by whichever process comes first. */
const retainRestMs = 2 * 3_600_000

/** The nightly erasure; an operator's own run keeps it out, and it does not keep out theirs for the rest of the night. */
async function retainAtNight({ on, holder, now }: Shift): Promise<void> {
  const work = () =>
    underLease(on, { name: 'retain', holder }, async (lease) => {
      await retain(on, now())
      await sweepUnheld(on, now(), lease.check)
    })
  const hour = (now().getUTCHours() + 8) % 24
  if (hour === retainAtHour) await underLease(on, { name: 'night', holder }, work, { restMs: retainRestMs })
}

/** Starts what runs beside the requests: the jobs, the sweeper of passed limits, the audit's sealer. Returns how to stop it: what is under way ends, and its leases are let go for another process. */
export async function startWork(on: Platform, now: () => Date): Promise<() => Promise<void>> {
  const stop = new AbortController()
  const time = steadyTime(() => on.database.owner(databaseTime))
  const shift: Shift = { on, holder: v7(), now, time, signal: stop.signal }
  on.database.neighbours.hear((news) => void takeUp[news](on, now()).catch(tellLog(on)))
  await takeBackFetched(on)
  await workJobs(on, effects, now)
  await underLease(on, { name: 'keep', holder: shift.holder }, () => noteAllKept(on, now()))
  await underLease(on, { name: 'recount', holder: shift.holder }, () => recountProvisional(on, now()))
  const running = chores.map((chore) => repeat(chore, shift))
  return async () => {
    stop.abort()
    await Promise.all(running.map(({ end }) => end()))
  }
}

/** Does a chore at its pace, never beside itself. */
function repeat({ everyMs, work }: Chore, shift: Shift): { end(): Promise<void> } {
  let going: Promise<unknown> | null = null
  const begin = () =>
    void (going ??= work(shift)
      .catch(tellLog(shift.on))
      .finally(() => (going = null)))
  const timer = setInterval(begin, everyMs)
  return {
    async end() {
      clearInterval(timer)
      await going
    },
  }
}

/** What was left to another process is no fault. */
const tellLog = (on: Platform) => (error: unknown) =>
  error instanceof LeaseLost ? on.log.info(error.message) : on.log.error({ err: error }, 'background work')
