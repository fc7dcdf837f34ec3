import type { Line } from '#kernel/line.ts'
import type { Clock, Matter } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'

/** What the row caches of a matter's state, seats and clocks, so that a work queue is one index scan. */
export type QueueColumns = { waitsFor: string; dueAt: Date | null; isOpen: boolean; isStaffed: boolean }

/** For whom a state waits, as the column holds it: seats and desk in the order declared, or `nobody`. */
export const waitingText = (waitsFor: readonly string[]): string => waitsFor.join('+') || 'nobody'

/** The queue columns of a matter as it stands. */
export function queueColumns(line: Line, matter: Matter, clocks: readonly Clock[]): QueueColumns {
  const state = line.states[matter.state]
  const dues = clocks.flatMap((clock) =>
    !clock.stoppedAt && clock.dueAt && line.limits[clock.limit]?.kind === 'duty' ? [clock.dueAt.getTime()] : [],
  )
  return {
    waitsFor: waitingText(state?.waitsFor ?? []),
    dueAt: dues.length ? new Date(Math.min(...dues)) : null,
    isOpen: !state?.final,
    isStaffed: Object.keys(line.seats).some((seat) => line.seats[seat]?.side === 'works' && holdersIn(matter, seat).length > 0),
  }
}
