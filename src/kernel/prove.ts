import { joinAccount } from './joining-account.ts'
import type { Action, Form, Line } from './line.ts'
import type { Limit } from './limit.ts'
import type { Event } from './matter.ts'

/** What is wrong with a line as a process. A test asserts this is empty for every registered line. */
export function flaws(line: Line): string[] {
  const actions = Object.entries(line.actions)
  const states = Object.keys(line.states)
  const final = states.filter((state) => line.states[state]?.final)
  const reached = reach(line, line.initial)
  return [
    ...states.filter((state) => !reached.has(state)).map((state) => `state ${state} cannot be reached`),
    ...states.filter((state) => ![...reach(line, state)].some((s) => final.includes(s))).map((state) => `state ${state} cannot end`),
    ...final.filter((state) => next(line, state).some((s) => s !== state)).map((state) => `final state ${state} has a way out`),
    ...(line.files || actions.some(([, a]) => a.files) ? [] : ['nothing files a matter: no desk ever sees one']),
    ...actions.filter(([, a]) => a.numbered && !a.files).map(([key]) => `${key} draws a number, yet files nothing`),
    ...states
      .filter((s) => !final.includes(s) && line.states[s]?.waitsFor.length === 0)
      .map((s) => `state ${s} waits for nobody: it is in no queue`),
    ...Object.entries(line.documents)
      .filter(([, { owed }]) => owed && !(owed.in.length && owed.in.every((state) => states.includes(state))))
      .map(([kind]) => `document ${kind} is owed in no state of the line`),
    ...actions.filter(([, a]) => a.needs?.some((kind) => !(kind in line.documents))).map(([key]) => `${key} needs an undeclared document`),
    ...actions
      .filter(([, a]) => typeof a.to === 'function' && !a.reaches?.length)
      .map(([key]) => `${key} computes its state but declares none`),
    ...actions.filter(([key]) => key === 'open' || key === joinAccount).map(([key]) => `${key} is the engine's own action`),
    ...actions
      .filter(([, a]) => a.decides && !(a.decides.reasonsIn in a.form.shape))
      .map(([key]) => `${key} gives its reasons in a field that it does not record`),
    ...actions
      .filter(([, a]) => a.bulk && ((a.own && a.own !== 'candidates') || a.by.every((who) => who === 'system')))
      .map(([key]) => `${key} is taken in bulk, yet has a page of its own or nobody to take it`),
    ...Object.entries(line.limits).flatMap(([key, limit]) =>
      limit.kind === 'right'
        ? []
        : final
            .filter((state) => limit.startedBy.some((start) => leavesRunning(line, limit, start, state)))
            .map((state) => `limit ${key} can still run in final state ${state}`),
    ),
    ...Object.entries(line.limits)
      .filter(([, l]) => l.onBreach && !line.actions[l.onBreach]?.by.includes('system'))
      .map(([k]) => `limit ${k} ends in an action the system may not take`),
  ]
}

/** States one action leads to. */
const targets = (action: Action<string, Form>, from: string): readonly string[] =>
  typeof action.to === 'function' ? (action.reaches ?? []) : [action.to ?? from]

const next = (line: Line, state: string) => Object.values(line.actions).flatMap((a) => (a.from.includes(state) ? targets(a, state) : []))

function reach(line: Line, from: string): Set<string> {
  const seen = new Set([from])
  for (const state of seen) for (const to of next(line, state)) seen.add(to)
  return seen
}

/** Is there a path from starting a limit to a final state that never stops it? */
function leavesRunning(line: Line, limit: Limit<string, string>, startedBy: string, end: string): boolean {
  const action = line.actions[startedBy]
  const begun = startedBy === 'open' ? [line.initial] : (action?.from.flatMap((state) => targets(action, state)) ?? [])
  const seen = new Set(begun.filter((to) => mayStartIn(limit, to)))
  for (const state of seen)
    for (const [key, a] of Object.entries(line.actions))
      if (a.from.includes(state) && !limit.stoppedBy.includes(key)) for (const to of targets(a, state)) seen.add(to)
  return seen.has(end)
}

/** A condition over the state reached is honoured; one that looks at anything else is taken to hold, so that no running limit is overlooked. */
function mayStartIn(limit: Limit<string, string>, to: string): boolean {
  if (!limit.startsIf) return true
  let looksElsewhere = false
  const event = new Proxy({ to } as Event, { get: (known, key) => (key === 'to' ? known.to : void (looksElsewhere = true)) }) // only `to` is given away
  try {
    return limit.startsIf(event) || looksElsewhere
  } catch {
    return true // it reached into what was withheld
  }
}
