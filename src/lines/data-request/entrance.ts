import type { Entrance } from '#kernel/journey/entrance.ts'
import { dataRequestJourney, wanted, wrongFact, type Said } from './journey.ts'
import { wants } from './wants.ts'
import { cite } from './statutes.ts'

/** How a person asks to see, copy, correct, delete or have explained what is held of them in one of their matters. */
export const dataRequestEntrance: Entrance = {
  line: 'data-request',
  title: { zh: '查、改、删我的信息', en: 'See, correct or delete my information' },
  what: {
    zh: '看看存了您的什么，改掉写错的，删掉不该留的，或者请我们说明怎么用的。',
    en: 'See what is held about you, correct what is wrong, have it deleted, or have its use explained.',
  },
  whoFor: {
    zh: '在这里办过事，或者写过草稿的人，本人来提。',
    en: 'For anyone who has a matter or a draft here, in person.',
  },
  cite: cite('个人信息保护法', 44),
  isAboutMatter: true,
  journey: dataRequestJourney,
  told: ({ wants: what = '', fact, seenOn }) => ({
    ...(Object.hasOwn(wants, what) && { wants: { what } }),
    ...(fact && { fact: { fact } }),
    ...(seenOn &&
      /^\d{4}-\d{2}-\d{2}$/.test(seenOn) && { explanation: { words: `${seenOn} 有人看过我的信息，我觉得不对，请说明为什么。` } }),
  }),
  people: ({ person }: Said) => [{ role: 'recipient', kind: 'natural', name: person?.name ?? '', idNumber: person?.idNumber }],
  filing: (said: Said, { people, channel }) => ({
    wants: wanted(said),
    recipient: people.recipient,
    channel,
    ...(wanted(said) === 'correct' && { fact: wrongFact(said) }),
  }),
}
