import { z } from 'zod'
import type { Field } from '#kernel/journey/journey.ts'
import { keysIn, rowsIn } from '#kernel/keyed.ts'
import type { Text } from '#kernel/line.ts'

/** What people agree to have carried, in words of theirs: each stands for several facts. */
export const topics = {
  person: { zh: '姓名、身份证号', en: 'Name and identity number' },
  contact: { zh: '怎么联系本人', en: 'How they are reached' },
  home: { zh: '住址', en: 'Where they live' },
  story: { zh: '事情经过', en: 'What happened' },
  opponent: { zh: '本人说的对方是谁', en: 'Whom they named as the other side' },
  wish: { zh: '希望怎么解决', en: 'What they hope for' },
} satisfies Record<string, Text>

export type Topic = keyof typeof topics

/** A fact of the catalogue: what kind of field holds it, the choices where there are some, and with which topic it may be carried; without one it stays where it was told. */
type Row = { kind: Field['kind']; options?: readonly string[]; topic?: Topic }

/** Ways in which somebody may be reached. */
export const contactWays = ['both', 'callOnly', 'smsOnly', 'none'] as const

const table = {
  'person.name': { kind: 'text', topic: 'person' },
  'person.idNumber': { kind: 'idNumber', topic: 'person' },
  'person.home': { kind: 'address', topic: 'home' },
  'contact.safe': { kind: 'radio', options: contactWays, topic: 'contact' },
  'contact.phone': { kind: 'phone', topic: 'contact' },
  'contact.when': { kind: 'text', topic: 'contact' },
  'dispute.story': { kind: 'longText', topic: 'story' },
  'dispute.wish': { kind: 'longText', topic: 'wish' },
  'dispute.opponent': { kind: 'text', topic: 'opponent' },
  'opponent.phone': { kind: 'phone', topic: 'opponent' },
  'opponent.address': { kind: 'address', topic: 'opponent' },
} as const satisfies Record<string, Row>

export type Fact = keyof typeof table

/** The one catalogue of facts, by which a service knows what another was told. */
export const facts: Readonly<Record<Fact, Row>> = table

/** Which fact each field of a question holds; a misspelt one does not compile. */
export const holding = (fields: Readonly<Record<string, Fact>>): Readonly<Record<string, Fact>> => fields

/** Every fact of some topics. */
export const factsOf = (chosen: readonly string[]): Fact[] =>
  rowsIn<Fact, Row>(facts).flatMap(([fact, { topic }]) => (topic && chosen.includes(topic) ? [fact] : []))

/** The topics that some facts belong to, in the order of the catalogue. */
export const topicsOf = (of: readonly string[]): Topic[] =>
  keysIn(topics).filter((topic) => factsOf([topic]).some((fact) => of.includes(fact)))

/** Which topics may be chosen, as a form asks. */
export const topicChoice = <const T extends Topic>(title: Text, offered: readonly T[]) =>
  z
    .array(z.enum(offered as unknown as [T, ...T[]])) // a referral carries something
    .min(1)
    .meta({ title: title.zh, titleEn: title.en, options: Object.fromEntries(offered.map((topic) => [topic, topics[topic]])) })
