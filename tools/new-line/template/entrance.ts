import type { Entrance } from '#kernel/journey/entrance.ts'
import { sampleLineJourney, type Said } from './journey.ts'
import { cite } from './statutes.ts'

/** How a person comes to the service. */
export const sampleLineEntrance: Entrance = {
  line: 'sample-line',
  title: { zh: '样本服务', en: 'Sample service' },
  what: { zh: '把事情说一说，我们答复您。', en: 'Say what happened; we answer you.' },
  whoFor: { zh: '谁都可以来问。', en: 'For anyone.' },
  cite: cite('个人信息保护法', 17),
  journey: () => sampleLineJourney,
  people: ({ person }: Said) => [{ role: 'recipient', kind: 'natural', name: person?.name ?? '', idNumber: person?.idNumber }],
  filing: (_, { people, channel }) => ({ recipient: people.recipient, channel }),
}
