import { has } from './keyed.ts'

/** Every way the platform says "no", and its HTTP status. Codes are API contract: add freely, never rename. */
export const refusals = {
  not_found: 404,
  not_permitted: 403,
  sign_in_first: 401,
  wrong_credentials: 401,
  too_many_tries: 429,
  too_many: 429,
  codes_used_up: 429,
  opened_enough: 429,
  wrong_state: 409,
  stale: 409,
  key_reused: 409,
  missing_document: 422,
  missing_answer: 422,
  invalid: 422,
  bad_text: 422,
  file_too_large: 413,
  file_type: 415,
  file_active: 415,
  file_locked: 415,
  paper_unchecked: 409,
  papers_full: 409,
  papers_full_of_you: 409,
  media_type: 415,
  too_late: 409,
  too_early: 409,
  recused: 403,
  once_only: 409,
  not_applicable: 409,
  no_office: 409,
  no_hearing: 409,
  use_stopped: 409,
  never_shared: 409,
  cross_site: 403,
  two_hosts: 400,
  own_draft: 403,
  replay_first: 409,
  day_passed: 409,
  in_force: 409,
  prove_again: 403,
  own_account: 403,
  own_request: 403,
  same_origin: 403,
  too_new: 403,
  beyond_region: 403,
  asker_gone: 409,
  waits_already: 409,
  link_spent: 409,
  last_key: 409,
  busy: 503,
  unavailable: 503,
} as const

export type RefusalCode = keyof typeof refusals

/** A "no" that one service alone says: its HTTP status, and its words to the reader, at the desk in the desk's where the citizen's would mislead. */
export type OwnRefusal = { status: number; text: { zh: string; en: string }; desk?: { zh: string; en: string } }

/** A "no" as data: cheap to compute for every button on a page, thrown only at the edge. `detail` never holds personal data; `own` is its service's, where no other says it. */
export type No = { code: string; detail: Detail; own?: OwnRefusal }

/** What goes with a no; of what is wrong with fields, each of them. */
type Detail = Readonly<Record<string, unknown>> & {
  readonly issues?: readonly Issue[] | undefined
  readonly by?: readonly string[] | undefined
}
export const no = (code: RefusalCode, detail: No['detail'] = {}): No => ({ code, detail })

/** `no` of a service that says some of its own; a misspelt code does not compile. */
export const refusing =
  <K extends string>(own: Readonly<Record<K, OwnRefusal>>) =>
  (code: K | RefusalCode, detail: No['detail'] = {}): No => ({ code, detail, ...(has(own, code) && { own: own[code] }) })

/** The HTTP status of a "no". */
export const statusOf = ({ code, own }: No): number => own?.status ?? (has(refusals, code) ? refusals[code] : 500)

/** An expected "no", thrown. Anything else thrown is a bug. */
export class Refusal extends Error implements No {
  override name = 'Refusal'
  readonly code: string
  readonly detail: No['detail']
  readonly own?: OwnRefusal
  constructor({ code, detail, own }: No) {
    super(code)
    this.code = code
    this.detail = detail
    if (own) this.own = own
  }
}

/** Throws the refusal in the shape rules return it. */
export function refuse(code: RefusalCode, detail: No['detail'] = {}): never {
  throw new Refusal(no(code, detail))
}

/** What of a schema's own terms goes with an issue: the keys a form does not take, the kind of value it asks, the least it takes. */
const terms = ['keys', 'expected', 'origin', 'minimum'] as const

export type Issue = { path: string; code?: string | undefined; message: string; day?: string | undefined } & {
  [term in (typeof terms)[number]]?: unknown
}

/** A schema's issues as a refusal carries them: where, and what the schema asks. What was typed never travels in a refusal. */
export const issuesOf = (issues: readonly { path: readonly PropertyKey[]; code?: string | undefined; message: string }[]): Issue[] =>
  issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    code: issue.code,
    message: issue.message,
    ...Object.fromEntries(Object.entries(issue).filter(([term]) => terms.some((one) => one === term))),
  }))
