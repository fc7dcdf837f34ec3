import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import type { FactPath, Facts } from './facts.ts'
import type { Outcome, StepName } from './finding.ts'
import type { FindingCode } from './law.ts'
import { findings } from './law.ts'
import type { Exemption, MatterCode, NoMeansTest, Topic } from '../matters.ts'

/** What the engine may propose. */
export type Proposal = 'grant' | 'refuse' | 'refer' | 'consult' | 'notice' | 'cannotDecide'

type Given<T> = NonNullable<T>
type Person = Given<Facts['person']>
/** Every word a step may have looked at: codes of the law's tables and fixed values of the facts, never a text or an id. */
export type SeenCode =
  | MatterCode
  | NoMeansTest
  | Exemption
  | Topic
  | Given<Facts['route']>
  | 'elsewhere'
  | Given<Person['kind']>
  | Given<Given<Facts['filedBy']>['relation']>
  | 'none'
  | Given<Facts['verification']>['method']
  | Proposal
type Seen = SeenCode | number | boolean | null

/** One step as decided: what was looked at, against what, and how it came out. `marginFen` is the standard less the income per head. */
export type Step = {
  step: StepName
  finding: FindingCode
  outcome: Outcome
  input: Seen
  threshold?: number
  marginFen?: number
  article: Cite
  explain: Text
}

/** The reading so far: the steps taken, and the facts it had to ask for. */
export type Trace = { steps: Step[]; missing: FactPath[] }

/** A step from a finding and what was looked at; `article` where a table row names a narrower one. */
export const made = (finding: FindingCode, input: Seen, article: Cite = findings[finding].article): Step => {
  const { step, outcome, explain } = findings[finding]
  return { step, finding, outcome, input, article, explain }
}

/** Writes a step down. */
export const note = (trace: Trace, finding: FindingCode, input: Seen, article?: Cite) =>
  void trace.steps.push(made(finding, input, article))

/** Writes down that a fact is missing. */
export function ask(trace: Trace, path: FactPath, finding: FindingCode, article?: Cite): void {
  note(trace, finding, null, article)
  if (!trace.missing.includes(path)) trace.missing.push(path)
}

/** Nothing failed and nothing is missing so far. */
export const isClear = ({ steps, missing }: Trace) => missing.length === 0 && steps.every(({ outcome }) => outcome !== 'fail')

/** Whether a list of the province's names this. */
export const includes = (list: readonly string[], value: string | undefined) => value !== undefined && list.includes(value)
