import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#kernel/calendar.ts'
import { ageOn, capacityOn, isUnder14 } from './age.ts'
import { formatCaseNumber, formatMatterNumber, parseCaseNumber, parseMatterNumber } from './case-number.ts'
import { composeCreditCode, parseCreditCode } from './credit-code.ts'
import { isWithin, parseDivisionCode, provinceCodes, sixDigits } from './division-code.ts'
import { parseLicenceNumber } from './licence-number.ts'
import { composeResidentId, parseOldResidentId, parseResidentId } from './resident-id.ts'

const today = '2026-11-23'
const division = fc
  .tuple(fc.constantFrom(...provinceCodes), fc.integer({ min: 101, max: 9099 }))
  .map(([p, n]) => p + String(n).padStart(4, '0'))
const birthDate = fc.integer({ min: 0, max: 42_000 }).map((n) => addDays(today, -n))
const year = fc.integer({ min: 2016, max: 2099 })

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

  test('the 15-digit number of old files gains its century and check digit', () => {
    expect(parseOldResidentId('110105491231002', today)).toMatchObject({ ok: true, id: '11010519491231002X' })
    expect(parseOldResidentId('11010549123100X', today)).toEqual({ ok: false, flaw: 'characters' })
    expect(parseOldResidentId('1101054912310021', today)).toEqual({ ok: false, flaw: 'length' })
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

describe('a unified social credit code (GB 32100-2015)', () => {
  test.each([
    ['91350100M000100Y43', 'company', '350100'],
    ['91512081MA62K0260E', 'company', '512081'],
    ['31630000MD0123454P', 'lawFirm', '630000'],
    ['32630000MD0123454L', 'notaryOffice', '630000'],
    ['34210000MD0123454B', 'appraisalInstitution', '210000'],
  ])('%s is that of a %s', (code, kind, division) => {
    expect(parseCreditCode(code)).toMatchObject({ ok: true, code, kind, division })
    expect(parseCreditCode(code.toLowerCase())).toMatchObject({ ok: true, code })
  })

  test('its body is checked by GB 11714, as advice only', () => {
    expect(parseCreditCode('91350100M000100Y43')).toMatchObject({ body: 'M000100Y4', bodyChecks: true })
    expect(['00000000', '40000000'].map((body) => composeCreditCode('91', '630000', body).slice(8, 17))).toEqual(['000000000', '40000000X'])
    const wrongBody = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((c) => parseCreditCode(`91350100M000100Y5${c}`)).find((read) => read.ok)
    expect(wrongBody).toMatchObject({ ok: true, bodyChecks: false })
  })

  test.each([
    ['91350100M000100Y44', 'checksum'],
    ['9135010OM000100Y43', 'characters'],
    ['91350100I000100Y43', 'characters'],
    ['91350100M000100Y4', 'length'],
  ])('%s is refused for its %s', (code, flaw) => {
    expect(parseCreditCode(code)).toEqual({ ok: false, flaw })
  })

  test('composing and reading are inverse', () => {
    const body = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'), minLength: 8, maxLength: 8 })
    const property = fc.property(fc.constantFrom('31', '34', '91'), division, body, (category, division, body) => {
      const code = composeCreditCode(category, division, body)
      expect(parseCreditCode(code)).toMatchObject({ ok: true, code, division, bodyChecks: true })
    })
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

describe("a lawyer's licence number", () => {
  test('says where the institution is and when practice began', () => {
    expect(parseLicenceNumber('16301201810123456', today)).toEqual({
      ok: true,
      form: 'new',
      number: '16301201810123456',
      certificate: '1',
      province: '63',
      city: '6301',
      firstPractised: 2018,
      category: 'fullTime',
      sex: 'male',
      serial: '123456',
    })
  })

  test('the 12 digits of old licences are accepted, and unknown categories never refused', () => {
    expect(parseLicenceNumber('630199710123', today)).toEqual({ ok: true, form: 'old', number: '630199710123' })
    expect(parseLicenceNumber('16301201889123456', today)).toMatchObject({ ok: true, category: 'other', sex: 'unknown' })
  })

  test.each([
    ['1630120181012345', 'length'],
    ['1630120181012345X', 'characters'],
    ['19901201810123456', 'province'],
    ['16301197810123456', 'year'],
    ['16301202710123456', 'year'],
  ])('%s is refused for its %s', (text, flaw) => {
    expect(parseLicenceNumber(text, today)).toEqual({ ok: false, flaw })
  })
})

describe('case and file numbers', () => {
  test.each([
    ['（2026）青0102民初123号', { year: 2026, court: '青0102', type: '民初', serial: 123 }],
    ['(2026)青01行终7号', { year: 2026, court: '青01', type: '行终', serial: 7 }],
    ['（2026）青民终5号', { year: 2026, court: '青', type: '民终', serial: 5 }],
    ['（2020）最高法知民终12号', { year: 2020, court: '最高法', type: '知民终', serial: 12 }],
    ['（2026）青0102诉前调确9号', { year: 2026, court: '青0102', type: '诉前调确', serial: 9 }],
    ['（2026）青0102执31号之一', { year: 2026, court: '青0102', type: '执', serial: 31, part: '之一' }],
  ])('%s is read as courts number cases', (text, number) => {
    expect(parseCaseNumber(text)).toEqual(number)
    expect(formatCaseNumber(number)).toBe(text.replace('(', '（').replace(')', '）'))
  })

  test('what is no case number is not read as one', () => {
    const wrong = ['（2026）青0102民初0号', '2026青0102民初1号', '（2026）0102民初1号', '（26）青0102民初1号', '（2026）青0102民初1', '']
    expect(wrong.map(parseCaseNumber)).toEqual(wrong.map(() => undefined))
  })

  test('a file number names the office, the kind and the serial', () => {
    const number = { year: 2026, office: '西法援', kind: '民', serial: 123 }
    expect(formatMatterNumber(number)).toBe('（2026）西法援民00123号')
    expect(parseMatterNumber('(2026)西法援民00123号')).toEqual(number)
    expect([parseMatterNumber('（2026）西法援民123号'), parseMatterNumber('（2026）西法援民00000号')]).toEqual([undefined, undefined])
  })

  test('writing and reading are inverse', () => {
    const serial = fc.integer({ min: 1, max: 999_999_999 })
    const numbers = fc.record({
      year,
      serial,
      kind: fc.constantFrom('民', '刑', '行', '咨', '议'),
      office: fc.constantFrom('西法援', '沈法援', '城东调'),
    })
    const property = fc.property(numbers, (number) => {
      expect(parseMatterNumber(formatMatterNumber(number))).toEqual(number)
      const { year, serial } = number
      const filed = { year, serial, court: '青0102', type: '民初' }
      expect(parseCaseNumber(formatCaseNumber(filed))).toEqual(filed)
    })
    fc.assert(property)
  })
})

const on = (day: string, livesOnOwnLabour = false) => capacityOn('2010-05-01', day, { livesOnOwnLabour })

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

  test('capacity begins at 8 and is full at 18, or at 16 on own labour (民法典 §§17–20)', () => {
    expect([on('2018-04-30'), on('2018-05-01'), on('2028-04-30'), on('2028-05-01')]).toEqual(['none', 'limited', 'limited', 'full'])
    expect([on('2026-04-30', true), on('2026-05-01', true), on('2026-05-01')]).toEqual(['limited', 'full', 'limited'])
  })
})
