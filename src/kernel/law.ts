import type { Calendar } from './calendar/calendar.ts'

/** The law as it stands where and when something happens: the calendar, and the dated settings the rulebook leaves open. */
export type Law = { calendar: Calendar; setting(key: string): unknown }
