import type { components, paths } from '../client/schema.ts'

/** Names for the parts of the generated types that the pages speak of. Only what the wire leaves open is written by hand. */
type Wire = components['schemas']
type Answer<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  responses: { 200: { content: { 'application/json': infer T } } }
}
  ? T
  : never
type Body<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  requestBody: { content: { 'application/json': infer T } }
}
  ? T
  : never

/** What the server says of the person signed in. */
export type Me = Wire['Me']

/** How the workbench looks and answers to keys, for one person. */
export type Preferences = Wire['Preferences']

/** How often something was done, or how many matters stand in a state. */
export type Figure = Wire['Figure']

/** Somebody else who has a matter open, as what, and since when. */
export type Colleague = Wire['Colleague']

/** My own account: what I sign in with, and where I am signed in. */
export type Account = Wire['Account']

/** Somebody's account, as administrators see it. */
export type User = Wire['User']

/** What staff are appointed to do. */
export type Duty = Me['duties'][number]

/** What waits for a second administrator. */
export type AccountRequest = Wire['AccountRequest']

/** What stands on the sheet of one of the two who hand over a code. */
export type EnrolmentHalf = Wire['EnrolmentHalf']

/** One line of the audit. */
export type AuditRow = Wire['AuditRow']

/** A staff sign-in: account, password and the six digits of the authenticator. */
export type SignIn = Body<'/api/sign-in', 'post'>

/** A "no" as the API says it; `message` is addressed to the reader and says what to do next. */
export type No = Pick<Wire['Problem'], 'code' | 'message'> & { detail: { issues?: Issue[]; version?: number; [key: string]: unknown } }

/** One thing wrong with one field; `path` is the field's name, parts joined by dots. */
export type Issue = { path: string; message: string }

/** One page of a queue; `next` is the cursor of the page after it, `oldest` the opening of each queue's oldest matter. */
export type Queue = Answer<'/api/queue', 'get'>

/** What somebody without an account has still to be asked, as a form. */
export type AskingForm = Omit<Answer<'/api/matters/{region}/{id}/asking', 'get'>['rows'][number], 'schema'> & { schema: Schema }

/** What somebody answered by word, as it is written down for them. */
export type ToldFacts = Body<'/api/matters/{region}/{id}/facts', 'post'>

/** One service that a reader may take something in for, with its form. */
export type OpeningForm = Omit<Answer<'/api/openings', 'get'>['rows'][number], 'schema'> & { schema: Schema }

/** What a queue may be narrowed to. */
export type Choices = Answer<'/api/queue/choices', 'get'>

/** A filter kept under a name: the queue's address after its question mark. */
export type SavedFilter = Wire['SavedFilter']

/** An action that may be taken for many matters at once. */
export type BulkAction = Wire['BulkAction']

/** What an action would do to one of many matters, or why it may not be taken. */
export type BulkRow = Wire['BulkRow']

/** Something the search found: a matter, a queue to read, or words alone. */
export type SearchHit = Wire['SearchHit']

/** A message to this desk, or a limit that passed. */
export type DeskNotice = Wire['DeskNotice']

/** Work is queued by purpose, not by status. */
export type Purpose = keyof Queue['counts']

/** One matter as it stands in a queue; `recipient` is masked. */
export type QueueRow = Wire['QueueRow']

/** Whose move it is. */

/** The nearest limit of a matter; `days` are left until it, negative when it has passed. */
export type Due = NonNullable<QueueRow['due']>

/** What falls on some days, what of it is late, and what kind of day each is. */
export type Calendar = Wire['Calendar']

/** One limit's last day, or one hearing. */
export type CalendarEntry = Wire['CalendarEntry']

/** A day: worked, a weekend, a festival, or a weekend worked for one. */
export type CalendarDay = Wire['CalendarDay']

/** A subscription of the reader's own calendar; its address was told once. */
export type Feed = Answer<'/api/calendar/feeds', 'get'>[number]

/** A page of the register's people. */
export type People = Answer<'/api/directory/people', 'get'>

/** One practitioner: licence, workload, whether they could be sent, history. */
export type Person = Wire['Person']

/** One office: how to reach it, who works there, history. */
export type Office = Wire['OfficeView']

/** One change of an entry of the register. */
export type RegisterChange = Wire['RegisterChange']

/** Which matter: its county and its id. */
export type At = Pick<Matter, 'region' | 'id'>

/** A matter as staff see it. */
export type Matter = Omit<Wire['Matter'], 'actions'> & { actions: Action[] }

/** What may be done now, or why not; the same predicate guards the server. The form comes as JSON Schema, which the wire leaves open. */
export type Action = Omit<Wire['Matter']['actions'][number], 'schema'> & { schema: Schema }

/** The four things about a person that are shown masked until a reason is given. */
export type MaskedField = Body<'/api/matters/{region}/{id}/reveal', 'post'>['field']

/** An asking to read what is closed, and what became of it. */
export type UrgentAccess = Wire['UrgentAccess']

/** What is asked for it. */
export type UrgentAsk = Body<'/api/urgent', 'post'>

/** To whom a matter is confined, and why. */
export type Naming = Body<'/api/matters/{region}/{id}/confine', 'post'>

/** Somebody a one-time link can be sent to, and how the last one stands. */
export type Reachable = Matter['links'][number]

/** To whom a link is sent, how it goes, and what proves them. */
export type SentLink = Body<'/api/matters/{region}/{id}/links', 'post'>

/** A person of a matter; every personal value is masked, or null when not known. */
export type Party = Matter['parties'][number]

/** One answer, with who gave it, on which channel, and by whom, when and how it was checked. */
export type Fact = Matter['facts'][number]

/** A way an answer may be checked. */
export type CheckKey = Matter['checks'][number]['key']

/** A file held for a matter. */
export type Document = Matter['documents'][number]

/** A document the law or the line asks for, and whether it is here. */
export type Need = Matter['needs'][number]

/** One statutory limit; `uncertain` says what of it is not settled. */
export type Clock = Matter['clocks'][number]

/** One fact of the log, in words. */
export type Entry = Matter['timeline'][number]

/** Another matter of the same family. */
export type Linked = Matter['linked'][number]

/** What colleagues tell each other beside the log; the text of one struck out is gone. */
export type Note = Matter['notes'][number]

/** What an action leads to, read off the line. */
export type Help = Wire['Help']

/** A message sent about a matter. */
export type Message = Matter['messages'][number]

/** Something beside the facts that an officer looks at before acting; drawn by its shape. */
export type Panel<S extends Shape = Shape> = { [K in S]: { shape: K } & Extract<Wire['Panel'], { shape: K }> }[S]
type Shape = Wire['Panel']['shape']

/** What a computation proposes; an officer decides. */
export type Reading = Wire['Reading']

/** One step of a computation, with what it looked at and how near the line it fell. */
export type Step = Wire['Step']

/** A lawyer or adviser who might be given the matter, and why or why not. */
export type Candidate = Wire['PanelContent']['candidates'][number]

/** An indicator by group: a ratio in [0, 1], or a sum in fen; what is claimed stands beside what the person confirmed. */
export type Measure = Wire['Measure']

/** What is left to provinces to set, for one place, with everything that may be set. */
export type Settings = Omit<Answer<'/api/settings', 'get'>, 'settings'> & { settings: Setting[] }

/** One setting, what held and will hold, and the form of another value, which the wire leaves open. */
export type Setting = Omit<Wire['Setting'], 'schema'> & { schema: Schema }

/** A change somebody proposed, and what the reader may do with it. */
export type SettingDraft = Wire['SettingDraft']

/** What is proposed. */
export type Proposal = Body<'/api/settings/drafts', 'post'>

/** How far a replay is. */
export type Replay = Wire['Replay']

/** What a replay found, by group. */
export type ReplayReport = Wire['ReplayReport']

/** A page of assessments a draft would turn. */
export type Flips = Answer<'/api/settings/drafts/{id}/flips', 'get'>

/** The body of every action: the version seen, the client's key that makes a retry harmless, and the form. */
export type Act = { version: number; key: string; input: Record<string, unknown> }

/** The API, and the shape all its actions share, and all its openings: the server names the path of each itself, already filled in. */
export type Paths = paths & {
  '/api/{line}': {
    post: {
      parameters: object
      requestBody: { content: { 'application/json': At & Record<string, unknown> } }
      responses: paths['/api/matters/{region}/{id}']['get']['responses']
    }
  }
  '/api/{line}/{region}/{id}/{action}': {
    post: {
      parameters: object
      requestBody: { content: { 'application/json': Act } }
      responses: paths['/api/matters/{region}/{id}']['get']['responses']
    }
  }
}

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
