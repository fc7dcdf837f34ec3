import type { Line } from './line.ts'
import type { Matter } from './matter.ts'

/** Whether what was decided in a matter can be contested where it stands now, by the line's own remedy. */
export const isContestable = ({ remedy }: Line, matter: Pick<Matter, 'state' | 'data'>): boolean =>
  remedy !== undefined && (remedy.from.includes(matter.state) || remedy.alsoOf?.(matter) === true)
