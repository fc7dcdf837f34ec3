import type { Desk } from '#kernel/desk.ts'
import { numberedAfter } from '#parts/numbering.ts'

/** Who handles it: the kinds of office, whose work it is there, and how their files are numbered. */
export const desk: Desk = {
  kinds: ['legalAidAgency'],
  title: { zh: '法律援助机构', en: 'legal aid agency' },
  duties: ['intake', 'reviewer', 'director'],
  overseer: { zh: '司法局', en: 'justice bureau' },
  role: { zh: '办理机构', en: 'Agency' },
  numbers: numberedAfter('legalAidAgency', '法援'),
}
