import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import type { AidCase, Candidate } from './aid-case.ts'
import { cite } from '../statutes.ts'

/** Why someone is a good one to send. */
export type Favour = { code: FavourCode; article: Cite | null; text: Text }
export type FavourCode = 'specialism' | 'experience' | 'minors' | 'turn' | 'load' | 'clear'

type Rule = Favour & {
  /** Whether it decides who stands first; the others only tell. */
  orders?: true
  applies(aidCase: AidCase, candidate: Candidate, free: readonly Candidate[]): boolean
}

/** Specialism, experience and workload are considered (办理法律援助案件程序规定 art. 25). The weightiest first. */
const rules: readonly Rule[] = [
  {
    code: 'specialism',
    article: cite('办理法律援助案件程序规定', 25),
    text: { zh: '擅长这类事。', en: 'Good at this kind of matter.' },
    orders: true,
    applies: ({ specialisms = [] }, candidate) => specialisms.some((one) => candidate.specialisms?.includes(one)),
  },
  {
    code: 'experience',
    article: cite('办理法律援助案件程序规定', 25),
    text: { zh: '有三年以上刑事辩护经历。', en: 'Three years of criminal defence or more.' },
    orders: true,
    applies: ({ form }, { criminalDefenceYears = 0 }) => form === 'criminalDefence' && criminalDefenceYears >= 3,
  },
  {
    code: 'minors',
    article: cite('未成年人保护法', 104, 2),
    text: { zh: '熟悉未成年人身心特点。', en: 'Familiar with minors.' },
    applies: ({ recipientIsMinor }, { isFamiliarWithMinors }) => recipientIsMinor === true && isFamiliarWithMinors === true,
  },
  {
    code: 'turn',
    article: cite('办理法律援助案件程序规定', 25),
    text: { zh: '可派的人里手上的事最少，该轮到了。', en: 'The fewest open matters of all who may be sent: their turn.' },
    applies: (_, { openCaseload }, free) => free.length > 1 && free.every((other) => openCaseload <= other.openCaseload),
  },
  {
    code: 'load',
    article: cite('办理法律援助案件程序规定', 25),
    text: { zh: '手上的事不比别人多。', en: 'Has no more open matters than most.' },
    applies: (_, { openCaseload }, free) =>
      free.some((other) => other.openCaseload < openCaseload) &&
      free.filter((other) => other.openCaseload >= openCaseload).length * 2 > free.length,
  },
  {
    code: 'clear',
    article: null,
    text: { zh: '可以提供这种援助，没有查到利益冲突。', en: 'May give this form of aid; no conflict was found.' },
    applies: (_, candidate, free) => free.includes(candidate),
  },
]

/** What speaks for a candidate, among those who may be sent. */
export const favoursOf = (aidCase: AidCase, candidate: Candidate, free: readonly Candidate[]): Favour[] =>
  rules.filter((rule) => rule.applies(aidCase, candidate, free)).map(({ code, article, text }) => ({ code, article, text }))

type Favoured = { favours: readonly Favour[] }

/** The order of two by the weightiest thing that speaks for one of them alone. */
export function byFavour(a: Favoured, b: Favoured): number {
  for (const { code } of rules.filter(({ orders }) => orders)) {
    const [forA, forB] = [a, b].map(({ favours }) => favours.some((favour) => favour.code === code))
    if (forA !== forB) return forA ? -1 : 1
  }
  return 0
}
