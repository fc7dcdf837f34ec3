import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { flawsOf } from '#test/kills/flaws.ts'
import { killAtWork } from '#test/kills/killing.ts'
import { runCommand, startService } from '#test/service.ts'
import { place } from './crash-place.ts'

const testUrl = process.env['TEST_DATABASE_URL']
const kills = Number(process.env['CRASH_ROUNDS'] ?? 4)
const minutes = (n: number) => ({ timeout: n * 60_000 + kills * 20_000 })
const people = { notices: 2, citizens: 3, officers: 4, accounts: 1 }
const needed = ['filed', 'paper', 'picture', 'step', 'enrolled', 'reveal'] as const
const sizes = { small: 100, middle: 100_000, large: 300_000 }

test(
  'what people were told is done stands, once, however often the service is killed, and nothing is left behind (TRUST R1)',
  minutes(4),
  async () => {
    await using at = await place()
    const outcome = await killAtWork(at, 'same', { kills, needed, restMs: 400, people, sizes })
    expect(outcome.answersLost, 'answers lost on the way').toBeGreaterThan(0)
    expect(outcome.beforeSweep.orphans, 'bytes of refused forms, or the sweep would have nothing to do').toBeGreaterThan(0)
    expect(flawsOf(outcome)).toEqual([])
  },
)

test('a client that makes its request anew leaves it twice: so the test above can fail', minutes(3), async () => {
  const crowd = { notices: 4, citizens: 2, officers: 0, accounts: 0 }
  let doubled: string[] = []
  // Whether an answer is lost after its step stood is chance: one that doubles nothing is given another go.
  for (let go = 0; go < 8 && !doubled.length; go++) {
    await using at = await place()
    const outcome = await killAtWork(at, 'afresh', { kills: 4, restMs: 400, people: crowd, sizes })
    doubled = flawsOf(outcome).filter((flaw) => flaw.includes('doubled'))
  }
  expect(doubled).not.toEqual([])
})

test('a first start that is killed, wherever it was, is carried on by the next', minutes(1), async () => {
  await using at = await place()
  for (const share of [0.2, 0.5, 0.8]) {
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
