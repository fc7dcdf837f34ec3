import type { Consumer } from '#engine/consume.ts'
import { dayCounts } from '#indicators/day-counts.ts'

/** Everybody who makes something of what is written, in its one order. */
export const consumers: readonly Consumer[] = [dayCounts('action'), dayCounts('state')]
