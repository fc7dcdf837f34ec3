import type { Case } from '#kernel/line.ts'
import { no, type No } from '#kernel/refusal.ts'
import { holdersIn, type Holder } from '#kernel/seat.ts'
import { seats, type RehearsalSeat } from './seats.ts'

type Its = Pick<Case<never>, 'matter' | 'actor'>

/** Everybody of both sides, in the order of their seats. */
export const partiesOf = (matter: Its['matter']): readonly Holder[] => [
  ...holdersIn(matter, 'applicant'),
  ...holdersIn(matter, 'respondent'),
]

/** Whoever sits there speaks for themselves; an officer records it for whom they name. */
export function ownOrRecorded(seat: RehearsalSeat, holder: string, { matter, actor }: Its): No | null {
  const held = holdersIn(matter, seat)
  const own = held.find(({ account }) => account === actor.id)
  return (own ? own.id === holder : held.some(({ id }) => id === holder)) ? null : no('not_applicable', { seat })
}

/** Refuses a step that needs somebody in a seat while nobody is. */
export const somebodyIn =
  (seat: RehearsalSeat) =>
  ({ matter }: Pick<Its, 'matter'>): No | null =>
    holdersIn(matter, seat).length ? null : no('not_applicable', { seat })

/** A seat with these people of the records added; those who sit there stay as they are. */
export function joinedBy({ matter }: Pick<Its, 'matter'>, seat: RehearsalSeat, people: readonly string[]): readonly Holder[] {
  const held = holdersIn(matter, seat)
  const fresh = [...new Set(people)].filter((person) => !held.some(({ id }) => id === person))
  return [...held, ...fresh.map((person) => ({ id: person, account: null, party: person }))]
}

/** Refuses more people than a seat holds. */
export const withinSeat = (seat: RehearsalSeat, holders: readonly Holder[]): No | null =>
  holders.length > seats[seat].max ? no('not_applicable', { seat, max: seats[seat].max }) : null
