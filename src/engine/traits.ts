import type { Matter } from '#kernel/matter.ts'
import type { Traits } from '#kernel/traits.ts'
import { lineOf, type Platform } from '#platform/platform.ts'

type Its = Pick<Matter, 'line' | 'edition' | 'data'>

/** What a matter's line declares of its data. */
export const traitsOf = (on: Pick<Platform, 'lines'>, { line, edition }: Pick<Its, 'line' | 'edition'>): Traits =>
  lineOf(on, line, edition).traits ?? {}

/** Whether someone may look over the shoulder of its person. */
export const isPrivate = (on: Pick<Platform, 'lines'>, its: Its): boolean => traitsOf(on, its).isPrivate?.(its.data) ?? false

/** Whether this officer stepped back from it. */
export const isRecused = (on: Pick<Platform, 'lines'>, its: Its, account: string): boolean =>
  traitsOf(on, its).recused?.(its.data).includes(account) ?? false
