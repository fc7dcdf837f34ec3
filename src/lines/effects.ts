import { inside, type EffectHandler, type Effects } from '#platform/jobs.ts'
import { carryOut, stopUseOfParent } from './carry-out.ts'
import { deliver } from './deliver.ts'
import { letters, type LetterKey } from './letters.ts'
import { correctParent } from './objection/correct-parent.ts'

/** Effects upon the records, each in one transaction: every letter, and the few that act on another matter. */
export const handlers: Readonly<Record<string, EffectHandler>> = {
  ...Object.fromEntries(
    (Object.keys(letters) as LetterKey[]).map((key): [string, EffectHandler] => [key, (tx, job) => deliver(tx, key, job)]),
  ), // keys of the record
  correctParent,
  carryOut,
  stopUse: stopUseOfParent,
}

/** What the jobs do, by effect. */
export const effects: Effects = Object.fromEntries(Object.entries(handlers).map(([key, handler]) => [key, inside(handler)]))
