import { z } from 'zod'
import type { Text } from '#kernel/line.ts'
import { topics } from '#lines/legal-aid/matters.ts'
import type { HardshipStandard } from '#lines/legal-aid/settings.ts'
import { lineSettings } from '#lines/settings.ts'
import { formatYuan, say, type MessageKey } from '#platform/messages/messages.ts'
import { retention, retentionSettings } from '#records/privacy/retention.ts'
import { recordSettings, type RecordSetting } from '#records/settings/settings.ts'
import { seenWords } from '#api/matter/step-titles.ts'

type Key = keyof typeof lineSettings | RecordSetting
type Words = { title: string; group: string; /** What of it was not read in the original text. */ uncertain?: string }

const limits = '法律援助 · 办理期限'
const means = '法律援助 · 经济困难'
const scope = '法律援助 · 本省增加的范围'
const providers = '法律援助 · 由谁提供'

const privacy = '个人信息保护'
const retentionWords = Object.fromEntries(
  Object.entries(retention).map(([key, { title }]) => [`retention.${key}Days`, { title: `${title.zh}保存的期限`, group: privacy }]),
)
const keptForDays = Object.fromEntries(Object.keys(retentionSettings).map((key) => [key, retentionWords[key]])) as Record<
  keyof typeof retentionSettings,
  Words
> // a class with a period has its words in the same table

/** Each setting as officers name it, under the heading it stands beneath. */
export const settingWords: Record<Key, Words> = {
  'hardship.standard': { title: '经济困难标准', group: means },
  'hardship.allowanceFenPerMonth': { title: '当地低保标准（每人每月）', group: means },
  'hardship.verificationMethods': { title: '经济状况的核查方式', group: means },
  'matters.provincial': { title: '本省增加的援助事项', group: scope },
  'noMeansTest.provincial': { title: '本省增加的不看收入的情形', group: scope },
  'exemption.provincial': { title: '本省增加的免予核查人员', group: scope },
  'urgentAid.provincial': { title: '本省增加的先行援助情形', group: scope },
  'refusal.provincialGrounds': { title: '本省规定的不予援助理由', group: scope },
  'objection.days': { title: '提出异议的期限', group: limits },
  'replacement.decideDays': { title: '决定是否更换承办人的期限', group: limits },
  'termination.sendDays': { title: '送达终止决定的期限', group: limits },
  'closing.fileDays': { title: '提交结案卷宗的期限', group: limits },
  'closing.checkDays': { title: '审核卷宗的期限', group: limits },
  'supplement.deadlineDays': { title: '补充材料的期限', group: limits },
  'urgentAid.completeDays': { title: '先行援助后补办手续的期限', group: limits },
  'legalAid.dayRollover': { title: '最后一天逢休息日是否顺延', group: limits },
  'criminalRepresentation.providers': { title: '律师以外可以代理刑事被害人的人员', group: providers },
  'otherForm.providers': { title: '可以提供其他形式援助的人员', group: providers },
  'dataRequest.days': { title: '答复个人信息请求的期限', group: privacy, uncertain: '法律只要求及时答复，没有写天数' },
  ...keptForDays,
  'readings.delayHours': { title: '有人看过信息，多久以后告诉本人', group: privacy },
  'reveal.dailyPersons': { title: '每人每天可查看完整信息的人数', group: privacy },
}

/** Every setting with its definition. */
export const definitions = { ...lineSettings, ...recordSettings }
export const settingKeys = Object.keys(settingWords) as Key[] // keys of the table
export const isSettingKey = (key: string): key is Key => Object.hasOwn(settingWords, key)

const grounds: Record<string, Text> = {
  opponentUnclear: { zh: '说不清对方是谁', en: 'The other party is not known' },
  limitationExpired: { zh: '诉讼时效已过', en: 'The limitation has expired' },
}

const kind = (key: string): Text => ({ zh: say('zh', `kind.${key}` as MessageKey), en: say('en', `kind.${key}` as MessageKey) }) // named by the table of kinds

/** The fixed values of all settings, in words. */
const values: Readonly<Record<string, Text>> = {
  ...topics,
  ...grounds,
  undertaking: seenWords.undertaking,
  dataQuery: seenWords.dataQuery,
  lawyer: kind('lawyer'),
  grassrootsLegalWorker: kind('grassrootsLegalWorker'),
  agencyStaff: kind('agencyStaff'),
  volunteer: kind('volunteer'),
  studentVolunteer: { zh: '学生志愿者', en: 'Student volunteer' },
  minimumLivingAllowanceMultiple: { zh: '按当地低保标准的倍数', en: 'A multiple of the minimum living allowance' },
  urbanDisposableIncomeShare: { zh: '按城镇居民人均可支配收入的比例', en: 'A share of urban disposable income' },
  fixedAmount: { zh: '固定金额', en: 'A fixed amount' },
  applicantResidence: { zh: '申请人住所地', en: 'Where the applicant lives' },
  agency: { zh: '法律援助机构所在地', en: 'Where the agency is' },
}

const zhOf = (value: unknown): string => values[String(value)]?.zh ?? String(value)

/** A value in words, as one would say it to a colleague. */
export function sayValue(key: Key, value: unknown): string {
  if (value === undefined || value === null) return '还没有设定'
  if (Array.isArray(value)) return value.length ? value.map(zhOf).join('；') : '没有'
  if (typeof value === 'boolean') return say('zh', value ? 'word.yes' : 'word.no')
  if (typeof value === 'object') return sayStandard(value as HardshipStandard) // the only setting that is an object
  return counted[definitions[key].unit]?.(Number(value)) ?? String(value)
}

const counted: Readonly<Record<string, (n: number) => string>> = {
  calendarDays: (n) => `${n} 天`,
  workingDays: (n) => `${n} 个工作日`,
  hours: (n) => `${n} 小时`,
  persons: (n) => `${n} 人`,
  fen: (n) => formatYuan(n, 'zh'),
}

function sayStandard(standard: HardshipStandard): string {
  const edge = standard.inclusive ? '（含等于）' : '（不含等于）'
  return `人均月收入在${figure(standard)}以内${edge}${standard.assetTest ? '，并且没有大额财产' : ''}`
}

function figure(standard: HardshipStandard): string {
  if (standard.basis === 'fixedAmount') return formatYuan(standard.fenPerMonth, 'zh')
  if (standard.basis === 'urbanDisposableIncomeShare')
    return `上年城镇居民人均可支配收入的 ${Math.round(standard.share * 1000) / 10}%（看前 ${standard.lookbackMonths} 个月）`
  return `${zhOf(standard.area)}低保标准的 ${standard.multiple} 倍`
}

/** What each part of a value is called in a form. */
const titles: Readonly<Record<string, string>> = {
  multiple: '低保标准的多少倍',
  area: '用哪里的低保标准',
  share: '可支配收入的比例（0 到 1，例如 0.5）',
  lookbackMonths: '看申请前几个月的收入',
  fenPerMonth: '每人每月不超过',
  inclusive: '刚好等于标准，算不算困难',
  assetTest: '是否还要看大额财产',
}

const unitTitles: Readonly<Record<string, string>> = {
  calendarDays: '天数',
  workingDays: '工作日天数',
  hours: '小时数',
  persons: '人数',
  fen: '金额',
  yesNo: '是否顺延',
  list: '包括哪些（可以多选）',
}

type Json = Record<string, unknown>

/** The JSON Schema of a setting's value with its words: what the form is drawn from. */
export function valueSchema(key: Key): Json {
  const { schema, unit } = definitions[key]
  const made = z.toJSONSchema(schema, { io: 'input', override: ({ jsonSchema, path }) => word(jsonSchema as Json, path.at(-1)) }) as Json // JSON Schema is plain JSON
  return { title: unitTitles[unit] ?? settingWords[key].title, ...made, ...(unit === 'fen' && money) }
}

/** A field that moved 0 up to the least amount would publish a cent nobody typed: it is taken as typed, and the server says what is wrong. */
const money = { format: 'fen', minimum: 0 }

function word(schema: Json, name: string | number | undefined): void {
  const title = titles[String(name)]
  if (title) schema['title'] = title
  if (name === 'fenPerMonth') Object.assign(schema, money)
  else if (schema['type'] === 'integer' && schema['exclusiveMinimum'] === 0) schema['minimum'] = 1
  if (Array.isArray(schema['enum'])) {
    schema['oneOf'] = schema['enum'].map((value) => ({ const: value, title: zhOf(value) }))
    delete schema['enum']
  }
  const basis = (schema['properties'] as Record<string, Json> | undefined)?.['basis']?.['const']
  if (basis !== undefined) schema['title'] = zhOf(basis)
}
