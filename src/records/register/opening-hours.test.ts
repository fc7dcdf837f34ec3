import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nationalCalendar } from './holidays.ts'
import { openingAt, parseHours, type Hours } from './opening-hours.ts'

const calendar = nationalCalendar()
const its = { calendar, region: '630102' }
const usual = '周一至周五 9:00—12:00，13:30—17:30'
const at = (text: string) => new Date(`${text}:00+08:00`)
const hours = (text: string): Hours => parseHours(text) ?? [] // nothing is open by a text that cannot be read
const said = (text: string, moment: string) => {
  const opening = openingAt(hours(text), at(moment), its)
  return opening && [opening.isOpen, new Date(opening.until.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)]
}

describe('hours as offices write them', () => {
  test.each([
    usual,
    '周一至周五 9:00–12:00，14:00–17:30',
    '星期一到星期五　８：３０－１２：００,14:00~18:00；周六 9:00-12:00',
    '工作日 9:00至17:00',
    '每天 0:00—24:00',
    '周一、周三、周五 9:00—12:00',
  ])('%s is read', (text) => expect(parseHours(text)).not.toBeNull())

  test.each([
    '',
    '上班时间',
    '周一至周五',
    '9:00—12:00',
    '周五至周一 9:00—12:00',
    '周一至周五 12:00—9:00',
    '周一至周五 9:00—25:00',
    '周一 9:00—12:00（节假日除外）',
    '周一至周五 9:00—12:00，11:00—17:00',
  ])('“%s” is not, and nothing is claimed', (text) => expect(parseHours(text)).toBeNull())

  test('whatever is typed, reading it never throws', () => {
    const unit = fc.constantFrom('周', '一', '五', '至', '9', ':', '00', '—', '，', '；', ' ', '工作日', 'x')
    fc.assert(fc.property(fc.string({ unit }), (text) => parseHours(text)?.length !== 0))
  })
})

describe('an office is said to be open only within its hours and not on a public holiday (国务院放假通知)', () => {
  test.each([
    ['2026-04-01T08:59', [false, '2026-04-01T09:00']],
    ['2026-04-01T09:00', [true, '2026-04-01T12:00']],
    ['2026-04-01T12:00', [false, '2026-04-01T13:30']],
    ['2026-04-01T17:29', [true, '2026-04-01T17:30']],
    ['2026-04-01T17:30', [false, '2026-04-02T09:00']],
    ['2026-04-03T18:00', [false, '2026-04-07T09:00']],
    ['2026-04-06T10:00', [false, '2026-04-07T09:00']],
    ['2026-10-01T10:00', [false, '2026-10-08T09:00']],
    ['2026-04-11T10:00', [false, '2026-04-13T09:00']],
  ])('%s: %j', (moment, expected) => expect(said(usual, moment)).toEqual(expected))

  test('a make-up workday opens what is open on workdays, and of the others nothing is said of that day', () => {
    expect(said('工作日 9:00—17:00', '2026-10-10T10:00')).toEqual([true, '2026-10-10T17:00'])
    expect([said(usual, '2026-10-10T10:00'), said(usual, '2026-10-09T18:00')]).toEqual([null, null])
  })

  test('a Saturday office is open on a plain Saturday and shut on one within a holiday', () => {
    expect(said('周六 9:00—12:00', '2026-04-11T10:00')).toEqual([true, '2026-04-11T12:00'])
    expect(said('周六 9:00—12:00', '2026-04-04T10:00')).toEqual([false, '2026-04-11T09:00'])
  })

  test('what is open every day is open on a holiday', () => {
    expect(said('每天 0:00—24:00', '2026-10-01T10:00')).toEqual([true, '2026-10-02T00:00'])
  })

  test('of a year whose holidays are not published nothing is said', () => {
    expect(said(usual, '2027-01-04T10:00')).toBeNull()
    expect(said(usual, '2026-12-31T18:00')).toBeNull()
  })

  test('a day off of the region’s own shuts offices there alone', () => {
    const regional = [{ region: '6322', day: '2026-04-01', name: '演示节' }]
    const of = (region: string) => openingAt(hours(usual), at('2026-04-01T10:00'), { calendar: { ...calendar, regional }, region })?.isOpen
    expect([of('632222'), of('630102')]).toEqual([false, true])
  })
})
