import type { End, Period, Unit } from '../calendar/calendar.ts'
import type { Cite } from '../cite.ts'
import type { Law } from '../setting.ts'
import type { Event, Matter } from '../matter.ts'
import type { Text } from '../text.ts'

type Input = Event['input']

/** An event as limits look at it: what happened, the matter after it, and the law of that day. */
export type Happening = { event: Event; matter: Matter; law: Law }

/** An end that was set rather than counted, read from what the starting event records. */
export type Fixed = { until(input: Input): string } | { at(input: Input): string }

/**
 * How long it is: as the statute says; or to the day an officer fixes, or the moment a court does; or computed, from a dated setting or
 * from what the starting event agreed. A computed length says in `unit` what it is counted in, so that `flaws` knows it beforehand.
 */
export type Length = { length: Period | Fixed; unit?: undefined } | { length(start: Happening): Period; unit: Unit }

/** A number of days that the law leaves open: the setting in force when the limit starts. */
export const daysSet = (key: string, unit: 'calendarDay' | 'workingDay' = 'calendarDay') => ({
  unit,
  length: ({ law }: Pick<Happening, 'law'>): Period => ({ count: Number(law.setting(key)), unit }),
})

/** Reads the day on which something took effect from what its event records; undefined for the day of the event. */
export type DayRead = (input: Input) => string | undefined

/** For each action that does it, what is read from its event. */
type ByAction<A extends string, Read> = { readonly [K in A]?: Read }

/** Whether a last day that is a day off moves to the next working day, by which article; it may be a setting. */
export type Rolls = { when: boolean | ((law: Law) => boolean); cite: Cite }

/** Whom a limit binds, or gives a right, that is of all at the table together. */
export const everybody = 'everybody'

export type Limit<S extends string, A extends string, K extends string = string> = Length & {
  title: Text
  /** A duty can be late; a right merely lapses, and may run on in a final state; an appointment comes, and nobody is late on it. */
  kind: 'duty' | 'right' | 'appointment'
  /** Who is bound by the duty or holds the right: a seat, the desk that handles the matter, or everybody at the table together. */
  of: K | 'desk' | typeof everybody
  startedBy: readonly (A | 'open')[]
  /** Only when this holds of the starting event: notices in cases without arrest start no custody clock. */
  startsIf?(event: Event): boolean
  /** The day counted from, when it is not the day of the event: the day a judgment was received. */
  from?: DayRead
  /**
   * Every party has a run of their own: the ids of those whom an event names. A starting event starts a run for each of them; a later one
   * concerns the runs of those it names, or every run where it names nobody.
   */
  per?(input: Input): readonly string[]
  stoppedBy: readonly A[]
  /** Time spent in these states is not counted. */
  pausedIn?: readonly S[]
  /** Time from the one event to the other is not counted: each with the day from which it holds. */
  pausedBy?: ByAction<A, DayRead>
  resumedBy?: ByAction<A, DayRead>
  /** Events that lengthen it, by a period counted on from its last day, or to a new end that replaces every earlier one. */
  extendedBy?: ByAction<A, (input: Input) => Period | End>
  /** Absent: a last day that is a day off moves (民法典 art. 203), unless the period says otherwise. */
  rolls?: Rolls
  /** The action the system takes when the limit passes. A breach is an event like any other: it records the limit, and the party whose run it was. */
  onBreach?: A
  cite: Cite
  /** The number was recalled, not read: shown to officers beside the date. */
  uncertain?: string
  /** What its person is told instead, where no notice names the day. */
  told?: Text
}
