import { dayOf, type End, type Period } from '../calendar/calendar.ts'
import { born, evolve } from '../decide.ts'
import { isPart, partOf } from '../joint.ts'
import type { DayRead, Happening, Limit } from './limit.ts'
import type { Law, Line } from '../line.ts'
import type { Clock, Event, Matter } from '../matter.ts'
import { datesOf, lengthOf } from './reckon.ts'

type Def = Limit<string, string>

/** Which limits start, stop, pause, resume or are extended because of this event. Only the clocks that changed are returned. */
export function tick(line: Line, clocks: readonly Clock[], its: Happening): Clock[] {
  const running = clocks.filter((clock) => !clock.stoppedAt)
  if (isPart(its.event)) return ownStopped(line, running, its.event)
  return Object.entries(line.limits).flatMap(([limit, def]) => {
    const begun = begunBy(def, its.event)
    const turned = running.filter((clock) => clock.limit === limit).flatMap((clock) => turn(def, clock, its, begun.includes(clock.party)))
    return [...turned, ...begun.map((party) => start({ limit, party }, def, its))]
  })
}

/** Of what counts once everybody has done it, one holder's part ends what that holder alone was given time for. */
const ownStopped = ({ limits }: Line, running: readonly Clock[], event: Event): Clock[] =>
  running
    .filter(({ limit, party }) => party !== null && party === partOf(event)?.holder && limits[limit]?.stoppedBy.includes(event.action))
    .map((clock) => ({ ...clock, stoppedAt: event.at }))

/** Every clock of a matter, from its log alone: what a row is proved by, and what a recount takes its dates from. */
export function clocksFrom(line: Line, events: readonly Event[], lawAt: (moment: Date) => Law): Clock[] {
  let matter: Matter | undefined
  let clocks: Clock[] = []
  for (const event of events) {
    matter = matter ? evolve(line, matter, event) : born(line, event)
    clocks = merge(clocks, tick(line, clocks, { event, matter, law: lawAt(event.at) }))
  }
  return clocks
}

/** The running clocks whose dates are others by the log and today's calendar, as when the holiday notice of a provisional year is loaded. */
export function recount(line: Line, clocks: readonly Clock[], events: readonly Event[], lawAt: (moment: Date) => Law): Clock[] {
  const again = clocksFrom(line, events, lawAt)
  return clocks
    .filter((clock) => !clock.stoppedAt)
    .flatMap((clock) => again.filter((one) => !one.stoppedAt && isSameRun(one, clock) && !isSameEnd(one, clock)))
}

/** The clocks after a step: those that changed in place of what they were. */
export const merge = (all: readonly Clock[], changed: readonly Clock[]): Clock[] => [
  ...all.filter((clock) => !changed.some((one) => isSameRun(one, clock))),
  ...changed,
]

type Run = Pick<Clock, 'limit' | 'party'>

/** A run of a limit is told by its party and the event that started it. */
const isSameRun = (a: Clock, b: Clock): boolean => a.limit === b.limit && a.party === b.party && a.startedBy === b.startedBy

const isSameEnd = (a: Clock, b: Clock): boolean => a.dueAt?.getTime() === b.dueAt?.getTime() && a.provisional === b.provisional

/** Whose runs of a limit this event starts: nobody's in particular where the limit is not a party's own. */
function begunBy(def: Def, event: Event): (string | null)[] {
  if (!def.startedBy.includes(event.action) || !(def.startsIf?.(event) ?? true)) return []
  if (!def.per) return [null]
  const named = [...new Set(def.per(event.input))]
  if (named.includes(''))
    throw new Error(`${event.action} names a party without an id: does \`per\` of ${def.title.en} read the field it records?`)
  return named
}

/** Whether an event concerns the run of a party: it names them, or nobody. A breach names the party whose run has passed. */
function concerns(def: Def, { action, input }: Event, party: string | null): boolean {
  if (!def.per || party === null) return true
  if (action === def.onBreach && typeof input['party'] === 'string') return input['party'] === party
  const named = def.per(input)
  return named.length === 0 || named.includes(party)
}

function start(run: Run, def: Def, its: Happening): Clock {
  const { event, law } = its
  const length = lengthOf(def, its)
  const startedOn = def.from?.(event.input) ?? (isHours(length) ? event.at.toISOString() : dayOf(event.at))
  const clock = { ...run, startedOn, startedBy: event.seq, pauses: [], extensions: [], length: keptLength(def, length), stoppedAt: null }
  return { ...clock, ...datesOf(def, clock, length, { law, region: event.region }) }
}

const isHours = (length: Period | End): boolean => 'count' in length && length.unit === 'hour'

/** A length that the line declares is the line's to say; one that was computed or fixed holds for the whole run. */
const keptLength = (def: Def, length: Period | End): Clock['length'] => (def.length === length ? null : length)

/** The same limit started anew (a second court notice) ends the run before it. */
function turn(def: Def, clock: Clock, its: Happening, startsAnew: boolean): Clock[] {
  const { event, law } = its
  const isConcerned = concerns(def, event, clock.party)
  if (startsAnew || (isConcerned && def.stoppedBy.includes(event.action))) return [{ ...clock, stoppedAt: event.at }]
  const pauses = withStatePause(def, event, clock.pauses)
  const next = {
    ...clock,
    pauses: isConcerned ? withCalledPause(def, event, pauses) : pauses,
    extensions: isConcerned ? withExtension(def, event, clock.extensions) : clock.extensions,
  }
  if (next.pauses === clock.pauses && next.extensions === clock.extensions) return []
  return [{ ...next, ...datesOf(def, next, clock.length ?? lengthOf(def, its), { law, region: event.region }) }]
}

type Pauses = Clock['pauses']
type OnePause = Pauses[number]

/** A pause that an event called for carries its number; one without is the time spent in a state. */
const isCalled = ({ by }: OnePause): boolean => by !== undefined
const isOfState = (pause: OnePause): boolean => !isCalled(pause)
const isOpen = ({ to }: OnePause): boolean => to === null

function withStatePause(def: Def, event: Event, pauses: Pauses): Pauses {
  const waits = def.pausedIn?.includes(event.to) ?? false
  if (waits === pauses.some((pause) => isOpen(pause) && isOfState(pause))) return pauses
  const day = dayOf(event.at)
  return waits ? [...pauses, { from: day, to: null }] : ended(pauses, isOfState, day)
}

/** One that has begun goes on until an event resumes the limit, whatever state the matter is in meanwhile. */
function withCalledPause({ pausedBy, resumedBy }: Def, event: Event, pauses: Pauses): Pauses {
  const [pausing, resuming] = [pausedBy?.[event.action], resumedBy?.[event.action]]
  const waits = pauses.some((pause) => isOpen(pause) && isCalled(pause))
  if (waits && resuming) return ended(pauses, isCalled, dayRead(resuming, event))
  return !waits && pausing ? [...pauses, { from: dayRead(pausing, event), to: null, by: event.seq }] : pauses
}

/** A pause lasts no less than nothing, whatever day is named for its end. */
const ended = (pauses: Pauses, which: (pause: OnePause) => boolean, day: string): Pauses =>
  pauses.map((pause) => (isOpen(pause) && which(pause) ? { ...pause, to: day < pause.from ? pause.from : day } : pause))

const dayRead = (read: DayRead, event: Event): string => read(event.input) ?? dayOf(event.at)

function withExtension({ extendedBy }: Def, event: Event, extensions: Clock['extensions']): Clock['extensions'] {
  const extending = extendedBy?.[event.action]
  return extending ? [...extensions, { ...extending(event.input), on: dayOf(event.at) }] : extensions
}
