import { relations, type Actor } from './actor.ts'
import { addDays, dayOf, deadline, type Pause, type Period } from './calendar.ts'
import { changeOf } from './joining-account.ts'
import type { Action, Change, Fixed, Form, Law, Limit, Line } from './line.ts'
import type { Clock, Event, Matter, MatterId } from './matter.ts'
import { issuesOf, no, Refusal, type No } from './refusal.ts'

/** The person, moment and law an action is judged by. */
export type Setting = { actor: Actor; now: Date; law: Law }

/** Why this actor may not do this now, or null. Drives the server's guard *and* the buttons the client shows. */
export function check(line: Line, matter: Matter, key: string, { actor, now, law }: Setting): No | null {
  const action = Object.hasOwn(line.actions, key) ? line.actions[key] : undefined
  if (!action) return no('not_found', { action: key })
  const is = relations(actor, matter)
  if (!action.by.some((relation) => is.has(relation))) return no('not_permitted', { action: key, by: action.by })
  if (!action.from.includes(matter.state)) return no('wrong_state', { state: matter.state, from: action.from })
  const missing = (action.needs ?? []).filter((kind) => !matter.documents.includes(kind))
  if (missing.length) return no('missing_document', { missing })
  return action.when?.({ matter, actor, now, law }) ?? null
}

/** The actions open to this actor now. */
export const available = (line: Line, matter: Matter, its: Setting): string[] =>
  Object.keys(line.actions).filter((key) => check(line, matter, key, its) === null)

/** Turns intent into a fact, or refuses. Pure: same arguments, same event. `number` is the file number drawn for actions that are `numbered`. */
export function decide(line: Line, matter: Matter, key: string, input: unknown, its: Setting, number?: string): Event {
  const refusal = check(line, matter, key, its)
  if (refusal) throw new Refusal(refusal)
  const action = line.actions[key] as Action<string, Form> // `check` refused undeclared keys
  const parsed = strictly(action.form).safeParse(input)
  if (!parsed.success) throw new Refusal(no('invalid', { issues: issuesOf(parsed.error.issues) }))
  const broken = action.rule?.({ matter, input: parsed.data, ...its })
  if (broken) throw new Refusal(broken)
  const to = typeof action.to === 'function' ? action.to(parsed.data, matter) : (action.to ?? matter.state)
  return {
    region: matter.region,
    id: matter.id,
    seq: matter.version + 1,
    action: key,
    actor: its.actor.id,
    at: its.now,
    from: matter.state,
    to,
    input: number ? { ...parsed.data, number } : parsed.data,
  }
}

/** The form as one that refuses what it does not declare; made once, since a schema is compiled when it is first used. */
function strictly(form: Form): Form {
  const known = strict.get(form) ?? form.strict()
  strict.set(form, known)
  return known
}

const strict = new WeakMap<Form, Form>()

/** The matter after the event. `act` uses it to write the row; `replay` uses it to prove the row. */
export function evolve(line: Line, matter: Matter, event: Event): Matter {
  const action = line.actions[event.action]
  const change: Change =
    (action?.set as ((input: unknown, matter: Matter, event: Event) => Change) | undefined)?.(event.input, matter, event) ?? {}
  const number = typeof event.input['number'] === 'string' && action?.numbered ? { number: event.input['number'] } : {}
  return { ...matter, ...number, ...change, ...changeOf(event), state: event.to, version: event.seq }
}

/** What opening a matter settles; the zeroth event carries it, so that the log alone rebuilds the row. */
export type Opening = Pick<Matter, 'edition' | 'line' | 'code' | 'applicant' | 'proxy' | 'parent' | 'number' | 'data'>

/** The zeroth event: it starts the log and the limits that run from the opening. */
export function opening(line: Line, id: MatterId, opened: Opening, its: Pick<Setting, 'actor' | 'now'>): Event {
  return {
    region: id.region,
    id: id.id,
    seq: 0,
    action: 'open',
    actor: its.actor.id,
    at: its.now,
    from: '',
    to: line.initial,
    input: { ...opened },
  }
}

/** The matter as its zeroth event made it. */
export function born(event: Event): Matter {
  const opened = event.input as Opening // written by `opening` alone
  return {
    region: event.region,
    id: event.id,
    ...opened,
    state: event.to,
    version: 0,
    assignee: null,
    documents: [],
    openedAt: event.at,
  }
}

/** Folds a whole log, oldest first, into the matter it describes. */
export function replay(line: Line, events: readonly Event[]): Matter {
  const [first, ...rest] = events
  if (!first) throw new Error('replay: an empty log describes no matter; was the opening event lost?')
  return rest.reduce((matter, event) => evolve(line, matter, event), born(first))
}

/** Which limits start, stop, pause or resume because of this event. Only the clocks that changed are returned. */
export function tick(line: Line, clocks: readonly Clock[], event: Event, law: Law): Clock[] {
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
