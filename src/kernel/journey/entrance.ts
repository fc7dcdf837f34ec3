import type { Cite } from '../cite.ts'
import type { Answers, Question } from './journey.ts'
import type { Text } from '../line.ts'

/** Somebody the answers name, as the records keep people. */
export type Named = {
  role: 'recipient' | 'opponent'
  kind: 'natural' | 'organisation'
  name: string
  idNumber?: string | undefined
  phone?: string | undefined
  address?: string | undefined
}

/** What filing knows besides the answers: the people just recorded, by role, the channel and the day (YYYY-MM-DD). */
export type Filing = { people: Readonly<Partial<Record<Named['role'], string>>>; channel: string; today: string }

/** One of the actions that send a draft off, as the person chooses among them. */
export type Way = { action: string; title: Text }

/** How a person comes to a line, as data: what it is, what it asks, and what sending it off records. A line with an entrance needs no page written for it. */
export type Entrance = {
  /** The line's key. Its initial state is the draft that the journey fills in. */
  line: string
  title: Text
  /** One sentence: what one gets. */
  what: Text
  whoFor: Text
  cite: Cite
  /** What one is promised beside its box, where that stands on the first page. */
  promise?: Text
  /** What telling the truth is for, said before it is sent off. */
  honesty?: Text
  /** What most people come to it with, for the first page to list; `query` is what such a link says beforehand, as `told` reads it. */
  problems?: readonly { title: Text; query: Readonly<Record<string, string>> }[]
  /** Whether what somebody told in their own words sounds like a matter for it: the first page then offers it beside its own, and the person chooses. */
  draws?(story: string): boolean
  /** It is about one of the person's own matters, chosen first: the draft is opened beside it and in its county. */
  isAboutMatter?: true
  /** The questions as of a day (YYYY-MM-DD); `about` are those that were answered in the matter it is about. */
  journey(today: string, about?: readonly Question[]): readonly Question[]
  /** What a link to this entrance may say beforehand; each answer counts only if its question would take it. */
  told?(query: Readonly<Record<string, string>>): Readonly<Record<string, Answers>>
  /** The ways to send it off, the usual one first; absent where there is `submit` alone. */
  ways?(answers: Answers): readonly Way[]
  /** The people to be recorded. */
  people?(answers: Answers): readonly Named[]
  /** The decisions filing draws from the answers; never the answers themselves. */
  filing(answers: Answers, its: Filing): Record<string, unknown>
  /** Someone may look over the reader's shoulder: pages offer a quick way out, and nothing said here is offered elsewhere. */
  isPrivate?(answers: Answers): boolean
  /** How it will be looked at, as far as the answers decide it; said when a change of an answer changes it. */
  route?(answers: Answers): Text
}

/** The ways to send a draft off; never none. */
export const waysOf = (entrance: Entrance, answers: Answers): readonly Way[] =>
  entrance.ways?.(answers) ?? [{ action: 'submit', title: { zh: '交上去', en: 'Send' } }]
