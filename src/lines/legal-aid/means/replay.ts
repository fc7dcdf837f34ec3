import type { Facts } from './facts.ts'
import { assess } from './means.ts'
import type { HardshipStandard, SettingKey, Settings } from '../settings.ts'
import type { Proposal, Step } from './trace.ts'

/** What the facts themselves carry of the settings: the standard and the figure it multiplies, as they stood when the assessment was made. */
const carried = {
  'hardship.standard': (facts: Facts, value: unknown): Facts => ({ ...facts, hardshipStandard: (value ?? undefined) as HardshipStandard }), // its schema checked it when it was proposed
  'hardship.allowanceFenPerMonth': (facts: Facts, value: unknown): Facts => ({ ...facts, allowanceFenPerMonth: value as number }), // likewise
}

type Carried = keyof typeof carried
const isCarried = (key: string): key is Carried => Object.hasOwn(carried, key)

/** The settings a proposal hangs on: a draft of one is replayed before it is published. Urgent aid is not among them: it changes who comes first, not who is aided. */
export const decisive = [
  'hardship.standard',
  'hardship.allowanceFenPerMonth',
  'hardship.verificationMethods',
  'matters.provincial',
  'noMeansTest.provincial',
  'exemption.provincial',
  'refusal.provincialGrounds',
] as const satisfies readonly SettingKey[]

/** How facts come out without and with a draft; `turned` is the first step that reads differently, where the proposal does. */
export type Redecided = { from: Proposal; to: Proposal; turned: Step | null }

/** The settings of a day without the draft and with it, and the draft's value where the facts carry it. */
export type Compared = { before: Settings; after: Settings; draft: { key: string; value: unknown } }

/** Decides the same facts without and with the draft, both by today's engine, so that nothing but the draft can tell them apart. */
export function redecide(facts: Facts, { before, after, draft }: Compared): Redecided {
  const was = assess(facts, before)
  const would = assess(isCarried(draft.key) ? carried[draft.key](facts, draft.value) : facts, after)
  return { from: was.proposal, to: would.proposal, turned: was.proposal === would.proposal ? null : turningStep(was.steps, would.steps) }
}

/** The step of the second reading at which the two part; the last of the first, where the second ends early. */
function turningStep(was: readonly Step[], would: readonly Step[]): Step | null {
  const at = would.findIndex(({ finding }, n) => finding !== was[n]?.finding)
  return would[at] ?? was.at(-1) ?? null
}
