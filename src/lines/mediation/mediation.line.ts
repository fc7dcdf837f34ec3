import { line } from '#kernel/line.ts'
import { privacy } from '#parts/traits.ts'
import { mediationActions } from './actions.ts'
import { Data, its, kinds } from './data.ts'
import { desk } from './desk.ts'
import { documents } from './documents.ts'
import { limits } from './limits.ts'
import { seats } from './seats.ts'
import { states } from './states.ts'

/** People's mediation: on application, or offered by the committee; voluntary on every side, and free (人民调解法 arts. 3, 4, 17–33; RULEBOOK PM-01 … PM-17). */
export const mediation = line({
  key: 'mediation',
  edition: '2011-01-01',
  title: { zh: '人民调解', en: 'People’s mediation' },
  desk,
  data: Data,
  traits: { ...privacy, mayText: (data) => its(data).contact === 'sms' },
  initial: 'draft',
  takenIn: 'requested',
  receives: 'referredIn',
  seats,
  principal: 'applicant',
  openedBy: ['citizen', 'intake', 'director', 'system'],
  numbered: '调',
  opened: { zh: '开了一件调解。', en: 'A mediation was opened.' },
  subject: (data) => kinds[its(data).kind ?? 'other'],
  states,
  documents,
  actions: mediationActions,
  limits,
})
