import type { Desk } from '#kernel/desk.ts'
import { numberedAfter } from '#parts/numbering.ts'

/** The committee that mediated, which gets the papers ready and writes down what the court did. */
export const desk: Desk = {
  kinds: ['mediationCommittee'],
  parent: 'same',
  title: { zh: '人民调解委员会', en: 'mediation committee' },
  duties: ['intake', 'director'],
  overseer: { zh: '司法局', en: 'justice bureau' },
  role: { zh: '调解组织', en: 'Mediation committee' },
  numbers: numberedAfter('mediationCommittee', '人民'),
}
