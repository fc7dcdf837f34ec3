import { relations, type Actor } from './actor.ts'
import { changeOf } from './joining-account.ts'
import type { Action, Change, Form, Law, Line } from './line.ts'
import type { Event, Matter, MatterId } from './matter.ts'
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
