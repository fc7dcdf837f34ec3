import type { End, Pause, Period } from './calendar/calendar.ts'
import type { Seats } from './seat.ts'

/** Identifies a matter: its county (GB/T 2260, six digits) and a UUIDv7 made by the client. */
export type MatterId = { region: string; id: string }

/** One request for a public legal service, of any line. A cached fold of its events. */
export type Matter<State extends string = string> = MatterId & {
  line: string
  /** The body that handles it, by the register. */
  office: string
  /** Which edition of the line it was opened under; open matters keep theirs when the law changes. */
  edition: string
  /** What the citizen writes down to come back: ten characters, the last a check. */
  code: string
  /** The office's number for the file, drawn when the application is received: （2026）西民00123号. */
  number: string | null
  /** When the office received it; null while it is a draft, which exists for its person alone. */
  filedAt: Date | null
  state: State
  version: number
  /** Who sits at its table: accounts, and parties without one. */
  seats: Seats
  /** Who has done their part of an action that counts once everybody has, by action. */
  joint: Readonly<Record<string, readonly string[]>>
  /** Kinds of document held. */
  documents: readonly string[]
  /** The matter this one grew from: an objection points at the refused application. */
  parent: string | null
  openedAt: Date
  /** Decisions and references only; what people said of themselves lives in `answer` and `person`, encrypted. */
  data: Record<string, unknown>
}

/** One thing that happened to a matter. Never updated, never deleted. */
export type Event = MatterId & {
  seq: number
  action: string
  actor: string
  at: Date
  from: string
  to: string
  input: Record<string, unknown>
}

/** A running or finished statutory time limit. `dueAt` is null while a pause is open. */
export type Clock = {
  limit: string
  /** Whose run it is, by id, where every party has their own (`per` of the limit). */
  party: string | null
  /** The day it counts from (`YYYY-MM-DD`), or the moment (RFC 3339) for limits in hours. */
  startedOn: string
  startedBy: number
  /** `by` is the event that called for the pause; without it, the pause is the time spent in a state. */
  pauses: readonly (Pause & { by?: number })[]
  /** By how much it was lengthened, or to which end, each with the day of the event that did it. */
  extensions: readonly ((Period | End) & { on: string })[]
  /** What was computed or fixed when it started; null where the line declares the length. */
  length: Period | End | null
  /** Last instant after rolling over days off, and before it: warn on `targetAt`, late after `dueAt`. */
  dueAt: Date | null
  targetAt: Date | null
  provisional: boolean
  stoppedAt: Date | null
}
