import { describe, expect, test } from 'vitest'
import { addDays, daysLeft, deadline, isDayOff } from '#kernel/calendar/calendar.ts'
import { nationalCalendar, regionalDaysOff } from './holidays.ts'

const calendar = nationalCalendar()

const notices = [
  {
    year: 2025,
    off: '2025-01-01 2025-01-28..2025-02-04 2025-04-04..2025-04-06 2025-05-01..2025-05-05 2025-05-31..2025-06-02 2025-10-01..2025-10-08',
    work: '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11',
  },
  {
    year: 2026,
    off: '2026-01-01..2026-01-03 2026-02-15..2026-02-23 2026-04-04..2026-04-06 2026-05-01..2026-05-05 2026-06-19..2026-06-21 2026-09-25..2026-09-27 2026-10-01..2026-10-07',
    work: '2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10',
  },
]

function daysOf(ranges: string): string[] {
  return ranges.split(' ').flatMap((range) => {
    const [first = range, last = first] = range.split('..')
    return Array.from({ length: daysLeft(first, last) + 1 }, (_, i) => addDays(first, i))
  })
}

const published = (year: number, kind: 'off' | 'work') =>
  [...calendar.days].filter(([day, is]) => day.startsWith(`${year}-`) && is === kind).map(([day]) => day)

describe.each(notices)('the holiday notice for $year', ({ year, off, work }) => {
  test('its days off are the only ones besides weekends (节假日办法 §2, §6)', () => {
    expect(published(year, 'off').toSorted()).toEqual(daysOf(off))
  })

  test('its make-up workdays are the only weekend days worked', () => {
    expect(published(year, 'work').toSorted()).toEqual(daysOf(work))
  })

  test('it leaves 248 working days', () => {
    const worked = daysOf(`${year}-01-01..${year}-12-31`).filter((day) => !isDayOff(calendar, day))
    expect(worked).toHaveLength(248)
  })
})

test('the calendar ends with 2026, so a day in 2027 is provisional', () => {
  expect(calendar.lastYear).toBe(2026)
  expect(deadline(calendar, { count: 15, unit: 'calendarDay' }, '2026-12-18')).toMatchObject({ due: '2027-01-04', provisional: true })
})

test('half-day holidays change no period (节假日办法 §3)', () => {
  expect(['2027-03-08', '2026-05-04', '2026-03-09'].map((day) => isDayOff(calendar, day))).toEqual([false, true, false])
})

test('no regional day off is claimed before its text was read (节假日办法 §4)', () => {
  expect(regionalDaysOff).toEqual([])
})
