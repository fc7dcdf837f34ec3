import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#kernel/calendar/calendar.ts'
import { ageOn, isUnder14 } from './age.ts'
import { isWithin, parseDivisionCode, provinceCodes, sixDigits } from './division-code.ts'
import { composeResidentId, parseResidentId } from './resident-id.ts'

const today = '2026-11-23'
const division = fc
  .tuple(fc.constantFrom(...provinceCodes), fc.integer({ min: 101, max: 9099 }))
  .map(([p, n]) => p + String(n).padStart(4, '0'))
const birthDate = fc.integer({ min: 0, max: 42_000 }).map((n) => addDays(today, -n))

describe('a resident identity number (GB 11643-1999)', () => {
  test('says when and where a person was registered at birth', () => {
    const id = { ok: true, id: '11010519491231002X', birthDate: '1949-12-31', sex: 'female', division: '110105' }
    expect(parseResidentId('11010519491231002X', today)).toEqual(id)
    expect(parseResidentId('11010519491231002x', today)).toEqual(id)
    expect(parseResidentId('440524188001010014', today)).toMatchObject({ ok: true, birthDate: '1880-01-01', sex: 'male' })
  })

  test.each([
    ['110105194912310021', 'checksum'],
    ['11010519490231002X', 'date'],
    ['110105194902310026', 'date'],
    ['1101051949123100', 'length'],
    ['', 'length'],
    ['11010519491231０02X', 'characters'],
    ['X10105194912310021', 'characters'],
    [composeResidentId('630102', '2026-11-24', 12), 'future'],
  ])('%s is refused for its %s', (text, flaw) => {
    expect(parseResidentId(text, today)).toEqual({ ok: false, flaw })
  })

  test('a child born today has a number already, and an abolished county is accepted', () => {
    expect(parseResidentId(composeResidentId('632121', today, 1), today)).toMatchObject({ ok: true, birthDate: today, division: '632121' })
  })

  test('composing and reading are inverse', () => {
    const property = fc.property(division, birthDate, fc.nat(999), (division, birthDate, sequence) => {
      const sex = sequence % 2 === 1 ? 'male' : 'female'
      expect(parseResidentId(composeResidentId(division, birthDate, sequence), today)).toMatchObject({ ok: true, division, birthDate, sex })
    })
    fc.assert(property)
  })

  test('one mistyped digit is always noticed', () => {
    const property = fc.property(
      division,
      birthDate,
      fc.nat(999),
      fc.nat(16),
      fc.integer({ min: 1, max: 9 }),
      (...[place, born, sequence, at, by]) => {
        const id = composeResidentId(place, born, sequence)
        const typed = id.slice(0, at) + ((Number(id[at]) + by) % 10) + id.slice(at + 1)
        expect(parseResidentId(typed, today).ok).toBe(false)
      },
    )
    fc.assert(property)
  })
})

describe('a division code (GB/T 2260 and the statistical code)', () => {
  test.each([
    ['63', '63', 'province', null],
    ['630000', '63', 'province', null],
    ['6301', '6301', 'prefecture', '63'],
    ['630102', '630102', 'county', '6301'],
    ['630102001', '630102001', 'township', '630102'],
    ['630102001201', '630102001201', 'village', '630102001'],
    ['630102000000', '630102', 'county', '6301'],
    ['469001', '469001', 'county', '4690'],
    ['441900003', '441900003', 'township', '4419'],
    ['441900003001', '441900003001', 'village', '441900003'],
  ])('%s is %s, a %s', (text, code, level, parent) => {
    expect(parseDivisionCode(text)).toEqual({ ok: true, code, level, parent })
  })

  test.each([
    ['6', 'length'],
    ['63010', 'length'],
    ['63A1', 'characters'],
    ['990101', 'province'],
    ['630002', 'gap'],
    ['630102000201', 'gap'],
  ])('%s is refused for its %s', (text, flaw) => {
    expect(parseDivisionCode(text)).toEqual({ ok: false, flaw })
  })

  test('a village lies in its county, prefecture, province and the nation, and in no neighbour', () => {
    expect(['630102001', '630102', '630100', '6301', '630000', '63', ''].every((prefix) => isWithin('630102001201', prefix))).toBe(true)
    expect(['630103', '6302', '62', '630102001202'].some((prefix) => isWithin('630102001201', prefix))).toBe(false)
    expect(isWithin('630000', '630100')).toBe(false)
  })

  test('six digits are what forms print', () => {
    expect(['63', '6301', '630102', '630102001201'].map(sixDigits)).toEqual(['630000', '630100', '630102', '630102'])
  })

  test('whatever its padding, a code is one division and lies in its parent', () => {
    const property = fc.property(division, fc.constantFrom(6, 12), (code, length) => {
      const plain = parseDivisionCode(code)
      expect(parseDivisionCode(code.padEnd(length, '0'))).toEqual(plain)
      expect(!plain.ok || isWithin(plain.code, plain.parent ?? '')).toBe(true)
    })
    fc.assert(property)
  })
})

describe('age', () => {
  test('a year is completed on the birthday, for a leap-day child on 1 March', () => {
    expect([ageOn('2012-12-01', '2026-11-30'), ageOn('2012-12-01', '2026-12-01')]).toEqual([13, 14])
    expect([ageOn('2012-02-29', '2026-02-28'), ageOn('2012-02-29', '2026-03-01'), ageOn('2012-02-29', '2028-02-29')]).toEqual([13, 14, 16])
    expect(() => ageOn('2026-12-01', '2026-11-30')).toThrow(RangeError)
  })

  test('AC-29: a child counts as under 14 through the fourteenth birthday (个人信息保护法 §31)', () => {
    expect(['2026-11-23', '2026-12-01', '2026-12-02'].map((day) => isUnder14('2012-12-01', day))).toEqual([true, true, false])
    expect(['2026-02-28', '2026-03-01'].map((day) => isUnder14('2012-02-29', day))).toEqual([true, false])
  })
})
