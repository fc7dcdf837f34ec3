import type { z } from 'zod'
import type { Duty } from '#kernel/actor.ts'
import type { Language } from '#platform/messages/languages.ts'
import type { FloodDoor } from '#platform/doors/flood-limits.ts'
import type { KnownDevices } from '#platform/doors/known-devices.ts'
import type { Session } from '#platform/doors/sessions.ts'
import type { Spooled } from '#platform/files/spool.ts'
import type { Source } from './sender.ts'
import type { Platform } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'

/** Who may knock: anyone at all, a signed-in citizen or provider, a party who came by a one-time link, or staff with one of these duties. What they may then see is the row policies' to say. */
export type Door = 'visitor' | 'citizen' | 'party' | 'provider' | Duty

/** A file sent with a form: on disk, and judged when it is asked what is kept of it. */
export type Upload = { field: string; name: string; clean: Spooled['clean'] }

/** What a handler sees of a request. `session` is null for a visitor; `origin` is where people reach us, `device` how their browser calls itself, `source` where it is asked from, `devices` where it signed in before. */
export type Asked<P, Q, B> = {
  params: P
  query: Q
  body: B
  session: Session | null
  uploads: readonly Upload[]
  origin: string
  device: string
  source: Source
  devices: KnownDevices
  reply: Answering
}

/** What a handler may do to the answer besides returning it. */
export type Answering = {
  setSession(kind: 'citizen' | 'desk', token: string | null): void
  /** A choice of how pages look or which county they speak of, kept a year. */
  setPreference(name: 'language' | 'text' | 'contrast' | 'county', value: string): void
  /** Remembers the secret of a matter beside the last few others, until the browser is closed; null forgets them all. */
  setSecret(value: { code: string; secret: string } | null): void
  /** What this sitting is, so that a page of refusal knows it too. Signing out forgets it. */
  setSitting(value: Sitting): void
  /** Has this browser known to an account from now on, for its tries to be counted apart; null has it known to none. */
  setKnown(account: string | null): void
  /** A text made by `sealNote`, carried by the browser under this name for as long as a note lives; null takes it back. */
  setNote(name: string, sealed: string | null): void
}

/** What has been shown at this browser: something another may look at over the shoulder; or it stands where the next person uses it too. */
export type Sitting = { isPrivate: boolean; isShared: boolean }

/** An endpoint as data: the server, the OpenAPI document and the client are all read from it. */
export type Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  method: 'GET' | 'POST'
  path: string
  id: string
  summary: string
  params?: P
  query?: Q
  body?: B
  /** Takes multipart/form-data: the fields are the body, the files are `uploads`. */
  takesFiles?: true
  /** Counted at this door before anything of it is done. */
  counts?: FloodDoor
  returns: R
} & (
  | { handler(tx: Tx, asked: Asked<z.output<P>, z.output<Q>, z.output<B>>): Promise<z.input<R>> }
  /** For doors, which find out who is asking and so open their own transactions. */
  | { enter(on: Platform, asked: Asked<z.output<P>, z.output<Q>, z.output<B>>, now: Date): Promise<z.input<R>> }
)

/** A route with its particular types forgotten: what the server works on. */
// oxlint-disable-next-line typescript/no-explicit-any -- one of the two fenced places: a list of routes has no common type
export type AnyRoute = Route<any, any, any, any>

/** Declares a route; a handler that returns what its schema does not declare does not compile. */
export const route = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  r: Route<P, Q, B, R>,
): Route<P, Q, B, R> => r

/** One server-sent event; `id` is what a browser that lost the connection comes back with. */
export type Word = { event: string; id?: string; data: unknown }

/** A stream of server-sent events as data: open for as long as its words come, and ended by `signal`. */
export type Stream<P extends z.ZodType = z.ZodType> = {
  path: string
  id: string
  params: P
  /** Refuses before the first word, or answers where the words come from. `lastId` is the last the browser heard. */
  open(
    on: Platform,
    asked: { params: z.output<P>; session: Session; lastId: string | null },
    until: { now: () => Date; signal: AbortSignal },
  ): Promise<AsyncIterable<Word>>
}

// oxlint-disable-next-line typescript/no-explicit-any -- the other fenced place, as for routes
export type AnyStream = Stream<any>

/** Declares a stream. */
export const stream = <P extends z.ZodType>(s: Stream<P>): Stream<P> => s

/** What a page answers with. */
export type PageReply =
  | { html: string; status?: number }
  | { redirect: string }
  | { bytes: Buffer; mime: string; name: string }
  /** Text whose address changes with it, kept for ever. */
  | { asset: string; mime: string }
  /** A text that machines fetch again and again: answered with 304 while it stays the same. */
  | { live: string; mime: string }

/** What a page's handler sees: `form` holds the posted fields as typed, nothing lost. */
export type Visit = {
  params: Record<string, string>
  query: Record<string, string>
  form: Record<string, string | string[]>
  uploads: readonly Upload[]
  session: Session | null
  language: Language
  isLarge: boolean
  hasContrast: boolean
  /** The county last asked about, as the browser says: six digits, or anything. */
  county: string
  sitting: Sitting
  /** The secrets this browser remembers, by the matter's code. */
  secrets: ReadonlyMap<string, string>
  /** What the browser carries under a note's name; `openNote` reads it. */
  noteOf(name: string): string | undefined
  path: string
  /** Where people reach us: as configured, else as the browser says. */
  origin: string
  source: Source
  /** Where somebody signed in at this browser before. */
  devices: KnownDevices
  /** A page of ours led here: what a link does may be done. */
  isFromHere: boolean
  reply: Answering
}

/** A page of the portal as data. Forms post to the page's own address. */
export type Page = {
  method: 'GET' | 'POST'
  path: string
  id: string
  /** Its form carries files; at other pages none is read. */
  takesFiles?: true
  /** Counted at this door before anything of it is done. */
  counts?: FloodDoor | ((params: Readonly<Record<string, string>>) => FloodDoor | undefined)
} & ({ handler(tx: Tx, visit: Visit): Promise<PageReply> } | { enter(on: Platform, visit: Visit, now: Date): Promise<PageReply> })
