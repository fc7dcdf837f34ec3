import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { Calendar } from '#kernel/calendar/calendar.ts'

/**
 * Festival days off that an ethnic area fixed for itself (节假日办法 art. 4), by division-code prefix without trailing zeros: '6322' is 海北.
 * Empty until a province's text has been read; each row then names its day and festival, and its source in `docs/sources.md`.
 */
export const regionalDaysOff: Calendar['regional'] = []

/** The State Council's days off and make-up workdays of every published year; any date after the last one is provisional. */
export function nationalCalendar(): Calendar {
  return national
}

/** The festival a published day off or make-up workday belongs to, 国庆节; null for every other day. */
export function festivalOf(day: string): string | null {
  const { holidays, workdays }: Record<'holidays' | 'workdays', Record<string, string | undefined>> = published
  return (holidays[day] ?? workdays[day])?.split(',')[1] ?? null
}

const off = Object.keys(published.holidays)
const work = Object.keys(published.workdays)

// One object for the whole process: the kernel compiles each calendar it meets once.
const national: Calendar = {
  lastYear: Math.max(...off.map((day) => Number(day.slice(0, 4)))),
  days: new Map([...off.map((day) => [day, 'off'] as const), ...work.map((day) => [day, 'work'] as const)]),
  regional: regionalDaysOff,
}
