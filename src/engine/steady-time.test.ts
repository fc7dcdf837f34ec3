import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { steadyTime } from './steady-time.ts'

const start = Date.parse('2026-04-01T09:00:00+08:00')

/** A database and a process that count the seconds alike until `leapt` is set. */
function clocks() {
  const its = { counted: 0, leapt: 0 }
  const read = steadyTime(
    async () => new Date(start + its.counted + its.leapt),
    () => its.counted,
  )
  return { its, read }
}

test('time that goes on as it should is believed, however long nobody asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 40 * 86_400_000 }), { maxLength: 20 }), async (pauses) => {
      const { its, read } = clocks()
      for (const pause of pauses) {
        its.counted += pause
        expect((await read())?.getTime()).toBe(start + its.counted)
      }
    }),
  )
})

test('a clock put forward or back by more than a minute is not believed, and is again once it comes back (S-M12)', async () => {
  const far = fc.integer({ min: 60_001, max: 400 * 86_400_000 })
  await fc.assert(
    fc.asyncProperty(far, fc.boolean(), async (by, isBack) => {
      const { its, read } = clocks()
      await read()
      its.counted += 15_000
      its.leapt = isBack ? -by : by
      expect(await read()).toBeNull()
      its.counted += 15_000
      expect(await read()).toBeNull()
      its.leapt = 0
      expect(await read()).not.toBeNull()
    }),
  )
})

test('a clock nudged by seconds is believed', async () => {
  const { its, read } = clocks()
  await read()
  its.counted += 15_000
  its.leapt = 5000
  expect(await read()).not.toBeNull()
})
