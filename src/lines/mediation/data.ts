import { z } from 'zod'
import type { Text } from '#kernel/line.ts'
import { keysIn } from '#kernel/keyed.ts'
import { recorded } from '#kernel/recorded.ts'

/** What people quarrel over. */
export const kinds = {
  neighbour: { zh: '邻里', en: 'Between neighbours' },
  family: { zh: '婚姻家庭', en: 'In the family' },
  debt: { zh: '借钱、欠款', en: 'A debt' },
  labour: { zh: '工资、劳动', en: 'Wages or work' },
  land: { zh: '宅基地、土地', en: 'Homestead or land' },
  injury: { zh: '受伤、损坏东西', en: 'Injury or damage' },
  consumer: { zh: '买东西、租房子', en: 'A purchase or a tenancy' },
  other: { zh: '别的', en: 'Something else' },
} satisfies Record<string, Text>

/** What keeps somebody from speaking freely in front of the other side. */
export const gaps = {
  none: { zh: '没有', en: 'No' },
  violence: { zh: '打过、威胁过，或者让人害怕', en: 'Violence, threats or fear' },
  power: { zh: '力量差得多：单位对个人、管着吃住收入', en: 'Much weaker: a firm against one person, or dependence' },
} satisfies Record<string, Text>

/** Where people meet. */
export const places = {
  committee: { zh: '调解室', en: 'The committee’s room' },
  village: { zh: '村（居）调解室', en: 'The village room' },
  site: { zh: '现场', en: 'On the spot' },
  online: { zh: '网上', en: 'Online' },
} satisfies Record<string, Text>

/** Who may be asked to join, where everybody agrees (人民调解法 art. 20). */
export const guests = {
  relative: { zh: '亲属', en: 'A relative' },
  neighbour: { zh: '邻居、同事', en: 'A neighbour or colleague' },
  expert: { zh: '有专门知识的人', en: 'An expert' },
  community: { zh: '社会组织的人', en: 'Somebody of a community body' },
} satisfies Record<string, Text>

/** What a mediator must not do (人民调解法 art. 15). */
export const misdeeds = {
  partial: { zh: '偏袒一方', en: 'Taking sides' },
  insult: { zh: '侮辱当事人', en: 'Insulting a party' },
  benefit: { zh: '索取、收受财物或者其他好处', en: 'Asking for or taking money or favours' },
  disclosure: { zh: '泄露隐私、商业秘密', en: 'Disclosing privacy or business secrets' },
} satisfies Record<string, Text>

/** What filing settles. */
export const Filing = z.object({
  kind: z.enum(keysIn(kinds)),
  channel: z.enum(['web', 'hotline', 'window', 'villageRoom', 'custody']),
  isPrivate: z.boolean(),
  /** A firm or an authority faces one person. */
  isUneven: z.boolean().optional(),
  contact: z.enum(['sms', 'page']),
})

/** What a mediation may hold. The whole table reads it, so no word of one side stands in it. */
export const Data = Filing.extend({
  /** Drawn as it was filed. */
  number: z.string(),
  /** The committee offered it by its own move. */
  isOffered: z.boolean(),
  /** Somebody was heard apart since the committee has it. */
  isHeardApart: z.boolean(),
  /** All agreed that others may listen; closed where nothing is said (人民调解法 art. 23). */
  isOpenSession: z.boolean(),
  /** Nobody answered in time. */
  isUnanswered: z.boolean(),
  /** The account of the mediator who presides. */
  presiding: z.uuid(),
  /** To which day all are asked to go on. */
  proposedUntil: z.iso.date(),
  /** Whom all are asked to let join, and whom they let. */
  proposedGuest: z.enum(keysIn(guests)),
  guests: z.array(z.enum(keysIn(guests))),
  /** What is to be paid or done by when, the earliest first, and how many of them were. */
  instalments: z.array(z.object({ on: z.iso.date(), fen: z.int() })),
  paid: z.int(),
  agreement: z.object({ form: z.enum(['written', 'oral']), effectiveOn: z.iso.date() }),
  isConfirmationSought: z.boolean(),
})

export const { its, noting } = recorded(Data)
