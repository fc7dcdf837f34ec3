import { addDays, dayOf, deadline, type Period } from '#kernel/calendar/calendar.ts'
import { notAfter, notAhead, notBefore, notPast } from '#kernel/calendar/day-rule.ts'
import type { Case, Law } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { no, type No } from '#kernel/refusal.ts'
import { rolls } from './rollover.ts'
import type { SettingKey } from './settings.ts'
import { its, type Contest, type Outcome } from './data.ts'

/** An officer who recused himself decides nothing in this matter (RULEBOOK §3.9 C9). */
export const recused = ({ matter, actor }: Pick<Case<never>, 'matter' | 'actor'>): No | null =>
  recusedOf(matter.data).includes(actor.id) ? no('recused') : null

/** The accounts of those who recused themselves. */
export const recusedOf = (data: Matter['data']): string[] => its(data).recused ?? []

/** What its person was asked for, and by when. */
export const askedOf = (data: Matter['data']) => its(data).asked

/** The day its person has been given last: of urgent aid, else of what they were asked for. */
export const untilOf = (data: Matter['data']): string | undefined => its(data).urgentAid?.until ?? askedOf(data)?.until

/** What was decided is received on the day it was decided or later, and by today: from that day the time to object runs (法律援助法 art. 49). */
export const servedSinceDecided = ({ matter, input, now }: Pick<Case<{ servedOn: string }>, 'matter' | 'input' | 'now'>): No | null =>
  notAhead('servedOn', input.servedOn, now) ??
  notBefore('servedOn', input.servedOn, { day: its(matter.data).decidedOn, words: 'answer.date.beforeDecision' })

/** Nobody works on a matter before somebody was sent to it, or on a day to come. */
export const sinceAssigned = (path: string, on: string, { data }: Pick<Matter, 'data'>, now: Date): No | null =>
  notAhead(path, on, now) ?? notBefore(path, on, { day: its(data).assignedOn, words: 'answer.date.beforeAssignment' })

/** No more comes back than was asked for, and nothing where the case was lost. */
export function recoveredWithinClaim({
  result,
  claimedFen,
  recoveredFen,
}: Pick<Outcome, 'result' | 'claimedFen' | 'recoveredFen'>): No | null {
  const code =
    result === 'lost' && recoveredFen > 0 ? 'answer.recovered.lost' : recoveredFen > claimedFen ? 'answer.recovered.moreThanClaimed' : null
  return code && no('invalid', { issues: [{ path: 'recoveredFen', code, message: code }] })
}

/** The day an officer names for the applicant's papers lies ahead, and no further than is set: until it comes the matter waits (法律援助法 art. 43(2), 44(2)). */
export function untilWithin(key: SettingKey, { matter, input, now, law }: Omit<Case<{ until: string }>, 'actor'>): No | null {
  const today = dayOf(now)
  const count = Number(law.setting(key))
  const last = deadline(law.calendar, ownDays(count, law), today, { region: matter.region })?.due ?? addDays(today, count)
  return notPast('until', input.until, now) ?? notAfter('until', input.until, last)
}

/** The objection against the last decision, if one was made in time and not withdrawn. */
export const contestOf = (data: Matter['data']): Contest | undefined => its(data).contest

/** Whether what was served may still be objected to, or an objection of the last day still be undecided: 15 days and the bureau's five (法律援助法 art. 49). */
export function mayStillObject({ data, region }: Pick<Matter, 'data' | 'region'>, now: Date, law: Law): boolean {
  const contest = contestOf(data)
  if (contest) return !contest.isKept
  const { servedOn } = its(data)
  if (servedOn === undefined) return true
  const objection = deadline(law.calendar, ownDays(Number(law.setting('objection.days')), law), servedOn, { region })
  const decision = objection && deadline(law.calendar, { count: 5, unit: 'calendarDay' }, objection.due, { region })
  return decision === null || now < decision.dueAt
}

/** Days of legal aid's own; the bureau's five roll over by the objection's. */
const ownDays = (count: number, law: Law): Period => ({ count, unit: 'calendarDay', rolls: rolls.when(law) })

/** The recorded outcome, if the matter has one. */
export const outcomeOf = (data: Matter['data']): Outcome | undefined => its(data).outcome
