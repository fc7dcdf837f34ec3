import type { Case } from '#kernel/line.ts'
import { no, type No } from '#kernel/refusal.ts'

/** An officer who recused himself decides nothing in this matter (RULEBOOK §3.9 C9). */
export const recused = ({ matter, actor }: Pick<Case<never>, 'matter' | 'actor'>): No | null =>
  ((matter.data['recused'] as readonly string[] | undefined) ?? []).includes(actor.id) ? no('recused') : null // written by `recuse` alone

export type Outcome = {
  result: string
  concludedOn: string
  claimedFen: number
  recoveredFen: number
  hearings: number
  meetings: number
  confirmation: 'claimed' | 'confirmed' | 'contradicted'
  confirmedFen?: number
}

/** The recorded outcome, if the matter has one. */
export const outcomeOf = (data: Record<string, unknown>): Outcome | undefined => data['outcome'] as Outcome | undefined // written by `conclude` and `confirmOutcome` alone
