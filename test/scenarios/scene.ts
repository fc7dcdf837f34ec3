import { v7 } from 'uuid'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { Refusal } from '#kernel/refusal.ts'
import { open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { sayIssue } from '#platform/http/say-refusal.ts'
import { cast, county, type World } from '#test/world.ts'
import { party } from '#kernel/seat.ts'

/** A limit ends at 24:00 of its last day, so the day is that of the instant before. */
/** The last day of a limit that ends at that instant. */
export const lastDay = (end: Date | null | undefined) => (end ? dayOf(new Date(end.getTime() - 1)) : end)

/** The last day of a limit in law, YYYY-MM-DD; null while it is paused, undefined where it never started. */
export const dueOn = async (w: World, m: MatterId, limit: string) => lastDay((await w.clock(m, limit))?.dueAt)

/** The last day before any roll-over: the one to warn on. */
export const targetOn = async (w: World, m: MatterId, limit: string) => lastDay((await w.clock(m, limit))?.targetAt)

/** Whether the limit has started and not been stopped. */
export const isRunning = async (w: World, m: MatterId, limit: string) => (await w.clock(m, limit))?.stoppedAt === null

/** The code something is refused with; anything else that happens fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const outcome = await work.then(
    () => 'nothing was refused',
    (error: unknown) => error,
  )
  if (outcome instanceof Refusal) return outcome.code
  throw outcome instanceof Error ? outcome : new Error(String(outcome))
}

/** The actions of a matter's log, oldest first. */
export const actionsOf = async (w: World, m: MatterId) => (await w.run(cast.clockwork, (tx) => eventsOf(tx, m))).map(({ action }) => action)

/** What was written to whom about a matter. */
export const lettersOf = (w: World, m: MatterId) =>
  w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('message').select(['id', 'template', 'account']).where('matter', '=', m.id).orderBy('id').execute(),
  )

/** Enough words for a reason someone will read. */
export const why = '根据现有材料，理由已经书面说明清楚。'

/** Granted by Wang, whatever the facts: the decision is not what the scene is about. */
export async function granted(w: World, over: Record<string, unknown> = {}): Promise<Matter> {
  const m = await w.filed(over)
  await w.assessed(m)
  return w.act(cast.wang, m, 'grant')
}

/** Assigned to Zhao, the agreement signed. */
export async function engaged(w: World): Promise<Matter> {
  const m = await granted(w)
  await w.assigned(m)
  await w.attached(cast.zhao, m, 'agreement')
  return w.act(cast.zhao, m, 'engage')
}

/** Refused by Wang on a proposal to refuse; not yet served. */
export async function refused(w: World): Promise<Matter> {
  const m = await w.filed()
  await w.assessed(m, 'refuse')
  return w.act(cast.wang, m, 'refuse', { reason: why })
}

/** A notice from the court, taken in by Wang now. The defendant is the one it is for, not the officer. */
export const notified = (w: World, notice: Record<string, unknown> = {}) =>
  w.run(cast.wang, (tx) =>
    open(
      tx,
      'criminal-notice',
      { region: county, id: v7() },
      {
        code: newMatterCode(),
        seats: { organ: [party(v7())] },
        parent: null,
        data: { ground: 'minor', stage: 'trial', organ: '城东区人民法院', organNumber: '（2026）青0102刑初15号', ...notice },
      },
    ),
  )

/** The fields something is refused at, each with what is said there in Chinese. */
export async function faultsOf(work: Promise<unknown>): Promise<[path: string, words: string][]> {
  const outcome = await work.catch((error: unknown) => error)
  if (!(outcome instanceof Refusal) || outcome.code !== 'invalid') throw new Error(`not refused at a field: ${String(outcome)}`)
  const issues = outcome.detail['issues'] as (Parameters<typeof sayIssue>[0] & { path: string })[] // a refusal of fields lists them
  return issues.map((issue) => [issue.path, sayIssue(issue, 'zh')])
}
