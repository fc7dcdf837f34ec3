import { z } from 'zod'
import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import type { Unit } from '#kernel/setting.ts'
import { topicCodes } from './matters.ts'
import { cite } from './statutes.ts'
import { keysIn } from '#kernel/keyed.ts'

/** Who can be sent to help (法律援助法第十二、十三、十七条). */
export const providerKinds = ['lawyer', 'grassrootsLegalWorker', 'agencyStaff', 'volunteer', 'studentVolunteer'] as const
export type ProviderKind = (typeof providerKinds)[number]

/** A threshold of nothing would shut everybody out. */
const fen = z.int().positive('answer.amount.positive')
const limit = { inclusive: z.boolean(), assetTest: z.boolean().optional() }

/** A province's hardship standard (法律援助法第三十四条): monthly income per head, in fen, at or under which a person is in hardship. */
export const HardshipStandard = z.discriminatedUnion('basis', [
  z.strictObject({
    basis: z.literal('minimumLivingAllowanceMultiple'),
    multiple: z.number().positive(),
    area: z.enum(['applicantResidence', 'agency']),
    ...limit,
  }),
  z.strictObject({
    basis: z.literal('urbanDisposableIncomeShare'),
    share: z.number().positive().max(1),
    lookbackMonths: z.int().positive(),
    ...limit,
  }),
  z.strictObject({ basis: z.literal('fixedAmount'), fenPerMonth: fen, ...limit }),
])
export type HardshipStandard = z.output<typeof HardshipStandard>

/** Refusal grounds some provincial regulations add; none stands in the national law. */
export const provincialGrounds = ['opponentUnclear', 'limitationExpired'] as const

type Definition<S extends z.ZodType> = { schema: S; default: z.output<S>; unit: Unit; why: Text; article: Cite }
const define = <S extends z.ZodType>(definition: Definition<S>): Definition<S> => definition

const days = (count: number, article: Cite, zh: string, en: string) =>
  define({ schema: z.int().positive().max(365), default: count, unit: 'calendarDays', why: { zh, en }, article })
const topicList = (article: Cite, zh: string, en: string) =>
  define({ schema: z.array(z.enum(topicCodes.filter((topic) => topic !== 'other'))), default: [], unit: 'list', why: { zh, en }, article })
const providerList = (article: Cite, zh: string, en: string) =>
  define({ schema: z.array(z.enum(providerKinds)), default: [], unit: 'list', why: { zh, en }, article })

/**
 * What the national law leaves to provinces or what its text could not confirm, each with a cautious default.
 * A value is stored as JSON, dated, per region prefix.
 */
export const settingDefinitions = {
  'objection.days': days(15, cite('法律援助法', 49, 1), '法律没有写提出异议的天数', 'The law gives the right without a number of days'),
  'replacement.decideDays': days(5, cite('法律援助法', 55), '法律没有写更换人员的期限', 'The law sets no limit for deciding a replacement'),
  'termination.sendDays': days(
    3,
    cite('法律援助法', 48),
    '法律没有写终止决定的送达期限',
    'The law sets no limit for sending a termination',
  ),
  'closing.fileDays': days(30, cite('法律援助法', 50), '法律只说“及时”提交', 'The law only says “promptly”'),
  'closing.checkDays': days(30, cite('法律援助法', 52, 1), '法律只说“及时”支付', 'The law only says “promptly”'),
  'supplement.deadlineDays': days(
    15,
    cite('法律援助法', 43, 2),
    '补充材料的日期由机构在通知里定，最晚不超过这些天',
    'The agency names the date in its notice, at most so many days ahead',
  ),
  'urgentAid.completeDays': days(
    7,
    cite('法律援助法', 44, 2),
    '补办手续法律只说“及时”，日期最晚不超过这些天',
    'The law only says “promptly”: at most so many days ahead',
  ),
  'legalAid.dayRollover': define({
    schema: z.boolean(),
    default: true,
    unit: 'yesNo',
    why: { zh: '最后一天是休息日的，顺延到下一个工作日', en: 'A limit ending on a day off moves to the next working day' },
    article: cite('民法典', 203, 1),
  }),
  'hardship.standard': define({
    schema: HardshipStandard.nullable(),
    default: null,
    unit: 'standard',
    why: { zh: '由省级人民政府确定；没有设定前，不得以收入为由拒绝', en: 'Set by the province; until then nobody is refused for income' },
    article: cite('法律援助法', 34),
  }),
  /** The local minimum living allowance that the standard multiplies; unset until the civil affairs figure is entered. */
  'hardship.allowanceFenPerMonth': define({
    schema: fen.optional(),
    default: undefined,
    unit: 'fen',
    why: {
      zh: '当地低保标准，由机关按民政部门公布的数填写',
      en: 'The local minimum living allowance, as the civil affairs authority publishes it',
    },
    article: cite('法律援助法', 34),
  }),
  'hardship.verificationMethods': define({
    schema: z.array(z.enum(['dataQuery', 'undertaking'])).min(1),
    default: ['dataQuery', 'undertaking'],
    unit: 'list',
    why: { zh: '有的省限制使用诚信承诺', en: 'Some provinces narrow the use of undertakings' },
    article: cite('法律援助法', 41, 2),
  }),
  'matters.provincial': topicList(cite('法律援助法', 31, undefined, 9), '本省增加的援助事项', 'Matters the province adds'),
  'noMeansTest.provincial': topicList(
    cite('法律援助法', 32, undefined, 5),
    '本省增加的不看收入的情形',
    'Situations the province frees from the means test',
  ),
  'exemption.provincial': topicList(
    cite('法律援助法', 42, undefined, 4),
    '本省增加的免予核查人员',
    'Groups the province frees from the check',
  ),
  'urgentAid.provincial': topicList(cite('法律援助法', 44, 1, 3), '本省增加的先行援助情形', 'Situations the province adds to urgent aid'),
  'refusal.provincialGrounds': define({
    schema: z.array(z.enum(provincialGrounds)),
    default: [],
    unit: 'list',
    why: { zh: '国家法律没有这些理由，本省法规写明才可启用', en: 'Not in the national law; on only where a provincial regulation says so' },
    article: cite('法律援助法', 43, 1),
  }),
  'criminalRepresentation.providers': providerList(
    cite('法律援助法', 29),
    '除律师外，谁可以代理被害人等，由本省定',
    'Who besides lawyers may represent victims',
  ),
  'otherForm.providers': providerList(
    cite('法律援助法', 22, undefined, 7),
    '其他形式由谁提供，由本省定',
    'Who may give other forms of aid',
  ),
}

export type SettingKey = keyof typeof settingDefinitions
export type Settings = { [K in SettingKey]: z.output<(typeof settingDefinitions)[K]['schema']> }

const keys = keysIn(settingDefinitions)

/** All settings at once: each stored value checked against its schema, the default where nothing is stored. Throws on a value that does not fit. */
export function settingsFrom(stored: (key: SettingKey) => unknown): Settings {
  const value = (key: SettingKey) => {
    const found = stored(key)
    return found === undefined ? settingDefinitions[key].default : settingDefinitions[key].schema.parse(found)
  }
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Settings // Each value has just passed its own schema.
}

/** The defaults: a place where nobody has set anything yet. */
export const defaultSettings: Settings = settingsFrom(() => undefined)

type ProvincialValue<K extends SettingKey = SettingKey> = { region: string; key: K; value: Settings[K]; validFrom: string; source: Text }

/** Provincial values that could be found, by region prefix. Liaoning's standard (21) was not found, so it stays unset. */
export const provincialValues: readonly ProvincialValue[] = [
  {
    region: '63',
    key: 'hardship.standard',
    value: { basis: 'minimumLivingAllowanceMultiple', multiple: 3, inclusive: true, area: 'applicantResidence' },
    validFrom: '2017-03-13',
    source: {
      zh: '青海省公布的标准：当地低保标准三倍以内',
      en: 'Published by Qinghai: within three times the local minimum living allowance',
    },
  },
]
