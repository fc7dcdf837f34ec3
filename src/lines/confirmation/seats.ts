import type { Seat } from '#kernel/seat.ts'

/** What a side says without an account: which court, that they ask it, and that they take it back. */
const byLink = ['chooseCourt', 'apply', 'attach', 'withdraw'] as const

/** Everybody of both sides of the agreement: they ask the court together, and none is shown how another is reached. */
export const seats = {
  applicant: { title: { zh: '一方当事人', en: 'party of one side' }, side: 'asks', sees: 'own', max: 10, byLink },
  respondent: { title: { zh: '另一方当事人', en: 'party of the other side' }, side: 'answers', sees: 'own', max: 20, byLink },
} as const satisfies Record<string, Seat>

export type ConfirmationSeat = keyof typeof seats
