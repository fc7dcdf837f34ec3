import { rowOf } from '#kernel/keyed.ts'
import { z } from 'zod'
import type { Text } from '#kernel/line.ts'
import type { Setting, Unit } from '#kernel/setting.ts'
import { serviceSettings } from '#lines/services.ts'
import { formatYuan, pick, say } from '#platform/messages/messages.ts'
import { recordSettings } from '#records/settings/settings.ts'

/** Every setting, of every service and of the records, by key. */
export const settingsByKey: Readonly<Record<string, Setting>> = { ...serviceSettings, ...recordSettings }

/** A setting by its key; undefined for a key that is none. */
export const settingOf = (key: string): Setting | undefined => rowOf(settingsByKey, key)

const wordOf = ({ values }: Setting, value: unknown): string => {
  const word = values?.[String(value)]
  return word ? pick(word, 'zh') : String(value)
}

/** A value in words, as one would say it to a colleague. */
export function sayValue(setting: Setting, value: unknown): string {
  if (value === undefined || value === null) return '还没有设定'
  if (Array.isArray(value)) return value.length ? value.map((one) => wordOf(setting, one)).join('；') : '没有'
  if (typeof value === 'boolean') return say('zh', value ? 'word.yes' : 'word.no')
  if (setting.say) return pick(setting.say(value), 'zh')
  return units[setting.unit].count?.(Number(value)) ?? String(value)
}

/** What a value is counted in, and what its field is called where its setting's title would not do. */
const units: Readonly<Record<Unit, { title?: Text; count?(n: number): string }>> = {
  calendarDays: { title: { zh: '天数', en: 'Days' }, count: (n) => `${n} 天` },
  months: { title: { zh: '月数', en: 'Months' }, count: (n) => `${n} 个月` },
  workingDays: { title: { zh: '工作日天数', en: 'Working days' }, count: (n) => `${n} 个工作日` },
  hours: { title: { zh: '小时数', en: 'Hours' }, count: (n) => `${n} 小时` },
  minutes: { title: { zh: '分钟数', en: 'Minutes' }, count: (n) => `${n} 分钟` },
  matters: { title: { zh: '件数', en: 'Matters' }, count: (n) => `${n} 件` },
  persons: { title: { zh: '人数', en: 'People' }, count: (n) => `${n} 人` },
  fen: { title: { zh: '金额', en: 'Amount' }, count: (n) => formatYuan(n, 'zh') },
  yesNo: { title: { zh: '是否顺延', en: 'Whether it moves on' } },
  list: { title: { zh: '包括哪些（可以多选）', en: 'Which' } },
  standard: {},
}

type Json = Record<string, unknown>

/** The JSON Schema of a setting's value with its words: what the form is drawn from. */
export function valueSchema(setting: Setting): Json {
  const { schema, unit, title } = setting
  const override = ({ jsonSchema, path }: { jsonSchema: Json; path: readonly (string | number)[] }) =>
    worded(setting, jsonSchema, path.at(-1))
  const made: Json = z.toJSONSchema(schema, { io: 'input', override })
  return { title: pick(units[unit].title ?? title, 'zh'), ...made, ...(unit === 'fen' && money) }
}

/** A field that moved 0 up to the least amount would publish a cent nobody typed: it is taken as typed, and the server says what is wrong. */
const money = { format: 'fen', minimum: 0 }

function worded(setting: Setting, schema: Json, name: string | number | undefined): void {
  const title = setting.fields?.[String(name)]
  if (title) schema['title'] = pick(title, 'zh')
  if (String(name).startsWith('fen')) Object.assign(schema, money)
  else if (schema['type'] === 'integer' && schema['exclusiveMinimum'] === 0) schema['minimum'] = 1
  if (Array.isArray(schema['enum'])) {
    schema['oneOf'] = schema['enum'].map((value) => ({ const: value, title: wordOf(setting, value) }))
    delete schema['enum']
  }
  const { properties }: { properties?: Readonly<Record<string, { const?: unknown }>> } = schema
  const basis = properties?.['basis']?.const
  if (basis !== undefined) schema['title'] = wordOf(setting, basis)
}
