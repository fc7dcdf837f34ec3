import type { Period } from './calendar.ts'
import type { Cite } from './cite.ts'
import type { Law, Text } from './line.ts'
import type { Event } from './matter.ts'

/** An end that was set rather than counted, read from what the starting event records: a day, YYYY-MM-DD, or a moment, RFC 3339. */
export type Fixed = { until(input: Record<string, unknown>): string } | { at(input: Record<string, unknown>): string }

export type Limit<S extends string, A extends string, K extends string = string> = {
  title: Text
  /** A duty can be late; a right merely lapses, and may run on in a final state; an appointment comes, and nobody is late on it. */
  kind: 'duty' | 'right' | 'appointment'
  /** Who is bound by the duty or holds the right: a seat, or the desk that handles the matter. */
  of: K | 'desk'
  /** The statutory length, possibly a dated setting; or the day itself, where an officer fixes it; or the moment, where a court does. */
  length: Period | ((law: Law) => Period) | Fixed
  startedBy: readonly (A | 'open')[]
  /** Only when this holds of the starting event: notices in cases without arrest start no custody clock. */
  startsIf?(event: Event): boolean
  /** The day counted from, when it is not the day of the event: the day a judgment was received. */
  from?(input: Record<string, unknown>): string | undefined
  stoppedBy: readonly A[]
  pausedIn?: readonly S[]
  /** The action the system takes when the limit passes. A breach is an event like any other. */
  onBreach?: A
  cite: Cite
  /** The number was recalled, not read: shown to officers beside the date. */
  uncertain?: string
  /** What its person is told instead, where no notice names the day. */
  told?: Text
}
