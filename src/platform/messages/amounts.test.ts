import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseYuan } from './amounts.ts'

const digits = '零一二三四五六七八九'

/** A number as a schoolbook writes it: 10,080 is 一万零八十. */
function inChinese(n: number): string {
  if (n < 10) return digits[n] ?? ''
  const [size, name] = (
    [
      [1e8, '亿'],
      [1e4, '万'],
      [1000, '千'],
      [100, '百'],
      [10, '十'],
    ] as const
  ).find(([one]) => n >= one) ?? [10, '十']
  const rest = n % size
  const gap = rest > 0 && rest < size / 10 ? '零' : ''
  return inChinese(Math.floor(n / size)) + name + gap + (rest ? inChinese(rest) : '')
}

describe('an amount as villagers write it', () => {
  test.each([
    ['一万八', 18_000],
    ['三千五百', 3500],
    ['两万', 20_000],
    ['一千二', 1200],
    ['三千五', 3500],
    ['1万8', 18_000],
    ['3千5', 3500],
    ['一百五', 150],
    ['1万8000', 18_000],
    ['八百块', 800],
    ['八百块钱', 800],
    ['五千元整', 5000],
    ['十五万', 150_000],
    ['十万零五千', 105_000],
    ['一百二十五万', 1_250_000],
    ['一万零八', 10_008],
    ['一百零五', 105],
    ['三点五万', 35_000],
    ['壹万贰仟', 12_000],
    ['１.８ｗ', 18_000],
    ['5k', 5000],
    ['3百万', 3_000_000],
    ['一亿', 100_000_000],
    ['八块五', 8.5],
    ['12元5角', 12.5],
    ['两块零五分', 2.05],
    ['五毛', 0.5],
    ['八块五毛三分', 8.53],
  ])('%s is %d yuan', (text, yuan) => {
    expect(parseYuan(text)).toBe(Math.round(yuan * 100))
  })

  test.each([
    '两三千',
    '三四百块',
    '1万80',
    '百八',
    '一百五万',
    '几千',
    '一万多',
    '大概三万',
    '三十五分',
    '35分',
    '一二三',
    '1.8万5',
    '三千五千',
    '一万零',
    '五百三千',
    '千',
    '元',
    '万',
    '一万亿',
  ])('%s may be heard in two ways, or is none, and is not guessed at', (text) => {
    expect(parseYuan(text)).toBeNull()
  })

  const amount = fc.oneof(
    fc.nat({ max: 1e8 }),
    fc.nat({ max: 20_000 }),
    fc.nat({ max: 9999 }).map((n) => n * 10_000),
  )

  test('every number up to a hundred million, written in full, is read as itself', () => {
    fc.assert(
      fc.property(amount, (n) => {
        expect(parseYuan(inChinese(n))).toBe(n * 100)
      }),
      { numRuns: 5000 },
    )
  })

  test('so it is with 一十 for 十, with 两 for 二, with 元 behind, and with figures before the units', () => {
    fc.assert(
      fc.property(amount, (n) => {
        const full = inChinese(n)
        const figures = full.replaceAll(/[一二三四五六七八九](?=[十百千万亿])/g, (sign) => String(digits.indexOf(sign)))
        for (const one of [full.replaceAll('二', '两'), `${full}元`, `${full}块钱`, figures]) expect(parseYuan(one)).toBe(n * 100)
      }),
    )
  })

  test('a digit after a unit is said for the next unit down, in either writing', () => {
    const unit = fc.constantFrom(['百', 100], ['千', 1000], ['万', 10_000], ['亿', 100_000_000] as const)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), unit, fc.integer({ min: 1, max: 9 }), (head, [name, size], tail) => {
        const yuan = head * Number(size) + (tail * Number(size)) / 10
        expect([parseYuan(`${digits[head]}${name}${digits[tail]}`), parseYuan(`${head}${name}${tail}`)]).toEqual([yuan * 100, yuan * 100])
      }),
    )
  })

  test('no amount is longer than forty signs: what is, is not read at all, however much of it there is', () => {
    expect(parseYuan('百县'.repeat(170_000))).toBeNull()
    expect(parseYuan(`${'0'.repeat(40)}8`)).toBeNull()
  })

  test('whatever signs are typed, it is a whole number of fen or nothing', () => {
    const sign = fc.constantFrom(...'0123456789.零一二两八九十百千万亿元块角毛分点钱整wk¥ ,')
    fc.assert(
      fc.property(fc.string({ unit: sign, maxLength: 12 }), (text) => {
        const fen = parseYuan(text)
        expect(fen === null || (Number.isSafeInteger(fen) && fen >= 0)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})
