import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LeaseLost, underLease } from '#engine/lease.ts'
import { openPlatform } from '#api/open-platform.ts'
import { startWork } from '#api/work.ts'
import { readConfig } from '#platform/config.ts'
import { seal, unseal } from '#platform/keys/crypto.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { enterSettings } from '#records/settings/setting-drafts.ts'
import { rotateKeys } from '#records/privacy/rotation.ts'
import { place, type Place } from './crash-place.ts'

const onPostgres = Boolean(process.env['TEST_DATABASE_URL'])
type Process = Platform & AsyncDisposable

let at: Place
let open: AsyncDisposableStack
beforeEach(async () => {
  at = await place()
  open = new AsyncDisposableStack()
})
afterEach(async () => {
  await open.disposeAsync()
  await at[Symbol.asyncDispose]()
})

const start = async (dir = at.dir): Promise<Process> =>
  open.use(await openPlatform(readConfig({ FAHUI_DATA: dir, DATABASE_URL: at.url, LOG_LEVEL: 'silent' }), Date.now))
const run = <T>(on: Platform, work: (tx: Tx) => Promise<T>) => as(on, system, new Date(), work)
/** What another version would have made of the database. */
const changePlan = (on: Platform) => on.database.owner((db) => sql`update sec.plan_hash set hash = 'another'`.execute(db))

/** The same folder on another machine, before anything else happens to it. */
async function copied(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'fh-copy-'))
  open.defer(() => rm(dir, { recursive: true, force: true }))
  await cp(join(at.dir, 'keys'), join(dir, 'keys'), { recursive: true })
  return dir
}

describe.runIf(onPostgres)('processes on one PostgreSQL', () => {
  test('two first starts at one moment end with one set of keys and one database, and each knows of the other', async () => {
    const [one, other] = await Promise.all([start(), start()])
    expect([one.keyring.current, one.keyring.blind]).toEqual([other.keyring.current, other.keyring.blind])
    expect(await run(one, (tx) => tx.db.selectFrom('setting').selectAll().execute())).toEqual([])
    expect([await one.database.neighbours.count(), await other.database.neighbours.count()]).toEqual([1, 1])
  })

  test('one with other keys than the database was made with refuses to start, and the others go on', async () => {
    const one = await start()
    const elsewhere = await mkdtemp(join(tmpdir(), 'fh-other-'))
    open.defer(() => rm(elsewhere, { recursive: true, force: true }))
    await expect(start(elsewhere)).rejects.toThrow(/made with other keys.*same keys folder/)
    expect(await run(one, async () => 'goes on')).toBe('goes on')
  })

  test('one whose copy of the keys lacks a newer one refuses to start and names it', async () => {
    const one = await start()
    const dir = await copied()
    const { current } = await rotateKeys(one, new Date())
    await expect(start(dir)).rejects.toThrow(new RegExp(`data-${current}.key.*Copy the keys folder`))
  })

  test('one of another version refuses to change the schema under those that serve', { timeout: 60_000 }, async () => {
    await changePlan(await start())
    await expect(start()).rejects.toThrow(/used by 1 other process.*another version.*Stop them first/)
  })

  test('one of another version changes it once they have stopped', async () => {
    const one = await start()
    await changePlan(one)
    const next = start()
    await one[Symbol.asyncDispose]()
    expect(await (await next).database.neighbours.count()).toBe(0)
  })

  test('one whose connection broke comes back, and hears what it missed', async () => {
    const one = await start()
    const heard = Promise.withResolvers<string>()
    one.database.neighbours.hear((news) => heard.resolve(news))
    await cutSessions(one)
    expect(await heard.promise).toBe('settings')
    await expect.poll(() => one.database.neighbours.count()).toBe(0)
  })

  test('one whose connection broke while another version took the database over is told to leave', async () => {
    const one = await start()
    await changePlan(one)
    await cutSessions(one)
    expect(await one.database.neighbours.overtaken).toMatch(/Another version/)
  })

  test('what one publishes holds in the other within moments', async () => {
    const [one, other] = [await start(), await start()]
    open.defer(await startWork(other, () => new Date()))
    const value = { region: '63', key: 'reveal.dailyPersons', validFrom: '2026-01-01', value: 7, decidedBy: 'test', note: '' }
    await run(one, (tx) => enterSettings(tx, [value]))
    await expect.poll(() => other.settings.at('reveal.dailyPersons', '630102', '2026-06-01')).toBe(7)
  })

  test(
    'a rotation is taken up by one that serves, before anything is resealed; both open everything throughout',
    { timeout: 60_000 },
    async () => {
      const [one, other] = [await start(), await start()]
      open.defer(await startWork(other, () => new Date()))
      const cell = { table: 'person', column: 'name', row: v7(), region: '630102' }
      const before = seal(other.keyring, '张三', cell)
      const rotating = rotateKeys(one, new Date())
      await expect.poll(() => other.keyring.current !== before.split('|')[1]).toBe(true)
      expect([unseal(other.keyring, before, cell), unseal(one.keyring, seal(other.keyring, '李四', cell), cell)]).toEqual(['张三', '李四'])
      expect((await rotating).current).toBe(other.keyring.current)
    },
  )

  test('a lease is held while the work goes on, and is another’s as soon as it is done or its holder is dead', async () => {
    const [one, other] = [await start(), await start()]
    const take = () => underLease(other, { name: 'test', holder: 'other' }, async () => 'taken')
    await underLease(one, { name: 'test', holder: 'one' }, async () => expect(await take()).toBeUndefined())
    expect(await take()).toBe('taken')
    await run(one, (tx) =>
      sql`update lease set holder = 'dead', until = clock_timestamp() + interval '1 second' where name = 'test'`.execute(tx.db),
    )
    expect(await take()).toBeUndefined()
    await expect.poll(take, { timeout: 5000 }).toBe('taken')
  })

  test('whoever slept through its lease stops at its next step', async () => {
    const [one, other] = [await start(), await start()]
    const slept = underLease(one, { name: 'test', holder: 'one' }, async (lease) => {
      await run(other, (tx) => sql`update lease set holder = 'other', until = clock_timestamp() + interval '1 hour'`.execute(tx.db))
      await expect.poll(() => outcomeOf(lease.check), { timeout: 5000 }).toBeInstanceOf(LeaseLost)
      lease.check()
    })
    await expect(slept).rejects.toThrow(LeaseLost)
    const { rows } = await run(one, (tx) => sql<{ holder: string }>`select holder from lease where name = 'test'`.execute(tx.db))
    expect(rows).toEqual([{ holder: 'other' }])
  })

  test('a server that stops ends what it is at, and holds nothing any more', async () => {
    const one = await start()
    const stop = await startWork(one, () => new Date())
    const asked = Promise.withResolvers<void>()
    const atIt = underLease(one, { name: 'test', holder: 'one' }, () => asked.promise)
    await expect.poll(() => heldIn(one)).toContain('test')
    asked.resolve()
    await Promise.all([atIt, stop()])
    expect(await heldIn(one)).toEqual([])
  })
})

const heldIn = (on: Platform): Promise<string[]> =>
  run(on, async (tx) => {
    const { rows } = await sql<{ name: string }>`select name from lease where until > clock_timestamp()`.execute(tx.db)
    return rows.map(({ name }) => name)
  })

/** The connection by which a process holds its share of the database ends, as when a network does. */
const cutSessions = (on: Platform) =>
  on.database.owner((db) =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'fahui neighbours'`.execute(
      db,
    ),
  )

function outcomeOf(work: () => void): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
