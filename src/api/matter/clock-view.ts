import type { z } from 'zod'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { citeText } from '#kernel/cite.ts'
import type { Line } from '#kernel/line.ts'
import type { Limit } from '#kernel/limits/limit.ts'
import type { Clock, Event, Matter } from '#kernel/matter.ts'
import { pick, type Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { lastMoment, lettersOf } from './action-help.ts'
import type { MatterView } from './matter-schema.ts'
import { whoTitle } from '#kernel/face.ts'

type LimitKind = Line['limits'][string]['kind']
type View = z.input<typeof MatterView>['clocks'][number]
type OnePause = Clock['pauses'][number]
type Its = { matter: Matter; events: readonly Event[]; clock: Clock; holders: ReadonlyMap<string, string> }

/** A limit as shown: whose it is, its dates as days, whether it runs, waits and why, or has passed, and what happens when it does. */
export function clockView(tx: Tx, line: Line, { matter, events, clock, holders }: Its, language: Language): View {
  const limit = line.limits[clock.limit]! // clocks are made from the line's own limits
  const isPaused = clock.pauses.some(({ to }) => to === null)
  const isPast = clock.dueAt !== null && clock.dueAt <= (clock.stoppedAt ?? tx.now)
  return {
    limit: clock.limit,
    party: clock.party,
    title: pick(limit.title, language),
    kind: limit.kind,
    ofTitle: holders.get(clock.party ?? '') ?? pick(whoTitle(line, limit.of), language),
    startedOn: clock.startedOn.slice(0, 10),
    dueAt: shownEnd(limit.kind, clock.dueAt),
    targetAt: shownEnd(limit.kind, clock.targetAt),
    status: statusOf(clock, limit.kind, isPast, isPaused),
    stoppedAt: clock.stoppedAt?.toISOString() ?? null,
    wasLate: limit.kind === 'duty' && isPast,
    isProvisional: clock.provisional,
    uncertain: limit.uncertain ?? null,
    pauses: clock.pauses.map((pause) => ({ from: pause.from, to: pause.to, why: whyPaused(line, limit, events, pause, language) })),
    passing: passingOf(line, limit, matter, language),
    article: citeText(limit.cite),
  }
}

/** Due dates are kept as the first instant after; people are told the last one of the day. An appointment is told as it is. */
const shownEnd = (kind: LimitKind, end: Date | null): string | null =>
  kind === 'appointment' ? (end?.toISOString() ?? null) : lastMoment(end)

function statusOf(clock: Clock, kind: LimitKind, isPast: boolean, isPaused: boolean): View['status'] {
  if (clock.stoppedAt) return 'stopped'
  if (isPast) return kind === 'duty' ? 'late' : 'lapsed'
  return isPaused ? 'paused' : 'running'
}

/** The step that called for the pause, or that led into a state in which the limit waits on the day the pause began. */
function whyPaused(line: Line, limit: Limit<string, string>, events: readonly Event[], { from, by }: OnePause, language: Language) {
  const waits = (state: string) => limit.pausedIn?.includes(state) ?? false
  const event =
    by === undefined
      ? events.findLast((one) => dayOf(one.at) === from && waits(one.to) && !waits(one.from))
      : events.find(({ seq }) => seq === by)
  const action = event && line.actions[event.action]
  return action ? { title: pick(action.title, language), article: action.cite ? citeText(action.cite) : null } : null
}

/** What the system does when the limit passes unmet; a right merely lapses. */
function passingOf(line: Line, { onBreach }: Limit<string, string>, matter: Matter, language: Language): View['passing'] {
  const action = onBreach ? line.actions[onBreach] : undefined
  return action
    ? { title: pick(action.title, language), tells: lettersOf(line, action.effects ?? [], matter, language).map(({ to }) => to) }
    : null
}
