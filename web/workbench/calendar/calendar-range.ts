import type { CalendarSearch } from '../frame/paths.ts'
import { dayOf, now } from '../ui/time.ts'

const dayMs = 86_400_000

/** The day `count` days after `day`. */
export const daysAfter = (day: string, count: number) => new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)

/** Monday is 0. */
export const weekdayOf = (day: string) => (new Date(day).getUTCDay() + 6) % 7

export const mondayOf = (day: string) => daysAfter(day, -weekdayOf(day))

/** The first of the month `count` months after the day's. */
export function monthAfter(day: string, count: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 10)
}

/** Weeks shown at once in the list: what can be planned for. */
const weeks = 2

/** The day the calendar is opened at: the one in the address, or today. */
export const dayShown = ({ day }: Pick<CalendarSearch, 'day'>) => day ?? dayOf(now())

/** What is asked of the server for an address: whole weeks, from Monday to Sunday. */
export function rangeOf({ view, mine, line, ...its }: CalendarSearch) {
  const day = dayShown(its)
  const [from, to] =
    view === 'month'
      ? [mondayOf(monthAfter(day, 0)), daysAfter(mondayOf(daysAfter(monthAfter(day, 1), -1)), 6)]
      : [mondayOf(day), daysAfter(mondayOf(day), weeks * 7 - 1)]
  return { from, to, ...(mine && { mine }), ...(line && { line }) }
}

/** The same view one step earlier or later. */
export const stepOf = (search: CalendarSearch, by: -1 | 1) =>
  search.view === 'month' ? monthAfter(dayShown(search), by) : daysAfter(mondayOf(dayShown(search)), by * weeks * 7)

const weekdays = ['一', '二', '三', '四', '五', '六', '日']

/** 周三 */
export const weekdayText = (day: string) => `周${weekdays[weekdayOf(day)]}`

/** 12月9日 */
export const dayText = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`

/** 2026年12月 */
export const monthText = (day: string) => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月`
