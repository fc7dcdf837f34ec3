import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { turnstile } from './turnstile.ts'

test('never more are inside than there is room for, everybody gets in, in the order they came, and one that fails leaves its place', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.record({ turns: fc.nat(5), fails: fc.boolean() }), { maxLength: 30 }),
      async (places, comers) => {
        const enter = turnstile(places, 100)
        const order: number[] = []
        let inside = 0
        let most = 0
        const outcomes = await Promise.allSettled(
          comers.map(({ turns, fails }, n) =>
            enter(async () => {
              order.push(n)
              most = Math.max(most, ++inside)
              for (let at = 0; at < turns; at++) await Promise.resolve()
              inside--
              if (fails) throw new Error(String(n))
            }),
          ),
        )
        expect(order).toEqual(comers.map((_, n) => n))
        expect(most).toBeLessThanOrEqual(places)
        expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(comers.map(({ fails }) => fails))
      },
    ),
  )
})

test('whoever finds too many waiting is told that it is busy', async () => {
  const enter = turnstile(1, 1)
  const first = Promise.withResolvers<void>()
  const inside = enter(() => first.promise)
  const waits = enter(async () => 'in')
  await expect(enter(async () => 'never')).rejects.toMatchObject({ code: 'busy' })
  first.resolve()
  await inside
  expect(await waits).toBe('in')
})
