import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drainJobs, listFailed, retryFailed, takeBackFetched, workJobs, type Effect, type EffectJob } from '#engine/jobs.ts'
import { keepingLog } from '#test/keeping-log.ts'
import { county, world, type World } from '#test/world.ts'

let w: World
const kept = keepingLog()
beforeAll(async () => {
  w = await world()
  w.on.log = kept.log
})
beforeEach(async () => {
  kept.lines.length = 0
  await w.on.jobs.deleteAllJobs('effect')
})
afterEach(() => w.on.jobs.offWork('effect'))
afterAll(() => w[Symbol.asyncDispose]())

const nothing: Effect = async () => {}
const said = '李小花'
const broken: Effect = async () => {
  throw new Error(`cannot read "${said}", 13800138000`)
}
const queued = async (effect: string): Promise<EffectJob> => {
  const job = { effect, region: county, id: v7(), seq: 3 }
  await w.on.jobs.send('effect', job)
  return job
}
/** Its last try has come: as after a night of a gateway that does not answer. */
const lastTry = () =>
  w.on.database.owner((db) =>
    sql`update pgboss.job set retry_count = retry_limit, start_after = now() where name = 'effect' and state in ('created', 'retry')`.execute(
      db,
    ),
  )
const drained = (handlers: Record<string, Effect>) => drainJobs(w.on, handlers, w.now())
const failed = () => listFailed(w.on)
const statesOf = async () =>
  (
    await w.on.database.owner((db) =>
      sql<{ effect: string; state: string }>`select data ->> 'effect' as effect, state::text from pgboss.job where name = 'effect'`.execute(
        db,
      ),
    )
  ).rows.map(({ effect, state }) => `${effect} ${state}`)

describe('a job that fails', () => {
  test('takes none of its neighbours with it: each is settled by itself', async () => {
    for (const effect of ['well', 'broken', 'well']) await queued(effect)
    await expect(drained({ well: nothing, broken })).rejects.toThrow('cannot read')
    expect((await statesOf()).toSorted()).toEqual(['broken retry', 'well completed', 'well completed'])
  })

  test('takes none of the batch with it in the running service either', async () => {
    const ran = Promise.withResolvers<void>()
    const last: Effect = async () => ran.resolve()
    for (const effect of ['well', 'broken', 'last']) await queued(effect)
    await workJobs(w.on, { well: nothing, broken, last }, w.now)
    await ran.promise
    await w.on.jobs.offWork('effect', { wait: true })
    expect((await statesOf()).toSorted()).toEqual(['broken retry', 'last completed', 'well completed'])
    expect(kept.lines).toHaveLength(1)
  })

  test('is told in the log by effect, matter and event, and by nothing a person said (STYLE 34)', async () => {
    const job = await queued('broken')
    await drained({ broken }).catch(() => {})
    expect(kept.lines).toMatchObject([{ ...job, level: 40, error: { name: 'Error', message: 'cannot read …, [number]' } }])
    expect(JSON.stringify(kept.lines)).not.toContain(said)
  })

  test('for the last time is an error in the log, and is kept for a person to see and to try again', async () => {
    const job = await queued('broken')
    await lastTry()
    await drained({ broken }).catch(() => {})
    expect(kept.lines).toMatchObject([{ ...job, level: 50 }])
    const [found] = await failed()
    expect(found).toMatchObject({ ...job, error: 'cannot read …, [number]' })
    expect(await retryFailed(w.on, found?.job ?? '')).toBe(true)
    expect(await drained({ broken: nothing })).toBe(1)
    expect(await failed()).toEqual([])
  })

  test('and waits to be tried again is not yet for a person', async () => {
    await queued('broken')
    await drained({ broken }).catch(() => {})
    expect(await failed()).toEqual([])
  })

  test('is tried again by its own name alone', async () => {
    expect(await retryFailed(w.on, v7())).toBe(false)
  })

  test('is kept a month, not the week the job library keeps what is over', async () => {
    expect((await w.on.jobs.getQueue('effect'))?.deleteAfterSeconds).toBe(30 * 86_400)
  })
})

test('a job whose process was killed is taken up again when its heart has not beaten for fifteen seconds; one whose process lives is left to it', async () => {
  for (const effect of ['orphan', 'held']) await queued(effect)
  await w.on.jobs.fetch('effect', { batchSize: 2 })
  await w.on.database.owner(async (db) => {
    await sql`update pgboss.job set heartbeat_on = now() - interval '16 seconds' where data ->> 'effect' = 'orphan'`.execute(db)
    await sql`update pgboss.queue set monitor_on = null`.execute(db)
  })
  await w.on.jobs.supervise('effect')
  expect((await statesOf()).toSorted()).toEqual(['held active', 'orphan retry'])
})

test('what a killed process had fetched is taken up at once by the next to start, where no other serves (S-L6)', async () => {
  await queued('orphan')
  await w.on.jobs.fetch('effect', { batchSize: 2 })
  expect(await drained({ orphan: nothing })).toBe(0)
  await takeBackFetched(w.on)
  expect(await drained({ orphan: nothing })).toBe(1)
})

test('many jobs are worked off one batch after another, not ten a second (S-L6)', async () => {
  const [many, done] = [80, Promise.withResolvers<void>()]
  for (let n = 0; n < many; n++) await queued('counted')
  let ran = 0
  const counted: Effect = async () => {
    if (++ran === many) done.resolve()
  }
  const before = performance.now()
  await workJobs(w.on, { counted }, w.now)
  await done.promise
  expect(performance.now() - before).toBeLessThan(5000)
})
