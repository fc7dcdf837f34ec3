import { citing } from '#kernel/cite.ts'

/** The statute that the rehearsed service is modelled on. */
export const statutes = {
  人民调解法: { adopted: '2010-08-28', inForce: '2011-01-01', short: 'People’s Mediation Law' },
} as const

/** Cites it; a misspelt one does not compile. */
export const cite = citing(statutes)
