import { line } from '#kernel/line.ts'
import { rehearsalActions } from './actions.ts'
import { desk } from './desk.ts'
import { documents } from './documents.ts'
import { limits } from './limits.ts'
import { questions } from './questions.ts'
import { seats } from './seats.ts'
import { states } from './states.ts'

/** A made-up mediation: two sides, many holders of a seat, a joint signature, limits of a party, and a clerk who opens it for somebody else. */
export const rehearsal = line({
  key: 'rehearsal',
  edition: '2026-01-01',
  title: { zh: '演练：两方调解', en: 'Rehearsal: mediation between two sides' },
  desk,
  initial: 'received',
  seats,
  principal: 'applicant',
  openedBy: ['intake'],
  numbered: '演',
  asked: questions,
  opened: { zh: '调解组织收到了申请。', en: 'The mediation body received the request.' },
  files: true,
  states,
  documents,
  actions: rehearsalActions,
  limits,
})
