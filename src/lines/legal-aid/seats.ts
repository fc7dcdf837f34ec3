import type { Line } from '#kernel/line.ts'

/** Who sits at the table of an application: whoever asks and whoever acts for them, the organ that sends on an application from custody, and whoever is sent. */
export const seats = {
  applicant: { title: { zh: '申请人', en: 'applicant' }, side: 'asks', sees: 'all' },
  proxy: { title: { zh: '代办人', en: 'proxy' }, side: 'asks', sees: 'all' },
  organ: { title: { zh: '办案机关', en: 'handling organ' }, side: 'asks', sees: 'own' },
  assignee: { title: { zh: '承办人', en: 'provider' }, side: 'works', sees: 'all' },
} as const satisfies Line['seats']

export type LegalAidSeat = keyof typeof seats
