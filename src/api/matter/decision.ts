import type { Cite } from '#kernel/cite.ts'
import type { Line, Text } from '#kernel/line.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { lastDecided } from '#kernel/decide.ts'
import { isContestable } from '#kernel/remedy.ts'
import { serviceOf } from '#lines/services.ts'
import type { Basis } from '#lines/service.ts'
import type { Tx } from '#platform/tx.ts'

/** A decision as its line declares it and its event records it. */
export type Decision = {
  event: Event
  title: Text
  words: Text
  ground?: Text
  /** In the officer's words to the person. */
  reasons?: string
  cites: readonly Cite[]
  /** What the law has said with it. */
  pointsOut?: { words: Text; cite: Cite }
  /** How to contest it; absent where it gave what was asked. */
  remedy?: { how: Text; cite: Cite }
  /** The computation it follows. */
  basis?: Basis
}

/** The last decision made in a matter; undefined while there is none. */
export const lastDecision = async (tx: Tx, line: Line, events: readonly Event[]): Promise<Decision | undefined> =>
  decisionAt(tx, line, events, lastDecided(line, events))

/** The decision an event records; undefined where it records none. */
export async function decisionAt(tx: Tx, line: Line, events: readonly Event[], seq: number | undefined): Promise<Decision | undefined> {
  const event = events.find((one) => one.seq === seq)
  const action = event && line.actions[event.action]
  if (!event || !action?.decides) return undefined
  const { title, words, reasonsIn, ground: groundOf, pointsOut: pointedOut, assessed } = action.decides
  const ground = groundOf?.(event.input)
  const pointsOut = pointedOut?.(event.input)
  const reasons = event.input[reasonsIn]
  const remedy = action.decides.remedy === 'object' ? line.remedy : action.decides.remedy
  const basis = assessed ? await serviceOf(line.key)?.basis?.(tx, events, event, assessed) : undefined
  return {
    event,
    title,
    words,
    ...(ground && { ground: ground.title }),
    ...(typeof reasons === 'string' && { reasons }),
    cites: [...(action.cite ? [action.cite] : []), ...(ground ? [ground.cite] : []), ...(basis?.articles ?? [])],
    ...(pointsOut && { pointsOut }),
    ...(remedy && { remedy: { how: remedy.how, cite: remedy.cite } }),
    ...(basis && { basis }),
  }
}

/** How a decision may be contested now: not where it is contested already, nor from where the matter has gone since. */
export const openRemedy = ({ remedy }: Decision, line: Line, matter: Matter, standing: Matter | undefined): Decision['remedy'] =>
  !line.remedy || (!standing && isContestable(line, matter)) ? remedy : undefined
