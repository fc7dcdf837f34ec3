import { line } from '#kernel/line.ts'
import { privacy } from '#parts/traits.ts'
import { consultationActions } from './actions.ts'
import { Data, its, kinds } from './data.ts'
import { desk } from './desk.ts'
import { documents } from './documents.ts'
import { limits } from './limits.ts'
import { seats } from './seats.ts'
import { states } from './states.ts'

/** Legal consultation, on any channel: no identity demanded, no means looked at, no number drawn (法律援助法 arts. 17, 22, 23; RULEBOOK §2.3). */
export const consultation = line({
  key: 'consultation',
  edition: '2022-01-01',
  title: { zh: '法律咨询', en: 'Legal advice' },
  desk,
  data: Data,
  traits: { ...privacy, mayText: (data) => its(data).contact === 'sms' },
  initial: 'draft',
  takenIn: 'asked',
  seats,
  principal: 'applicant',
  openedBy: ['citizen', 'intake', 'reviewer'],
  opened: { zh: '登记了一件咨询。', en: 'A question was written down.' },
  retention: 'advice',
  subject: (data) => kinds[its(data).kind ?? 'other'],
  states,
  documents,
  actions: consultationActions,
  limits,
})
