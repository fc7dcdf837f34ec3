import { type Setting } from '../decide.ts'
import { tick } from './clocks.ts'
import type { Limit } from './limit.ts'
import type { Law, Line } from '../line.ts'
import type { Clock, Event, Matter } from '../matter.ts'
import { keysIn } from '../keyed.ts'

/** What an action will do to a limit. `dueAt` is null where the form fixes the day, or the limit waits. */
export type Foreseen = { limit: string; change: 'starts' | 'stops' | 'pauses' | 'resumes' | 'extends'; dueAt: Date | null }

/** What taking an action now would lead to, before anything is typed: the states it may lead to, and what becomes of the limits. */
export function foresee(line: Line, matter: Matter, key: string, clocks: readonly Clock[], { actor, now, law }: Setting) {
  const { to, reaches } = line.actions[key]!
  const states = typeof to === 'function' ? [...(reaches ?? [])] : [to ?? matter.state]
  const at = { region: matter.region, id: matter.id, seq: matter.version + 1, action: key, actor: actor.id, at: now, from: matter.state }
  const event: Event = { ...at, to: states[0] ?? matter.state, input: {} }
  const limits = Object.entries(line.limits)
  const told = limits.filter(([, def]) => hangsOnForm(def, key, law)).map(([limit]) => limit)
  const known = { ...line, limits: Object.fromEntries(limits.filter(([limit]) => !told.includes(limit))) }
  const its = { event, matter: { ...matter, state: event.to, version: event.seq }, law }
  return { states, limits: [...told.flatMap((limit) => changeByForm(line, limit, clocks, key)), ...changesOf(known, clocks, its)] }
}

/** The actions that do each thing to a limit. */
const doing: Readonly<Record<Foreseen['change'], (def: Limit<string, string>) => readonly string[]>> = {
  starts: ({ startedBy }) => startedBy,
  stops: ({ stoppedBy }) => stoppedBy,
  extends: ({ extendedBy }) => Object.keys(extendedBy ?? {}),
  pauses: ({ pausedBy }) => Object.keys(pausedBy ?? {}),
  resumes: ({ resumedBy }) => Object.keys(resumedBy ?? {}),
}

const changes = keysIn(doing)

/** Whether only the filled form will say what becomes of the limit: whose run it is, until when it is extended, how long it will be. */
function hangsOnForm(def: Limit<string, string>, key: string, law: Law): boolean {
  if (doing.extends(def).includes(key)) return true
  if (def.per) return changes.some((change) => doing[change](def).includes(key))
  return def.startedBy.includes(key) && !isLengthKnown(def, law)
}

/** A length that looks at nothing but the law is known before the event that starts the limit. */
function isLengthKnown({ length }: Limit<string, string>, law: Law): boolean {
  if (typeof length !== 'function') return 'count' in length
  let looksElsewhere = false
  const withheld = { get: () => void (looksElsewhere = true) }
  try {
    length({ law, event: new Proxy({} as Event, withheld), matter: new Proxy({} as Matter, withheld) }) // nothing of them is given away
  } catch {
    return false // it reached into what was withheld
  }
  return !looksElsewhere
}

/** What is known of it beforehand: a start, or what happens to a run there is. */
function changeByForm({ limits }: Line, limit: string, clocks: readonly Clock[], key: string): Foreseen[] {
  const isRunning = clocks.some((clock) => clock.limit === limit && !clock.stoppedAt)
  const change = changes.find((one) => (one === 'starts' || isRunning) && doing[one](limits[limit]!).includes(key)) // one of the line's
  return change ? [{ limit, change, dueAt: null }] : []
}

const changesOf = (line: Line, clocks: readonly Clock[], its: Parameters<typeof tick>[2]): Foreseen[] =>
  tick(
    line,
    clocks.filter(({ limit }) => limit in line.limits),
    its,
  ).map((clock) => ({ limit: clock.limit, change: changeOf(clock, clocks, its.event), dueAt: clock.dueAt }))

function changeOf(clock: Clock, clocks: readonly Clock[], event: Event): Foreseen['change'] {
  if (clock.startedBy === event.seq) return 'starts'
  if (clock.stoppedAt) return 'stops'
  const before = clocks.find(
    ({ limit, party, startedBy }) => limit === clock.limit && party === clock.party && startedBy === clock.startedBy,
  )
  return clock.pauses.length > (before?.pauses.length ?? 0) ? 'pauses' : 'resumes'
}
