import { isLetTo, relations, type Actor } from './actor.ts'
import { seatsAfterJoining } from './own-steps/joining-account.ts'
import { hasDonePart, isPart, jointAfter, jointly } from './joint.ts'
import { actionOf, type Action, type Form, type Law, type Line } from './line.ts'
import type { Event, Matter, MatterId } from './matter.ts'
import { issuesOf, no, Refusal, refuse, type No } from './refusal.ts'
import { papersAfter } from './own-steps/removing-paper.ts'
import { account, seatsWith, type Seats } from './seat.ts'

/** The person, moment and law an action is judged by. */
export type Setting = { actor: Actor; now: Date; law: Law }

/** Why this actor may not do this now, or null. Drives the server's guard *and* the buttons the client shows. */
export function check(line: Line, matter: Matter, key: string, { actor, now, law }: Setting): No | null {
  const action = actionOf(line, key)
  if (!action) return no('not_found', { action: key })
  const is = relations(line, actor, matter)
  if (!isLetTo(actor, matter, key) || !action.by.some((relation) => is.has(relation)))
    return no('not_permitted', { action: key, by: action.by })
  if (!action.from.includes(matter.state)) return no('wrong_state', { state: matter.state, from: action.from })
  const missing = (action.needs ?? []).filter((kind) => !matter.documents.includes(kind))
  if (missing.length) return no('missing_document', { missing })
  if (hasDonePart(action, matter, key, actor.id)) return no('once_only', { action: key })
  return action.when?.({ matter, actor, now, law }) ?? null
}

/** The actions open to this actor now. */
export const available = (line: Line, matter: Matter, its: Setting): string[] =>
  Object.keys(line.actions).filter((key) => check(line, matter, key, its) === null)

/** Turns intent into a fact, or refuses. Pure: same arguments, same event. `number` is the file number drawn for actions that are `numbered`. */
export function decide(line: Line, matter: Matter, key: string, input: unknown, its: Setting, number?: string): Event {
  const refusal = check(line, matter, key, its)
  if (refusal) throw new Refusal(refusal)
  return decideAllowed(line, matter, key, input, its, number)
}

/** The same for an action that `check` let through. */
export function decideAllowed(line: Line, matter: Matter, key: string, input: unknown, its: Setting, number?: string): Event {
  const action = actionOf(line, key) ?? refuse('not_found', { action: key })
  const parsed = strictly(action.form).safeParse(input)
  if (!parsed.success) refuse('invalid', { issues: issuesOf(parsed.error.issues) })
  const broken = action.rule?.({ matter, input: parsed.data, ...its })
  if (broken) throw new Refusal(broken)
  const part = jointly(action, matter, key, { input: parsed.data, actor: its.actor.id })
  const crowded = crowdedSeat(line, action.seats?.(parsed.data, matter) ?? {})
  if (crowded) throw new Refusal(crowded)
  if (part === 'nobody') refuse('not_permitted', { action: key, by: action.jointly })
  return {
    region: matter.region,
    id: matter.id,
    seq: matter.version + 1,
    action: key,
    actor: its.actor.id,
    at: its.now,
    from: matter.state,
    to: part && !part.isLast ? matter.state : stateAfter(action, parsed.data, matter),
    input: { ...parsed.data, ...(number && { number }), ...(part && { part }) },
  }
}

/** A seat takes as many as its line says. */
function crowdedSeat(line: Line, seats: Seats): No | undefined {
  const seat = Object.keys(seats).find((key) => (seats[key]?.length ?? 0) > (line.seats[key]?.max ?? 1))
  return seat === undefined ? undefined : no('not_applicable', { seat, most: line.seats[seat]?.max ?? 1 })
}

const stateAfter = (action: Action<string, Form>, input: Record<string, unknown>, matter: Matter): string =>
  typeof action.to === 'function' ? action.to(input, matter) : (action.to ?? matter.state)

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
  const next = { ...matter, state: event.to, version: event.seq, joint: jointAfter(action, matter, event) }
  if (isPart(event)) return next
  const change = action?.set?.(event.input, matter, event) ?? {}
  const number = typeof event.input['number'] === 'string' && action?.numbered ? { number: event.input['number'] } : {}
  const seats = seatsAfterJoining(event, seatsWith(matter.seats, action?.seats?.(event.input, matter)))
  const documents = papersAfter(event, change.documents ?? matter.documents)
  return { ...next, ...number, ...filing(matter, event, action), ...change, documents, seats }
}

/** A matter is filed once, by the first event that files. One opened where no office was registered has it by then. */
function filing(matter: Matter, { at, input }: Event, by: { files?: true } | undefined): Partial<Pick<Matter, 'filedAt' | 'office'>> {
  if (matter.filedAt || !by?.files) return {}
  return { filedAt: at, ...(typeof input['office'] === 'string' && { office: input['office'] }) }
}

/** Which event decided last; undefined while none did. */
export const lastDecided = ({ actions }: Pick<Line, 'actions'>, events: readonly Event[]): number | undefined =>
  events.findLast(({ action }) => actions[action]?.decides)?.seq

/** What opening a matter settles; the zeroth event carries it, so that the log alone rebuilds the row. */
export type Opening = Pick<Matter, 'edition' | 'line' | 'office' | 'code' | 'seats' | 'parent' | 'number' | 'data'>

/** The zeroth event: it starts the log and the limits that run from the opening. */
export function opening(id: MatterId, opened: Opening, its: Pick<Setting, 'actor' | 'now'> & { begins: string }): Event {
  return {
    region: id.region,
    id: id.id,
    seq: 0,
    action: 'open',
    actor: its.actor.id,
    at: its.now,
    from: '',
    to: its.begins,
    input: { ...opened },
  }
}

/** The state in which a matter begins that somebody opens. */
export const beginsIn = ({ initial, takenIn }: Line, { kind }: Pick<Actor, 'kind'>): string => (kind === 'staff' && takenIn) || initial

/** Whether the office has received a matter as soon as it begins in this state. */
export const beginsFiled = ({ files, takenIn, receives }: Line, state: string): boolean =>
  files === true || state === takenIn || state === receives

/** The matter as its zeroth event made it. */
export function born(line: Line, event: Event): Matter {
  // Written by `opening` alone. Logs from before matters had an office name none.
  const opened = event.input as Omit<Opening, 'office'> & Partial<Pick<Opening, 'office'>>
  return {
    region: event.region,
    id: event.id,
    line: opened.line,
    office: opened.office ?? '',
    edition: opened.edition,
    code: opened.code,
    number: opened.number,
    parent: opened.parent,
    data: opened.data,
    seats: opened.seats ?? seatsBefore(line, event.input),
    joint: {},
    state: event.to,
    version: 0,
    documents: [],
    openedAt: event.at,
    filedAt: beginsFiled(line, event.to) ? event.at : null,
  }
}

/** The seats of a matter opened before seats were recorded: its applicant's account, and who acted for them. */
function seatsBefore({ principal }: Line, { applicant, proxy }: Event['input']): Seats {
  const held = (id: unknown) => (typeof id === 'string' ? [account(id)] : [])
  return { [principal]: held(applicant), ...(proxy ? { proxy: held(proxy) } : {}) }
}

/** Folds a whole log, oldest first, into the matter it describes. */
export function replay(line: Line, events: readonly Event[]): Matter {
  const [first, ...rest] = events
  if (!first) throw new Error('replay: an empty log describes no matter; was the opening event lost?')
  return rest.reduce((matter, event) => evolve(line, matter, event), born(line, first))
}
