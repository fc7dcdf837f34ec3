import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Clients, type Manner } from './crash-clients.ts'
import { line, logOf, place, type Place } from './crash-place.ts'
import { runCommand, startService } from '#test/service.ts'

const testUrl = process.env['TEST_DATABASE_URL']
const kills = Number(process.env['CRASH_ROUNDS'] ?? 8)
const officers = testUrl ? 8 : 4
const minutes = (n: number) => ({ timeout: n * 60_000 + kills * 10_000 })

/** Officers work while the service is killed again and again; returns what they were told was done. */
async function ordeal({ dir, url }: Place, manner: Manner, rounds: number): Promise<Clients> {
  let service = await startService(dir, url)
  const { port } = new URL(service.origin)
  const begin = async () => {
    const next = await startService(dir, url, Number(port))
    await next.answers()
    return next
  }
  await service.answers()
  let running = Promise.resolve(service)
  const clients = new Clients(manner, () => running)
  await clients.signIn()
  const work = Promise.all(Array.from({ length: officers }, (_, n) => clients.work(`officer${n}`)))
  for (let round = 0; round < rounds; round++) {
    await Promise.race([work, pause(Math.random() * 1200)])
    await clients.crash(service, () => (running = service.kill().then(begin)))
    service = await running
  }
  clients.stop()
  await work
  await service.kill()
  return clients
}

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

test.skipIf(testUrl)('a second service on the embedded database refuses to start and says who has it', minutes(1), async () => {
  await using at = await place()
  const first = await startService(at.dir, at.url)
  await first.answers()
  const second = await (await startService(at.dir, at.url)).ended
  expect(second.code).toBeGreaterThan(0)
  expect(second.said).toMatch(/is in use by process \d+/)
  expect((await fetch(first.origin)).status).toBe(200)
  await first.kill()
})
