import type { Desk } from '#kernel/desk.ts'
import { numberedAfter } from '#parts/numbering.ts'

/** The legal aid agency of the county, which answers at the counter, by telephone and online (法律援助法 art. 23), or its public legal service centre. No consultation draws a number: there are a million of them. */
export const desk: Desk = {
  kinds: ['legalAidAgency', 'serviceCentre'],
  title: { zh: '法律咨询窗口', en: 'legal advice desk' },
  duties: ['intake', 'reviewer', 'director'],
  overseer: { zh: '司法局', en: 'justice bureau' },
  role: { zh: '解答单位', en: 'Advice desk' },
  numbers: numberedAfter('legalAidAgency', '咨询'),
}
