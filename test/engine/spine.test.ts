import { afterAll, beforeAll, expect, test } from 'vitest'
import { flaws } from '#kernel/proof/prove.ts'
import { lines } from '#lines/services.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

test.each(lines.map((line) => [line.key, line] as const))('the line %s is a sound process', (_, line) => {
  expect(flaws(line)).toEqual([])
})

test('aid is asked for, granted, assigned, worked, concluded and confirmed by the person', async () => {
  w.at('2026-03-02')
  const m = await w.filed()
  await w.assessed(m)
  w.at('2026-03-06')
  await w.act(cast.wang, m, 'grant')
  await w.assigned(m)
  await w.attached(cast.zhao, m, 'agreement')
  await w.act(cast.zhao, m, 'engage')
  await w.act(cast.zhao, m, 'conclude', {
    result: 'won',
    concludedOn: '2026-03-06',
    claimedFen: 1_800_000,
    recoveredFen: 1_800_000,
    hearings: 1,
    meetings: 2,
  })
  const done = await w.act(cast.li, m, 'confirmOutcome', { agrees: 'yes', receivedFen: 1_800_000 })
  expect(done.data['outcome']).toMatchObject({ confirmation: 'confirmed', confirmedFen: 1_800_000 })
  expect(await w.read(m)).toEqual(done)
})
