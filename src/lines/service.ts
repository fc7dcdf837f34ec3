import type { z } from 'zod'
import type { Cite, Statutes } from '#kernel/cite.ts'
import type { Entrance } from '#kernel/journey/entrance.ts'
import type { Answers } from '#kernel/journey/journey.ts'
import type { Letter } from '#kernel/letter.ts'
import type { Form, Line, Text } from '#kernel/line.ts'
import type { Event, Matter, MatterId } from '#kernel/matter.ts'
import type { Alike, Candidate, Reading, Step } from '#kernel/panel.ts'
import { refuse, type OwnRefusal } from '#kernel/refusal.ts'
import type { Setting } from '#kernel/setting.ts'
import type { EffectHandler } from '#engine/jobs.ts'
import type { Measure } from '#indicators/indicator.ts'
import type { Door } from '#platform/http/route.ts'
import type { Language } from '#platform/messages/messages.ts'
import type { Platform } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import type { Practitioner } from '#records/register/practitioners.ts'

/** Turns what a person filled in into what the event records, where the two differ; refuses what the rules of the records forbid. */
export type Preparer<A = Record<string, unknown>> = (tx: Tx, matter: Matter, asked: A, channel: string) => Promise<Record<string, unknown>>

/** For an action that is taken on a page of its own, which prepares it: by its form alone it cannot be. */
export const byItsOwnPage: Preparer<unknown> = () => refuse('not_found')

/** How a matter is opened where no journey leads to it: by whom, and what is asked beside its place and id. */
export type Opening = {
  summary: string
  by: readonly Door[]
  asks: Form
  /** What opening one is called at the desk, whose form asks what `asks` does; absent where it is opened elsewhere. */
  atDesk?: Text
  /** What a person who fills in the line's one form asks, where it is opened beside a matter of theirs. */
  fromAnswer?(answer: Answers): Record<string, unknown>
  open(tx: Tx, at: MatterId, asked: Record<string, unknown>, channel?: string): Promise<Matter>
  /** The matter opened before, among those of one family, because of which another is not opened; `decision` is the event that decided last. */
  standing?(against: Pick<Matter, 'id' | 'data'>, decision: number | undefined, family: readonly Matter[]): Matter | undefined
}

type View<T> = (tx: Tx, matter: Matter, language: Language) => Promise<T>

type Shapes = {
  reading: { view: View<Reading | null> }
  alike: { view: View<Alike[]> }
  candidates: { serves: readonly string[]; view: View<Candidate[]> }
}

/** Something beside the facts that an officer looks at before acting; `note` is a sentence under its title. The frame draws each shape and knows no panel; `serves` are the actions whose form chooses from it. */
export type Panel<S extends keyof Shapes = keyof Shapes> = {
  [K in S]: { key: string; title: Text; note?: Text; shape: K } & Shapes[K]
}[S]

/** What a decision rests on besides its own article: the articles, and the computation it follows, each step with its article. */
export type Basis = { articles: readonly Cite[]; steps(language: Language): (Step & { cite: Cite })[] }

/** What a replay found, in words, and the matters it would turn. */
type Report = {
  unread: number
  directions: { from: string; to: string; words: string }[]
  groups: { key: string; title: string; rows: { group: string; name: string; all: number; turned: number[] }[] }[]
}
type Flips = {
  next: string | null
  rows: {
    region: string
    regionName: string
    matter: string
    assessment: string
    number: string | null
    words: string
    step: string
    explain: string
    article: string
    margin: string | null
  }[]
}

/** Which flips of a replay: of one county, in one direction, after one already seen. */
export type FlipsAsked = {
  county?: string | undefined
  from?: string | undefined
  to?: string | undefined
  after?: string | undefined
  limit: number
}

/** Deciding stored readings again under a draft of a decisive setting. */
export type Replaying = {
  /** Works off what was asked for; returns how many it finished. */
  run(on: Platform, holder: string, now: () => Date, its: { signal: AbortSignal }): Promise<number>
  report(tx: Tx, tally: unknown): Promise<Report>
  flips(tx: Tx, replay: string, asked: FlipsAsked): Promise<Flips>
}

/** What a service says of those on the register: what they may be good at, and whether each could be sent now. */
export type Staffing = {
  specialisms: Readonly<Record<string, Text>>
  standing(
    tx: Tx,
    row: Practitioner,
    openMatters: number,
  ): { title: Text; isAssignable: boolean; reasons: readonly { text: Text; article: Cite }[] }[]
}

/** A service whole: its line, how people come to it, and everything that is done or said outside the line. The frame knows no other of it. */
export type Service = {
  line: Line
  /** Editions whose matters may still be open, oldest first; `line` is the newest. */
  editions: readonly Line[]
  entrance?: Entrance
  /** Its box stands on the first page. */
  isFrontDoor?: true
  /** People exercise their rights over what is held of them here. */
  isForRights?: true
  opening?: Opening
  statutes: Statutes
  settings: Readonly<Record<string, Setting>>
  /** What it alone refuses, by code. */
  refusals: Readonly<Record<string, OwnRefusal>>
  letters: Readonly<Record<string, Letter>>
  effects: Readonly<Record<string, EffectHandler>>
  prepare: Readonly<Record<string, Preparer>>
  measures: readonly Measure[]
  panels: readonly Panel[]
  /** What a decision rests on that is the one a computation proposed; undefined where it is not, or none is kept. */
  basis?(tx: Tx, events: readonly Event[], decided: Event, proposal: string): Promise<Basis | undefined>
  replaying?: Replaying
  staffing?: Staffing
  /** What the command line offers of it: text in, text out. */
  commands?: Readonly<Record<string, (input: string) => string>>
}

type Declared = { actions: object; onOpen?: readonly unknown[] }

/** Every effect that a line names. */
export type EffectsOf<L extends Declared> =
  | { [K in keyof L['actions']]: L['actions'][K] extends { effects?: readonly (infer E)[] } ? E & string : never }[keyof L['actions']]
  | (NonNullable<L['onOpen']>[number] & string)

/** Every action of a line that asks something else than it records. */
export type AskingOf<L extends Declared> = {
  [K in keyof L['actions']]: L['actions'][K] extends { asks?: infer Q } ? ([Exclude<Q, undefined>] extends [never] ? never : K) : never
}[keyof L['actions']]

type AskedOf<L extends Declared, K extends keyof L['actions']> = L['actions'][K] extends { asks?: infer Q }
  ? z.output<Exclude<Q, undefined> & Form>
  : never

/** The parts of a service that follow from its line: a letter that no effect sends, an effect that nothing carries out and an action that nothing prepares do not compile. */
type Following<L extends Declared, T extends string> = {
  letters: Record<T, Letter> & Record<Exclude<T, EffectsOf<L>>, never>
  effects: Record<Exclude<EffectsOf<L>, T>, EffectHandler>
  prepare: { [K in AskingOf<L>]: Preparer<AskedOf<L, K>> }
}

/** Declares a service over its line. */
export function service<L extends Declared & Omit<Line, 'actions' | 'limits' | 'states'>, const T extends string>(
  declared: Omit<Service, 'line' | 'editions' | 'letters' | 'effects' | 'prepare'> & { line: L; before?: readonly Line[] } & Following<
      L,
      T
    >,
): Service {
  const { before = [], ...its } = declared
  const line = declared.line as unknown as Line // `line` made it
  return { ...its, line, editions: [...before, line] } as unknown as Service // each preparer is called with what its action asks
}
