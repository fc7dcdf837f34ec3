import type { Seat } from '#kernel/seat.ts'

/** Everybody of both sides of the agreement: they ask the court together, and none is shown how another is reached. */
export const seats = {
  applicant: { title: { zh: '一方当事人', en: 'party of one side' }, side: 'asks', sees: 'own', max: 10 },
  respondent: { title: { zh: '另一方当事人', en: 'party of the other side' }, side: 'answers', sees: 'own', max: 20 },
} as const satisfies Record<string, Seat>

export type ConfirmationSeat = keyof typeof seats
