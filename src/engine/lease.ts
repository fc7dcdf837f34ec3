import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'

/** A piece of work only one process does at a time, and who this process is. */
export type Leased = { name: string; holder: string }

/** The work's hold on its lease. `check` throws `LeaseLost` once another process may have it, or this one is stopping: ask between two steps. */
export type Lease = { check(): void }

/** Work that must stop here: another process goes on with it. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** A dead process is replaced after so long; a living one asks again four times as often, so that one late answer costs nothing. */
const [leaseMs, renewMs] = [4000, 1000]

/** How work is held: `restMs` keeps every process from it for as long after it is done, `signal` ends it early. */
type Manner = { restMs?: number; signal?: AbortSignal | undefined }

/**
 * Does the work if no other process is at it; undefined if one is. The lease is kept while the work goes on and let go at its end, so that after a
 * clean stop another process may take it at once, and after a power cut within four seconds. Whatever is done under a lease is harmless
 * twice: a process that slept through its lease learns so only at its next step.
 */
export async function underLease<T>(
  on: Platform,
  { name, holder }: Leased,
  work: (lease: Lease) => Promise<T>,
  { restMs = 0, signal }: Manner = {},
): Promise<T | undefined> {
  if (signal?.aborted || !(await takeLease(on, name, holder, leaseMs))) return undefined
  let isHeld = true
  let renewal: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    // A renewal that fails says nothing: the database may be there again for the next.
    renewal = takeLease(on, name, holder, leaseMs).then(
      (held) => (isHeld &&= held),
      () => {},
    )
  }, renewMs)
  const check = () => {
    if (!isHeld || signal?.aborted) throw new LeaseLost(`The work ${name} was left to another process.`)
  }
  let rest = 0
  try {
    const done = await work({ check })
    rest = restMs
    return done
  } finally {
    clearInterval(timer)
    await renewal // or it would take again what is let go below
    if (isHeld) await keepFor(on, { name, holder }, rest)
  }
}

/** The same, waiting until it is this process's turn; throws `LeaseLost` when `signal` ends the wait. */
export async function inTurn<T>(on: Platform, leased: Leased, work: (lease: Lease) => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const its = await underLease(on, leased, async (lease) => ({ done: await work(lease) }), { signal })
    if (its) return its.done
    if (signal?.aborted) throw new LeaseLost(`The work ${leased.name} was left to another process.`)
    await pause(renewMs)
  }
}

/** True when this process may do the named work for so long. By the database's row and clock, so that no two processes both may. */
export const takeLease = (on: Platform, name: string, holder: string, ms: number): Promise<boolean> =>
  as(on, system, new Date(on.wallClock()), async (tx) => {
    const { rows } =
      await sql`insert into lease (name, holder, until) values (${name}, ${holder}, clock_timestamp() + ${ms} * interval '1 millisecond')
      on conflict (name) do update set holder = excluded.holder, until = excluded.until
      where lease.until <= clock_timestamp() or lease.holder = ${holder} returning name`.execute(tx.db)
    return rows.length === 1
  })

const keepFor = (on: Platform, { name, holder }: Leased, ms: number): Promise<unknown> =>
  as(on, system, new Date(on.wallClock()), (tx) =>
    sql`update lease set until = clock_timestamp() + ${ms} * interval '1 millisecond', holder = case when ${ms} > 0 then '' else holder end
      where name = ${name} and holder = ${holder}`.execute(tx.db),
  )
