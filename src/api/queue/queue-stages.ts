import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import type { Line, State } from '#kernel/line.ts'
import { isMoveOf } from '#kernel/moves.ts'
import type { Tx } from '#platform/tx.ts'
import { keysIn } from '#kernel/keyed.ts'

/** The ends of limits between which a stage belongs to a queue: after one, up to another. What has no limit ends at infinity. */
type Span = { after: string; upTo: string }
type Its = State & { isMine: boolean }
type Ahead = { soon: string; week: string }

const always: Span = { after: '-infinity', upTo: 'infinity' }

/** Work by purpose, not by status: whose move it is, and how near its limit. A stage with any limit is in just one of `today`, `later` and `waiting`. */
const purposes = {
  today: ({ isMine, lasts }, { week }) => isMine && (lasts ? { ...always, upTo: week } : always),
  risk: (_, { soon }) => ({ ...always, upTo: soon }),
  unassigned: ({ waitsFor }) => waitsFor.includes('desk') && always,
  waiting: ({ isMine }) => !isMine && always,
  later: ({ isMine, lasts }, { week }) => isMine && lasts && { ...always, after: week },
  all: () => always,
} as const satisfies Record<string, (its: Its, ahead: Ahead) => Span | false | undefined>

export type Purpose = keyof typeof purposes
export const purposeKeys = keysIn(purposes)

/** A limit that falls due within so many days, or has passed, is at risk. */
const soonMs = 3 * 86_400_000
/** Work that lasts is taken up a week before its limit: time enough to do it among forty files. */
const weekDays = 7

/** The end of a day so many days from now; the end of a limit is kept as the first instant after it. */
export const endOfDay = (tx: Tx, days: number): Date => new Date(`${addDays(dayOf(tx.now), days + 1)}T00:00:00+08:00`)

const aheadOf = (tx: Tx): Ahead => ({
  soon: new Date(tx.now.getTime() + soonMs).toISOString(),
  week: endOfDay(tx, weekDays).toISOString(),
})

/** Whether a matter in this state stands in the reader's queue of today; `dueAt` is the end of its limit, or null where none runs. */
export function isOfToday(tx: Tx, line: Line, state: string, dueAt: Date | null): boolean {
  const its = { ...line.states[state]!, isMine: isMoveOf(tx.actor, line, state) } // a matter's state is one of its line's
  const span = purposes.today(its, aheadOf(tx))
  return span !== false && (span.upTo === always.upTo || (dueAt !== null && dueAt <= new Date(span.upTo)))
}

/** A state of a line in which a matter may stand, and whether, and when, it belongs to a queue. */
export type Stage = Span & { line: string; state: string; waitsFor: State['waitsFor']; isIn: boolean }

/** Where a matter may stand, in every edition, each stage once, as this reader’s queue sees it. */
export function stagesOf(tx: Tx, purpose: Purpose, only: { line?: string | undefined; state?: string | undefined }): Stage[] {
  const spanOf: (its: Its, ahead: Ahead) => Span | false | undefined = purposes[purpose]
  const ahead = aheadOf(tx)
  const stages = [...tx.on.lines.values()].flat().flatMap((line) =>
    Object.entries(line.states)
      .filter(([state, { final }]) => !final && (only.line ?? line.key) === line.key && (only.state ?? state) === state)
      .map(([state, its]): Stage => {
        const span = spanOf({ ...its, isMine: isMoveOf(tx.actor, line, state) }, ahead)
        return { line: line.key, state, waitsFor: its.waitsFor, isIn: Boolean(span), ...(span || always) }
      }),
  )
  return [...new Map(stages.map((stage) => [`${stage.line}/${stage.state}`, stage])).values()]
}
