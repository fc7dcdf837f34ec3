import { citing, relyingOn } from '#kernel/cite.ts'
import { sharedStatutes } from '#registry/statutes.ts'

/** The statutes that judicial confirmation relies on. */
export const statutes = {
  ...relyingOn(sharedStatutes, '民法典'),
  人民调解法: { adopted: '2010-08-28', inForce: '2011-01-01', short: 'People’s Mediation Law' },
  民事诉讼法: { adopted: '2023-09-01', inForce: '2024-01-01', short: 'Civil Procedure Law' },
  最高人民法院关于适用民事诉讼法的解释: { adopted: '2022-03-22', inForce: '2022-04-10', short: 'SPC Interpretation on Civil Procedure' },
  最高人民法院关于人民调解协议司法确认程序的若干规定: {
    adopted: '2011-03-21',
    inForce: '2011-03-30',
    short: 'SPC Provisions on Judicial Confirmation',
  },
} as const

/** Cites one of them; a misspelt one does not compile. */
export const cite = citing(statutes)
