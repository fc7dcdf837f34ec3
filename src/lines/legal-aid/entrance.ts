import type { Entrance, Named } from '#kernel/journey/entrance.ts'
import type { Text } from '#kernel/line.ts'
import { filingFrom } from './filing.ts'
import { journeyOn } from './journey/journey.ts'
import { kinds } from './journey/journey-options.ts'
import { asksMeans, isInCustody, isWatched, kindKey, noMeansTest } from './journey/journey-path.ts'
import type { Said } from './journey/said.ts'
import { cite } from './statutes.ts'

/** How a person comes to legal aid: in their own words first, then one question a page. */
export const legalAidEntrance: Entrance = {
  line: 'legal-aid',
  title: { zh: '申请法律援助', en: 'Apply for legal aid' },
  what: {
    zh: '符合条件的，免费派律师帮您打官司、谈调解、写材料。',
    en: 'If you qualify, a lawyer goes to court, negotiates or drafts for you, free of charge.',
  },
  whoFor: {
    zh: '自己的事、家人的事，都可以来申请。讨工钱、工伤、赡养费、遭受家庭暴力，很多情况不看收入。',
    en: 'For yourself or your family. For unpaid wages, injuries at work, support and domestic violence, income often does not matter.',
  },
  cite: cite('法律援助法', 31),
  promise: { zh: '问，不要钱；符合条件的，律师也免费。', en: 'Asking costs nothing. If you qualify, a lawyer is free too.' },
  honesty: {
    zh: '请照实说。说错了可以改；故意说假话得来的援助，要退还费用。',
    en: 'Please tell the truth. Mistakes can be corrected; aid obtained by deliberate lies must be paid back.',
  },
  problems: Object.entries(kinds).flatMap(([kind, { label }]) => (kind === 'more' ? [] : [{ title: label, query: { kind } }])),
  told: ({ kind = '' }) => (Object.hasOwn(kinds, kind) ? { kind: { kind } } : {}),
  journey: journeyOn,
  ways: (said: Said) => (isInCustody(said) ? [send, byFacility] : [send]),
  people: (said: Said) => [recipientIn(said), ...opponentIn(said)],
  filing: (said: Said, { people, channel, today }) => filingFrom(said, { recipient: people.recipient ?? '', channel, today }),
  isPrivate: isWatched,
  route: (said: Said) => routes[noMeansTest(said) ? 'noMeansTest' : asksMeans(said) ? 'check' : 'exempt'],
}

const send = { action: 'submit', title: { zh: '直接交给法律援助机构', en: 'Send it to the legal aid agency' } }
const byFacility = {
  action: 'handOver',
  title: { zh: '由看守所、监狱转交', en: 'The place of custody passes it on' },
}

const routes = {
  noMeansTest: { zh: '不看收入', en: 'income does not matter' },
  exempt: { zh: '不用核查收入', en: 'income is not checked' },
  check: { zh: '要核对收入', en: 'income is checked' },
} satisfies Record<string, Text>

const recipientIn = (said: Said): Named => ({
  role: 'recipient',
  kind: 'natural',
  name: said.person?.name ?? '',
  idNumber: said.person?.idNumber,
  phone: said.contact?.phone,
  address: said.place?.living,
})

function opponentIn(said: Said): Named[] {
  const name = said.opponent?.name
  if (!name) return []
  const isCompany = kindKey(said) === 'wages' || /公司|厂|店|局|院|队|合作社|委员会/.test(name)
  return [{ role: 'opponent', kind: isCompany ? 'organisation' : 'natural', name }]
}
