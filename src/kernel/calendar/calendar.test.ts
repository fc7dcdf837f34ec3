import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type Calendar,
  dayOf,
  daysLeft,
  deadline,
  type DeadlineOptions,
  isDay,
  isDayOff,
  isMoment,
  type Period,
  type Unit,
} from './calendar.ts'

/** The State Council's days for 2025 and 2026 as the rulebook states them, written as ranges. */
const offRanges =
  '2025-01-01 2025-01-28..2025-02-04 2025-04-04..2025-04-06 2025-05-01..2025-05-05 2025-05-31..2025-06-02 2025-10-01..2025-10-08 ' +
  '2026-01-01..2026-01-03 2026-02-15..2026-02-23 2026-04-04..2026-04-06 2026-05-01..2026-05-05 2026-06-19..2026-06-21 2026-09-25..2026-09-27 2026-10-01..2026-10-07'
const makeUps = '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10'

function daysOf(range: string): string[] {
  const [first = range, last = first] = range.split('..')
  return Array.from({ length: daysLeft(first, last) + 1 }, (_, i) => addDays(first, i))
}

const calendar: Calendar = {
  lastYear: 2026,
  days: new Map([
    ...offRanges
      .split(' ')
      .flatMap(daysOf)
      .map((day) => [day, 'off'] as const),
    ...makeUps.split(' ').map((day) => [day, 'work'] as const),
  ]),
  regional: [],
}

const days = (count: number): Period => ({ count, unit: 'calendarDay' })
const working = (count: number): Period => ({ count, unit: 'workingDay' })
const months = (count: number): Period => ({ count, unit: 'month' })
const years = (count: number): Period => ({ count, unit: 'year' })
const due = (period: Period, from: string, options?: DeadlineOptions) => deadline(calendar, period, from, options)?.due
const target = (period: Period, from: string, options?: DeadlineOptions) => deadline(calendar, period, from, options)?.target
const provisional = (period: Period, from: string) => deadline(calendar, period, from)?.provisional
const paused = (from: string, to: string | null): DeadlineOptions => ({ pauses: [{ from, to }] })

/** Scenario, what must be done (article), period, counted from, due, raw day where it differs. */
const scenarios: readonly [string, string, Period, string, string, string?][] = [
  ['AC-01', 'the application is reviewed in 7 days (法律援助法 §43)', days(7), '2026-03-02', '2026-03-09'],
  ['AC-01', 'the firm is assigned in 3 days (法律援助法 §43)', days(3), '2026-03-06', '2026-03-09'],
  [
    'AC-01',
    'the agreement is signed in 5 days, the last a Saturday (司法部令148号 §27)',
    days(5),
    '2026-03-09',
    '2026-03-16',
    '2026-03-14',
  ],
  ['AC-02', 'the wage claim is reviewed in 7 days (法律援助法 §43)', days(7), '2026-04-01', '2026-04-08'],
  ['AC-02', 'assignment waits for the end of Qingming (法律援助法 §43)', days(3), '2026-04-03', '2026-04-07', '2026-04-06'],
  ['AC-04', 'review waits for the end of National Day (法律援助法 §43)', days(7), '2026-09-28', '2026-10-08', '2026-10-05'],
  ['AC-04', 'the year before, it waited for 9 October (法律援助法 §43)', days(7), '2025-09-26', '2025-10-09', '2025-10-03'],
  ['AC-04', 'the working-day reading, which is not the law, would be later', working(7), '2026-09-28', '2026-10-13'],
  ['AC-06', 'material is asked for within 15 days (法律援助法 §43)', days(15), '2026-03-04', '2026-03-19'],
  ['AC-07', 'an objection is made in 15 days (司法部令148号 §22)', days(15), '2026-04-17', '2026-05-06', '2026-05-02'],
  ['AC-07', 'the bureau decides it in 5 days (法律援助法 §49)', days(5), '2026-04-30', '2026-05-06', '2026-05-05'],
  ['AC-07', 'the 5 working days of the superseded regulations would be later', working(5), '2026-04-30', '2026-05-11'],
  ['AC-07', 'reconsideration is asked for in 60 days (行政复议法 §20)', days(60), '2026-05-06', '2026-07-06', '2026-07-05'],
  ['AC-07', 'a lawsuit is brought in 6 months (行政诉讼法 §46)', months(6), '2026-05-06', '2026-11-06'],
  ['AC-08', 'a lawyer is assigned in 3 days of the notice (法律援助法 §36)', days(3), '2026-04-30', '2026-05-06', '2026-05-03'],
  ['AC-11', 'a violence victim is answered in 7 days (法律援助法 §43)', days(7), '2026-03-06', '2026-03-13'],
  ['AC-12', "a child's application is reviewed in 7 days (法律援助法 §43)", days(7), '2026-05-11', '2026-05-18'],
  ['AC-13', "a mother's application is reviewed in 7 days (法律援助法 §43)", days(7), '2026-07-13', '2026-07-20'],
  ['AC-14', 'review may end on the very day limitation does (法律援助法 §43)', days(7), '2026-03-03', '2026-03-10'],
  ['AC-16', "a detainee's application is reviewed in 7 days (法律援助法 §43)", days(7), '2026-04-04', '2026-04-13', '2026-04-11'],
  ['AC-17', 'termination is objected to in 15 days (法律援助法 §49)', days(15), '2026-08-28', '2026-09-14', '2026-09-12'],
  ['AC-18', 'replacement is decided in 5 days, over Dragon Boat (法律援助法 §55)', days(5), '2026-06-15', '2026-06-22', '2026-06-20'],
  [
    'AC-19',
    'the file is handed in within 30 days, over Spring Festival (法律援助法 §50)',
    days(30),
    '2026-01-20',
    '2026-02-24',
    '2026-02-19',
  ],
  ['AC-19', 'the file is checked in 30 days (法律援助法 §52)', days(30), '2026-02-24', '2026-03-26'],
  ['AC-20', 'confirmation is asked for in 30 days (人民调解法 §33)', days(30), '2026-04-01', '2026-05-06', '2026-05-01'],
  ['AC-20', 'the court confirms in 30 days (民事诉讼法 §187)', days(30), '2026-05-08', '2026-06-08', '2026-06-07'],
  ['AC-23', 'a certificate is issued in 15 working days, on a make-up Saturday (公证法 §30)', working(15), '2026-02-02', '2026-02-28'],
  ['AC-24', 'the fast list promises 5 working days', working(5), '2026-02-02', '2026-02-09'],
  ['AC-25', 'an appraisal is accepted in 7 working days (司法鉴定程序通则 §13)', working(7), '2026-04-23', '2026-05-07'],
  ['AC-25', 'an appraisal is done in 30 working days (司法鉴定程序通则 §28)', working(30), '2026-05-07', '2026-06-17'],
  ['AC-25', 'an extended appraisal is done in 30 more (司法鉴定程序通则 §28)', working(30), '2026-06-17', '2026-07-30'],
  ['AC-26', 'a labour claim is made in 1 year (劳动争议调解仲裁法 §27)', years(1), '2025-06-30', '2026-06-30'],
  ['AC-26', 'a silent commission opens the court after 5 working days (劳动争议调解仲裁法 §29)', working(5), '2026-06-30', '2026-07-07'],
  ['AC-26', 'by plain days it would be a day earlier', days(5), '2026-06-30', '2026-07-06', '2026-07-05'],
  ['AC-26', 'the award is made in 45 days (劳动争议调解仲裁法 §43)', days(45), '2026-07-06', '2026-08-20'],
  ['AC-26', 'an extended award is made in 15 more (劳动争议调解仲裁法 §43)', days(15), '2026-08-20', '2026-09-04'],
  ['AC-26', 'a worker sues in 15 days (劳动争议调解仲裁法 §48)', days(15), '2026-09-18', '2026-10-08', '2026-10-03'],
  ['AC-26', 'an employer asks for set-aside in 30 days (劳动争议调解仲裁法 §49)', days(30), '2026-09-18', '2026-10-19', '2026-10-18'],
  ['AC-27', 'an award is set aside in 3 months (仲裁法 2025 §72)', months(3), '2026-04-20', '2026-07-20'],
  ['AC-27', 'under the old law, in 6 months (仲裁法 2017 §59)', months(6), '2026-02-20', '2026-08-20'],
  ['AC-27', 'the safe day is that of the new law (仲裁法 2025 §72)', months(3), '2026-02-20', '2026-05-20'],
  ['AC-28', 'a petition is answered in 15 days (信访工作条例 §22)', days(15), '2026-04-20', '2026-05-06', '2026-05-05'],
  ['AC-28', 'a wrong organ objects in 5 working days (信访工作条例 §23)', working(5), '2026-04-20', '2026-04-27'],
  ['AC-28', 'a petition is finished in 60 days (信访工作条例 §34)', days(60), '2026-05-06', '2026-07-06', '2026-07-05'],
  ['AC-31', 'a lawsuit after reconsideration is brought in 15 days (行政诉讼法 §45)', days(15), '2026-12-18', '2027-01-04', '2027-01-02'],
  ['AC-32', 'land papers are served in 5 working days (农村土地承包经营纠纷调解仲裁法 §23)', working(5), '2026-09-24', '2026-10-09'],
  ['AC-32', 'a land award is made in 60 days (农村土地承包经营纠纷调解仲裁法 §47)', days(60), '2026-10-09', '2026-12-08'],
  ['AC-32', 'a land suit is brought in 30 days (农村土地承包经营纠纷调解仲裁法 §48)', days(30), '2026-12-01', '2026-12-31'],
  ['AC-34', 'a defendant retains another lawyer in 5 days (刑诉法解释 §50)', days(5), '2026-06-15', '2026-06-22', '2026-06-20'],
]

describe('the scenarios of the rulebook', () => {
  test.each(scenarios)('%s: %s', (_scenario, _title, period, from, expected, raw = expected) => {
    expect(deadline(calendar, period, from)).toMatchObject({ due: expected, target: raw })
  })

  test('AC-05: a notice pauses review; its day counts and the day of arrival does not (法律援助法 §43(2))', () => {
    const options = paused('2026-03-04', '2026-03-16')
    expect([due(days(7), '2026-03-02', options), target(days(7), '2026-03-02', options)]).toEqual(['2026-03-23', '2026-03-21'])
  })

  test('AC-08: papers for a hearing on 15 June are delivered by 31 May (刑诉法解释 §49)', () => {
    expect(addDays('2026-06-15', -15)).toBe('2026-05-31')
  })

  test('AC-14: five days before the end of limitation is urgent, exactly seven is not "less than seven" (法律援助法 §44)', () => {
    expect([daysLeft('2026-03-05', '2026-03-10'), daysLeft('2026-03-03', '2026-03-10')]).toEqual([5, 7])
  })

  test('AC-16: the detention centre forwards in 24 hours, holiday or not (法律援助法 §39)', () => {
    const forward = deadline(calendar, { count: 24, unit: 'hour' }, '2026-04-03T16:00')
    expect(forward).toMatchObject({ due: '2026-04-04T16:00', target: '2026-04-04T16:00', dueAt: new Date('2026-04-04T08:00:00Z') })
  })

  test('AC-23: a supplement in a notarization skips working days too (公证法 §30)', () => {
    expect(due(working(15), '2026-02-02', paused('2026-02-10', '2026-02-26'))).toBe('2026-03-10')
  })

  test('AC-31: a day in a year whose holidays are unknown is provisional, a day before it is not', () => {
    expect(provisional(days(15), '2026-12-18')).toBe(true)
    expect(provisional(working(9), '2026-12-22')).toBe(true)
    expect(provisional(working(7), '2026-12-22')).toBe(false)
    expect(provisional({ ...working(9), rolls: false }, '2026-12-22')).toBe(true)
    expect(provisional({ count: 24, unit: 'hour' }, '2026-12-31T12:00')).toBe(false)
  })
})

describe('counting', () => {
  test('the last day ends at 24:00 in China (民法典 §203)', () => {
    const review = deadline(calendar, days(7), '2026-09-28')
    expect([review?.dueAt, review?.targetAt]).toEqual([new Date('2026-10-08T16:00:00Z'), new Date('2026-10-05T16:00:00Z')])
  })

  test('a custody period does not roll over, nor is it provisional (刑事诉讼法 §105)', () => {
    expect(due({ count: 7, unit: 'calendarDay', rolls: false }, '2026-09-28')).toBe('2026-10-05')
    expect(deadline(calendar, { count: 7, unit: 'calendarDay', rolls: false }, '2026-12-30')?.provisional).toBe(false)
  })

  test('a month ends on the same day number, or at its end where there is none (民法典 §202)', () => {
    expect([
      target(months(1), '2026-01-31'),
      target(months(1), '2028-01-31'),
      target(months(6), '2026-08-31'),
      target(months(1), '2026-02-28'),
    ]).toEqual(['2026-02-28', '2028-02-29', '2027-02-28', '2026-03-28'])
  })

  test('a year from a leap day ends on 28 February, four years on the leap day (民法典 §202)', () => {
    expect([target(years(1), '2024-02-29'), target(years(4), '2024-02-29')]).toEqual(['2025-02-28', '2028-02-29'])
  })

  test('a month is lengthened by the days it was paused', () => {
    expect(target(months(1), '2026-03-02', paused('2026-03-04', '2026-03-16'))).toBe('2026-04-14')
  })

  test('pauses may overlap, come out of order and lie outside the period', () => {
    const pauses = [
      { from: '2026-03-10', to: '2026-03-16' },
      { from: '2027-01-01', to: '2027-02-01' },
      { from: '2026-03-04', to: '2026-03-12' },
      { from: '2026-03-05', to: '2026-03-06' },
      { from: '2026-02-01', to: '2026-03-01' },
      { from: '2026-03-17', to: '2026-03-17' },
    ]
    expect(due(days(7), '2026-03-02', { pauses })).toBe('2026-03-23')
  })

  test('there is no deadline while a pause is open, unless it opened after the last day', () => {
    expect(deadline(calendar, days(7), '2026-03-02', paused('2026-03-04', null))).toBeNull()
    expect(deadline(calendar, days(7), '2026-03-02', paused('2026-03-09', null))).toBeNull()
    expect(due(days(7), '2026-03-02', paused('2026-03-10', null))).toBe('2026-03-09')
  })

  test('a notice given on a day off before the rolled last day still pauses it', () => {
    expect(due(days(5), '2026-03-09', paused('2026-03-14', '2026-03-18'))).toBe('2026-03-19')
  })

  test('a festival day of an ethnic area is off there and nowhere else (节假日办法 §4)', () => {
    const regional: Calendar = { ...calendar, regional: [{ region: '6322', day: '2026-07-15', name: '节日' }] }
    expect(deadline(regional, days(5), '2026-07-10', { region: '632221' })?.due).toBe('2026-07-16')
    expect(deadline(regional, working(3), '2026-07-13', { region: '632221' })?.due).toBe('2026-07-17')
    expect([isDayOff(regional, '2026-07-15', '630102'), isDayOff(regional, '2026-07-15')]).toEqual([false, false])
  })

  test('weekends are off unless made up for, holidays are off on any weekday', () => {
    expect(
      ['2026-02-14', '2026-02-15', '2026-10-01', '2026-10-10', '2026-11-28', '2026-11-30', '1969-12-28'].map((day) =>
        isDayOff(calendar, day),
      ),
    ).toEqual([false, true, true, false, true, false, true])
  })

  test('a moment late in the evening by Greenwich is already tomorrow in China', () => {
    expect([dayOf(new Date('2026-04-03T15:59:59Z')), dayOf(new Date('2026-04-03T16:00:00Z'))]).toEqual(['2026-04-03', '2026-04-04'])
  })

  test('impossible dates, moments, pauses and counts are refused by name', () => {
    expect(() => due(days(7), '2026-02-31')).toThrow(new RangeError('2026-02-31 is not a day that exists (YYYY-MM-DD)'))
    expect(() => due(months(1), '2026-2-3')).toThrow(/^2026-2-3 /)
    expect(() => due({ count: 24, unit: 'hour' }, '2026-04-03')).toThrow(/^2026-04-03 is not a moment/)
    expect(() => due({ count: 24, unit: 'hour' }, '2026-04-03T16:00', paused('2026-04-03', null))).toThrow(/takes no pauses/)
    expect(() => due(days(7), '2026-03-02', paused('2026-03-16', '2026-03-04'))).toThrow(/2026-03-16 cannot end earlier, on 2026-03-04/)
    expect(() => due(days(0), '2026-03-02')).toThrow(RangeError)
    expect(() => due(days(1.5), '2026-03-02')).toThrow(RangeError)
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
  })

  test('a moment needs a real day and hour; an offset is optional', () => {
    expect(['2026-04-03T16:00', '2026-04-03T08:00:00.5Z', '2026-04-03T16:00:00+08:00'].every(isMoment)).toBe(true)
    expect(['2026-02-31T16:00', '2026-04-03T24:00', '2026-04-03 16:00', '2026-04-03'].some(isMoment)).toBe(false)
    expect(['2026-02-29', '2026-04-03\n', '26-04-03', ''].some(isDay)).toBe(false)
  })
})

describe('properties', () => {
  // Closed pauses always leave a deadline: hence `!` on every result here.
  const start = fc.integer({ min: 0, max: 900 }).map((n) => addDays('2025-01-01', n))
  const pause = fc.tuple(start, fc.nat(40)).map(([from, length]) => ({ from, to: addDays(from, length) }))
  const pauses = fc.array(pause, { maxLength: 4 })
  const count = fc.integer({ min: 1, max: 90 })
  const dayUnit = fc.constantFrom<Unit>('calendarDay', 'workingDay')
  const unit = fc.oneof(dayUnit, fc.constantFrom<Unit>('month', 'year'))

  test('the due day is never before the raw day, and never a day off', () => {
    const property = fc.property(fc.record({ unit, count }), start, pauses, (period, from, pauses) => {
      const end = deadline(calendar, period, from, { pauses })!
      expect([end.due >= end.target, end.target > from, isDayOff(calendar, end.due)]).toEqual([true, true, false])
    })
    fc.assert(property)
  })

  test('a further pause never makes a limit end earlier', () => {
    const property = fc.property(fc.record({ unit, count }), start, pauses, pause, (period, from, pauses, more) => {
      expect(daysLeft(due(period, from, { pauses })!, due(period, from, { pauses: [...pauses, more] })!)).toBeGreaterThanOrEqual(0)
    })
    fc.assert(property)
  })

  test('a longer period never ends earlier', () => {
    const property = fc.property(unit, count, start, pauses, (unit, count, from, pauses) => {
      expect(daysLeft(due({ unit, count }, from, { pauses })!, due({ unit, count: count + 1 }, from, { pauses })!)).toBeGreaterThanOrEqual(
        0,
      )
    })
    fc.assert(property)
  })

  test('between start and end stand exactly as many counted days as the law gives', () => {
    const property = fc.property(dayUnit, count, start, pauses, (unit, count, from, pauses) => {
      const last = target({ unit, count }, from, { pauses })!
      const counted = daysOf(`${addDays(from, 1)}..${last}`)
        .filter((day) => unit === 'calendarDay' || !isDayOff(calendar, day))
        .filter((day) => !pauses.some(({ from, to }) => from < day && day <= to))
      expect([counted.length, counted.at(-1)]).toEqual([count, last])
    })
    fc.assert(property)
  })
})
