import type { Text } from './line.ts'

/** Who a letter goes to: the person, everybody on both sides, the one whom the step names (`toldTo`), the provider, the office's desk, or the body above it. */
export type Addressee = 'applicant' | 'parties' | 'named' | 'assignee' | 'agency' | 'supervisor'

/** What a letter to a desk tells there, and as long as what is so: while it is the reader's move, while nothing moved since, while a limit is passed, on the day before, or for some days. */
export type Tells = {
  as: 'work' | 'assignment' | 'oversight' | 'contradicted' | 'hearing'
  while: 'theirMove' | 'unmoved' | 'late' | 'dayBefore' | { days: number }
}

/** A short message a step sends. `{code}` is the matter code; no letter names the matter, a person or an amount, since a phone may be read by others. */
export type Letter = {
  to: Addressee
  text: Text
  /** Sent only where this holds of what is on file. */
  holds?(data: Record<string, unknown>): boolean
  /** What a desk it goes to is told of. */
  tells?: Tells
}

/** A letter to the person. */
export const toYou = (zh: string, en: string): Letter => ({ to: 'applicant', text: { zh: `【法惠】${zh}`, en: `Fahui: ${en}` } })

/** A letter to everybody on both sides of the table. */
export const toParties = (zh: string, en: string): Letter => ({ ...toYou(zh, en), to: 'parties' })

/** A letter to the one whom the step names. */
export const toNamed = (zh: string, en: string): Letter => ({ ...toYou(zh, en), to: 'named' })

/** A letter to a desk, or to the body above it. */
export const toDesk = (to: 'agency' | 'supervisor', text: Text, tells: Tells): Letter => ({ to, text, tells })

/** A letter to whoever was sent to help. */
export const toProvider = (zh: string, en: string, tells: Tells): Letter => ({
  to: 'assignee',
  text: { zh: `【法惠】${zh}`, en: `Fahui: ${en}` },
  tells,
})
