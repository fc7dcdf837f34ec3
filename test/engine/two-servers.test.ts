import { expect, test } from 'vitest'
import { startService, runCommand } from '#test/service.ts'
import { place } from './crash-place.ts'
import { killInTurn } from './two-servers.ts'

const onPostgres = Boolean(process.env['TEST_DATABASE_URL'])
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 6)

test.runIf(onPostgres)(
  'of two servers killed in turn the other goes on: nothing told to be done is lost or done twice, and commands run beside them (TRUST R1)',
  { timeout: 120_000 + rounds * 15_000 },
  async () => {
    await using at = await place()
    const { told, logged, lost, gaps, beside } = await killInTurn(at, { rounds, officers: 6 })
    expect(lost, 'answers lost on the way').toBeGreaterThan(0)
    expect(gaps).toHaveLength(rounds)
    expect(logged).toEqual(told)
    expect(Object.values(beside).map(({ code, said }) => [code, said])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ])
    expect(JSON.parse(beside['verify']?.printed ?? '')).toMatchObject({ ok: true, wrong: [] })
    const { code, printed } = await runCommand('verify', at.dir, at.url)
    expect([code, JSON.parse(printed)]).toMatchObject([0, { ok: true, wrong: [] }])
  },
)

test.runIf(onPostgres)('a server that is told to stop leaves at once what it was doing for the other', { timeout: 60_000 }, async () => {
  await using at = await place()
  const [one, other] = await Promise.all([startService(at.dir, at.url), startService(at.dir, at.url)])
  await Promise.all([one.answers(), other.answers()])
  expect(await one.stop()).toMatchObject({ code: 0, said: '' })
  expect((await fetch(other.origin)).status).toBe(200)
  await other.kill()
})
