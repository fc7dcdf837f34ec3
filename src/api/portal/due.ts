import type { Line, Text } from '#kernel/line.ts'
import type { Clock } from '#kernel/matter.ts'
import { whoTitle } from '#kernel/face.ts'
import type { Due } from '#portal/track.tsx'

const you: Text = { zh: '您', en: 'You' }

/** A duty of ours that was not done in time. */
export const isLate = (line: Line, clock: Clock, now: Date): boolean =>
  !clock.stoppedAt &&
  clock.dueAt !== null &&
  clock.dueAt <= now &&
  line.limits[clock.limit]?.kind === 'duty' &&
  line.limits[clock.limit]?.of !== line.principal

/** The first to end stands first; of those that end together, the person's own. */
export const soonest =
  ({ limits, principal }: Line) =>
  (a: Clock, b: Clock): number =>
    Number(a.dueAt) - Number(b.dueAt) || Number(limits[b.limit]?.of === principal) - Number(limits[a.limit]?.of === principal)

/** What is unsettled is for officers to weigh; the person goes by the paper they were given of a limit of theirs, and is given none of others’. */
const asInNotice: Text = { zh: '以您收到的通知书为准。', en: 'The notice you were given decides.' }

/** A limit that is late or running, as its person is told of it. */
export function dueOf(line: Line, clock: Clock): Due {
  const limit = line.limits[clock.limit]! // clocks are made from the line's limits
  const caveat = limit.uncertain && (limit.told ?? (limit.of === line.principal ? asInNotice : undefined))
  return {
    title: limit.title,
    whose: limit.of === line.principal ? you : whoTitle(line, limit.of),
    dueAt: clock.dueAt!, // a late or running limit has its day
    cite: limit.cite,
    isProvisional: clock.provisional,
    ...(caveat && { caveat }),
  }
}
