/** What the server says of the person signed in. */
export type Me = { id: string; name: string; kind: 'staff' | 'provider'; duties: string[]; region: string; regionName: string }

/** A staff sign-in: account, password and the six digits of the authenticator. */
export type SignIn = { login: string; password: string; totp: string }

/** A "no" as the API says it; `message` is addressed to the reader and says what to do next. */
export type No = { code: string; message: string; detail: { issues?: Issue[]; version?: number; [key: string]: unknown } }

/** One thing wrong with one field; `path` is the field's name, parts joined by dots. */
export type Issue = { path: string; message: string }

/** Work is queued by purpose, not by status. */
export type Purpose = 'today' | 'waiting' | 'risk' | 'unassigned' | 'all'

/** Whose move it is. */
export type WaitsFor = 'applicant' | 'agency' | 'assignee' | 'bureau' | 'organ' | 'nobody'

/** The nearest limit of a matter; `days` are left until it, negative when it has passed. */
export type Due = {
  limit: string
  title: string
  dueAt: string
  targetAt: string | null
  days: number
  isLate: boolean
  isProvisional: boolean
}

/** Which matter: its county and its id. */
export type At = { region: string; id: string }

/** One matter as it stands in a queue; `recipient` is masked. */
export type QueueRow = At & {
  code: string
  number: string | null
  line: string
  lineTitle: string
  state: string
  stateTitle: string
  waitsFor: WaitsFor
  title: string
  recipient: string | null
  openedAt: string
  due: Due | null
  assigneeName: string | null
  version: number
}

/** One page of a queue; `next` is the cursor of the page after it, `oldest` the opening of each queue's oldest matter. */
export type Queue = {
  rows: QueueRow[]
  next: string | null
  counts: Record<Purpose, number>
  oldest: Partial<Record<Purpose, string | null>>
}

/** The four things about a person that are shown masked until a reason is given. */
export type MaskedField = 'name' | 'idNumber' | 'phone' | 'address'

/** A person of a matter; every personal value is masked, or null when not known. */
export type Party = { person: string; role: string; roleTitle: string; kind: string } & Record<MaskedField, string | null>

/** A label and what stands against it, both ready to show. */
export type Row = { label: string; value: string }

/** One answer, with who gave it, on which channel, and when it was verified. */
export type Fact = {
  question: string
  title: string
  rows: Row[]
  source: { by: string; channel: string; at: string; verifiedAt: string | null }
}

/** A file held for a matter. */
export type Document = { id: string; kind: string; kindTitle: string; name: string; mime: string; bytes: number; at: string; by: string }

/** A document the law or the line asks for, and whether it is here. */
export type Need = { kind: string; title: string; held: boolean }

/** One statutory limit; `uncertain` says what of it is not settled. */
export type Clock = {
  limit: string
  title: string
  kind: 'duty' | 'right'
  ofTitle: string
  startedOn: string
  dueAt: string | null
  targetAt: string | null
  status: 'running' | 'paused' | 'stopped' | 'late' | 'lapsed'
  stoppedAt: string | null
  wasLate: boolean
  isProvisional: boolean
  uncertain: string | null
  pauses: { from: string; to: string | null }[]
  article: string | null
}

/** One fact of the log, in words. */
export type Entry = {
  seq: number
  action: string
  title: string
  by: string
  byRole: string
  at: string
  fromTitle: string | null
  toTitle: string | null
  article: string | null
  rows: Row[]
}

/** Another matter of the same family. */
export type Linked = At & { line: string; lineTitle: string; stateTitle: string; relation: string }

/** One step of the eligibility computation, with what it looked at and how near the line it fell. */
export type Step = {
  title: string
  outcome: string
  outcomeTitle: string
  input: string
  threshold: string | null
  margin: string | null
  article: string | null
  explain: string
}

/** What the engine proposes; an officer decides. */
export type Assessment = { proposal: string; proposalTitle: string; at: string; steps: Step[]; missing: string[] }

/** The JSON Schema of a form, as far as forms use it. */
export type Schema = {
  type?: string
  title?: string
  description?: string
  format?: string
  const?: unknown
  enum?: unknown[]
  oneOf?: Schema[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  /** A reference: which list it is chosen from. */
  of?: string
  /** Text someone will read: written in a box of several lines. */
  long?: boolean
  default?: unknown
}

/** What may be done now, or why not; the same predicate guards the server. */
export type Action = {
  key: string
  title: string
  allowed: boolean
  why: string | null
  article: string | null
  confirm: string | null
  own: string | null
  schema: Schema
  path: string
}

/** A message sent about a matter. */
export type Message = { at: string; to: string; text: string; status: string }

/** A matter as staff see it. */
export type Matter = At & {
  code: string
  number: string | null
  regionName: string
  line: string
  lineTitle: string
  state: string
  stateTitle: string
  waitsFor: WaitsFor
  version: number
  openedAt: string
  title: string
  parties: Party[]
  facts: Fact[]
  documents: Document[]
  needs: Need[]
  clocks: Clock[]
  timeline: Entry[]
  linked: Linked[]
  assessment: Assessment | null
  actions: Action[]
  messages: Message[]
}

/** The body of every action: the version seen, the client's key that makes a retry harmless, and the form. */
export type Act = { version: number; key: string; input: Record<string, unknown> }

/** A lawyer or adviser who might be given the matter, and why or why not. */
export type Candidate = {
  practitioner: string
  account: string
  name: string
  officeName: string
  kindTitle: string
  openCases: number
  specialisms: string[]
  verdict: 'assignable' | 'hold' | 'block'
  reasons: { code: string; text: string; article: string | null }[]
}

/** An indicator by group: a ratio in [0, 1], or a sum in fen; what is claimed stands beside what the person confirmed. */
export type Measure = {
  key: string
  title: string
  better: 'higher' | 'lower'
  article: string | null
  kind: 'ratio' | 'sum'
  rows: {
    group: string
    groupName: string
    value: number | null
    base: number
    claimed: number | null
    confirmed: number | null
    contradicted: number | null
  }[]
}

type Json<T> = { content: { 'application/json': T } }
type Answers<T> = { 200: Json<T>; default: Json<No> }
type Get<T, P extends object = object> = { get: { parameters: P; responses: Answers<T> } }
type Post<T, B, P extends object = object> = {
  post: { parameters: P; requestBody: { content: { 'application/json': B } }; responses: Answers<T> }
}
type OfMatter = { path: At }

/** The API, in the shape the generated client types will have. */
export type Paths = {
  '/api/me': Get<Me>
  '/api/sign-in': Post<Me, SignIn>
  '/api/sign-out': Post<unknown, Record<string, never>>
  '/api/queue': Get<Queue, { query: { purpose: Purpose; line?: string; after?: string; limit: number } }>
  '/api/matters/{region}/{id}': Get<Matter, OfMatter>
  '/api/matters/{region}/{id}/reveal': Post<{ value: string }, { person: string; field: MaskedField; reason: string }, OfMatter>
  '/api/matters/{region}/{id}/assess': Post<Matter, { version: number; key: string }, OfMatter>
  '/api/matters/{region}/{id}/candidates': Get<Candidate[], OfMatter>
  '/api/matters/{region}/{id}/documents': {
    post: { parameters: OfMatter; requestBody: { content: { 'multipart/form-data': FormData } }; responses: Answers<Matter> }
  }
  '/api/{line}/{region}/{id}/{action}': Post<Matter, Act>
  '/api/measures': Get<Measure[]>
}
