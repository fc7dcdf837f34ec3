import type { Line } from './line.ts'
import type { Event } from './matter.ts'

/** Which event decided last; undefined while none did. */
export const lastDecided = ({ actions }: Pick<Line, 'actions'>, events: readonly Event[]): number | undefined =>
  events.findLast(({ action }) => actions[action]?.decides)?.seq
