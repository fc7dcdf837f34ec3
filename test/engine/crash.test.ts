import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { openPlatform } from '#api/open-platform.ts'
import { readConfig } from '#platform/config.ts'
import { as, system } from '#platform/tx.ts'
import { Clients, type Done, type Manner } from './crash-clients.ts'
import { runCommand, startService } from '#test/service.ts'

const testUrl = process.env['TEST_DATABASE_URL']
const kills = Number(process.env['CRASH_ROUNDS'] ?? 8)
const officers = testUrl ? 8 : 4
const minutes = (n: number) => ({ timeout: n * 60_000 + kills * 10_000 })

/** A data folder, and on PostgreSQL a database, that nobody has used before. */
async function place() {
  const dir = await mkdtemp(join(tmpdir(), 'fh-crash-'))
  const { url, drop } = testUrl ? await scratch(testUrl) : { url: '', drop: async () => {} }
  return {
    dir,
    url,
    async [Symbol.asyncDispose]() {
      await drop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function scratch(admin: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `fahui_crash_${v7().replaceAll('-', '')}`
  const run = async (...statements: string[]) => {
    const client = new pg.Client(admin)
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  await run(`create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`, `drop role if exists fahui_${name}`) }
}

type Place = Awaited<ReturnType<typeof place>>

/** Officers work while the service is killed again and again; returns what they were told was done. */
async function ordeal({ dir, url }: Place, manner: Manner, rounds: number): Promise<Clients> {
  let service = await startService(dir, url)
  const { port } = new URL(service.origin)
  await service.answers()
  const clients = new Clients(manner, service)
  await clients.signIn()
  const work = Promise.all(Array.from({ length: officers }, (_, n) => clients.work(`officer${n}`)))
  for (let round = 0; round < rounds; round++) {
    await Promise.race([work, pause(Math.random() * 1200)])
    await clients.crash(async () => {
      service = await startService(dir, url, Number(port))
      await service.answers()
      return service
    })
  }
  clients.stop()
  await work
  await service.kill()
  return clients
}

type Logged = { label: string; id: string; action: Done['action']; version: number }

/** Every action of the officers as the log has it. */
async function logOf({ dir, url }: Place): Promise<Logged[]> {
  await using on = await openPlatform(readConfig({ FAHUI_DATA: dir, DATABASE_URL: url, LOG_LEVEL: 'silent' }), Date.now)
  const logged = await as(on, system, new Date(), async (tx) => {
    const { rows } = await sql<Logged>`select o.input -> 'data' ->> 'organNumber' as label, e.id, e.action, e.seq as version
      from event e join event o on o.region = e.region and o.id = e.id and o.seq = 0 where o.input -> 'data' ->> 'organNumber' like 'officer%'`.execute(
      tx.db,
    )
    return rows
  })
  return logged
}

const line = ({ label, id, action, version }: Logged) => `${label} ${id} ${action} ${version}`

test('what an officer was told is done stands, once, however often the service is killed (TRUST R1)', minutes(2), async () => {
  await using at = await place()
  const clients = await ordeal(at, 'same', kills)
  expect(clients.lost, 'answers lost on the way').toBeGreaterThan(0)
  const logged = await logOf(at)
  expect(logged.map(line).toSorted()).toEqual(clients.done.map(line).toSorted())
  const { code, printed } = await runCommand('verify', at.dir, at.url)
  expect([code, JSON.parse(printed)]).toMatchObject([0, { ok: true, wrong: [] }])
})

test('a client that makes its request anew leaves it twice: so the test above can fail', minutes(1), async () => {
  await using at = await place()
  const clients = await ordeal(at, 'afresh', 2)
  const labels = (await logOf(at)).filter(({ action }) => action === 'open').map(({ label }) => label)
  expect(clients.lost).toBeGreaterThan(0)
  expect(labels.length - new Set(labels).size).toBeGreaterThan(0)
})

test('a first start that is killed, wherever it was, is carried on by the next', minutes(1), async () => {
  await using at = await place()
  for (const share of [0.15, 0.35, 0.5, 0.65, 0.8]) {
    const service = await startService(at.dir, at.url)
    await Promise.race([service.ended, pause(4000 * share)])
    await service.kill()
  }
  const service = await startService(at.dir, at.url)
  await service.answers()
  await service.kill()
  const { code, printed } = await runCommand('verify', at.dir, at.url)
  expect([code, JSON.parse(printed)]).toMatchObject([0, { ok: true }])
})

test('a second service on the same folder refuses to start and says who has it', minutes(1), async () => {
  await using at = await place()
  const first = await startService(at.dir, at.url)
  await first.answers()
  const second = await (await startService(at.dir, at.url)).ended
  expect(second.code).toBeGreaterThan(0)
  expect(second.said).toMatch(/is in use by process \d+/)
  expect((await fetch(first.origin)).status).toBe(200)
  await first.kill()
})
