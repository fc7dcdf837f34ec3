import type { z } from 'zod'
import type { Actor, Relation } from './actor.ts'
import type { Calendar } from './calendar.ts'
import type { Cite } from './cite.ts'
import type { Desk } from './desk.ts'
import type { Question } from './journey.ts'
import type { Limit } from './limit.ts'
import type { Event, Matter } from './matter.ts'
import type { No } from './refusal.ts'
import type { Traits } from './traits.ts'

export type Text = { zh: string; en: string }
export type Form = z.ZodObject

/** The law as it stands where and when something happens: the calendar, and the dated settings the rulebook leaves open. */
export type Law = { calendar: Calendar; setting(key: string): unknown }

/** Columns an action may change besides the state; `input` is always kept whole in the event. */
export type Change = Partial<Pick<Matter, 'assignee' | 'proxy' | 'documents' | 'data' | 'number' | 'applicant'>>

/** A service line is data: what can happen, who may do it, how long it may take, and which law says so. */
export type Line<S extends string = string, F extends Record<string, Form> = Record<string, Form>> = {
  key: string
  edition: string
  title: Text
  initial: S
  /** Who may open one, by kind of actor or duty. */
  openedBy: readonly (Relation | 'citizen')[]
  states: Record<S, State>
  documents: Record<string, Paper>
  /** Where its matters are handled. */
  desk: Desk
  /** Everything its matters may hold, each part of it once it is recorded. */
  data?: z.ZodObject
  /** What the rooms around it read of its data. */
  traits?: Traits
  /** Draws a number of this kind when opened; lines that are filed later draw it by an action. */
  numbered?: string
  /** What its person is told of the opening. */
  opened?: Text
  /** Effects of the opening itself. */
  onOpen?: readonly string[]
  /** What a matter is about, in a few words and without a person. */
  subject?(data: Record<string, unknown>): Text | undefined
  /** What is asked in the one form that opens it beside another matter, where there is no journey. */
  asked?: readonly Question[]
  remedy?: Remedy<S, keyof F & string>
  outcome?: Outcome<keyof F & string>
  actions: { [K in keyof F]: Action<S, F[K]> }
  limits: Record<string, Limit<S, keyof F & string>>
}

/** A kind of paper. `owed`: whose it is to bring, in which states, and in which matters; one nobody owes is taken in when it comes. */
export type Paper = {
  title: Text
  hint?: Text
  cite?: Cite
  owed?: { by: Exclude<State['waitsFor'], 'nobody'>; in: readonly string[]; when?(data: Matter['data']): boolean }
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
  /** How it is contested: by the line's own remedy, or as said here. */
  remedy?: 'object' | { how: Text; cite: Cite }
}

export type State = {
  title: Text
  final?: true
  /** It ended before anything was decided, so there is no case file that has to be kept (RULEBOOK §4.7). */
  leavesNoFile?: true
  /** Whose move it is: decides the work queue the matter stands in. */
  waitsFor: 'applicant' | 'agency' | 'assignee' | 'bureau' | 'organ' | 'nobody'
  /** Work that goes on for weeks: it needs somebody today only as its limit nears. */
  lasts?: true
  /** Its person may make a new application, and is led there. */
  mayApplyAgain?: true
  /** What the citizen is told happens next, in their words. */
  next?: Text
  /** The same where it depends on how this matter stands, instead of `next`. */
  nextFor?(matter: Pick<Matter, 'assignee' | 'data'>): Text | undefined
  /** The same for those who work on it, where the citizen's words would not do. */
  desk?: { title?: Text; next?: Text }
}

/** Everything a rule may look at. */
export type Case<I> = { matter: Matter; input: I; actor: Actor; now: Date; law: Law }

export type Action<S extends string, F extends Form> = BareAction<S, F> & {
  /** What the person is asked, where that is not what is recorded: the server prepares the rest (`prepare` of the service). */
  asks?: Form
  effects?: readonly string[]
}

type BareAction<S extends string, F extends Form> = {
  title: Text
  /** What happened, as its person is told; the title is the officer's word for it. */
  told?: Text
  /** Fields of what is recorded that are told with it. */
  shows?: readonly string[]
  by: readonly Relation[]
  from: readonly S[]
  /** Absent: the matter stays in its state. */
  to?: S | ((input: z.output<F>, matter: Matter) => S)
  /** Every state `to` may return, when it is a function: lets `flaws` see them. */
  reaches?: readonly S[]
  /** What the event records. */
  form: F
  needs?: readonly string[]
  /** A rule of law or procedure that needs no input: part of `check`, so the button knows it too. */
  when?(its: Omit<Case<never>, 'input'>): No | null
  /** A rule of law or procedure over the input. */
  rule?(its: Case<z.output<F>>): No | null
  set?(input: z.output<F>, matter: Matter, event: Event): Change
  /** Draws the office's number of this kind (民, 刑, 行, 议) when the action is taken; of one of several, where what is recorded says which. */
  numbered?: string | { kinds: readonly string[]; of(input: z.output<F>): string }
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
type Naming<E, Q> = { [K in keyof E]: { effects?: readonly E[K][] } } & { [K in keyof Q]: { asks?: Q[K] } }
/** The same kept in a type, where an action without either names `never`. */
type Named<E, Q> = { [K in keyof E]: { effects?: readonly Known<E[K]>[] } } & { [K in keyof Q]: { asks?: Known<Q[K]> } }
type Known<T> = unknown extends T ? never : T
type Bare<S extends string, F extends Record<string, Form>> = { [K in keyof F]: BareAction<S, F[K]> }

/** A line as declared: with its states and forms, and with what it leaves to its service. */
export type DeclaredLine<S extends string, F extends Record<string, Form>, E, Q, O> = Omit<Line<S, F>, 'actions' | 'onOpen'> & {
  actions: Bare<S, F> & Named<E, Q>
  onOpen?: readonly O[]
}

/** Declares a line; a misspelt state, action or statute does not compile. */
export function line<const S extends string, F extends Record<string, Form>, const E, const Q, const O extends string = never>(
  def: Omit<Line, 'initial' | 'states' | 'actions' | 'limits' | 'remedy' | 'outcome' | 'onOpen'> & {
    initial: NoInfer<S>
    remedy?: Remedy<NoInfer<S>, NoInfer<keyof F & string>>
    outcome?: Outcome<NoInfer<keyof F & string>>
    onOpen?: readonly O[]
    states: Record<S, State>
    actions: { [K in keyof F]: BareAction<NoInfer<S>, F[K]> } & Naming<E, Q>
    limits: Record<string, Limit<NoInfer<S>, NoInfer<keyof F & string>>>
  },
): DeclaredLine<S, F, E, Q, O> {
  return def as DeclaredLine<S, F, E, Q, O> // what names nothing names `never`
}

/** A line with its particular states and forms forgotten: what the engine works on. */
export const plain = <S extends string, F extends Record<string, Form>>(line: Line<S, F>): Line => line as unknown as Line // the engine only calls what `check` let through

/** Declares part of a line's actions over its states, keeping each form's type. */
export const actions =
  <S extends string>() =>
  <const F extends Record<string, Form>, const E, const Q>(part: Bare<S, F> & Naming<E, Q>): Bare<S, F> & Named<E, Q> =>
    part as Bare<S, F> & Named<E, Q> // likewise
