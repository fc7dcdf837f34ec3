import type { Text } from '#kernel/line.ts'
import { worded, type SettingWords } from '#kernel/setting.ts'
import { formatYuan } from '#platform/messages/messages.ts'
import { practitionerKinds } from '#registry/kinds/practitioners.ts'
import { topics } from '../matters.ts'
import { decisive } from '../means/replay.ts'
import { settingDefinitions, type HardshipStandard, type provincialGrounds, type ProviderKind } from '../settings.ts'
import { seenWords } from './step-titles.ts'

const limits: Text = { zh: '法律援助 · 办理期限', en: 'Legal aid · time limits' }
const means: Text = { zh: '法律援助 · 经济困难', en: 'Legal aid · hardship' }
const scope: Text = { zh: '法律援助 · 本省增加的范围', en: 'Legal aid · what the province adds' }
const providers: Text = { zh: '法律援助 · 由谁提供', en: 'Legal aid · who gives it' }

const helpers: Record<ProviderKind, Text> = practitionerKinds
const grounds: Record<(typeof provincialGrounds)[number], Text> = {
  opponentUnclear: { zh: '说不清对方是谁', en: 'The other party is not known' },
  limitationExpired: { zh: '诉讼时效已过', en: 'The limitation has expired' },
}

const areas: Readonly<Record<'applicantResidence' | 'agency', Text>> = {
  applicantResidence: { zh: '申请人住所地', en: 'Where the applicant lives' },
  agency: { zh: '法律援助机构所在地', en: 'Where the agency is' },
}
const bases: Record<HardshipStandard['basis'], Text> = {
  minimumLivingAllowanceMultiple: { zh: '按当地低保标准的倍数', en: 'A multiple of the minimum living allowance' },
  urbanDisposableIncomeShare: { zh: '按城镇居民人均可支配收入的比例', en: 'A share of urban disposable income' },
  fixedAmount: { zh: '固定金额', en: 'A fixed amount' },
}

/** What each part of a standard is called in its form. */
const parts: NonNullable<SettingWords['fields']> = {
  multiple: { zh: '低保标准的多少倍', en: 'How many times the allowance' },
  area: { zh: '用哪里的低保标准', en: 'Whose allowance' },
  share: { zh: '可支配收入的比例（0 到 1，例如 0.5）', en: 'Share of disposable income (0 to 1, such as 0.5)' },
  lookbackMonths: { zh: '看申请前几个月的收入', en: 'Months of income looked at' },
  fenPerMonth: { zh: '每人每月不超过', en: 'At most a head and month' },
  inclusive: { zh: '刚好等于标准，算不算困难', en: 'Whether income at the standard counts' },
  assetTest: { zh: '是否还要看大额财产', en: 'Whether valuables are looked at too' },
}

function sayStandard(standard: HardshipStandard): Text {
  const [edge, assets] = [standard.inclusive ? '（含等于）' : '（不含等于）', standard.assetTest ? '，并且没有大额财产' : '']
  const { zh, en } = figure(standard)
  return {
    zh: `人均月收入在${zh}以内${edge}${assets}`,
    en: `Monthly income a head ${standard.inclusive ? 'at or under' : 'under'} ${en}${standard.assetTest ? ', without valuables' : ''}`,
  }
}

function figure(standard: HardshipStandard): Text {
  if (standard.basis === 'fixedAmount') return { zh: formatYuan(standard.fenPerMonth, 'zh'), en: formatYuan(standard.fenPerMonth, 'en') }
  if (standard.basis === 'urbanDisposableIncomeShare') {
    const percent = Math.round(standard.share * 1000) / 10
    return {
      zh: `上年城镇居民人均可支配收入的 ${percent}%（看前 ${standard.lookbackMonths} 个月）`,
      en: `${percent}% of last year’s urban disposable income (${standard.lookbackMonths} months looked at)`,
    }
  }
  const { zh, en } = areas[standard.area]
  return { zh: `${zh}低保标准的 ${standard.multiple} 倍`, en: `${standard.multiple} times the allowance: ${en}` }
}

const limit = (zh: string, en: string): SettingWords => ({ title: { zh, en }, group: limits })
const topicList = (zh: string, en: string): SettingWords => ({ title: { zh, en }, group: scope, values: topics })
const helperList = (zh: string, en: string): SettingWords => ({ title: { zh, en }, group: providers, values: helpers })

const words: Record<keyof typeof settingDefinitions, SettingWords> = {
  'hardship.standard': {
    title: { zh: '经济困难标准', en: 'Hardship standard' },
    group: means,
    values: { ...areas, ...bases },
    fields: parts,
    say: sayStandard,
  },
  'hardship.allowanceFenPerMonth': {
    title: { zh: '当地低保标准（每人每月）', en: 'Local minimum living allowance, a head and month' },
    group: means,
  },
  'hardship.verificationMethods': {
    title: { zh: '经济状况的核查方式', en: 'How means are checked' },
    group: means,
    values: { undertaking: seenWords.undertaking, dataQuery: seenWords.dataQuery },
  },
  'matters.provincial': topicList('本省增加的援助事项', 'Matters the province adds'),
  'noMeansTest.provincial': topicList('本省增加的不看收入的情形', 'Situations without a means test'),
  'exemption.provincial': topicList('本省增加的免予核查人员', 'Groups freed from the check'),
  'urgentAid.provincial': topicList('本省增加的先行援助情形', 'Situations of urgent aid'),
  'refusal.provincialGrounds': {
    title: { zh: '本省规定的不予援助理由', en: 'Grounds of refusal the province adds' },
    group: scope,
    values: grounds,
  },
  'objection.days': limit('提出异议的期限', 'Time to object'),
  'replacement.decideDays': limit('决定是否更换承办人的期限', 'Time to decide a replacement'),
  'termination.sendDays': limit('送达终止决定的期限', 'Time to serve a termination'),
  'closing.fileDays': limit('提交结案卷宗的期限', 'Time to hand in the file'),
  'closing.checkDays': limit('审核卷宗的期限', 'Time to check the file'),
  'supplement.deadlineDays': limit('补充材料的期限', 'Time to supply papers'),
  'urgentAid.completeDays': limit('先行援助后补办手续的期限', 'Time to complete the papers of urgent aid'),
  'legalAid.dayRollover': limit('最后一天逢休息日是否顺延', 'Whether a last day off moves on'),
  'criminalRepresentation.providers': helperList('律师以外可以代理刑事被害人的人员', 'Who besides lawyers may represent victims'),
  'otherForm.providers': helperList('可以提供其他形式援助的人员', 'Who may give other forms of aid'),
}

/** What the law leaves open, as officers name it; a draft of what proposals hang on is replayed. */
export const settings = worded(settingDefinitions, words, decisive)
