import type { Text } from '#kernel/line.ts'
import type { StepName } from '../means/finding.ts'
import { exemptions, matters, noMeansTests, topics } from '../matters.ts'
import type { SeenCode, Step } from '../means/trace.ts'
import { formatYuan, pick, say, type Language } from '#platform/messages/messages.ts'
import { byKey, keysIn } from '#kernel/keyed.ts'

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

type Titled = typeof matters & typeof noMeansTests & typeof exemptions
const titlesOf = <K extends string>(rows: Readonly<Record<K, { title: Text }>>): Record<K, Text> =>
  byKey(keysIn(rows), (code) => rows[code].title)

/** What a step looked at, in words: a row of the law's tables, a subject of the province's lists, or one of the facts' fixed values. */
export const seenWords: Record<SeenCode, Text> = {
  ...topics,
  ...titlesOf<keyof Titled>({ ...matters, ...noMeansTests, ...exemptions }),
  application: { zh: '申请办理', en: 'On application' },
  elsewhere: { zh: '由另一家机构管辖', en: 'Another agency is competent' },
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
  consult: { zh: '提供咨询', en: 'Advise' },
  cannotDecide: { zh: '暂不能判断', en: 'Cannot tell' },
}

const isSeenCode = (input: string): input is SeenCode => Object.hasOwn(seenWords, input)

/** The words of one code; undefined for what is none. */
export const seenWord = (code: string): Text | undefined => (isSeenCode(code) ? seenWords[code] : undefined)

/** What a step looked at, in words; a dash for what it did not know, or what an assessment kept from before said in words no longer ours. */
export function seenText({ step, input, threshold }: Pick<Step, 'step' | 'input' | 'threshold'>, language: Language): string {
  if (typeof input === 'boolean') return say(language, input ? 'word.yes' : 'word.no')
  if (input === null || (typeof input === 'string' && !isSeenCode(input))) return '—'
  if (typeof input === 'string') return pick(seenWords[input], language)
  if (threshold !== undefined) return perHead(input, language)
  const unit = units[step]
  return unit ? say(language, unit, { n: input }) : String(input)
}

/** What a standard of income is counted in: so much a head and month. */
export const perHead = (fen: number, language: Language): string => say(language, 'word.perHead', { amount: formatYuan(fen, language) })

const units: Partial<Record<StepName, 'word.age' | 'word.days'>> = { filing: 'word.age', urgent: 'word.days', provincial: 'word.days' }
