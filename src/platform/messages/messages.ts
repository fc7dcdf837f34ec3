import { IntlMessageFormat } from 'intl-messageformat'
import { dayOf as dayIn, daysLeft } from '#kernel/calendar/calendar.ts'
import type { Face } from '#kernel/face.ts'
import type { Text } from '#kernel/line.ts'
import type { No } from '#kernel/refusal.ts'
import { parseYuan } from './amounts.ts'
import { languages, tongueOf, type Language, type MessageKey, type Tongue } from './languages.ts'

export type { Language, MessageKey }
export { parseYuan }

const zh = languages.zh.messages
/** Parsing a pattern costs a hundred times more than filling it. */
const patterns = new Map<string, IntlMessageFormat>()

/** A message in the reader's language, its ICU placeholders filled in. */
export function say(language: Language, key: MessageKey, params?: Readonly<Record<string, string | number>>): string {
  const own = tongueOf(language).messages[key]
  const text = own ?? zh[key]
  return params ? fill(own === undefined ? 'zh' : language, text, params) : text
}

/** A declared text with its ICU placeholders filled in. Declared texts only: the patterns kept grow with the catalogue, not with the traffic. */
export const fill = (language: Language, text: string, params: Readonly<Record<string, string | number>>): string =>
  String(patternOf(language, text).format(params))

function patternOf(language: Language, text: string): IntlMessageFormat {
  const id = `${language} ${text}`
  const known = patterns.get(id) ?? new IntlMessageFormat(text, tongueOf(language).tag, undefined, { ignoreTag: true })
  patterns.set(id, known)
  return known
}

/** Whether a schema's message is one of ours. */
export const isMessageKey = (text: string): text is MessageKey => Object.hasOwn(zh, text)

/** A declared text in the reader's language; words that are in it already stay as they are. */
export const pick = (text: Text | string, language: Language): string => (typeof text === 'string' ? text : wordsIn(text, language))
const wordsIn = (text: Text & Partial<Record<Language, string>>, language: Language): string =>
  text[language] ?? tongueOf(language).texts?.[text.zh] ?? text.zh

/** A refusal as a sentence to the reader, saying what to do next; at the desk in the desk's words, where it has its own. */
export function refusalText({ code, own }: Pick<No, 'code' | 'own'>, language: Language, face: Face): string {
  if (own) return pick((face === 'desk' && own.desk) || own.text, language)
  const keys = [...(face === 'desk' ? [`desk.refusal.${code}`] : []), `refusal.${code}`]
  return say(language, keys.find(isMessageKey) ?? 'problem.oursText')
}

type Style = Intl.DateTimeFormatOptions
const nearStyle = { month: 'long', day: 'numeric' } as const
const dayStyle = { year: 'numeric', ...nearStyle } as const
const dateFormat = ({ tag }: Tongue, style: Style) => new Intl.DateTimeFormat(tag, { ...style, timeZone: 'Asia/Shanghai' })
const formatsOf = (tongue: Tongue) => ({
  day: dateFormat(tongue, dayStyle),
  near: dateFormat(tongue, nearStyle),
  weekday: dateFormat(tongue, { weekday: 'short' }),
  time: dateFormat(tongue, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
})
const made = new Map<Language, ReturnType<typeof formatsOf>>()
function formats(language: Language) {
  const known = made.get(language) ?? formatsOf(tongueOf(language))
  made.set(language, known)
  return known
}

/** A day in words: 2026年3月9日（周一）. `day` is YYYY-MM-DD. Within the year of `now` the year goes without saying. */
export const formatDay = (day: string, language: Language, now?: Date): string => dayOf(new Date(`${day}T12:00:00+08:00`), language, now)

/** A day as a letter is dated, without its weekday: 2026年3月9日. `day` is YYYY-MM-DD. */
export const formatDate = (day: string, language: Language): string => formats(language).day.format(new Date(`${day}T12:00:00+08:00`))

/** A moment on the wall clock in Shanghai: 2026年3月9日（周一）14:05. Within the year of `now` the year goes without saying. */
export const formatMoment = (at: Date, language: Language, now?: Date): string =>
  say(language, 'word.moment', { day: dayOf(at, language, now), time: formats(language).time.format(at) })

/** The end of a limit, `dueAt` the first moment after it: its last day, and the minute only where the law counts hours. */
export function formatDue(dueAt: Date, now: Date, language: Language): string {
  const isMidnight = formats('zh').time.format(dueAt) === '00:00'
  return isMidnight ? dayOf(lastDay(dueAt), language, now) : formatMoment(dueAt, language, now)
}

/** Days from today to the last day of a limit: 0 on that day, negative when it has passed. */
export const daysUntil = (dueAt: Date, now: Date): number => daysLeft(dayIn(now), dayIn(lastDay(dueAt)))

const lastDay = (dueAt: Date): Date => new Date(dueAt.getTime() - 1)

/** A moment to come as one says it: the time alone today, with the day tomorrow and within a week, else with its date. */
export function formatSoon(at: Date, now: Date, language: Language): string {
  const days = daysLeft(dayIn(now), dayIn(at))
  const params = { time: formats(language).time.format(at), weekday: formats(language).weekday.format(at) }
  if (days > 6) return formatMoment(at, language, now)
  return say(language, days === 0 ? 'when.today' : days === 1 ? 'when.tomorrow' : 'when.weekday', params)
}

function dayOf(at: Date, language: Language, now?: Date): string {
  const { day, near, weekday } = formats(language)
  const isThisYear = now && dayIn(at).slice(0, 4) === dayIn(now).slice(0, 4)
  return say(language, 'word.day', { day: (isThisYear ? near : day).format(at), weekday: weekday.format(at) })
}

/** Integer fen as money: 12,345.67 元, ¥12,345.67. */
export function formatYuan(fen: number, language: Language): string {
  const amount = plainYuan(fen).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
  return say(language, 'word.yuan', { amount }).replace('¥-', '-¥')
}

/** Fen as one would type it, 12345.67; whole yuan without a fraction. */
function plainYuan(fen: number): string {
  const [yuan, rest] = [Math.trunc(Math.abs(fen) / 100), Math.abs(fen) % 100]
  return `${fen < 0 ? '-' : ''}${yuan}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`
}

/** What stands in a money field: stored fen as yuan, or what was typed and could not be read. */
export const yuanInput = (value: unknown): string => (typeof value === 'number' ? plainYuan(value) : String(value ?? ''))
