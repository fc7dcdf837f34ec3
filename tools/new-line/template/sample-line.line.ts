import { line } from '#kernel/line.ts'
import { privacy } from '#parts/traits.ts'
import { sampleLineActions } from './actions.ts'
import { Data } from './data.ts'
import { desk } from './desk.ts'
import { documents } from './documents.ts'
import { limits } from './limits.ts'
import { seats } from './seats.ts'
import { states } from './states.ts'

/** What a person asks of the service, from the question to its answer. */
export const sampleLine = line({
  key: 'sample-line',
  edition: '2026-01-01',
  title: { zh: '样本服务', en: 'Sample service' },
  desk,
  data: Data,
  traits: privacy,
  initial: 'draft',
  seats,
  principal: 'applicant',
  openedBy: ['citizen'],
  states,
  documents,
  actions: sampleLineActions,
  limits,
})
