import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { cite } from '../statutes.ts'

/** The order in which eligibility is looked at; a failed condition ends the reading. */
export type StepName =
  | 'route'
  | 'person'
  | 'filing'
  | 'matter'
  | 'noMeansTest'
  | 'exemption'
  | 'hardship'
  | 'verification'
  | 'provincial'
  | 'urgent'
  | 'decide'

/** `notNeeded`: the law does not ask this here. `unset`: the authority has not set what the step needs. */
export type Outcome = 'pass' | 'fail' | 'missing' | 'notNeeded' | 'unset'

/** How a step came out that judges no condition: one that asks whether something applies, and the proposal itself. */
export type Answer = 'applies' | 'doesNotApply' | 'proposes'

/** One thing the engine can find, with its article and what it tells the reader; `remedy` says what would change it, `answer` is said in place of the outcome. */
export type Finding = { step: StepName; outcome: Outcome; article: Cite; explain: Text; remedy?: Text; answer?: Answer }

/** An article of the Legal Aid Law. */
export const aid = (article: number, paragraph?: number, item?: number) => cite('法律援助法', article, paragraph, item)
/** A finding of one step, with what it tells the reader. */
export const finding = (step: StepName, outcome: Outcome, article: Cite, zh: string, en: string): Finding => ({
  step,
  outcome,
  article,
  explain: { zh, en },
})
/** The same finding, and what the reader can do about it. */
export const withRemedy = (found: Finding, zh: string, en: string): Finding => ({ ...found, remedy: { zh, en } })
/** The same finding of a step that asks whether something applies, and the answer. */
export const answering = (answer: Answer, found: Finding): Finding => ({ ...found, answer })
