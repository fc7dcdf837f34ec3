import { daysBetween } from './days.ts'
import type { Facts } from './facts.ts'
import type { Settings } from '../settings.ts'
import type { Step } from './trace.ts'
import { includes, made } from './trace.ts'

/** Whether aid may come before the papers (法律援助法第四十四条), and whether the case goes to the top of the pile. */
export type Urgency = { isUrgent: boolean; isTopPriority: boolean; daysLeft: number | null; steps: readonly Step[] }

/** How little time is left. Fewer than seven days is urgent; exactly seven is not, but comes first. `settings` adds the province's own grounds. */
export function urgency(facts: Facts, settings?: Settings): Urgency {
  const daysLeft = daysToLimit(facts)
  const steps = urgentGrounds(facts, daysLeft, settings)
  const isUrgent = steps.length > 0
  if (!isUrgent) steps.push(made(daysLeft === 7 ? 'topPriority' : 'notUrgent', daysLeft))
  return { isUrgent, isTopPriority: isUrgent || daysLeft === 7, daysLeft, steps }
}

/** For a request that is no application here. */
export const notUrgent: Urgency = { isUrgent: false, isTopPriority: false, daysLeft: null, steps: [] }

function urgentGrounds({ preservationNeeded, urgentTopic, deadlines }: Facts, daysLeft: number | null, settings?: Settings): Step[] {
  const steps: Step[] = []
  const mustFile = deadlines?.filing !== 'none'
  if (mustFile && daysLeft !== null && daysLeft >= 0 && daysLeft < 7) steps.push(made('urgentLimit', daysLeft))
  if (preservationNeeded) steps.push(made('urgentPreservation', true))
  if (urgentTopic && settings && includes(settings['urgentAid.provincial'], urgentTopic)) steps.push(made('urgentProvincial', urgentTopic))
  return steps
}

/** Days from receipt to the end of the limitation, the day of receipt not counted; negative once it has passed. */
export function daysToLimit({ deadlines }: Facts): number | null {
  if (!deadlines?.limitationEnds) return null
  return daysBetween(deadlines.receivedOn, deadlines.limitationEnds)
}
