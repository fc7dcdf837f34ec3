import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { cite } from './statutes.ts'
import { has, keysIn } from '#kernel/keyed.ts'

/** Subjects a province may add to its lists under 法律援助法第三十一条第九项, 第三十二条第五项 and 第四十二条第四项. */
export const topics = {
  marriageFamily: { zh: '婚姻家庭', en: 'Marriage and family' },
  education: { zh: '上学受教育', en: 'Schooling' },
  medical: { zh: '看病就医', en: 'Medical care' },
  labourProtection: { zh: '妇女儿童劳动保护', en: 'Protection of women and children at work' },
  housing: { zh: '住房', en: 'Housing' },
  landContract: { zh: '土地承包', en: 'Contracted land' },
  inheritance: { zh: '继承', en: 'Inheritance' },
  consumer: { zh: '买东西、消费', en: 'Consumer purchases' },
  debt: { zh: '借钱、欠款', en: 'Debts' },
  formerPoorHousehold: { zh: '原建档立卡户', en: 'Formerly registered poor household' },
  disaster: { zh: '受灾', en: 'Struck by a disaster' },
  other: { zh: '其他', en: 'Something else' },
} satisfies Record<string, Text>

export type Topic = keyof typeof topics
export const topicCodes = keysIn(topics)

type Listed = { title: Text; article: Cite; topics?: TopicSetting }
type TopicSetting = 'matters.provincial' | 'noMeansTest.provincial' | 'exemption.provincial'
type MatterRow = Listed & {
  /** A retrial can be of either. */
  track: 'criminal' | 'other' | 'either'
  /** Close relatives may apply in their own name. */
  relativesMayFile?: true
  /** Only after a court has ordered a retrial or a procuratorate has protested. */
  needsRetrial?: true
}

const item = (n: number, zh: string, en: string): MatterRow => ({
  title: { zh, en },
  article: cite('法律援助法', 31, undefined, n),
  track: 'other',
})

/** What aid can be asked for: tables M1 (法律援助法第三十一条) and M2 (第二十四、二十九、三十三条). Hardship is a condition unless the journey meets N32. */
export const matters = {
  'M31-1': item(1, '要求国家赔偿', 'Compensation from the state'),
  'M31-2': item(2, '要社会保险待遇或者社会救助', 'Social insurance benefits or social assistance'),
  'M31-3': item(3, '要抚恤金', 'A pension for the bereaved or disabled'),
  'M31-4': item(4, '要赡养费、抚养费或者扶养费', 'Support from children, parents, a spouse or siblings'),
  'M31-5': item(5, '要工资，或者要求确认劳动关系', 'Unpaid wages, or proof that you were employed'),
  'M31-6': item(6, '请法院认定某人无法自己处理事务', 'Having a person declared unable to manage their own affairs'),
  'M31-7': item(7, '工伤、交通、食品药品或者医疗事故受伤索赔', 'Injury at work, on the road, from food or drugs, or in medical care'),
  'M31-8': item(8, '污染环境、破坏生态造成的损害', 'Harm from pollution or ecological damage'),
  'M31-9': { ...item(9, '别的事情', 'Something else'), topics: 'matters.provincial' },
  M24: {
    title: { zh: '被追究刑事责任，还没有辩护人', en: 'Accused of a crime and without a defender' },
    article: cite('法律援助法', 24),
    track: 'criminal',
    relativesMayFile: true,
  },
  'M29-1': {
    title: { zh: '刑事案件的被害人', en: 'Victim in a public prosecution' },
    article: cite('法律援助法', 29),
    track: 'criminal',
    relativesMayFile: true,
  },
  'M29-2': { title: { zh: '刑事自诉', en: 'Private prosecution' }, article: cite('法律援助法', 29), track: 'criminal' },
  'M29-3': {
    title: { zh: '刑事案件里附带要求赔偿', en: 'Civil claim inside a criminal case' },
    article: cite('法律援助法', 29),
    track: 'criminal',
  },
  M33: {
    title: { zh: '法院决定再审或者检察院抗诉的案件', en: 'A case to be retried or protested' },
    article: cite('法律援助法', 33),
    track: 'either',
    relativesMayFile: true,
    needsRetrial: true,
  },
} satisfies Record<string, MatterRow>

export type MatterCode = keyof typeof matters
export const matterCodes = keysIn(matters)

/** The row of a matter, seen with its optional marks. */
export const matterOf = (code: MatterCode): MatterRow => matters[code]

/** Whether a matter filed under this code, of whichever table, belongs to a criminal case: its file is numbered among those. */
export const isCriminal = (code: string): boolean => has(matters, code) && matterOf(code).track === 'criminal'

/** The kind of pay or injury behind M31-5 and M31-7: 法律援助法第四十二条第三项 covers only pay and injury at work. */
export const claims = {
  pay: { title: { zh: '要工资报酬', en: 'Wages' }, of: 'M31-5' },
  labourRelationship: { title: { zh: '确认劳动关系', en: 'Proof of employment' }, of: 'M31-5' },
  workInjury: { title: { zh: '工伤', en: 'Injury at work' }, of: 'M31-7' },
  traffic: { title: { zh: '交通事故', en: 'Road accident' }, of: 'M31-7' },
  foodOrDrug: { title: { zh: '食品药品', en: 'Food or drugs' }, of: 'M31-7' },
  medical: { title: { zh: '医疗事故', en: 'Medical accident' }, of: 'M31-7' },
} satisfies Record<string, { title: Text; of: MatterCode }>

export type Claim = keyof typeof claims
export const claimCodes = keysIn(claims)

/** Table M3: whose means are not looked at (法律援助法第三十二条). The list opens the scope by itself. */
export const noMeansTests = {
  'N32-1': {
    title: {
      zh: '英雄烈士的近亲属，维护英烈的名誉、姓名、肖像、荣誉',
      en: 'Close relative of a hero or martyr defending their name and honour',
    },
    article: cite('法律援助法', 32, undefined, 1),
  },
  'N32-2': {
    title: { zh: '见义勇为以后，主张自己的权益', en: 'Claim arising from a brave act for others' },
    article: cite('法律援助法', 32, undefined, 2),
  },
  'N32-3': {
    title: { zh: '再审改判无罪，请求国家赔偿', en: 'Acquitted on retrial and claiming compensation' },
    article: cite('法律援助法', 32, undefined, 3),
  },
  'N32-4': {
    title: { zh: '受到虐待、遗弃或者家庭暴力', en: 'Abused, abandoned or hurt by family violence' },
    article: cite('法律援助法', 32, undefined, 4),
  },
  'N32-5': {
    title: { zh: '本省规定不看收入的其他情形', en: 'Another situation your province exempts' },
    article: cite('法律援助法', 32, undefined, 5),
    topics: 'noMeansTest.provincial',
  },
} satisfies Record<string, Listed>

export type NoMeansTest = keyof typeof noMeansTests
export const noMeansTestCodes = keysIn(noMeansTests)

/** Whose hardship is presumed on proof of status, so nothing about income is checked (法律援助法第四十二条). */
export const exemptions = {
  'X42-1': {
    title: { zh: '没有固定生活来源的未成年人、老年人、残疾人等', en: 'Minor, elderly or disabled, without a fixed source of living' },
    proof: {
      zh: '身份证明；残疾人证，或者说明没有固定收入的材料',
      en: 'Identity document; disability card or a statement of no fixed income',
    },
    article: cite('法律援助法', 42, undefined, 1),
  },
  'X42-2': {
    title: {
      zh: '领取低保、特困等社会救助，司法救助，或者是优抚对象',
      en: 'On social or judicial assistance, or a preferential-treatment recipient',
    },
    proof: {
      zh: '低保证、特困证、司法救助决定或者优抚证',
      en: 'Allowance card, hardship card, judicial assistance decision or preferential card',
    },
    article: cite('法律援助法', 42, undefined, 2),
  },
  'X42-3': {
    title: { zh: '进城务工，要工资或者要工伤赔偿', en: 'Migrant worker claiming wages or compensation for injury at work' },
    proof: {
      zh: '劳动合同、工资单、工牌或者工友证明，任一项即可',
      en: 'Any one of: contract, wage sheet, work card, statement of a co-worker',
    },
    article: cite('法律援助法', 42, undefined, 3),
  },
  'X42-4': {
    title: { zh: '本省规定免予核查的其他人员', en: 'Another group your province exempts' },
    proof: { zh: '按本省规定的证明', en: 'The proof your province asks for' },
    article: cite('法律援助法', 42, undefined, 4),
    topics: 'exemption.provincial',
  },
} satisfies Record<string, Listed & { proof: Text }>

export type Exemption = keyof typeof exemptions
export const exemptionCodes = keysIn(exemptions)

type Termination = { title: Text; article: Cite; costMayBeClaimed: boolean; onlyWhereMeansTested?: true }
const ground = (n: number, zh: string, en: string): Termination => ({
  title: { zh, en },
  article: cite('法律援助法', 48, 1, n),
  costMayBeClaimed: false,
})

/** Grounds to end aid (法律援助法第四十八条); every one of them may be objected to (第四十九条). Cost is claimed only for deception (第六十四条), and by the justice authority, never by this code. */
export const terminations = {
  T1: { ...ground(1, '用欺骗等不正当手段得到援助', 'Aid obtained by deception or other improper means'), costMayBeClaimed: true },
  T2: ground(2, '故意隐瞒重要事实或者提供假证据', 'Important facts hidden on purpose, or false evidence'),
  T3: ground(3, '利用援助做违法的事', 'Aid used for illegal activities'),
  T4: { ...ground(4, '经济状况变好，不再符合条件', 'Means have improved beyond the standard'), onlyWhereMeansTested: true },
  T5: ground(5, '案件已终止审理或者被撤销', 'The case was ended or cancelled'),
  T6: ground(6, '自己另外请了律师或者代理人', 'The recipient retained a lawyer or agent'),
  T7: ground(7, '受援人有正当理由要求终止', 'The recipient asks, with good reason'),
  T8: ground(8, '法律法规规定的其他情形', 'Another ground in law or regulation'),
} satisfies Record<string, Termination>

export type TerminationCode = keyof typeof terminations
export const terminationCodes = keysIn(terminations)
