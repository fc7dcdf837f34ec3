import type { Line } from '#kernel/line.ts'

/** Who sits at the table: whoever asks. */
export const seats = {
  applicant: { title: { zh: '申请人', en: 'applicant' }, side: 'asks', sees: 'all' },
} as const satisfies Line['seats']

export type SampleLineSeat = keyof typeof seats
