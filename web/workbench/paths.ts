import type { At, Purpose } from './contract.ts'

/** Where the workbench stands on the server. */
export const basePath = '/desk'

/** The addresses of the workbench, relative to `basePath`. */
export const paths = { queue: '/', signIn: '/sign-in', matter: '/matters/$region/$id', measures: '/measures', notices: '/notices' } as const

/** The queues in the order of the day, with the words on their tabs. */
export const purposes: Record<Purpose, string> = {
  today: '今天要办',
  risk: '快到期限',
  unassigned: '还没分派',
  waiting: '等候他人',
  all: '全部',
}

/** What a queue is narrowed to: a line, a state of it, who has it, where, and how soon it is due. */
export const narrowings = ['line', 'state', 'assignee', 'region', 'due'] as const
export type Narrowing = (typeof narrowings)[number]

/** The queue's address: which purpose, narrowed to what, from which cursor on or back. */
export type QueueSearch = { purpose: Purpose } & { [K in Narrowing | 'after' | 'before']?: string }

/** The matter's address: which action's form is open, if one is, and the address of the queue one came from. */
export type MatterSearch = { do?: string; from?: string }

/** Where to return after signing in; a path of the workbench. */
export type SignInSearch = { back?: string }

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

/** Reads where to go back to; never to another site. */
export function signInSearch(raw: Record<string, unknown>): SignInSearch {
  const back = word(raw.back)
  return back && /^\/(?![/\\])/.test(back) ? { back } : {}
}

/** Where a document is downloaded. */
export const documentUrl = ({ region }: Pick<At, 'region'>, document: string) => `/api/documents/${region}/${document}`
