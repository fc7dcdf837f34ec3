import type { EffectHandler } from '#platform/jobs.ts'
import { carryOut, stopUseOfParent } from './carry-out.ts'
import { deliver } from './deliver.ts'
import { letters, type LetterKey } from './letters.ts'
import { parentEffects } from './objection/parent-effects.ts'

/** What the jobs do, by effect: every letter, and the few effects that act on another matter. */
export const effects: Readonly<Record<string, EffectHandler>> = {
  ...Object.fromEntries(
    (Object.keys(letters) as LetterKey[]).map((key): [string, EffectHandler] => [key, (tx, job) => deliver(tx, key, job)]),
  ), // keys of the record
  ...parentEffects,
  carryOut,
  stopUse: stopUseOfParent,
}
