import { expect, test } from 'vitest'
import { judgeClock } from './clock-difference.ts'

const there = new Date('2026-04-01T09:00:00+08:00')
const beside = (seconds: number) => judgeClock(there.getTime() + seconds * 1000, there)

test('clocks that agree to a few seconds need no word', () => {
  expect([beside(0), beside(9), beside(-9)]).toEqual([null, null, null])
})

test('a clock that goes wrong is told of at the start, by how much and which way (S-M11)', () => {
  expect(beside(90)).toContain('90 s ahead of')
  expect(beside(-90)).toContain('90 s behind')
})

test('beyond what a signed context lives the service does not start, and says why', () => {
  expect(() => beside(-301)).toThrow('does not start')
  expect(() => beside(241)).toThrow('does not start')
})
