import { deadline, type Period } from '#kernel/calendar.ts'
import type { Case, Law } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { no, type No } from '#kernel/refusal.ts'

/** An officer who recused himself decides nothing in this matter (RULEBOOK §3.9 C9). */
export const recused = ({ matter, actor }: Pick<Case<never>, 'matter' | 'actor'>): No | null =>
  ((matter.data['recused'] as readonly string[] | undefined) ?? []).includes(actor.id) ? no('recused') : null // written by `recuse` alone

/** Someone held for a firm conflict is sent only with the written consent of both parties (RULEBOOK §3.9 C3). */
export const firmConflict = ({ input }: { input: { verdict: string; bothConsent?: boolean | undefined } }): No | null =>
  input.verdict === 'hold' && !input.bothConsent ? no('conflict_of_interest') : null

/** An objection made in time against the last decision: by its id, and whether the bureau kept the decision. */
export type Contest = { objection: string; isKept?: true }

/** The objection against the last decision, if one was made in time and not withdrawn. */
export const contestOf = (data: Record<string, unknown>): Contest | undefined => data['contest'] as Contest | undefined // written by the actions of contesting alone

/** Whether what was served may still be objected to, or an objection of the last day still be undecided: 15 days and the bureau's five (法律援助法 art. 49). */
export function mayStillObject({ data, region }: Pick<Matter, 'data' | 'region'>, now: Date, law: Law): boolean {
  const contest = contestOf(data)
  if (contest) return !contest.isKept
  const servedOn = data['servedOn']
  if (typeof servedOn !== 'string') return true
  const days = (count: number): Period => ({ count, unit: 'calendarDay', rolls: law.setting('legalAid.dayRollover') !== false })
  const objection = deadline(law.calendar, days(Number(law.setting('objection.days'))), servedOn, { region })
  const decision = objection && deadline(law.calendar, days(5), objection.due, { region })
  return decision === null || now < decision.dueAt
}

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
