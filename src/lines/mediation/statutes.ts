import { citing, relyingOn } from '#kernel/cite.ts'
import { sharedStatutes } from '#registry/statutes.ts'

/** The statutes that people's mediation relies on. */
export const statutes = {
  ...relyingOn(sharedStatutes, '个人信息保护法', '民法典'),
  人民调解法: { adopted: '2010-08-28', inForce: '2011-01-01', short: 'People’s Mediation Law' },
  人民调解工作若干规定: { adopted: '2002-09-26', inForce: '2002-11-01', short: 'Provisions on People’s Mediation (MOJ Order 75)' },
  劳动争议调解仲裁法: { adopted: '2007-12-29', inForce: '2008-05-01', short: 'Labour Dispute Mediation and Arbitration Law' },
} as const

/** Cites one of them; a misspelt one does not compile. */
export const cite = citing(statutes)
