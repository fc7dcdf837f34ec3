import type { Desk } from '#kernel/desk.ts'
import { numberedAfter } from '#parts/numbering.ts'

/** The people's mediation committee nearest to the county. */
export const desk: Desk = {
  kinds: ['mediationCommittee'],
  title: { zh: '人民调解委员会', en: 'mediation committee' },
  duties: ['intake', 'director'],
  overseer: { zh: '司法局', en: 'justice bureau' },
  role: { zh: '调解组织', en: 'Mediation committee' },
  numbers: numberedAfter('mediationCommittee', '人民'),
}
