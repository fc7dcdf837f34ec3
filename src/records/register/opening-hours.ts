import { addDays, dayOf, isDayOff, isHoliday, type Calendar } from '#kernel/calendar/calendar.ts'

/** When an office is open, as read from its own text: rows of days with minutes after midnight. */
export type Hours = readonly { on: readonly Weekday[] | 'workdays' | 'everyDay'; spans: readonly (readonly [number, number])[] }[]

/** 0 is Monday. */
type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** Open now and until when; or shut, and when it opens next. */
export type Opening = { isOpen: boolean; until: Date }

/**
 * Reads `周一至周五 9:00—12:00，13:30—17:30；周六 9:00—12:00`: days, a space, spans with commas, rows with semicolons; days may also be 工作日 or 每天.
 * Null for any other text: then it is shown as it is and nothing is claimed.
 */
export function parseHours(text: string): Hours | null {
  const rows = text
    .normalize('NFKC')
    .replaceAll(/\s*([,;、])\s*/g, '$1')
    .trim()
    .split(';')
    .map(parseRow)
  return rows.every((row) => row !== null) ? rows : null
}

/** Whether an office is open at a moment, and until when; null where nothing can be claimed: holidays not published yet, a make-up workday for an office that names its weekdays, or never open within a fortnight. A named weekday is shut on a public holiday. */
export function openingAt(hours: Hours, at: Date, { calendar, region }: { calendar: Calendar; region: string }): Opening | null {
  const today = dayOf(at)
  for (let ahead = 0; ahead < 14; ahead++) {
    const day = addDays(today, ahead)
    const spans = spansOn(hours, day, { calendar, region })
    if (spans === null) return null
    for (const [from, to] of spans) {
      if (momentOf(day, to) <= at) continue
      const isOpen = momentOf(day, from) <= at
      return { isOpen, until: momentOf(day, isOpen ? to : from) }
    }
  }
  return null
}

const names = '一二三四五六日'
const dayPattern = /^(?:周|星期)([一二三四五六日天])(?:(?:至|到|-)(?:周|星期)?([一二三四五六日天]))?$/

function parseRow(row: string): Hours[number] | null {
  const [, days = '', times = ''] = /^(\S+?)\s*(\d.*)$/.exec(row) ?? []
  const [on, spans] = [parseDays(days), times.split(',').map(parseSpan)]
  if (on === null || !spans.every((span) => span !== null)) return null
  const isInOrder = spans.every(([from, to], i) => from < to && from >= (spans[i - 1]?.[1] ?? 0))
  return isInOrder ? { on, spans } : null
}

function parseDays(text: string): Hours[number]['on'] | null {
  if (text === '工作日') return 'workdays'
  if (text === '每天') return 'everyDay'
  const parts = text.split('、').map(parseRange)
  return parts.every((part) => part !== null) ? parts.flat() : null
}

function parseRange(text: string): Weekday[] | null {
  const [, from, to = from] = dayPattern.exec(text) ?? []
  if (from === undefined || to === undefined) return null
  const [first, last] = [weekdayOf(from), weekdayOf(to)]
  return first <= last ? ([0, 1, 2, 3, 4, 5, 6] as const).filter((day) => first <= day && day <= last) : null
}

const weekdayOf = (name: string): number => names.indexOf(name === '天' ? '日' : name)

function parseSpan(text: string): readonly [number, number] | null {
  const [, ...parts] = /^(\d{1,2}):(\d{2})\s*(?:-|–|—|~|至|到)+\s*(\d{1,2}):(\d{2})$/.exec(text) ?? []
  const [h1 = 99, m1 = 99, h2 = 99, m2 = 99] = parts.map(Number)
  const [from, to] = [h1 * 60 + m1, h2 * 60 + m2]
  return m1 < 60 && m2 < 60 && to <= 24 * 60 ? [from, to] : null
}

/** The spans of one day, in order; null where the calendar cannot tell. */
function spansOn(
  hours: Hours,
  day: string,
  { calendar, region }: { calendar: Calendar; region: string },
): readonly (readonly [number, number])[] | null {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const applies = (on: Hours[number]['on']) =>
    on === 'everyDay' ||
    (on === 'workdays' ? !isDayOff(calendar, day, region) : on.some((one) => one === weekday) && !isHoliday(calendar, day, region))
  if (hours.some(({ on }) => isUncertain(on, day, { calendar, weekday }))) return null
  return hours.flatMap(({ on, spans }) => (applies(on) ? spans : [])).toSorted(([a], [b]) => a - b)
}

/** The holidays of a later year are not published; and on a make-up workday an office that names its weekdays may be at work or not. */
function isUncertain(on: Hours[number]['on'], day: string, { calendar, weekday }: { calendar: Calendar; weekday: number }): boolean {
  if (on === 'everyDay') return false
  if (Number(day.slice(0, 4)) > calendar.lastYear) return true
  return on !== 'workdays' && !on.some((one) => one === weekday) && calendar.days.get(day) === 'work'
}

/** Midnight in China and so many minutes. */
const momentOf = (day: string, minutes: number): Date => new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes * 60_000)
