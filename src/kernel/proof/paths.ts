import type { Action, Form, Line } from '../line.ts'

/** States in which a matter begins. */
export const beginnings = ({ initial, takenIn, receives }: Line): readonly string[] => [
  ...new Set([initial, takenIn ?? initial, receives ?? initial]),
]

/** States one action leads to. */
export const targets = ({ to, reaches }: Action<string, Form>, from: string): readonly string[] =>
  typeof to === 'function' ? (reaches ?? []) : [to ?? from]

/** States one step away. */
export const next = (line: Line, state: string): string[] =>
  Object.values(line.actions).flatMap((action) => (action.from.includes(state) ? targets(action, state) : []))

/** Every state a matter may come to that has stood in one of these, itself included. */
export function reach(line: Line, ...from: readonly string[]): Set<string> {
  const seen = new Set(from)
  for (const state of seen) for (const to of next(line, state)) seen.add(to)
  return seen
}

/** States in which nothing more happens. */
export const finalStates = ({ states }: Line): string[] => Object.keys(states).filter((state) => states[state]?.final)
