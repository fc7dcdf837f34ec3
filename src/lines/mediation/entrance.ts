import type { Entrance } from '#kernel/journey/entrance.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import { kinds } from './data.ts'
import { soundsMediable } from './dispute-words.ts'
import { kindByName } from './firms.ts'
import { mediationJourney, type Said } from './journey.ts'
import { cite } from './statutes.ts'

/** How a person comes to people's mediation. */
export const mediationEntrance: Entrance = {
  line: 'mediation',
  title: { zh: '申请人民调解', en: 'Ask for mediation' },
  what: {
    zh: '请调解员出面，和对方好好谈，谈成了写协议。不收钱，谈不谈都自愿。',
    en: 'A mediator talks with both sides and writes down what they agree. Free, and voluntary on every side.',
  },
  whoFor: {
    zh: '邻里、家里、借钱、工资、宅基地、受伤赔偿，这些事都可以来。',
    en: 'For disputes between neighbours, in the family, over debts, wages, land or injury.',
  },
  cite: cite('人民调解法', 17),
  // What legal aid does not list already.
  problems: [
    { title: { zh: '和邻居闹矛盾', en: 'Trouble with a neighbour' }, query: { kind: 'neighbour' } },
    { title: { zh: '宅基地、地界有争议', en: 'A homestead or boundary in dispute' }, query: { kind: 'land' } },
  ],
  draws: soundsMediable,
  told: ({ kind = '' }) => (Object.hasOwn(kinds, kind) ? { kind: { kind } } : {}),
  journey: mediationJourney,
  people: ({ person, contact, home, opponent }: Said) => [
    {
      role: 'recipient',
      kind: 'natural',
      name: person?.name ?? '',
      idNumber: person?.idNumber,
      phone: contact?.phone,
      address: home?.address,
    },
    {
      role: 'opponent',
      kind: kindByName(opponent?.name ?? ''),
      name: opponent?.name ?? '',
      phone: opponent?.phone,
      address: opponent?.address,
    },
  ],
  filing: (said: Said, { channel }) => ({
    kind: said.kind?.kind,
    channel,
    isPrivate: isApart(said),
    // Only persons come to this entrance.
    isUneven: kindByName(said.opponent?.name ?? '') === 'organisation',
    contact: ['both', 'smsOnly'].includes(said.contact?.safe ?? '') ? 'sms' : 'page',
  }),
  isPrivate: isApart,
}

/** Somebody who cannot speak freely before the other side, as they say it themselves or as they tell what happened: from there on they are kept apart. */
function isApart({ gap, story }: Said): boolean {
  return (gap !== undefined && gap.gap !== 'none') || tellsViolence(story?.story ?? '')
}
