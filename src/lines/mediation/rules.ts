import { z } from 'zod'
import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import { seated } from '#kernel/form.ts'
import type { Case } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import type { No } from '#kernel/refusal.ts'
import { holdersIn, isHeldBy, type Holder } from '#kernel/seat.ts'
import { its } from './data.ts'
import { no } from './refusals.ts'
import type { MediationSeat } from './seats.ts'

type Its = Pick<Case<never>, 'matter' | 'actor'>

/** Whoever works on it at the committee. */
export const officers = ['intake', 'director'] as const

/** Whoever is heard. */
export const parties = ['applicant', 'respondent'] as const

/** For whom an officer or a mediator writes down what was said on paper or by telephone; nobody names themselves. */
export const ForHolder = z.object({ holder: seated({ zh: '代谁记录', en: 'Recorded for' }, 'applicant', 'respondent').optional() })

/** Everybody of both sides, in the order of their seats. */
export const partiesOf = (matter: Pick<Matter, 'seats'>): readonly Holder[] => [
  ...holdersIn(matter, 'applicant'),
  ...holdersIn(matter, 'respondent'),
]

/** Whether somebody sits there for one of the sides. */
export const isOfSide = ({ matter, actor }: Its): boolean => partiesOf(matter).some((holder) => isHeldBy(holder, actor.id))

/** Refuses a step that needs somebody in a seat while nobody is. */
export const somebodyIn =
  (...needed: readonly MediationSeat[]) =>
  ({ matter }: Pick<Its, 'matter'>): No | null => {
    const empty = needed.find((seat) => !holdersIn(matter, seat).length)
    return empty ? no('not_applicable', { seat: empty }) : null
  }

/** A seat with these people of the records added; those who sit there stay as they are. */
export function joinedBy(matter: Pick<Matter, 'seats'>, seat: MediationSeat, people: readonly string[]): readonly Holder[] {
  const held = holdersIn(matter, seat)
  const fresh = [...new Set(people)].filter((person) => !partiesOf(matter).some(({ id }) => id === person))
  return [...held, ...fresh.map((person) => ({ id: person, account: null, party: person }))]
}

/** Who is told of something they are to do next on: the earliest of what is still to be paid or done; undefined once all was. */
export const nextDue = ({ data }: Pick<Matter, 'data'>, done = its(data).paid ?? 0): string | undefined => its(data).instalments?.[done]?.on

/** The day of a step that may have been taken on paper before it is written down here. */
export const dayTaken = (on: string | undefined, at: Date): string => on ?? dayOf(at)

/** Nine in the morning, three days before something is due: time enough to bring the money. */
export const reminderOf = (due: string): Date => new Date(`${addDays(due, -3)}T09:00:00+08:00`)
