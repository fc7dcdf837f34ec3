import { citing, relyingOn } from '#kernel/cite.ts'
import { sharedStatutes } from '#registry/statutes.ts'

/** The statutes that the objection relies on. */
export const statutes = {
  ...relyingOn(sharedStatutes, '法律援助法'),
  行政复议法: { adopted: '2023-09-01', inForce: '2024-01-01', short: 'Administrative Reconsideration Law' },
  行政诉讼法: { adopted: '2017-06-27', inForce: '2017-07-01', short: 'Administrative Litigation Law' },
} as const

/** Cites one of them; a misspelt one does not compile. */
export const cite = citing(statutes)
