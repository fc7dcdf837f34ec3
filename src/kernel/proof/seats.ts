import { duties } from '../actor.ts'
import type { Line } from '../line.ts'
import { beginnings, reach, targets } from './paths.ts'

/** Every name in `by` is a seat or duty that somebody can have, or the system. */
export const strangersInBy = (line: Line): string[] => {
  const known = new Set<string>([...Object.keys(line.seats), ...duties, 'system'])
  return Object.entries(line.actions).flatMap(([key, { by }]) =>
    by.filter((who) => !known.has(who)).map((who) => `${key} is for ${who}, which is no seat, duty or system of the line`),
  )
}

/** Whoever must all take an action may take it, and somebody sits there by then. */
export const unreachableJoint = (line: Line): string[] =>
  Object.entries(line.actions).flatMap(([key, { jointly = [], by, from }]) => [
    ...jointly.filter((seat) => !by.includes(seat)).map((seat) => `${key} counts once every ${seat} has done it, and they may not`),
    ...jointly
      .filter((seat) => !mayBeHeld(line, seat, from))
      .map((seat) => `${key} counts once every ${seat} has done it, and nobody is seated there before`),
  ])

/** Those who ask sit there from the opening; the rest are seated by a step. */
const mayBeHeld = (line: Line, seat: string, states: readonly string[]): boolean =>
  line.seats[seat]?.side === 'asks' || states.some((state) => afterSeating(line).has(state))

/** Which seat a step fills only its input says: one that seats anybody may fill any. */
function afterSeating(line: Line): Set<string> {
  const reached = reach(line, ...beginnings(line))
  const seating = Object.values(line.actions).filter(({ seats }) => seats)
  return reach(
    line,
    ...seating.flatMap((action) => action.from.filter((from) => reached.has(from)).flatMap((from) => targets(action, from))),
  )
}

/** What a link lets somebody do is theirs to do by their seat, with a form that every page draws. */
export const flawedLinks = ({ seats, actions }: Line): string[] =>
  Object.entries(seats).flatMap(([seat, { side, byLink = [] }]) => [
    ...(side === 'works' && byLink.length ? [`a link leads to ${seat}, whose holders work here and have accounts`] : []),
    ...byLink
      .filter((key) => !actions[key]?.by.includes(seat))
      .map((key) => `a link lets ${seat} take ${key}, which is no action of theirs`),
  ])
