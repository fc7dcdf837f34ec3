import type { Actor, Duty } from './actor.ts'
import type { Line, State } from './line.ts'

type WaitsFor = State['waitsFor']

/** The party each duty, and a provider, moves for. Who supervises, sets standards or audits may look at every matter, and owes a step in few or none. */
export const partyOf: Readonly<Record<Duty | 'provider', readonly WaitsFor[]>> = {
  intake: ['agency'],
  reviewer: ['agency'],
  director: ['agency'],
  supervisor: ['bureau'],
  manager: [],
  auditor: [],
  administrator: [],
  provider: ['assignee'],
}

type Reader = Pick<Actor, 'kind' | 'duties'>

/** Whether a matter in this state waits for this reader: for the party they move for, and for a step that is theirs to take. */
export function isMoveOf(reader: Reader, line: Line, state: string): boolean {
  const waitsFor = line.states[state]?.waitsFor
  return Object.values(line.actions).some(
    ({ by, from, to }) =>
      to !== undefined &&
      from.includes(state) &&
      rolesOf(reader).some(({ role, relation }) => partyOf[role].some((party) => party === waitsFor) && by.includes(relation)),
  )
}

type Role = { role: Duty | 'provider'; relation: Duty | 'assignee' }

function rolesOf({ kind, duties }: Reader): Role[] {
  if (kind === 'provider') return [{ role: 'provider', relation: 'assignee' }]
  return kind === 'staff' ? duties.map((duty) => ({ role: duty, relation: duty })) : []
}
