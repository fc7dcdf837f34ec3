import type { Entrance, Named } from '#kernel/journey/entrance.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import { kinds } from './data.ts'
import { consultationJourney, type Said } from './journey.ts'
import { cite } from './statutes.ts'

/** How a person comes to legal consultation. */
export const consultationEntrance: Entrance = {
  line: 'consultation',
  title: { zh: '只想问一问', en: 'Just ask a question' },
  what: {
    zh: '把事情说一说，律师或者工作人员答复您。不收钱，不用证件，不留姓名也行。',
    en: 'Say what happened; a lawyer or officer answers. Free, without papers, and without a name if you like.',
  },
  whoFor: { zh: '谁都可以问。', en: 'For anyone.' },
  cite: cite('法律援助法', 23),
  told: ({ kind = '' }) => (Object.hasOwn(kinds, kind) ? { kind: { kind } } : {}),
  journey: () => consultationJourney,
  people: (said: Said) => askerIn(said),
  filing: (said: Said, { channel }) => ({
    kind: said.kind?.kind,
    channel,
    asker: 'citizen',
    identity: said.person?.naming ?? 'declined',
    isPrivate: isInDanger(said),
    isUrgent: isInDanger(said),
    contact: ['both', 'smsOnly'].includes(said.contact?.safe ?? '') ? 'sms' : 'page',
  }),
  isPrivate: isInDanger,
}

/** Whoever left a name or a telephone is kept as a person; nobody else is. */
function askerIn({ person, contact }: Said): Named[] {
  const [name, phone] = [person?.naming === 'named' ? person.name : undefined, contact?.phone]
  return name || phone ? [{ role: 'recipient', kind: 'natural', name: name ?? '', phone }] : []
}

/** Somebody who may be hurt, and may be watched: so by what they choose, and already by what they tell. */
function isInDanger({ kind, story }: Said): boolean {
  return kind?.kind === 'violence' || tellsViolence(story?.story ?? '')
}
