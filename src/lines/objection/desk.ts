import type { Desk } from '#kernel/desk.ts'
import { numberedAfter } from '#parts/numbering.ts'

/** The justice bureau that set up the legal aid agency of a county, to which one objects (法律援助法 art. 49). */
export const desk: Desk = {
  kinds: ['justiceBureau'],
  parent: 'above',
  over: 'legalAidAgency',
  title: { zh: '司法局', en: 'justice bureau' },
  duties: ['supervisor'],
  overseer: { zh: '司法局', en: 'justice bureau' },
  role: { zh: '审查机关', en: 'Deciding authority' },
  numbers: numberedAfter('legalAidAgency', '法援'),
}
