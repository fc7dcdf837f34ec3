import { replay } from '#kernel/decide.ts'
import { clocksFrom } from '#kernel/limits/clocks.ts'
import type { Line } from '#kernel/line.ts'
import type { Clock, Event, Matter, MatterId } from '#kernel/matter.ts'
import { sql } from 'kysely'
import { silently, type Tell } from '#platform/backup/telling.ts'
import { chainOf, isWhole, type Chain } from '#platform/keys/audit.ts'
import { isoDigest } from '#platform/keys/digest.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import { as, inOneView, system, type Tx } from '#platform/tx.ts'
import { queueColumns } from './queue-columns.ts'
import { standingsOf } from './standing.ts'
import { keptOf, type Cached, type Kept } from './verify-rows.ts'
import { flawOfWords, flawsOfAuditWords } from './verify-words.ts'

/** What a check of the log found. `wrong` names matters whose row is not what their log says, and entries of the audit, by number, whose words are not as written; the rest is said of the chain of seals. */
export type Verdict = { ok: boolean; matters: number; wrong: Flaw[] } & Chain

/** What is wrong, and with what. */
export type Flaw = { region: string; id: string; what: string }

/** So many matters are read together: one by one, the way to the database and back costs ten times what is done with what it answers. */
const mattersAtOnce = 200

/** Replays every matter's log against its row, and checks the chain of audit seals. The seals come first: what was written by then is judged by how long it has waited, and not by how long the rest takes. */
export async function verifyAll(on: Platform, now: Date, tell: Tell = silently): Promise<Verdict> {
  const chain = await chainOf(on, now, tell)
  const wrong: Flaw[] = []
  const all = await as(on, system, now, countMatters)
  let matters = 0
  for await (const page of matterPages(on, now)) {
    wrong.push(...(await inOneView(on, system, now, (tx) => flawsOf(tx, page))))
    tell('matters', (matters += page.length), Math.max(all, matters))
  }
  wrong.push(...(await flawsOfAuditWords(on, now)))
  return { ok: wrong.length === 0 && isWhole(chain), matters, wrong, ...chain }
}

const countMatters = async (tx: Tx): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from matter`.execute(tx.db)).rows[0]?.n ?? 0

/** Every matter there is, so many together. */
export async function* matterPages(on: Platform, now: Date): AsyncGenerator<MatterId[]> {
  let after: MatterId = { region: '', id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const from = after
    const ids = await as(
      on,
      system,
      now,
      async (tx) =>
        (
          await sql<MatterId>`select region, id from matter where (region, id) > (${from.region}, ${from.id}::uuid) order by region, id limit ${mattersAtOnce}`.execute(
            tx.db,
          )
        ).rows,
    )
    if (!ids.length) return
    yield ids
    after = ids.at(-1)! // just seen not to be empty
  }
}

/** What differs between a matter's row and its replayed log; null when they agree. */
export const flawOf = async (tx: Tx, at: MatterId): Promise<string | null> => (await flawsOf(tx, [at]))[0]?.what ?? null

/** The same of several matters: those that are not what their log says. */
export async function flawsOf(tx: Tx, at: readonly MatterId[]): Promise<Flaw[]> {
  return (await keptOf(tx, at)).flatMap((kept) => {
    const what = flawOfKept(tx, kept)
    return what ? [{ ...kept.at, what }] : []
  })
}

function flawOfKept(tx: Tx, kept: Kept): string | null {
  const { row, cached, events } = kept
  if (!row || !cached || !events.length) return 'no log'
  const line = lineOf(tx.on, row.line, row.edition)
  if (events.some((event, i) => event.seq !== i)) return 'the log has a gap'
  const folded = replay(line, events)
  // A log from before matters had an office names none: the row's was filled in.
  if (isoDigest({ ...folded, office: folded.office || row.office }) !== isoDigest(row)) return 'the row is not what its log says'
  if (!isSeated(line, row, kept)) return 'who sits at the table is not what the row says'
  if (!isQueued(line, row, kept.clocks, cached)) return 'the queue columns are stale'
  const counted = clocksFrom(line, events, (moment) => tx.on.settings.lawOf(row.region, moment))
  if (!sameClocks(kept.clocks, counted)) return 'the clocks are not what the log says'
  if (!isBreached(line, kept)) return 'a limit that passed is not marked so'
  return flawOfMarks(cached, kept) ?? flawOfWords(tx, kept)
}

function isQueued(line: Line, row: Matter, clocks: readonly Clock[], cached: Cached): boolean {
  const queue = queueColumns(line, row, clocks)
  const isOpen = queue.isOpen && !cached.isErased // what was erased waits in no queue, whatever state it ended in
  return (
    cached.waitsFor === queue.waitsFor &&
    cached.isOpen === isOpen &&
    cached.isStaffed === queue.isStaffed &&
    cached.dueAt?.getTime() === queue.dueAt?.getTime()
  )
}

/** Every limit whose passing the system has written into the log is marked as passed then. */
const isBreached = (line: Line, { events, breaches }: Kept): boolean =>
  events
    .filter((event) => isPassing(line, event))
    .every(({ input, at }) =>
      breaches.some((one) => one.limit === input['limit'] && one.party === (input['party'] ?? '') && one.at.getTime() === at.getTime()),
    )

const isPassing = (line: Line, { actor, action, input }: Event): boolean =>
  actor === system.id && line.limits[String(input['limit'])]?.onBreach === action

/** What is marked on the row and stands in no event, for the audit says it: that it was erased, is left alone, or is confined. */
function flawOfMarks({ isErased, isLeftAlone, isConfined }: Cached, { said }: Kept): string | null {
  const isSaid = (which: string) => said.some(({ kind }) => kind === which)
  const confinement = said.findLast(({ kind }) => kind === 'confinement')
  const marks = [
    { what: 'erased', is: isErased, was: isSaid('erased') },
    { what: 'left alone', is: isLeftAlone, was: isSaid('useStopped') },
    { what: 'confined', is: isConfined, was: confinement !== undefined && confinement.change !== 'opened' },
  ]
  const flaw = marks.find(({ is, was }) => is !== was)
  return flaw ? `that it is ${flaw.what} is not what the audit says` : null
}

/** The rows the policies ask say the same as the row: nobody who left is still let in, and nobody who came is shut out. */
function isSeated(line: Line, row: Matter, { seated }: Kept): boolean {
  const digests = (all: readonly object[]) => all.map((one) => isoDigest(one)).toSorted()
  return digests(seated).join() === digests(standingsOf(line, row.seats)).join()
}

/** Dates may have been recomputed since, when a later holiday notice was loaded, and rows older than it hold no length; whose run it is, and what started, paused, extended and stopped it, may not differ. */
function sameClocks(kept: readonly Clock[], folded: readonly Clock[]): boolean {
  const core = (clocks: readonly Clock[]) =>
    clocks
      .map(({ dueAt: _, targetAt: __, provisional: ___, length: ____, ...rest }) => isoDigest(rest))
      .toSorted()
      .join()
  return core(kept) === core(folded)
}
