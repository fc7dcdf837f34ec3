import { addDays, dayOf, deadline, type Pause, type Period } from './calendar.ts'
import { isPart } from './joint.ts'
import type { Fixed, Limit } from './limit.ts'
import type { Law, Line } from './line.ts'
import type { Clock, Event } from './matter.ts'

/** Which limits start, stop, pause or resume because of this event. Only the clocks that changed are returned. */
export function tick(line: Line, clocks: readonly Clock[], event: Event, law: Law): Clock[] {
  if (isPart(event)) return []
  const running = clocks.filter((clock) => !clock.stoppedAt)
  return Object.entries(line.limits).flatMap(([limit, def]) => {
    const starts = def.startedBy.includes(event.action) && (def.startsIf?.(event) ?? true)
    const turned = running.filter((clock) => clock.limit === limit).flatMap((clock) => turn(def, clock, event, law, starts))
    return starts ? [...turned, start(limit, def, event, law)] : turned
  })
}

/** Recomputes every running limit, as when the holiday notice of a provisional year is loaded. */
export function recount(line: Line, clocks: readonly Clock[], events: readonly Event[], law: Law, region: string): Clock[] {
  return clocks
    .filter((clock) => !clock.stoppedAt)
    .flatMap((clock) => {
      const def = line.limits[clock.limit]
      const begun = events.find((event) => event.seq === clock.startedBy)
      if (!def || !begun) return []
      const again = { ...clock, ...reckon(def, begun, clock, law, region) }
      return again.dueAt?.getTime() === clock.dueAt?.getTime() && again.provisional === clock.provisional ? [] : [again]
    })
}

function start(limit: string, def: Limit<string, string>, event: Event, law: Law): Clock {
  const clock = { limit, startedOn: def.from?.(event.input) ?? startOf(def, event, law), startedBy: event.seq, pauses: [], stoppedAt: null }
  return { ...clock, ...reckon(def, event, clock, law, event.region) }
}

const startOf = (def: Limit<string, string>, event: Event, law: Law) =>
  periodOf(def, law)?.unit === 'hour' ? event.at.toISOString() : dayOf(event.at)

/** The same limit started anew (a second court notice) ends the run before it. */
function turn(def: Limit<string, string>, clock: Clock, event: Event, law: Law, startsAnew: boolean): Clock[] {
  if (startsAnew || def.stoppedBy.includes(event.action)) return [{ ...clock, stoppedAt: event.at }]
  const pausesNow = def.pausedIn?.includes(event.to) ?? false
  const open = clock.pauses.at(-1)?.to === null
  if (pausesNow === open) return []
  const day = dayOf(event.at)
  const pauses: Pause[] = pausesNow
    ? [...clock.pauses, { from: day, to: null }]
    : clock.pauses.map((pause) => (pause.to === null ? { ...pause, to: day } : pause))
  return [{ ...clock, pauses, ...reckon(def, event, { ...clock, pauses }, law, event.region) }]
}

type Reckoned = Pick<Clock, 'dueAt' | 'targetAt' | 'provisional'>
const never: Reckoned = { dueAt: null, targetAt: null, provisional: false }

function reckon(def: Limit<string, string>, event: Event, clock: Pick<Clock, 'startedOn' | 'pauses'>, law: Law, region: string): Reckoned {
  const period = periodOf(def, law)
  if (!period) return fixedEnd(def.length as Fixed, event.input, law, region) // the only other shape of `length`
  const end = deadline(law.calendar, rolled(period, law), clock.startedOn, { pauses: clock.pauses, region })
  return end ? { dueAt: end.dueAt, targetAt: end.targetAt, provisional: end.provisional } : never
}

function fixedEnd(length: Fixed, input: Event['input'], law: Law, region: string): Reckoned {
  if ('until' in length) return lastOf(length.until(input), law, region)
  const at = new Date(length.at(input))
  return { dueAt: at, targetAt: at, provisional: false }
}

/** A day fixed by an officer is what it is: it does not roll over. It is the day after the day before, since a period has at least one day. */
function lastOf(day: string, law: Law, region: string): Reckoned {
  const end = deadline(law.calendar, { count: 1, unit: 'calendarDay', rolls: false }, addDays(day, -1), { region })
  return end ? { dueAt: end.dueAt, targetAt: end.targetAt, provisional: end.provisional } : never
}

/** The closing chapter of 办理法律援助案件程序规定 on roll-over was not read, so it is a setting (RULEBOOK §8). */
const rolled = (period: Period, law: Law): Period => (law.setting('legalAid.dayRollover') === false ? { ...period, rolls: false } : period)

const periodOf = (def: Limit<string, string>, law: Law): Period | null =>
  typeof def.length === 'function' ? def.length(law) : 'count' in def.length ? def.length : null
