import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CompiledQuery, sql } from 'kysely'
import { consumers } from '#api/consumers.ts'
import { consume, flawsOfConsumers } from '#engine/consume.ts'
import type { Db } from '#platform/database/database.ts'
import type { Platform } from '#platform/platform.ts'
import type { Place } from '#test/engine/crash-place.ts'
import { pen, plantMatters, stepText, valuesOf, type Step } from '#test/log-writer.ts'
import { openAt } from './afterwards.ts'
import type { Manner } from './consuming.ts'

/** How often somebody is killed, at the latest so long after they began; `say` is told how far it is. */
export type Measure = { kills: number; restMs: number; say?: (words: string) => void }

/** What came of it: how much stands in the log, what of it the sums lack or have too much, and what `verify` would say. */
export type Outcome = { written: number; lost: number; doubled: number; flaws: string[] }

const matters = 40
/** Few, so that a process is mostly killed with more before it. */
const atOnce = 25

/** Processes that consume are killed at any moment, and others go on where they left off. On PostgreSQL two are at it while steps are written; the embedded database is one process's, which finds some written. */
export const killConsumers = (at: Place, manner: Manner, measure: Measure): Promise<Outcome> =>
  (at.url ? killBeside : killAlone)(at, manner, measure)

async function killBeside(at: Place, manner: Manner, { kills, restMs, say }: Measure): Promise<Outcome> {
  await using on = await openAt(at, {})
  await on.database.owner((db) => plantMatters(db, matters))
  const over = new AbortController()
  const writing = Promise.all([writes(on, pen(0, 2, matters), over.signal), writesAndWaits(on, pen(1, 2, matters), over.signal)])
  const two = [begin(at, manner), begin(at, manner)]
  for (let n = 0; n < kills; n++) {
    const its = await two[n % 2]! // there are two
    await pause(Math.random() * restMs)
    await its.kill()
    two[n % 2] = begin(at, manner)
    if ((n + 1) % 10 === 0) say?.(`${n + 1} kills`)
  }
  over.abort()
  await writing
  for (const its of two) await (await its).kill()
  return await outcomeOf(on) // before it is closed
}

async function killAlone(at: Place, manner: Manner, { kills, restMs, say }: Measure): Promise<Outcome> {
  const next = pen(0, 1, matters)
  for (let n = 0; n < kills; n++) {
    await withPlatform(at, (on) =>
      on.database.owner(async (db) => {
        if (n === 0) await plantMatters(db, matters)
        for (let step = 0; step < 200; step++) await put(db, next())
      }),
    )
    const its = await begin(at, manner)
    await pause(Math.random() * restMs)
    await its.kill()
    if ((n + 1) % 10 === 0) say?.(`${n + 1} kills`)
  }
  return withPlatform(at, outcomeOf)
}

async function withPlatform<T>(at: Place, work: (on: Platform) => Promise<T>): Promise<T> {
  await using on = await openAt(at, {})
  return await work(on) // before it is closed
}

const put = (db: Db, step: Step): Promise<unknown> => db.executeQuery(CompiledQuery.raw(stepText, valuesOf(step)))

async function writes(on: Platform, next: () => Step, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    for (let n = 0; n < 10; n++) await on.database.owner((db) => put(db, next()))
    await pause(5)
  }
}

/** Commits late, behind what was written after it. */
async function writesAndWaits(on: Platform, next: () => Step, over: AbortSignal): Promise<void> {
  while (!over.aborted)
    await on.database.owner((db) =>
      db.transaction().execute(async (trx) => {
        for (let n = 0; n < 5; n++) await put(trx, next())
        await pause(300)
      }),
    )
}

const script = fileURLToPath(new URL('consumer-process.ts', import.meta.url))

/** A process that has begun to consume. */
async function begin({ dir, url }: Place, manner: Manner): Promise<{ kill(): Promise<void> }> {
  const child = spawn(process.execPath, [script, manner, String(atOnce)], {
    env: { ...process.env, FAHUI_DATA: dir, DATABASE_URL: url, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error('The consumer ended by itself.')))])
  return {
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** What there is once somebody has gone on to the end. */
async function outcomeOf(on: Platform): Promise<Outcome> {
  await consume(on, consumers, new Date())
  const { rows } = await on.database.owner((db) =>
    sql<
      Omit<Outcome, 'flaws'>
    >`with logged as (select region, action, (at at time zone 'Asia/Shanghai')::date as day, count(*)::int as n from event group by 1, 2, 3),
        kept as (select region, what as action, day, sum(n)::int as n from day_count where counted = 'action' group by 1, 2, 3)
      select coalesce(sum(logged.n), 0)::int as written, coalesce(sum(greatest(coalesce(logged.n, 0) - coalesce(kept.n, 0), 0)), 0)::int as lost,
        coalesce(sum(greatest(coalesce(kept.n, 0) - coalesce(logged.n, 0), 0)), 0)::int as doubled
      from logged full join kept using (region, action, day)`.execute(db),
  )
  return { ...rows[0]!, flaws: await flawsOfConsumers(on, consumers, new Date()) } // a sum returns its row
}
