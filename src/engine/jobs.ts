import { sql } from 'kysely'
import { PgBoss, type JobResult, type JobWithMetadata } from 'pg-boss'
import { no, Refusal } from '#kernel/refusal.ts'
import type { Platform } from '#platform/platform.ts'
import type { Database } from '#platform/database/database.ts'
import { hot } from '#platform/database/hot.ts'
import { superviseSeconds } from '#platform/database/queues.ts'
import type { Log } from '#platform/log.ts'
import { plainError } from '#platform/redact.ts'
import { as, system, type Caused, type Tx } from '#platform/tx.ts'

/** What a queued effect carries: which, and the event it follows from. */
export type EffectJob = Caused
export type EffectHandler = (tx: Tx, job: EffectJob) => Promise<void>

/** What a job does. May run twice: a crash before the job is marked done runs it again. */
export type Effect = (on: Platform, job: EffectJob, its: { now: Date; isLastTry: boolean }) => Promise<void>
export type Effects = Readonly<Record<string, Effect>>

/** An effect that is one transaction of the system's. */
export const inside =
  (handler: EffectHandler): Effect =>
  (on, job, { now }) =>
    as(on, system, now, (tx) => handler(tx, job))

/** The job library over this database. It polls on PostgreSQL and on the embedded database alike. */
export function openJobs(database: Database, log: Log): PgBoss {
  const boss = new PgBoss({
    db: database.boss,
    backend: database.engine,
    migrate: false,
    createSchema: false,
    schedule: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  })
  boss.on('error', (error) => log.error({ err: error }, 'jobs'))
  return boss
}

const queue = hot()`/*act.job*/ select sec.queue_effect(${'effect'}, ${'region'}, ${'id'}, ${'seq'})`

/** Slow effects go into the job table inside the transaction of what causes them: done if and only if it stands. The job is on its way there when this returns. */
export const queueEffect = (tx: Tx, job: EffectJob): void => void (tx.caused ? tx.caused.push(job) : queue(tx, job))

/** Says which effects there are: the database takes no other into its queue. */
export const declareEffects = ({ owner }: Pick<Database, 'owner'>, effects: Effects): Promise<void> =>
  owner(async (db) => {
    const names = Object.keys(effects)
    await sql`delete from sec.effect_kind where name <> all (${names}::text[])`.execute(db)
    await sql`insert into sec.effect_kind select unnest(${names}::text[]) on conflict do nothing`.execute(db)
  })

/** What a killed process had fetched is fetched again at once, where no other process could be at it; beside others the library waits for its heart. */
export async function takeBackFetched({ database }: Pick<Platform, 'database'>): Promise<void> {
  if (await database.neighbours.count()) return
  await database.boss.executeSql(
    `update pgboss.job set state = 'retry', start_after = pgboss.job_now(), heartbeat_on = null where name = 'effect' and state = 'active'`,
  )
}

/** Works off effects until `boss.stop()`: one batch after another while there is more than one, else once a second. */
export async function workJobs(on: Platform, effects: Effects, now: () => Date): Promise<void> {
  const options = {
    pollingIntervalSeconds: 1,
    batchSize: 10,
    burstWhenBatchFull: true,
    includeMetadata: true,
    perJobResults: true,
  } as const
  await on.jobs.work<EffectJob, unknown, typeof options>('effect', options, async (jobs) => {
    const results: JobResult[] = []
    for (const job of jobs) results.push(resultOf(job, await ran(on, effects, job, now())))
    return results
  })
}

/** Runs one effect. */
export async function runEffect(on: Platform, effects: Effects, job: EffectJob, now: Date, isLastTry = false): Promise<void> {
  const effect = effects[job.effect]
  if (!effect) throw new Refusal(no('not_found', { effect: job.effect }))
  await effect(on, job, { now, isLastTry })
}

type Ran = { error?: unknown }

/** One job by itself: what it throws is told, and is no matter of the jobs fetched with it. */
async function ran(on: Platform, effects: Effects, job: JobWithMetadata<EffectJob>, now: Date): Promise<Ran> {
  const isLastTry = job.retryCount >= job.retryLimit
  try {
    await runEffect(on, effects, job.data, now, isLastTry)
    return {}
  } catch (error) {
    const { effect, region, id, seq } = job.data
    const told = { effect, region, id, seq, job: job.id, tries: job.retryCount + 1, error: plainError(error) }
    if (isLastTry) on.log.error(told, 'job failed for good')
    else on.log.warn(told, 'job failed, to be tried again')
    return { error }
  }
}

const resultOf = ({ id }: { id: string }, its: Ran): JobResult =>
  'error' in its ? { id, status: 'failed', output: plainError(its.error) } : { id, status: 'completed' }

/** Works off every effect that is due, now: what tests and the seed call instead of waiting. Returns how many ran; throws the first failure, once every job is settled. */
export async function drainJobs(on: Platform, effects: Effects, now: Date): Promise<number> {
  const failures: unknown[] = []
  let count = 0
  for (;;) {
    const jobs = await on.jobs.fetch<EffectJob>('effect', { batchSize: 50, includeMetadata: true })
    if (!jobs.length) break
    for (const job of jobs) {
      const its = await ran(on, effects, job, now)
      if ('error' in its) failures.push(its.error)
      await settle(on, resultOf(job, its))
      count++
    }
  }
  if (failures.length) throw failures[0]
  return count
}

const settle = (on: Platform, { id, status, output }: JobResult) =>
  status === 'completed' ? on.jobs.complete('effect', id) : on.jobs.fail('effect', id, output as object) // `resultOf` made it

/** An effect that was tried as often as it may be. */
export type FailedJob = EffectJob & { job: string; failedAt: Date; tries: number; error: string | null }

/** What failed for good and is still kept, the oldest first. */
export async function listFailed({ database }: Pick<Platform, 'database'>): Promise<FailedJob[]> {
  const { rows }: { rows: Failed[] } = await database.boss.executeSql(`
    select id, data, completed_on as at, retry_count + 1 as tries, output ->> 'message' as error
    from pgboss.job where name = 'effect' and state = 'failed' order by completed_on, id limit 1000`)
  return rows.map(({ id, data, at, tries, error }) => ({ job: id, ...data, failedAt: at, tries, error }))
}

type Failed = { id: string; data: EffectJob; at: Date; tries: number; error: string | null }

/** Has one failed job tried once more; false where there is none of that id. */
export async function retryFailed(on: Platform, job: string): Promise<boolean> {
  const isFailed = (await listFailed(on)).some((one) => one.job === job)
  if (isFailed) await on.jobs.retry('effect', job)
  return isFailed
}
