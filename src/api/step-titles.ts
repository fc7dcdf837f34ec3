import type { Text } from '#kernel/line.ts'
import type { StepName } from '#lines/legal-aid/finding.ts'
import { exemptions, matters, noMeansTests } from '#lines/legal-aid/matters.ts'

/** The steps of the eligibility reading, as officers name them (RULEBOOK §3). */
export const stepTitles: Record<StepName, Text> = {
  route: { zh: '办理途径', en: 'Route' },
  person: { zh: '申请人', en: 'Person' },
  filing: { zh: '由谁提出', en: 'Who files' },
  matter: { zh: '事项范围', en: 'Matter' },
  noMeansTest: { zh: '是否不受经济条件限制', en: 'No means test' },
  exemption: { zh: '是否免予核查', en: 'Exempt from the check' },
  hardship: { zh: '经济困难', en: 'Hardship' },
  verification: { zh: '核查方式', en: 'Way of checking' },
  provincial: { zh: '本省其他条件', en: 'Provincial conditions' },
  urgent: { zh: '是否紧急', en: 'Urgency' },
  decide: { zh: '结论', en: 'Proposal' },
}

const plainWords: Readonly<Record<string, Text>> = {
  application: { zh: '申请办理', en: 'On application' },
  advice: { zh: '只要咨询', en: 'Advice only' },
  drafting: { zh: '只要代写文书', en: 'Drafting only' },
  notice: { zh: '机关通知', en: 'On notice' },
  dutyLawyer: { zh: '值班律师', en: 'Duty lawyer' },
  citizen: { zh: '中国公民', en: 'Citizen' },
  foreigner: { zh: '外国人', en: 'Foreigner' },
  stateless: { zh: '无国籍人', en: 'Stateless person' },
  organisation: { zh: '单位', en: 'Organisation' },
  self: { zh: '本人', en: 'In person' },
  statutoryRepresentative: { zh: '法定代理人', en: 'Statutory representative' },
  closeRelative: { zh: '近亲属', en: 'Close relative' },
  custodyForward: { zh: '监管场所转交', en: 'Forwarded from custody' },
  proxy: { zh: '委托代办', en: 'Proxy' },
  none: { zh: '没有', en: 'None' },
  undertaking: { zh: '本人承诺', en: 'Undertaking' },
  dataQuery: { zh: '联网核查', en: 'Data query' },
  grant: { zh: '给予', en: 'Grant' },
  refuse: { zh: '不予', en: 'Refuse' },
  refer: { zh: '转其他机构', en: 'Refer' },
  cannotDecide: { zh: '暂不能判断', en: 'Cannot tell' },
}

/** What a step looked at, in words: a row of the law's tables, or one of the facts' fixed values. */
export const seenWords: Readonly<Record<string, Text>> = {
  ...plainWords,
  ...Object.fromEntries(Object.entries({ ...matters, ...noMeansTests, ...exemptions }).map(([code, { title }]) => [code, title])),
}
