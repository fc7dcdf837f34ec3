import type { Action, Form } from './line.ts'
import type { Event, Matter } from './matter.ts'
import { isHeldBy } from './seat.ts'

/** One holder's part of an action that counts once everybody has done theirs: whose it was, and whether it was the last. */
export type Part = { holder: string; isLast: boolean }

type Joint = Pick<Action<string, Form>, 'jointly' | 'voids'>

/** Who has to do it: every holder of the seats it names, as they are held now. */
const asked = ({ jointly = [] }: Joint, { seats }: Pick<Matter, 'seats'>) => jointly.flatMap((seat) => seats[seat] ?? [])

/** Whose part is still missing, by holder. */
export const missingParts = (action: Joint, matter: Pick<Matter, 'seats' | 'joint'>, key: string): string[] =>
  asked(action, matter)
    .map(({ id }) => id)
    .filter((id) => !matter.joint[key]?.includes(id))

/** Whether the holder behind this actor has nothing left to do of a joint action. */
export const hasDonePart = (action: Joint, matter: Pick<Matter, 'seats' | 'joint'>, key: string, actor: string): boolean => {
  const own = asked(action, matter).filter((holder) => isHeldBy(holder, actor))
  return own.length > 0 && own.every(({ id }) => matter.joint[key]?.includes(id))
}

/**
 * The part an actor does of a joint action: their own, or that of the holder named in the input where somebody else records it, as an officer does for
 * one who signs on paper. Undefined for an action anybody does alone; 'nobody' where there is no such part left.
 */
export function jointly(
  action: Joint,
  matter: Pick<Matter, 'seats' | 'joint'>,
  key: string,
  { input, actor }: { input: Record<string, unknown>; actor: string },
): Part | 'nobody' | undefined {
  if (!action.jointly) return undefined
  const missing = missingParts(action, matter, key)
  const own = asked(action, matter).find((holder) => isHeldBy(holder, actor) && missing.includes(holder.id))
  const holder = own?.id ?? input['holder']
  return typeof holder === 'string' && missing.includes(holder) ? { holder, isLast: missing.length === 1 } : 'nobody'
}

/** The part an event is of what counts once everybody has done it; undefined of any other. */
export const partOf = ({ input }: { input: { part?: Part } }): Part | undefined => input.part

/** Whether the event is one holder's part of something that does not count yet. */
export const isPart = (event: Pick<Event, 'input'>): boolean => partOf(event)?.isLast === false

/** Who has done what after an event: one more part; none of what it completes; none of what it voids. */
export function jointAfter(
  action: Joint | undefined,
  { joint }: Pick<Matter, 'joint'>,
  event: Pick<Event, 'action' | 'input'>,
): Matter['joint'] {
  const part = partOf(event)
  if (!part && !action?.voids) return joint
  const { [event.action]: done = [], ...others } = joint
  const kept = Object.fromEntries(Object.entries(others).filter(([key]) => !action?.voids?.includes(key)))
  return part && !part.isLast ? { ...kept, [event.action]: [...done, part.holder] } : kept
}
