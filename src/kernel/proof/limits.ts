import type { Line } from '../line.ts'
import type { Limit } from '../limits/limit.ts'
import type { Event } from '../matter.ts'
import { beginnings, finalStates, targets } from './paths.ts'

type Def = Limit<string, string>

/** What is wrong with the limits of a line, each looked at by itself. */
export const limitFlaws = (line: Line): string[] =>
  Object.entries(line.limits).flatMap(([key, limit]) => rules.flatMap((rule) => rule(line, limit)).map((flaw) => `limit ${key} ${flaw}`))

/** What each rule finds, said of a limit. */
const rules: readonly ((line: Line, limit: Def) => string[])[] = [
  (line, limit) =>
    limit.kind === 'right'
      ? []
      : finalStates(line)
          .filter((state) => limit.startedBy.some((start) => leavesRunning(line, limit, start, state)))
          .map((state) => `can still run in final state ${state}`),
  ({ actions }, { onBreach }) =>
    onBreach && !actions[onBreach]?.by.includes('system') ? ['ends in an action the system may not take'] : [],
  (_, limit) =>
    isToTheMoment(limit) && (limit.pausedIn || limit.pausedBy) ? ['runs by hours, from which no time is excluded, and pauses'] : [],
  (_, { pausedBy, resumedBy }) => (pausedBy && !resumedBy ? ['is paused by a step, and no step resumes it'] : []),
  ({ seats }, { of, per }) => ((seats[of]?.max ?? 1) > 1 && !per ? [`binds every ${of}, and does not run for each`] : []),
  ({ actions }, { per, onBreach }) =>
    per && onBreach && !('party' in (actions[onBreach]?.form.shape ?? {}))
      ? [`is a party’s own, and ${onBreach} does not record whose`]
      : [],
]

/** Counted in hours, or set to a moment. */
const isToTheMoment = ({ length, unit }: Def): boolean =>
  typeof length === 'function' ? unit === 'hour' : 'count' in length ? length.unit === 'hour' : 'at' in length

/** Is there a path from starting a limit to a final state that never stops it? */
function leavesRunning(line: Line, limit: Def, startedBy: string, end: string): boolean {
  const action = line.actions[startedBy]
  const begun = startedBy === 'open' ? beginnings(line) : (action?.from.flatMap((state) => targets(action, state)) ?? [])
  const seen = new Set(begun.filter((to) => mayStartIn(limit, to)))
  for (const state of seen)
    for (const [key, a] of Object.entries(line.actions))
      if (a.from.includes(state) && !limit.stoppedBy.includes(key)) for (const to of targets(a, state)) seen.add(to)
  return seen.has(end)
}

/** A condition over the state reached is honoured; one that looks at anything else is taken to hold, so that no running limit is overlooked. */
function mayStartIn(limit: Def, to: string): boolean {
  if (!limit.startsIf) return true
  let looksElsewhere = false
  const event = new Proxy({ to } as Event, { get: (known, key) => (key === 'to' ? known.to : void (looksElsewhere = true)) }) // only `to` is given away
  try {
    return limit.startsIf(event) || looksElsewhere
  } catch {
    return true // it reached into what was withheld
  }
}
