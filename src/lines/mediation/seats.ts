import type { Seat } from '#kernel/seat.ts'

/** What either side says without an account: what they have to tell, before whom, whether and to what they agree, and that they stop. */
const byLink = [
  'consentToOffer',
  'decline',
  'tell',
  'wishForMediator',
  'rejectMediator',
  'complain',
  'openSession',
  'closeSession',
  'agreeToExtend',
  'agreeToGuest',
  'attach',
  'sign',
  'agreeOrally',
  'stop',
] as const

/** Who sits at the table: two sides that see their own, and up to three who mediate, one of whom presides. */
export const seats = {
  applicant: { title: { zh: '申请人', en: 'applicant' }, side: 'asks', sees: 'own', max: 10, byLink: [...byLink, 'withdraw'] },
  respondent: { title: { zh: '被申请人', en: 'respondent' }, side: 'answers', sees: 'own', max: 20, byLink: ['consent', ...byLink] },
  mediator: { title: { zh: '调解员', en: 'mediator' }, side: 'works', sees: 'all', max: 3 },
} as const satisfies Record<string, Seat>

export type MediationSeat = keyof typeof seats
