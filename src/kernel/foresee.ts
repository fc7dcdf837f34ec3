import { type Setting } from './decide.ts'
import { tick } from './clocks.ts'
import type { Line } from './line.ts'
import type { Clock, Event, Matter } from './matter.ts'

/** What an action will do to a limit. `dueAt` is null where the form fixes the day, or the limit waits. */
export type Foreseen = { limit: string; change: 'starts' | 'stops' | 'pauses' | 'resumes'; dueAt: Date | null }

/** What taking an action now would lead to, before anything is typed: the states it may lead to, and what becomes of the limits. */
export function foresee(line: Line, matter: Matter, key: string, clocks: readonly Clock[], { actor, now, law }: Setting) {
  const { to, reaches } = line.actions[key]!
  const states = typeof to === 'function' ? [...(reaches ?? [])] : [to ?? matter.state]
  const at = { region: matter.region, id: matter.id, seq: matter.version + 1, action: key, actor: actor.id, at: now, from: matter.state }
  const event: Event = { ...at, to: states[0] ?? matter.state, input: {} }
  const fixed = Object.keys(line.limits).filter((limit) => isFixedByForm(line, limit) && line.limits[limit]?.startedBy.includes(key))
  const known = { ...line, limits: Object.fromEntries(Object.entries(line.limits).filter(([limit]) => !fixed.includes(limit))) }
  return {
    states,
    limits: [
      ...fixed.map((limit): Foreseen => ({ limit, change: 'starts', dueAt: null })),
      ...tick(
        known,
        clocks.filter(({ limit }) => !fixed.includes(limit)),
        event,
        law,
      ).map((clock): Foreseen => ({
        limit: clock.limit,
        change: changeOf(clock, event),
        dueAt: clock.dueAt,
      })),
    ],
  }
}

const isFixedByForm = (line: Line, limit: string): boolean => {
  const length = line.limits[limit]?.length
  return typeof length === 'object' && ('until' in length || 'at' in length)
}

function changeOf(clock: Clock, event: Event): Foreseen['change'] {
  if (clock.startedBy === event.seq) return 'starts'
  if (clock.stoppedAt) return 'stops'
  return clock.pauses.at(-1)?.to === null ? 'pauses' : 'resumes'
}
