import { dayOf } from './calendar.ts'
import { no, type No } from '../refusal.ts'

/** Refuses a day that has not come yet, naming the field; a day not given is no fault. */
export const notAhead = (path: string, on: string | undefined, now: Date): No | null =>
  on && on > dayOf(now) ? wrongDay(path, 'future') : null

/** The first day that can be true of a matter, and how an earlier one is refused; undefined where the matter does not know it. */
type Floor = { day: unknown; words: `answer.date.before${'Decision' | 'Filing' | 'Assignment'}` }

/** Refuses a day before another that the matter itself records, naming the field and that other day. */
export const notBefore = (path: string, on: string, { day, words }: Floor): No | null =>
  typeof day === 'string' && on < day ? no('invalid', { issues: [{ path, code: words, message: words, day }] }) : null

/** Refuses a day after the last one that may be named, naming the field and that last day. */
export const notAfter = (path: string, on: string, last: string): No | null =>
  on > last ? no('invalid', { issues: [{ path, code: 'answer.date.tooFar', message: 'answer.date.atMost', day: last }] }) : null

/** Refuses today and every day before it, naming the field. */
export const notPast = (path: string, on: string, now: Date): No | null => (on <= dayOf(now) ? wrongDay(path, 'past') : null)

/** The refusal of one field for lying on the wrong side of now. */
export const wrongDay = (path: string, code: 'future' | 'past'): No => no('invalid', { issues: [{ path, code, message: code }] })

/** Reads the day an event's input gives under a field, for limits that count from it; undefined where it gives none. */
export const dayIn =
  (field: string) =>
  (input: Record<string, unknown>): string | undefined =>
    typeof input[field] === 'string' ? input[field] : undefined
