import { isDayOff, type Calendar } from './calendar.ts'

/** What a day is in the calendar of a place: a holiday is a festival's or a region's, a make-up workday a weekend that is worked (调休). */
export type DayKind = 'workday' | 'weekend' | 'holiday' | 'makeUpWorkday'

/** The kind of a day, with the days off of the division `region` lies in. */
export function kindOfDay(calendar: Calendar, day: string, region = ''): DayKind {
  const isWeekend = [0, 6].includes(new Date(day).getUTCDay())
  if (!isDayOff(calendar, day, region)) return isWeekend ? 'makeUpWorkday' : 'workday'
  return isWeekend && calendar.days.get(day) !== 'off' ? 'weekend' : 'holiday'
}

/** Whether the holidays of the day's year are not announced yet, so that its kind may change. */
export const isProvisionalDay = ({ lastYear }: Calendar, day: string): boolean => Number(day.slice(0, 4)) > lastYear
