import type { At, Purpose } from './contract.ts'

/** Where the workbench stands on the server. */
export const basePath = '/desk'

/** The addresses of the workbench, relative to `basePath`. */
export const paths = {
  queue: '/',
  signIn: '/sign-in',
  matter: '/matters/$region/$id',
  measures: '/measures',
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
  all: '全部',
}

/** The queue's address: which purpose, which line, from which cursor. */
export type QueueSearch = { purpose: Purpose; line?: string; after?: string }

/** The matter's address: which action's form is open, if one is. */
export type MatterSearch = { do?: string }

/** Where to return after signing in; a path of the workbench. */
export type SignInSearch = { back?: string }

/** The address of the list of people: which place and duty, from whom on, and whose account is open. */
export type UsersSearch = { region?: string; duty?: string; after?: string; open?: string }

/** The audit's address: ids and days only, never a name. */
export type AuditSearch = { actor?: string; kind?: string; matter?: string; from?: string; to?: string; before?: string }

const isPurpose = (value: unknown): value is Purpose => typeof value === 'string' && Object.hasOwn(purposes, value)
const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Reads the queue's address; anything strange falls back to what needs doing today. */
export function queueSearch(raw: Record<string, unknown>): QueueSearch {
  const [line, after] = [word(raw.line), word(raw.after)]
  return { purpose: isPurpose(raw.purpose) ? raw.purpose : 'today', ...(line && { line }), ...(after && { after }) }
}

/** Reads the matter's address. */
export function matterSearch(raw: Record<string, unknown>): MatterSearch {
  const action = word(raw.do)
  return action ? { do: action } : {}
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
  fitting(raw, { actor: /^[0-9a-z-]{2,60}$/, kind: /^[a-zA-Z]+$/, matter: uuid, from: day, to: day, before: /^\d+$/ })

/** Reads where to go back to; never to another site. */
export function signInSearch(raw: Record<string, unknown>): SignInSearch {
  const back = word(raw.back)
  return back && /^\/(?![/\\])/.test(back) ? { back } : {}
}

/** Where a document is downloaded. */
export const documentUrl = ({ region }: Pick<At, 'region'>, document: string) => `/api/documents/${region}/${document}`
