import { dutiesOn, type Actor } from './actor.ts'
import type { Line } from './line.ts'

type Reader = Pick<Actor, 'kind' | 'grants'>

/** Whether a matter in this state waits for this reader: for the desk or a seat they move for, and for a step that is theirs to take. Who supervises, sets standards or audits may look at every matter, and owes a step in few or none. */
export function isMoveOf(reader: Reader, line: Line, state: string): boolean {
  const waitsFor = line.states[state]?.waitsFor ?? []
  const movers = moversOf(reader, line).filter(({ as }) => waitsFor.includes(as))
  return Object.values(line.actions).some(
    ({ by, from, to }) => to !== undefined && from.includes(state) && movers.some(({ relation }) => by.includes(relation)),
  )
}

/** What a reader may move as, and the relation by which they then act. */
function moversOf({ kind, grants }: Reader, line: Line): { as: string; relation: string }[] {
  if (kind === 'provider')
    return Object.keys(line.seats).flatMap((seat) => (line.seats[seat]?.side === 'works' ? [{ as: seat, relation: seat }] : []))
  return kind === 'staff'
    ? dutiesOn({ grants }, line.key).flatMap((duty) => (line.desk.duties.includes(duty) ? [{ as: 'desk', relation: duty }] : []))
    : []
}
