import type { At, Purpose } from '../contract.ts'
import { isDay } from '../ui/time.ts'

/** Where the workbench stands on the server. */
export const basePath = '/desk'

/** The addresses of the workbench, relative to `basePath`. */
export const paths = {
  queue: '/',
  signIn: '/sign-in',
  matter: '/matters/$region/$id',
  takeIn: '/take-in',
  measures: '/measures',
  settings: '/settings',
  draft: '/settings/drafts/$id',
  notices: '/notices',
  urgent: '/urgent',
  calendar: '/calendar',
  directory: '/directory',
  person: '/directory/people/$region/$id',
  office: '/directory/offices/$region/$id',
  account: '/account',
  enrol: '/enrol',
  users: '/users',
  audit: '/audit',
} as const

/** The queues in the order of the day, with the words on their tabs. */
export const purposes: Record<Purpose, string> = {
  today: '今天要办',
  risk: '快到期限',
  unassigned: '还没分派',
  waiting: '等候他人',
  later: '稍后再办',
  all: '全部',
}

/** What a queue is narrowed to: a line, a state of it, who has it, where, how soon it is due, and whether it came in a flood. */
export const narrowings = ['line', 'state', 'assignee', 'region', 'due', 'flood'] as const
export type Narrowing = (typeof narrowings)[number]

/** The queue's address: which purpose, narrowed to what, from which cursor on or back. */
export type QueueSearch = { purpose: Purpose } & { [K in Narrowing | 'after' | 'before']?: string }

/** The matter's address: which action's form is open, if one is, and the address of the queue one came from. */
export type MatterSearch = { do?: string; from?: string }

/** The settings' address: for which place, and which one is open. */
export type SettingsSearch = { region?: string; key?: string }

/** A draft's address: which of the changed cases are shown. `way` is a change of proposal, `grant>refuse`. */
export type FlipsSearch = { county?: string; way?: string; after?: string }

/** The calendar's address: as weeks or as a month, which day it is opened at, whose days, which line. Plain words, as every value of an address. */
export type CalendarSearch = { view: 'week' | 'month'; day?: string; mine?: '1'; line?: string }

/** The directory's address: people or offices, under which place, and what is looked for. */
export type DirectorySearch = {
  of: 'people' | 'offices'
  under?: string
  q?: string
  kind?: string
  specialism?: string
  available?: '1'
  after?: string
}

/** Where to return after signing in, a path of the workbench; and whether the session ended while somebody worked. */
export type SignInSearch = { back?: string; expired?: '1' }

/** The address of the list of people: which place and duty, from whom on, and whose account is open. */
export type UsersSearch = { region?: string; duty?: string; after?: string; open?: string }

/** The audit's address: ids, file numbers and days only, never a name. */
export type AuditSearch = { actor?: string; kind?: string; matter?: string; number?: string; from?: string; to?: string; before?: string }

const isPurpose = (value: unknown): value is Purpose => typeof value === 'string' && Object.hasOwn(purposes, value)
const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Reads the queue's address; anything strange falls back to what needs doing today. */
export function queueSearch(raw: Record<string, unknown>): QueueSearch {
  const words = [...narrowings, 'after', 'before'].map((key) => [key, word(raw[key])])
  return { purpose: isPurpose(raw.purpose) ? raw.purpose : 'today', ...Object.fromEntries(words.filter(([, value]) => value)) }
}

/** Reads a queue's address carried by another: what stands after its question mark. */
export const queueFrom = (text = ''): QueueSearch => queueSearch(Object.fromEntries(new URLSearchParams(text)))

/** A queue's address as another carries it. */
export const queueText = (search: QueueSearch): string => new URLSearchParams(search).toString()

/** The same queue from its start. */
export function firstPage({ after: _, before: __, ...search }: QueueSearch): QueueSearch {
  return search
}

/** Whether anything narrows the queue. */
export const isNarrowed = (search: QueueSearch): boolean => narrowings.some((name) => search[name] !== undefined)

/** Reads the matter's address. */
export function matterSearch(raw: Record<string, unknown>): MatterSearch {
  const [action, from] = [word(raw.do), word(raw.from)]
  return { ...(action && { do: action }), ...(from && { from }) }
}

/** Reads the settings' address. */
export const settingsSearch = (raw: Record<string, unknown>): SettingsSearch => words(raw, ['region', 'key'])

/** Reads a draft's address. */
export const flipsSearch = (raw: Record<string, unknown>): FlipsSearch => words(raw, ['county', 'way', 'after'])

const words = <K extends string>(raw: Record<string, unknown>, names: readonly K[]): { [key in K]?: string } =>
  Object.fromEntries(names.flatMap((name) => (word(raw[name]) ? [[name, word(raw[name])]] : []))) as { [key in K]?: string } // only the names given
/** Reads the calendar's address; `month=2026-12` opens the month grid there. */
export function calendarSearch(raw: Record<string, unknown>): CalendarSearch {
  const month = word(raw.month)
  const [day, line] = [word(raw.day) ?? (month && `${month}-01`), word(raw.line)]
  return {
    view: raw.view === 'month' || month ? 'month' : 'week',
    ...(day && isDay(day) && { day }),
    ...(raw.mine === '1' && { mine: '1' }),
    ...(line && { line }),
  }
}

/** Reads the directory's address. */
export function directorySearch(raw: Record<string, unknown>): DirectorySearch {
  const under = word(raw.under)
  const [q, kind, specialism, after] = [word(raw.q), word(raw.kind), word(raw.specialism), word(raw.after)]
  return {
    of: raw.of === 'offices' ? 'offices' : 'people',
    ...(under && /^(\d{2}){1,3}$/.test(under) && { under }),
    ...(q && { q }),
    ...(kind && { kind }),
    ...(specialism && { specialism }),
    ...(raw.available === '1' && { available: '1' }),
    ...(after && { after }),
  }
}

/** The parts of an address that fit their pattern; anything strange counts as not there. */
function fitting<K extends string>(raw: Record<string, unknown>, patterns: Record<K, RegExp>): { [Its in K]?: string } {
  const fits = Object.entries<RegExp>(patterns).filter(([key, pattern]) => pattern.test(word(raw[key]) ?? ''))
  return Object.fromEntries(fits.map(([key]) => [key, raw[key]])) as { [Its in K]?: string } // the patterns' own keys
}

const [uuid, day] = [/^[0-9a-f-]{36}$/, /^\d{4}-\d{2}-\d{2}$/]

/** Reads the address of the list of people. */
export const usersSearch = (raw: Record<string, unknown>): UsersSearch =>
  fitting(raw, { region: /^\d{2}(\d{2}){0,2}$/, duty: /^[a-z]+$/, after: uuid, open: uuid })

/** Reads the audit's address. */
export const auditSearch = (raw: Record<string, unknown>): AuditSearch =>
  fitting(raw, { actor: /^[0-9a-z-]{2,60}$/, kind: /^[a-zA-Z]+$/, matter: uuid, number: /^.{2,60}$/, from: day, to: day, before: /^\d+$/ })

/** Reads where to go back to; never to another site. */
export function signInSearch(raw: Record<string, unknown>): SignInSearch {
  const back = word(raw.back)
  return { ...(back && /^\/(?![/\\])/.test(back) && { back }), ...(raw.expired === '1' && { expired: '1' }) }
}

/** Where a matter tells of its changes. */
export const liveUrl = ({ region, id }: At) => `/api/live/${region}/${id}`

/** Where a document is downloaded. */
export const documentUrl = ({ region }: Pick<At, 'region'>, document: string) => `/api/documents/${region}/${document}`
