import type { Desk } from '#kernel/desk.ts'
import { numberedAfter } from '#parts/numbering.ts'

/** The legal aid agency of the county, which keeps what is asked about. */
export const desk: Desk = {
  kinds: ['legalAidAgency'],
  parent: 'same',
  title: { zh: '法律援助机构', en: 'legal aid agency' },
  duties: ['intake', 'reviewer', 'director'],
  overseer: { zh: '司法局', en: 'justice bureau' },
  role: { zh: '办理机构', en: 'Agency' },
  numbers: numberedAfter('legalAidAgency', '法援'),
}
