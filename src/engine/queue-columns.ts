import type { Line } from '#kernel/line.ts'
import type { Clock, Matter } from '#kernel/matter.ts'

/** What the row caches of a matter's state and clocks, so that a work queue is one index scan. */
export function queueColumns(
  line: Line,
  matter: Matter,
  clocks: readonly Clock[],
): { waitsFor: string; dueAt: Date | null; isOpen: boolean } {
  const state = line.states[matter.state]
  const dues = clocks.flatMap((clock) =>
    !clock.stoppedAt && clock.dueAt && line.limits[clock.limit]?.kind === 'duty' ? [clock.dueAt.getTime()] : [],
  )
  return { waitsFor: state?.waitsFor ?? 'nobody', dueAt: dues.length ? new Date(Math.min(...dues)) : null, isOpen: !state?.final }
}
