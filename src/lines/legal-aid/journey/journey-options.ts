import type { Text } from '#kernel/line.ts'
import type { Claim, MatterCode, NoMeansTest, Topic } from '../matters.ts'

type Option = { label: Text; hint?: Text }
type Kind = Option & {
  code?: MatterCode
  claim?: Claim
  topic?: Topic
  noMeansTest?: NoMeansTest
  /** The other side may be family under the same roof, so the page asks (RULEBOOK §3.5). */
  withinFamily?: true
  /** A sum of money is at stake, so the page asks how much. */
  money?: true
}

/** Who the aid is for; the order is how often we expect it. */
export const beneficiaries = {
  self: { label: { zh: '我自己', en: 'Myself' } },
  child: { label: { zh: '我的孩子（不满 18 岁）', en: 'My child, under 18' } },
  relative: { label: { zh: '我的家人，比如父母、爱人', en: 'Someone in my family, such as a parent or spouse' } },
  custody: { label: { zh: '被拘留、逮捕或者服刑的亲人', en: 'A relative who is detained, arrested or in prison' } },
  proxy: { label: { zh: '别人，对方同意我代办', en: 'Someone else, who agrees that I act for them' } },
  youngSelf: { label: { zh: '我自己，我还不满 14 岁', en: 'Myself, and I am under 14' } },
} satisfies Record<string, Option>

/** What people come with, in their words, and the article it falls under. Wages first: it is what most people come for. */
export const kinds = {
  wages: {
    label: { zh: '干了活，不给工钱', en: 'I worked and was not paid' },
    code: 'M31-5',
    claim: 'pay',
    money: true,
  },
  workInjury: {
    label: { zh: '干活时受了伤，或者得了职业病', en: 'I was hurt at work, or my job made me ill' },
    code: 'M31-7',
    claim: 'workInjury',
    money: true,
  },
  violence: {
    label: { zh: '家里人打骂、虐待、控制我，或者不管我', en: 'Family members beat, abuse, control or abandon me' },
    hint: { zh: '不问收入。', en: 'We ask nothing about income.' },
    noMeansTest: 'N32-4',
  },
  support: {
    label: { zh: '不给赡养费、抚养费、扶养费', en: 'Support for a parent, child or spouse is not paid' },
    code: 'M31-4',
    withinFamily: true,
    money: true,
  },
  traffic: { label: { zh: '出了车祸', en: 'A road accident' }, code: 'M31-7', claim: 'traffic', money: true },
  marriage: {
    label: { zh: '离婚、孩子跟谁、分财产', en: 'Divorce, custody or family property' },
    code: 'M31-9',
    topic: 'marriageFamily',
    withinFamily: true,
  },
  employment: {
    label: { zh: '单位不承认我是他们的员工', en: 'My employer denies that I worked for them' },
    code: 'M31-5',
    claim: 'labourRelationship',
  },
  benefits: {
    label: { zh: '社保、低保、救助没办下来', en: 'Social insurance, allowance or assistance was denied' },
    code: 'M31-2',
    money: true,
  },
  more: { label: { zh: '都不是，看看别的', en: 'None of these: show me more' } },
} satisfies Record<string, Kind>

/** The rarer matters, one page further on. */
export const rarerKinds = {
  medical: { label: { zh: '看病出了医疗事故', en: 'Harm from medical care' }, code: 'M31-7', claim: 'medical', money: true },
  foodOrDrug: { label: { zh: '吃的、用的药出了问题', en: 'Harm from food or medicine' }, code: 'M31-7', claim: 'foodOrDrug', money: true },
  victim: { label: { zh: '我是刑事案件的被害人', en: 'I am the victim of a crime' }, code: 'M29-1' },
  accused: { label: { zh: '我被公安机关立案，还没有律师', en: 'I am accused of a crime and have no lawyer' }, code: 'M24' },
  pension: { label: { zh: '要抚恤金', en: 'A pension for the bereaved or disabled' }, code: 'M31-3', money: true },
  pollution: { label: { zh: '污染环境、破坏生态，害了我', en: 'Pollution or ecological damage harmed me' }, code: 'M31-8', money: true },
  stateCompensation: { label: { zh: '要求国家赔偿', en: 'Compensation from the state' }, code: 'M31-1', money: true },
  capacity: {
    label: { zh: '家人已经不能自己做主，要法院认定', en: 'A court must declare that a relative cannot manage their affairs' },
    code: 'M31-6',
    withinFamily: true,
  },
  brave: { label: { zh: '见义勇为，自己受了损失', en: 'I was harmed while helping others bravely' }, noMeansTest: 'N32-2', money: true },
  martyr: { label: { zh: '有人侮辱英雄烈士，我是近亲属', en: 'A martyr in my close family was defamed' }, noMeansTest: 'N32-1' },
  acquitted: {
    label: { zh: '再审改判无罪，要国家赔偿', en: 'Acquitted on retrial and claiming compensation' },
    noMeansTest: 'N32-3',
    money: true,
  },
  land: {
    label: { zh: '土地承包、征地、房子', en: 'Contracted land, expropriation, housing' },
    code: 'M31-9',
    topic: 'landContract',
    withinFamily: true,
  },
  consumer: { label: { zh: '买东西、办卡受了骗', en: 'I was cheated as a customer' }, code: 'M31-9', topic: 'consumer', money: true },
  debt: { label: { zh: '借钱、欠款', en: 'Debts' }, code: 'M31-9', topic: 'debt', withinFamily: true, money: true },
  other: { label: { zh: '别的事', en: 'Something else' }, code: 'M31-9', topic: 'other', withinFamily: true },
} satisfies Record<string, Kind>

/** Which day is close; the first four are what 法律援助法 art. 44 asks about. */
export const deadlines = {
  none: { label: { zh: '没有，或者不清楚', en: 'No, or I do not know' } },
  hearing: { label: { zh: '法院或者仲裁要开庭', en: 'A court or arbitration hearing' } },
  limitation: {
    label: { zh: '再不去告就过时效了', en: 'The time to sue is running out' },
    hint: {
      zh: '劳动争议一般是一年，欠薪从离职那天算起。',
      en: 'For labour disputes usually one year; for unpaid wages, from the day you left the job.',
    },
  },
  appeal: { label: { zh: '收到了判决、裁决，要上诉或者起诉', en: 'I received a judgment or award and want to appeal or sue' } },
  preservation: { label: { zh: '对方在转移财产，或者证据快没了', en: 'The other side is moving property away, or evidence may be lost' } },
} satisfies Record<string, Option>

/** Papers that show someone worked; any one is enough (法律援助法 art. 42(3)). */
export const workProofs = {
  wageSheet: { label: { zh: '工资条、欠条、转账记录', en: 'Wage slip, IOU or bank transfers' } },
  contract: { label: { zh: '劳动合同、用工协议', en: 'Labour contract or agreement' } },
  workCard: { label: { zh: '工牌、工作服、考勤记录', en: 'Work card, uniform or attendance record' } },
  coworkers: { label: { zh: '工友可以作证', en: 'A co-worker can testify' } },
  messages: { label: { zh: '微信、短信、照片、录音', en: 'Chat messages, photos or recordings' } },
  none: { label: { zh: '现在都没有', en: 'None of these for now' } },
} satisfies Record<string, Option>

type Exempting = Option & { exemption?: 'X42-1' | 'X42-2' }

/** Statuses that free a person from the check of means, with the item of 法律援助法 art. 42 in the key's place. */
export const statuses = {
  allowance: { label: { zh: '正在领低保、特困救助', en: 'On minimum living allowance or hardship assistance' }, exemption: 'X42-2' },
  preferential: {
    label: { zh: '优抚对象，或者得过司法救助', en: 'A preferential-treatment or judicial assistance recipient' },
    exemption: 'X42-2',
  },
  disabled: { label: { zh: '残疾人，没有固定收入', en: 'Disabled, without a fixed income' }, exemption: 'X42-1' },
  elderly: { label: { zh: '60 岁以上，没有固定收入', en: 'Aged 60 or more, without a fixed income' }, exemption: 'X42-1' },
  minor: { label: { zh: '不满 18 岁，没有固定收入', en: 'Under 18, without a fixed income' }, exemption: 'X42-1' },
  none: { label: { zh: '都不是', en: 'None of these' } },
} satisfies Record<string, Exempting>

const statusTable: Readonly<Record<string, Exempting>> = statuses

export const contactSafety = {
  both: { label: { zh: '可以打电话，也可以发短信', en: 'Calls and text messages are fine' } },
  callOnly: { label: { zh: '只打电话，别发短信', en: 'Call only, no text messages' } },
  smsOnly: { label: { zh: '只发短信，别打电话', en: 'Text only, no calls' } },
  none: {
    label: { zh: '都不要，我自己来看进展', en: 'Neither: I will come back to look' },
    hint: { zh: '有人会看您的手机，就选这个。', en: 'Choose this if someone looks at your phone.' },
  },
} satisfies Record<string, Option>

/** The options of a table as a field shows them. */
export const optionsOf = (table: Record<string, Option>): { value: string; label: Text; hint?: Text }[] =>
  Object.entries(table).map(([value, { label, hint }]) => (hint ? { value, label, hint } : { value, label }))

/** Whom an application may be for. */
export type Beneficiary = keyof typeof beneficiaries
export type KindKey = Exclude<keyof typeof kinds, 'more'> | keyof typeof rarerKinds

/** What a kind of matter means in law; its optional marks visible. */
export const kindOf = (key: KindKey): Kind => ({ ...kinds, ...rarerKinds })[key]

/** The item of 法律援助法 art. 42 by which a status frees its holder from the check; undefined for none, and for a status that is no longer asked for. */
export const exemptionOf = (status: keyof typeof statuses): Exempting['exemption'] => statusTable[status]?.exemption
