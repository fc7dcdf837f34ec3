import type { Seat } from '#kernel/seat.ts'

/** Whoever asks, named or not; whoever was asked to answer; and the lawyer who looks over a student's answer before it leaves. */
export const seats = {
  applicant: { title: { zh: '咨询人', en: 'person asking' }, side: 'asks', sees: 'all' },
  adviser: { title: { zh: '解答人', en: 'adviser' }, side: 'works', sees: 'all' },
  guide: { title: { zh: '指导律师', en: 'guiding lawyer' }, side: 'works', sees: 'all' },
} as const satisfies Record<string, Seat>

export type ConsultationSeat = keyof typeof seats
