import { inside, type Effect, type EffectHandler, type Effects } from '#engine/jobs.ts'
import { carryOut, stopUseOfParent } from './carry-out.ts'
import { deliver, textEffect } from './deliver.ts'
import { letterKeys } from './letters.ts'
import { parentEffects } from './objection/parent-effects.ts'
import { sendText } from './send-text.ts'

/** Effects upon the records, each in one transaction: every letter, and the few that act on another matter. */
export const handlers: Readonly<Record<string, EffectHandler>> = {
  ...Object.fromEntries(letterKeys.map((key): [string, EffectHandler] => [key, (tx, job) => deliver(tx, key, job)])),
  ...parentEffects,
  carryOut,
  stopUse: stopUseOfParent,
}

/** What the jobs do, by effect: those, and the text of each letter, which leaves the house. */
export const effects: Effects = {
  ...Object.fromEntries(Object.entries(handlers).map(([key, handler]) => [key, inside(handler)])),
  ...Object.fromEntries(letterKeys.map((key): [string, Effect] => [textEffect(key), sendText(key)])),
}
