import { z } from 'zod'
import { keysIn } from '#kernel/keyed.ts'
import type { Text } from '#kernel/line.ts'
import { recorded } from '#kernel/recorded.ts'

/** What people ask about: the code of the topic, by which consultations are counted. */
export const kinds = {
  wages: { zh: '工资、工伤、社保', en: 'Wages, injury at work, social insurance' },
  family: { zh: '婚姻、家庭、继承', en: 'Marriage, family, inheritance' },
  support: { zh: '赡养费、抚养费', en: 'Support for parents or children' },
  violence: { zh: '有人打我、威胁我', en: 'Somebody beats or threatens me' },
  injury: { zh: '受伤、车祸赔偿', en: 'Injury or a road accident' },
  debt: { zh: '借钱、欠款、合同', en: 'A debt or a contract' },
  land: { zh: '房子、土地、拆迁', en: 'Housing, land, demolition' },
  consumer: { zh: '买东西上当了', en: 'A bad purchase' },
  crime: { zh: '家里人被抓了、刑事案件', en: 'An arrest, a criminal case' },
  government: { zh: '对政府的决定有意见', en: 'A decision of an authority' },
  other: { zh: '别的', en: 'Something else' },
} satisfies Record<string, Text>

/** How somebody came to ask, as an officer writes it down. */
export const deskChannels = {
  hotline: { zh: '12348 热线', en: '12348 hotline' },
  window: { zh: '服务窗口', en: 'Service window' },
  villageRoom: { zh: '村居工作室', en: 'Village room' },
  letter: { zh: '来信', en: 'Letter' },
  chat: { zh: '在线咨询', en: 'Live chat' },
} satisfies Record<string, Text>

/** The right to aid is a citizen's (法律援助法 art. 23): a firm is answered, and not told that it might apply. */
export const askers = {
  citizen: { zh: '个人', en: 'A person' },
  organisation: { zh: '单位', en: 'A firm or body' },
} satisfies Record<string, Text>

/** Nobody has to say who they are to be answered. */
export const identities = {
  named: { zh: '留了姓名', en: 'Name given' },
  declined: { zh: '没有留姓名', en: 'Identity declined' },
} satisfies Record<string, Text>

/** Ways in which somebody may be answered; what is ruled out is never used. */
export const safeWays = {
  none: { zh: '我自己凭编号来看', en: 'I will come back to look, by my code' },
  smsOnly: { zh: '发短信告诉我，我再来看', en: 'Text me that there is an answer' },
  callOnly: { zh: '打电话告诉我', en: 'Call me' },
  both: { zh: '打电话、发短信都行', en: 'Call or text' },
} satisfies Record<string, Text>

/** How an agreed talk takes place. */
export const meetings = {
  call: { zh: '我们打电话过去', en: 'We call' },
  window: { zh: '到窗口来谈', en: 'At the counter' },
  visit: { zh: '我们上门', en: 'We come to the person' },
  online: { zh: '网上谈', en: 'Online' },
} satisfies Record<string, Text>

/** Where somebody is sent who is better helped elsewhere. */
export const bodies = {
  mediation: { zh: '人民调解', en: 'People’s mediation' },
  arbitration: { zh: '仲裁', en: 'Arbitration' },
  notary: { zh: '公证', en: 'A notary' },
  court: { zh: '人民法院', en: 'The court' },
  police: { zh: '公安机关', en: 'The police' },
  authority: { zh: '其他有关机关', en: 'Another authority' },
  elsewhere: { zh: '外地的法律服务机构', en: 'A legal service elsewhere' },
} satisfies Record<string, Text>

/** How content somebody was. */
export const ratings = {
  veryContent: { zh: '很满意', en: 'Very content' },
  content: { zh: '满意', en: 'Content' },
  soSo: { zh: '一般', en: 'So-so' },
  notContent: { zh: '不满意', en: 'Not content' },
  notAtAll: { zh: '很不满意', en: 'Not at all' },
} satisfies Record<string, Text>

/** The same as a number, five the best. */
export const stars: Record<keyof typeof ratings, number> = { veryContent: 5, content: 4, soSo: 3, notContent: 2, notAtAll: 1 }

/** Kinds of practitioner who advise under guidance and represent nobody (法律援助法 art. 17). */
const guided: ReadonlySet<string> = new Set(['volunteer', 'studentVolunteer'])

/** Whether what somebody of this kind answers is looked over before it leaves. */
export const isGuided = (kind: string | undefined): boolean => kind !== undefined && guided.has(kind)

/** By what a limit is chosen. */
export const Urgency = z.object({
  channel: z.enum(['web', 'custody', ...keysIn(deskChannels)]),
  isUrgent: z.boolean(),
  /** Till when somebody in a live chat is to have a reply. */
  replyBy: z.iso.datetime({ offset: true }).optional(),
})

/** What asking settles. */
export const Filing = Urgency.extend({
  kind: z.enum(keysIn(kinds)),
  asker: z.enum(keysIn(askers)),
  identity: z.enum(keysIn(identities)).meta({ title: '留不留姓名', titleEn: 'Name', options: identities }),
  isPrivate: z.boolean(),
  contact: z.enum(['sms', 'page']),
})

/** Somebody of the register; a licence is a public number. */
export const Registered = z.object({ practitioner: z.uuid(), kind: z.string().max(40), licence: z.string().max(40).optional() })

/** What a consultation may hold. */
export const Data = Filing.extend({
  /** Who was asked to answer, and who looks over what a student answers. */
  adviser: Registered,
  guide: Registered,
  /** How often somebody tried to reach the person. */
  tries: z.int(),
  /** The moment that was agreed. */
  meetingAt: z.string(),
  /** Who answered, as whom, and whether the right to aid was pointed out. */
  answered: z.object({ by: z.string(), licence: z.string().optional(), pointedOutAid: z.boolean(), mayQualify: z.boolean() }),
  hasAskedAgain: z.boolean(),
  rating: z.int(),
  referredTo: z.enum(keysIn(bodies)),
})

export const { its, noting } = recorded(Data)
