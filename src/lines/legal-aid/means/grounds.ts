import type { Cite } from '#kernel/cite.ts'
import type { Assessment } from './means.ts'
import type { Step } from './trace.ts'

/** The articles a decision in line with its assessment rests on: of what failed, or of what made the person eligible; each once. */
export function articlesBehind({ steps, refusalGrounds }: Pick<Assessment, 'steps' | 'refusalGrounds'>): Cite[] {
  const behind = refusalGrounds.length ? refusalGrounds : steps.filter(speaksFor)
  return [...new Map(behind.map(({ article }) => [JSON.stringify(article), article])).values()]
}

/** `notNeeded` says that the person is spared a condition: that is what the grant rests on. */
const favourable: Partial<Record<Step['step'], Step['outcome']>> = {
  matter: 'pass',
  noMeansTest: 'notNeeded',
  exemption: 'notNeeded',
  hardship: 'pass',
}
const speaksFor = ({ step, outcome }: Step): boolean => favourable[step] === outcome
