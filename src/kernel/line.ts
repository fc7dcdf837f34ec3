import { rowOf } from './keyed.ts'
import type { z } from 'zod'
import type { Actor, Relation } from './actor.ts'
import type { Cite } from './cite.ts'
import type { Desk } from './desk.ts'
import type { Question } from './journey/journey.ts'
import type { Law } from './setting.ts'
import type { Limit } from './limits/limit.ts'
import type { Event, Matter } from './matter.ts'
import type { No } from './refusal.ts'
import type { Seat, Seats } from './seat.ts'
import type { Text } from './text.ts'
import type { Traits } from './traits.ts'

/** What a line is declared in: its words, and the law that its rules look at. */
export type { Law, Text }
export type Form = z.ZodObject

/** Columns an action may change besides the state; `input` is always kept whole in the event. */
export type Change = Partial<Pick<Matter, 'documents' | 'data' | 'number' | 'office'>>

/** A service line is data: what can happen, who may do it, how long it may take, and which law says so. */
export type Line<S extends string = string, F extends Record<string, Form> = Record<string, Form>, K extends string = string> = {
  key: string
  edition: string
  title: Text
  initial: S
  /** Where a matter begins, filed, that an officer opens for somebody, in a line whose people fill in a draft first. */
  takenIn?: S
  /** Where a matter begins that another service refers here, until its desk takes it over or sends it back. */
  receives?: S
  /** Who may sit at the table of one of its matters. */
  seats: Record<K, Seat>
  /** The seat of the person a matter is for, whoever opened it. */
  principal: K
  /** What the person a matter is for is called, where that is not who sits there: the child for whom somebody applies. */
  recipient?: Text
  desk: Desk
  /** Who may open one, by kind of actor or duty. */
  openedBy: readonly (Relation | 'citizen')[]
  /** Everything its matters may hold, each part of it once it is recorded. */
  data?: z.ZodObject
  /** What the rooms around it read of its data. */
  traits?: Traits
  states: Record<S, State<K>>
  documents: Record<string, Paper<K>>
  /** Draws a number of this kind when opened; lines that are filed later draw it by an action. */
  numbered?: string
  /** Its matters begin filed; in the others an action files. */
  files?: true
  /** What its person is told of the opening. */
  opened?: Text
  /** Effects of the opening itself. */
  onOpen?: readonly string[]
  /** The class by which what leaves no file is kept, where it has one of its own: a key of the table of periods. */
  retention?: string
  /** What a matter is about, in a few words and without a person. */
  subject?(data: Record<string, unknown>): Text | undefined
  /** What is asked in the one form that opens it beside another matter, where there is no journey. */
  asked?: readonly Question[]
  remedy?: Remedy<S, keyof F & string>
  outcome?: Outcome<keyof F & string>
  actions: { [A in keyof F]: Action<S, F[A], K> }
  limits: Record<string, Limit<S, keyof F & string, K>>
}

/** A kind of paper. `owed`: whose it is to bring, in which states, and in which matters; one nobody owes is taken in when it comes. */
export type Paper<K extends string = string> = {
  title: Text
  hint?: Text
  cite?: Cite
  owed?: { by: K | 'desk'; in: readonly string[]; when?(data: Matter['data']): boolean }
}

/** The matter of another line, by its key, by which the applicant contests what was decided: from which states, and how it is said. `taken` is what the system does here when it was sought in time. */
export type Remedy<S extends string = string, A extends string = string> = {
  line: string
  from: readonly S[]
  /** Matters that may be contested in a state in which others may not. */
  alsoOf?(matter: Pick<Matter, 'state' | 'data'>): boolean
  taken: A
  title: Text
  /** The button that sends it, and what follows then. */
  send: Text
  confirm: Text
  how: Text
  /** What stands in its place once it was sought; `{state}` is how that stands. */
  sought: Text
  cite: Cite
}

/** What a provider reports and the person confirms: a claim is not an outcome. Amounts in fen, days YYYY-MM-DD. */
export type Outcome<A extends string = string> = {
  reportedBy: A
  confirmedBy: A
  of(data: Record<string, unknown>): { result: string; concludedOn: string; recoveredFen: number } | undefined
}

/** An action that decides on what was asked, and is told in a letter of its own. */
export type Deciding = {
  /** What the letter is called. */
  title: Text
  /** What was decided, in a sentence to the person. */
  words: Text
  /** The field of what is recorded in which the officer gives the reasons. */
  reasonsIn: string
  /** The ground that was chosen, where the law lists them. */
  ground?(input: Record<string, unknown>): { title: Text; cite: Cite } | undefined
  /** It rests on an assessment that proposed this. */
  assessed?: string
  /** What the law has said with it, whoever decides: a right of the person, and how to use it. */
  pointsOut?(input: Record<string, unknown>): { words: Text; cite: Cite } | undefined
  /** How it is contested: by the line's own remedy, or as said here. */
  remedy?: 'object' | { how: Text; cite: Cite }
}

export type State<K extends string = string> = {
  title: Text
  final?: true
  /** It ended before anything was decided, so there is no case file that has to be kept (RULEBOOK §4.7). */
  leavesNoFile?: true
  /** Whose move it is, by seat, or the desk's: decides the work queue the matter stands in. Empty where it is nobody's. */
  waitsFor: readonly (K | 'desk')[]
  /** Work that goes on for weeks: it needs somebody today only as its limit nears. */
  lasts?: true
  /** Its person may make a new application, and is led there. */
  mayApplyAgain?: true
  /** What the citizen is told happens next, in their words. */
  next?: Text
  /** The same where it depends on how this matter stands, instead of `next`. */
  nextFor?(matter: Pick<Matter, 'seats' | 'data'>): Text | undefined
  /** The same for those who work on it, where the citizen's words would not do. */
  desk?: { title?: Text; next?: Text }
}

/** Everything a rule may look at. */
export type Case<I> = { matter: Matter; input: I; actor: Actor; now: Date; law: Law }

export type Action<S extends string, F extends Form, K extends string = string> = BareAction<S, F, K> & {
  /** What the person is asked, where that is not what is recorded: the server prepares the rest (`prepare` of the service). */
  asks?: Form
  effects?: readonly string[]
}

type BareAction<S extends string, F extends Form, K extends string> = {
  title: Text
  /** What happened, as its person is told; the title is the officer's word for it. */
  told?: Text
  /** At a table with two sides, a step that is told to everybody there; others are told to whoever took it, and to those who see all. */
  openly?: true
  /** Likewise, a step that is told to the one holder this field of what is recorded names: a talk with one side is none of the other's business. */
  toldTo?: string
  /** Fields of what is recorded that are told with it. */
  shows?: readonly string[]
  /** What is recorded of it is for those who work on the matter: its person is told that it happened, and no more. */
  inward?: true
  by: readonly Relation<K>[]
  /** It counts once every holder of these seats has done it; until then the matter stays as it is. */
  jointly?: readonly K[]
  /** Joint actions of which what was done so far no longer counts: a text that is changed after the first signature is signed anew. */
  voids?: readonly string[]
  from: readonly S[]
  /** Absent: the matter stays in its state. */
  to?: S | ((input: z.output<F>, matter: Matter) => S)
  /** Every state `to` may return, when it is a function: lets `flaws` see them. */
  reaches?: readonly S[]
  /** What the event records. */
  form: F
  /** It refers the person to another service: that one's key, and the facts that may go along, each by their leave. */
  refers?: { to: string; carries: readonly string[] }
  needs?: readonly string[]
  /** A rule of law or procedure that needs no input: part of `check`, so the button knows it too. */
  when?(its: Omit<Case<never>, 'input'>): No | null
  /** A rule of law or procedure over the input. */
  rule?(its: Case<z.output<F>>): No | null
  set?(input: z.output<F>, matter: Matter, event: Event): Change
  /** Who sits where from now on, seat by seat; a seat that is not named keeps its holders. */
  seats?(input: z.output<F>, matter: Matter): Seats<K>
  /** Draws the office's number of this kind (民, 刑, 行, 议) when the action is taken; of one of several, where what is recorded says which. */
  numbered?: string | { kinds: readonly string[]; of(input: z.output<F>): string }
  /** With this the office has received the matter: its desk sees it from now on. */
  files?: true
  cite?: Cite
  decides?: Deciding
  /** Words for the button's confirmation where it cannot be undone. */
  confirm?: Text
  /** One filling of the form may be taken for many matters, each judged and logged by itself: nothing in it is weighed case by case. */
  bulk?: true
  /** Among what may be done now, what usually comes next stands first: the lowest rank, then those without one as declared. */
  rank?: number
  /** Taken by a form of its own (upload, assessment), so the generic panel links instead of drawing the form. */
  own?: string
}

/** What a line leaves to its service, as declared: the effects that each action names, and what each asks. */
type Naming<E, Q> = { [A in keyof E]: { effects?: readonly E[A][] } } & { [A in keyof Q]: { asks?: Q[A] } }
/** The same kept in a type, where an action without either names `never`. */
type Named<E, Q> = { [A in keyof E]: { effects?: readonly Known<E[A]>[] } } & { [A in keyof Q]: { asks?: Known<Q[A]> } }
type Known<T> = unknown extends T ? never : T
type Bare<S extends string, F extends Record<string, Form>, K extends string> = { [A in keyof F]: BareAction<S, F[A], K> }

/** A line as declared: with its states, seats and forms, and with what it leaves to its service. */
export type DeclaredLine<S extends string, F extends Record<string, Form>, K extends string, E, Q, O> = Omit<
  Line<S, F, K>,
  'actions' | 'onOpen'
> & {
  actions: Bare<S, F, K> & Named<E, Q>
  onOpen?: readonly O[]
}

/** Declares a line; a misspelt state, seat, action or statute does not compile. */
export function line<
  const S extends string,
  const K extends string,
  F extends Record<string, Form>,
  const E,
  const Q,
  const O extends string = never,
>(
  def: Omit<
    Line,
    | 'initial'
    | 'takenIn'
    | 'receives'
    | 'seats'
    | 'principal'
    | 'states'
    | 'documents'
    | 'actions'
    | 'limits'
    | 'remedy'
    | 'outcome'
    | 'onOpen'
  > & {
    initial: NoInfer<S>
    takenIn?: NoInfer<S>
    receives?: NoInfer<S>
    seats: Record<K, Seat>
    principal: NoInfer<K>
    documents: Record<string, Paper<NoInfer<K>>>
    remedy?: Remedy<NoInfer<S>, NoInfer<keyof F & string>>
    outcome?: Outcome<NoInfer<keyof F & string>>
    onOpen?: readonly O[]
    states: Record<S, State<NoInfer<K>>>
    actions: { [A in keyof F]: BareAction<NoInfer<S>, F[A], NoInfer<K>> } & Naming<E, Q>
    limits: Record<string, Limit<NoInfer<S>, NoInfer<keyof F & string>, NoInfer<K>>>
  },
): DeclaredLine<S, F, K, E, Q, O> {
  return def as DeclaredLine<S, F, K, E, Q, O> // what names nothing names `never`
}

/** The action of a line by this key; undefined for a key that is none. */
export const actionOf = ({ actions }: Pick<Line, 'actions'>, key: string): Action<string, Form> | undefined => rowOf(actions, key)

/** A line with its particular states, seats and forms forgotten: what the engine works on. */
export const plain = <S extends string, F extends Record<string, Form>, K extends string>(line: Line<S, F, K>): Line =>
  line as unknown as Line // the engine only calls what `check` let through

/** Declares part of a line's actions over its states and seats, keeping each form's type. */
export const actions =
  <S extends string, K extends string>() =>
  <const F extends Record<string, Form>, const E, const Q>(part: Bare<S, F, K> & Naming<E, Q>): Bare<S, F, K> & Named<E, Q> =>
    part as Bare<S, F, K> & Named<E, Q> // likewise
