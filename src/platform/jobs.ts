import { PgBoss } from 'pg-boss'
import { no, Refusal } from '#kernel/refusal.ts'
import type { Platform } from './platform.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import { as, system, type Tx } from './tx.ts'

/** What a queued effect carries: which, and the event it follows from. */
export type EffectJob = { effect: string; region: string; id: string; seq: number }
export type EffectHandler = (tx: Tx, job: EffectJob) => Promise<void>

/** The job library over this database. It polls on PostgreSQL and on the embedded database alike. */
export function openJobs(database: Database, log: Log): PgBoss {
  const boss = new PgBoss({ db: database.boss, backend: database.engine, migrate: false, createSchema: false, schedule: false })
  boss.on('error', (error) => log.error({ err: error }, 'jobs'))
  return boss
}

/** Works off effects until `boss.stop()`. */
export async function workJobs(on: Platform, handlers: Readonly<Record<string, EffectHandler>>, now: () => Date): Promise<void> {
  await on.jobs.work<EffectJob>('effect', { pollingIntervalSeconds: 1, batchSize: 10 }, async (jobs) => {
    for (const job of jobs) await runEffect(on, handlers, job.data, now())
  })
}

/** Runs one effect in its own transaction. Handlers are idempotent: a crash before the job is marked done runs it again. */
export async function runEffect(on: Platform, handlers: Readonly<Record<string, EffectHandler>>, job: EffectJob, now: Date): Promise<void> {
  const handler = handlers[job.effect]
  if (!handler) throw new Refusal(no('not_found', { effect: job.effect }))
  await as(on, system, now, (tx) => handler(tx, job))
}

/** Works off every effect that is due, now: what tests and the seed call instead of waiting. Returns how many ran. */
export async function drainJobs(on: Platform, handlers: Readonly<Record<string, EffectHandler>>, now: Date): Promise<number> {
  let ran = 0
  for (;;) {
    const jobs = await on.jobs.fetch<EffectJob>('effect', { batchSize: 50 })
    if (!jobs.length) return ran
    for (const job of jobs) {
      await runEffect(on, handlers, job.data, now)
      await on.jobs.complete('effect', job.id)
      ran++
    }
  }
}
