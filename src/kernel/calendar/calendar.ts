import { Temporal } from 'temporal-polyfill'

/** What a statutory period is counted in. A plain 日 is a calendar day; 工作日 must be said by the text (行政复议法 art. 88). */
export type Unit = 'calendarDay' | 'workingDay' | 'month' | 'year' | 'hour'

/** A statutory period. `rolls` (default true) moves a last day that is a day off; custody periods say false (刑事诉讼法 art. 105), hours never roll. */
export type Period = { readonly count: number; readonly unit: Unit; readonly rolls?: boolean | undefined }

/** An end that was set rather than counted: the last day, YYYY-MM-DD, or a moment, RFC 3339. */
export type End = { readonly until: string } | { readonly at: string }

/** Time that is not counted: the notice day `from` still counts, the day `to` on which the answer arrives does not; `to: null` is still open. */
export type Pause = { readonly from: string; readonly to: string | null }

/** Days off and make-up workdays by the State Council's notices, known to the end of `lastYear`; `regional` days are off in divisions whose code begins with `region` (节假日办法 art. 4). */
export type Calendar = {
  readonly lastYear: number
  readonly days: ReadonlyMap<string, 'off' | 'work'>
  readonly regional: readonly { readonly region: string; readonly day: string; readonly name: string }[]
}

/** The end of a limit: `due` in law, `target` before any roll-over (the day to warn on), and the instants at which they have passed. `provisional`: the holidays of that year are not published yet. */
export type Deadline = {
  readonly due: string
  readonly target: string
  readonly dueAt: Date
  readonly targetAt: Date
  readonly provisional: boolean
}

/** `region` is the division code of the place whose regional days off apply. */
export type DeadlineOptions = { readonly pauses?: readonly Pause[] | undefined; readonly region?: string | undefined }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** China keeps UTC+8 without summer time since 1991; the platform holds no earlier moments. */
const CHINA_MS = 8 * HOUR_MS
/** Far beyond any statutory period; it keeps a mistyped count from walking the calendar for minutes. */
const LONGEST = 100_000

/**
 * When a period that starts on `from` ends (民法典 arts. 200–204, 民事诉讼法 art. 85); the start day is not counted. Null while a pause is
 * open at or before that day: there is no deadline until the answer arrives. `from` is a day, or for hours a moment (local if it has no offset).
 * Throws RangeError on an impossible date or count.
 *
 * @example deadline(calendar, { count: 7, unit: 'calendarDay' }, '2026-09-28')?.due // '2026-10-08', after National Day
 */
export function deadline(calendar: Calendar, period: Period, from: string, options: DeadlineOptions = {}): Deadline | null {
  if (!Number.isInteger(period.count) || period.count < 1 || period.count > LONGEST)
    throw new RangeError(`a period is a whole number from 1 to ${LONGEST}, not ${period.count}`)
  return period.unit === 'hour' ? afterHours(period.count, from, options) : afterDays(calendar, period, from, options)
}

/** Whether nobody has to work that day: a weekend or holiday that is not a make-up workday, or a day off of the region. */
export function isDayOff(calendar: Calendar, day: string, region = ''): boolean {
  return isOff(tableOf(calendar), dayNumber(day), region)
}

/** Whether the day is given off by a notice or a region's own holiday, whatever weekday it is: a plain weekend is not. */
export function isHoliday(calendar: Calendar, day: string, region = ''): boolean {
  const { days, regional } = tableOf(calendar)
  const number = dayNumber(day)
  return days.get(number) === true || (regional.get(number)?.some((prefix) => region.startsWith(prefix)) ?? false)
}

/** The day it is in China at that moment. */
export function dayOf(moment: Date): string {
  return dayText(Math.floor((moment.getTime() + CHINA_MS) / DAY_MS))
}

/** Days from `day` to the last day of a limit: 0 on the last day itself, negative when it has passed. */
export function daysLeft(day: string, due: string): number {
  return dayNumber(due) - dayNumber(day)
}

/** The day `count` calendar days after `day` (before it, if negative). */
export function addDays(day: string, count: number): string {
  return dayText(dayNumber(day) + count)
}

/** Whether the text is a day that exists, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  return !Number.isNaN(parseDay(text))
}

/** Whether the text is a moment: RFC 3339, or YYYY-MM-DDTHH:mm in China. */
export function isMoment(text: string): boolean {
  return !Number.isNaN(parseMoment(text))
}

function afterHours(count: number, from: string, { pauses = [] }: DeadlineOptions): Deadline {
  if (pauses.length > 0) throw new RangeError('no law excludes time from a limit in hours: it takes no pauses')
  const start = parseMoment(from)
  if (Number.isNaN(start)) throw new RangeError(`${from} is not a moment (RFC 3339, or YYYY-MM-DDTHH:mm in China)`)
  const end = start + count * HOUR_MS
  const local = new Date(end + CHINA_MS).toISOString().slice(0, 16)
  return { due: local, target: local, dueAt: new Date(end), targetAt: new Date(end), provisional: false }
}

function afterDays(calendar: Calendar, period: Period, from: string, { pauses = [], region = '' }: DeadlineOptions): Deadline | null {
  const table = tableOf(calendar)
  const spans = skippedSpans(pauses)
  const off = (day: number) => isOff(table, day, region)
  const target = lastCounted(period, from, spans, off)
  const rolls = period.rolls ?? true
  const due = rolls ? firstOpen(target, spans, off) : target
  if (openedOn(pauses) <= due) return null
  const needsCalendar = rolls || period.unit === 'workingDay'
  const raw = { target: dayText(target), targetAt: endOf(target) }
  const end = due === target ? { due: raw.target, dueAt: raw.targetAt } : { due: dayText(due), dueAt: endOf(due) }
  return { ...end, ...raw, provisional: needsCalendar && due > table.lastDay }
}

/** Days since 1970-01-01, first and last included. */
type Span = { readonly first: number; readonly last: number }

function lastCounted(period: Period, from: string, spans: readonly Span[], off: (day: number) => boolean): number {
  const start = dayNumber(from)
  if (period.unit === 'workingDay') return afterWorkingDays(start, period.count, spans, off)
  const raw = period.unit === 'calendarDay' ? start + period.count : dayNumber(sameDayLater(period, from))
  return lengthen(start, raw, spans)
}

/** The same day number months or years later, or the month's end where it does not exist (民法典 art. 202). */
function sameDayLater({ count, unit }: Period, from: string): string {
  return Temporal.PlainDate.from(from)
    .add(unit === 'year' ? { years: count } : { months: count }, { overflow: 'constrain' })
    .toString()
}

function lengthen(start: number, raw: number, spans: readonly Span[]): number {
  let end = raw
  for (const { first, last } of spans) {
    if (first > end) break
    end += Math.max(0, last - Math.max(first, start + 1) + 1)
  }
  return end
}

function afterWorkingDays(start: number, count: number, spans: readonly Span[], off: (day: number) => boolean): number {
  let day = start
  for (let counted = 0; counted < count;) {
    day++
    if (!off(day) && !isSkipped(day, spans)) counted++
  }
  return day
}

/** A skipped day cannot be the last day of a period, so the roll-over passes it too. */
function firstOpen(target: number, spans: readonly Span[], off: (day: number) => boolean): number {
  let day = target
  while (off(day) || isSkipped(day, spans)) day++
  return day
}

function isSkipped(day: number, spans: readonly Span[]): boolean {
  return spans.some(({ first, last }) => first <= day && day <= last)
}

/** The days skipped by closed pauses, in order and without overlap. */
function skippedSpans(pauses: readonly Pause[]): readonly Span[] {
  const merged: Span[] = []
  for (const span of pauses.flatMap(spanOf).toSorted((a, b) => a.first - b.first)) {
    const previous = merged.at(-1)
    if (previous && span.first <= previous.last + 1) {
      merged[merged.length - 1] = { first: previous.first, last: Math.max(previous.last, span.last) }
    } else merged.push(span)
  }
  return merged
}

function spanOf({ from, to }: Pause): readonly Span[] {
  const first = dayNumber(from) + 1
  if (to === null) return []
  const last = dayNumber(to)
  if (last < first - 1) throw new RangeError(`a pause from ${from} cannot end earlier, on ${to}`)
  return last < first ? [] : [{ first, last }]
}

function openedOn(pauses: readonly Pause[]): number {
  return Math.min(...pauses.filter(({ to }) => to === null).map(({ from }) => dayNumber(from)))
}

/** A calendar by day number. Calendars are immutable, so each is compiled once. */
type Table = { readonly lastDay: number; readonly days: ReadonlyMap<number, boolean>; readonly regional: ReadonlyMap<number, string[]> }

const tables = new WeakMap<Calendar, Table>()

function tableOf(calendar: Calendar): Table {
  let table = tables.get(calendar)
  if (!table) tables.set(calendar, (table = compile(calendar)))
  return table
}

function compile({ lastYear, days, regional }: Calendar): Table {
  return {
    lastDay: dayNumber(`${lastYear}-12-31`),
    days: new Map([...days].map(([day, kind]) => [dayNumber(day), kind === 'off'])),
    regional: new Map(
      [...Map.groupBy(regional, ({ day }) => dayNumber(day))].map(([day, entries]) => [day, entries.map(({ region }) => region)]),
    ),
  }
}

function isOff(table: Table, day: number, region: string): boolean {
  if (table.regional.get(day)?.some((prefix) => region.startsWith(prefix))) return true
  return table.days.get(day) ?? isWeekend(day)
}

/** Day 0 was a Thursday; days before it are negative. */
function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6
}

/** 24:00 of that day in China (民法典 art. 203), which is the first instant that is too late. */
function endOf(day: number): Date {
  return new Date((day + 1) * DAY_MS - CHINA_MS)
}

const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/
const MOMENT_SHAPE = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/

function dayNumber(text: string): number {
  const day = parseDay(text)
  if (Number.isNaN(day)) throw new RangeError(`${text} is not a day that exists (YYYY-MM-DD)`)
  return day
}

function parseDay(text: string): number {
  return text.length === 10 ? readDay(text) : Number.NaN
}

/** The engine reads 31 February as 3 March, so the day of the month is compared with what was written. */
const readDay = remembered((text: string) => {
  const ms = DAY_SHAPE.test(text) ? Date.parse(text) : Number.NaN
  return new Date(ms).getUTCDate() === Number(text.slice(8)) ? ms / DAY_MS : Number.NaN
})

function parseMoment(text: string): number {
  const [, day, offset] = MOMENT_SHAPE.exec(text) ?? []
  if (day === undefined || !isDay(day)) return Number.NaN
  return Date.parse(offset === undefined ? `${text}+08:00` : text)
}

const dayText = remembered((day: number) => {
  const text = new Date(day * DAY_MS).toISOString()
  if (text.length !== 24) throw new RangeError('the day lies outside the years 0000 to 9999')
  return text.slice(0, 10)
})

/** Limits fall on the same few thousand days again and again: remembering them doubles the speed. The bound, 130 years, keeps memory small. */
function remembered<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    let value = known.get(key)
    if (value === undefined) {
      if (known.size >= 48_000) known.clear()
      known.set(key, (value = compute(key)))
    }
    return value
  }
}
