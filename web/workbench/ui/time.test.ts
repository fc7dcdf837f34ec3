import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fenOf, inYuan, yuanOf } from './money.ts'
import { dayTyped, daysLeft, daysUntil, isDay, lastOf, momentOf, momentTyped, timeOf } from './time.ts'

describe('times on the desk are those of Shanghai', () => {
  it('shows a moment as the clock there shows it, wherever the reader sits', () => {
    expect(timeOf('2026-03-01T16:30:00Z')).toBe('2026-03-02 00:30')
    expect(timeOf('2026-03-01')).toBe('2026-03-01')
  })

  it('a limit that ends at 24:00 is shown with the day it ends, not the day after (民法典 §203)', () => {
    expect(lastOf('2026-03-06T16:00:00.000Z')).toBe('2026-03-06')
    expect(lastOf('2026-03-06T15:59:59.999Z')).toBe('2026-03-06')
    expect(daysUntil('2026-03-06T16:00:00.000Z', '2026-03-06T15:59:00Z')).toBe(0)
    expect(daysUntil('2026-03-06T16:00:00.000Z', '2026-03-06T16:00:00Z')).toBe(-1)
  })

  it('a limit in hours is shown with its hour', () => {
    expect(lastOf('2026-03-06T04:30:00.000Z')).toBe('2026-03-06 12:30')
    expect(lastOf('2026-03-06T04:29:59.999Z')).toBe('2026-03-06 12:30')
  })

  it('says how many days are left in words', () => {
    expect([3, 0, -2].map(daysLeft)).toEqual(['还有 3 天', '今天到期', '已超 2 天'])
  })
})

describe('a date may be typed in any usual way', () => {
  it('reads the ways people write a day', () => {
    for (const text of ['2026-03-01', '2026-3-1', '2026.3.1', '2026/03/01', '2026年3月1日', '20260301', ' 2026-3-1 '])
      expect(dayTyped(text)).toBe('2026-03-01')
  })

  it('refuses a day that does not exist, and half a day', () => {
    for (const text of ['2026-02-30', '2026-13-01', '2026-3', '202631', '昨天', '']) expect(dayTyped(text)).toBeUndefined()
  })

  it('reads a day and a time as that time in Shanghai', () => {
    expect(momentTyped('2026-3-9 9:30')).toBe('2026-03-09T01:30:00.000Z')
    expect(momentTyped('2026年3月9日 9时30分')).toBe('2026-03-09T01:30:00.000Z')
    for (const text of ['2026-3-9 24:00', '2026-3-9', '9:30']) expect(momentTyped(text)).toBeUndefined()
  })

  it('what is shown of a moment is read back as the same moment', () => {
    const minutes = fc
      .integer({ min: 0, max: 60 * 24 * 365 * 40 })
      .map((minute) => new Date(Date.UTC(1995, 0, 1) + minute * 60_000).toISOString())
    fc.assert(fc.property(minutes, (moment) => void expect(momentTyped(timeOf(moment))).toBe(moment)))
    expect(momentOf('2026-03-09T09:30')).toBe('2026-03-09T01:30:00.000Z')
  })

  it('knows the days that exist', () => {
    expect(['2024-02-29', '2026-02-29', '2026-2-1'].map(isDay)).toEqual([true, false, false])
  })
})

describe('money is whole fen', () => {
  it('typed yuan come back as the same fen', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (fen) => void expect(fenOf(yuanOf(fen))).toBe(fen)))
    expect(inYuan(123_450)).toBe('1,234.50 元')
  })
})
