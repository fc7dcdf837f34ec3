import type { Desk } from '#kernel/desk.ts'
import { numberedAfter } from '#parts/numbering.ts'

/** The body that takes it in, of a kind that every test registers. */
export const desk: Desk = {
  kinds: ['legalAidAgency'],
  title: { zh: '调解组织', en: 'mediation body' },
  duties: ['intake'],
  overseer: { zh: '司法局', en: 'justice bureau' },
  role: { zh: '调解组织', en: 'Mediation body' },
  numbers: numberedAfter('legalAidAgency', '调'),
}
