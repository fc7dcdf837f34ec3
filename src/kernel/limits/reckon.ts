import { addDays, dayOf, daysLeft, deadline, type Deadline, type End, type Pause, type Period } from '../calendar/calendar.ts'
import type { Happening, Limit } from './limit.ts'
import type { Law } from '../line.ts'
import type { Clock } from '../matter.ts'

type Def = Limit<string, string>

/** The dates of a run; both are null while a pause is open. */
export type Dates = Pick<Clock, 'dueAt' | 'targetAt' | 'provisional'>

/** How long a run is that starts with this event. */
export function lengthOf(def: Def, start: Happening): Period | End {
  const { length } = def
  if (typeof length === 'function') return ofItsUnit(def, length(start))
  if ('count' in length) return length
  return 'until' in length ? { until: length.until(start.event.input) } : { at: length.at(start.event.input) }
}

function ofItsUnit({ unit, title }: Def, period: Period): Period {
  if (period.unit === unit) return period
  throw new Error(`the limit ${title.en} says it counts in ${unit}, and its length came in ${period.unit}: declare the unit it returns`)
}

/** When a run ends: its length from the day it started, lengthened by its extensions and by the time that is not counted. */
export function datesOf(def: Def, run: Pick<Clock, 'startedOn' | 'pauses' | 'extensions'>, length: Period | End, place: Place): Dates {
  const parts: readonly Part[] = [{ ...length, on: run.startedOn }, ...run.extensions]
  // A new end replaces whatever was reckoned before it.
  const counted = parts.slice(Math.max(0, parts.findLastIndex(isEnd)))
  let end: Deadline | null = null
  let provisional = false
  for (const part of counted) {
    end = endOf(rolling(def, part, place.law), end, { ...place, pauses: run.pauses })
    if (!end) return { dueAt: null, targetAt: null, provisional: false }
    provisional ||= end.provisional
  }
  return { dueAt: end?.dueAt ?? null, targetAt: end?.targetAt ?? null, provisional }
}

/** Where and under which law it is reckoned. */
export type Place = { law: Law; region: string }

/** A length or an extension of it; `on` is when it began, or when it was agreed. */
type Part = (Period | End) & { on: string }

const isEnd = (part: Part): boolean => !('count' in part)

function rolling({ rolls }: Def, part: Part, law: Law): Part {
  if (!rolls || !('count' in part)) return part
  return { ...part, rolls: typeof rolls.when === 'function' ? rolls.when(law) : rolls.when }
}

function endOf(part: Part, before: Deadline | null, { law, region, pauses }: Place & { pauses: readonly Pause[] }): Deadline | null {
  if ('at' in part) return endAt(part.at)
  if ('until' in part) return deadline(law.calendar, ...daysUntil(part), { pauses, region })
  return deadline(law.calendar, part, before ? goingOn(part, before) : part.on, { pauses, region })
}

/** A moment that was fixed is what it is. */
function endAt(at: string): Deadline {
  const [moment, day] = [new Date(at), dayOf(new Date(at))]
  return { due: day, target: day, dueAt: moment, targetAt: moment, provisional: false }
}

/** A day that was fixed does not roll; time excluded after it was fixed lengthens it like any period. A period has at least one day. */
function daysUntil({ until, on }: { until: string; on: string }): [Period, string] {
  const from = on.slice(0, 10) < until ? on.slice(0, 10) : addDays(until, -1)
  return [{ count: daysLeft(from, until), unit: 'calendarDay', rolls: false }, from]
}

/** An extension is counted on from the last day before any roll-over, or from its last instant. */
const goingOn = ({ unit }: Period, { target, targetAt }: Deadline): string =>
  unit === 'hour' ? targetAt.toISOString() : target.slice(0, 10)
