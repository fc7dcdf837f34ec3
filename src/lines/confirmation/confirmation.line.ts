import { line } from '#kernel/line.ts'
import { privacy } from '#parts/traits.ts'
import { confirmationActions } from './actions.ts'
import { Data } from './data.ts'
import { desk } from './desk.ts'
import { documents } from './documents.ts'
import { limits } from './limits.ts'
import { questions } from './questions.ts'
import { seats } from './seats.ts'
import { states } from './states.ts'

/** Everybody who made a mediation agreement asks a court together to confirm it (人民调解法 art. 33, 民事诉讼法 arts. 205–206; RULEBOOK JC-01 … JC-10). */
export const confirmation = line({
  key: 'confirmation',
  edition: '2024-01-01',
  title: { zh: '司法确认', en: 'Judicial confirmation' },
  desk,
  data: Data,
  traits: privacy,
  initial: 'preparing',
  seats,
  principal: 'applicant',
  openedBy: ['system', 'intake', 'director'],
  numbered: '确',
  asked: questions,
  files: true,
  opened: { zh: '开了一件司法确认，各方一起申请才算数。', en: 'A confirmation was opened; it counts once everybody applies.' },
  onOpen: ['tellAgency'],
  states,
  documents,
  actions: confirmationActions,
  limits,
})
