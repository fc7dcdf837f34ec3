import { sql } from 'kysely'
import { replay } from '#kernel/decide.ts'
import { clocksFrom } from '#kernel/limits/clocks.ts'
import type { Clock, Event, Matter, MatterId } from '#kernel/matter.ts'
import { chainOf, isWhole, type AuditKind, type Chain } from '#platform/keys/audit.ts'
import { isoDigest } from '#platform/keys/digest.ts'
import { clocksOf, eventsOf, matterOf } from './matter-rows.ts'
import { lineOf, type Platform } from '#platform/platform.ts'
import { queueColumns } from './queue-columns.ts'
import { as, inOneView, system, type Tx } from '#platform/tx.ts'
import type { Line } from '#kernel/line.ts'
import { flawOfWords, flawsOfAuditWords } from './verify-words.ts'
import { standingsOf, type Standing } from './standing.ts'

/** What a check of the log found. `wrong` names matters whose row is not what their log says, and entries of the audit, by number, whose words are not as written; the rest is said of the chain of seals. */
export type Verdict = { ok: boolean; matters: number; wrong: { region: string; id: string; what: string }[] } & Chain

/** Replays every matter's log against its row, and checks the chain of audit seals. */
export async function verifyAll(on: Platform, now: Date): Promise<Verdict> {
  const wrong: Verdict['wrong'] = []
  let matters = 0
  for await (const ids of pagesOf(on, now)) {
    matters += ids.length
    for (const id of ids) {
      const what = await inOneView(on, system, now, (tx) => flawOf(tx, id))
      if (what) wrong.push({ ...id, what })
    }
  }
  wrong.push(...(await flawsOfAuditWords(on, now)))
  const chain = await chainOf(on, now)
  return { ok: wrong.length === 0 && isWhole(chain), matters, wrong, ...chain }
}

async function* pagesOf(on: Platform, now: Date): AsyncGenerator<MatterId[]> {
  let after: MatterId = { region: '', id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const from = after
    const ids = await as(
      on,
      system,
      now,
      async (tx) =>
        (
          await sql<MatterId>`select region, id from matter where (region, id) > (${from.region}, ${from.id}::uuid) order by region, id limit 500`.execute(
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
export async function flawOf(tx: Tx, at: MatterId): Promise<string | null> {
  const row = await matterOf(tx, at)
  const events = await eventsOf(tx, at)
  if (!row || !events.length) return 'no log'
  const line = lineOf(tx.on, row.line, row.edition)
  if (events.some((event, i) => event.seq !== i)) return 'the log has a gap'
  const folded = replay(line, events)
  // A log from before matters had an office names none: the row's was filled in.
  if (isoDigest({ ...folded, office: folded.office || row.office }) !== isoDigest(row)) return 'the row is not what its log says'
  if (!(await isSeated(tx, line, row))) return 'who sits at the table is not what the row says'
  const clocks = await clocksOf(tx, at)
  const queue = queueColumns(line, row, clocks)
  const kept = await tx.db
    .selectFrom('matter')
    .select(['waits_for', 'due_at', 'is_open', 'is_staffed', 'erased_at'])
    .where('region', '=', at.region)
    .where('id', '=', at.id)
    .executeTakeFirstOrThrow()
  const isOpen = queue.isOpen && !kept.erased_at // what was erased waits in no queue, whatever state it ended in
  if (
    kept.waits_for !== queue.waitsFor ||
    kept.is_open !== isOpen ||
    kept.is_staffed !== queue.isStaffed ||
    kept.due_at?.getTime() !== queue.dueAt?.getTime()
  )
    return 'the queue columns are stale'
  const counted = clocksFrom(line, events, (moment) => tx.on.settings.lawOf(at.region, moment))
  if (!sameClocks(clocks, counted)) return 'the clocks are not what the log says'
  if (!(await isBreached(tx, line, events))) return 'a limit that passed is not marked so'
  return (await flawOfMarks(tx, at)) ?? (await flawOfWords(tx, at, events))
}

/** Every limit whose passing the system has written into the log is marked as passed then. */
async function isBreached(tx: Tx, line: Line, events: readonly Event[]): Promise<boolean> {
  const passings = events.filter(
    ({ actor, action, input }) => actor === system.id && line.limits[String(input['limit'])]?.onBreach === action,
  )
  for (const { region, id, input, at } of passings) {
    const { rows } = await sql`select from clock c where c.region = ${region} and c.id = ${id} and c."limit" = ${input['limit']}
      and c.party = ${input['party'] ?? ''} and c.breached_at = ${at}`.execute(tx.db)
    if (!rows.length) return false
  }
  return true
}

type Marks = { what: string; is: boolean; was: boolean }

/** What is marked on the row and stands in no event, for the audit says it: that it was erased, is left alone, or is confined. */
async function flawOfMarks(tx: Tx, { region, id }: MatterId): Promise<string | null> {
  const said = (kind: AuditKind) => sql`exists (select from audit a where a.region = m.region and a.matter = m.id and a.kind = ${kind})`
  const { rows } = await sql<Marks>`select marks.* from matter m, lateral (values
      ('erased', m.erased_at is not null, ${said('erased')}),
      ('left alone', m.use_stopped_at is not null, ${said('useStopped')}),
      ('confined', m.confined_at is not null, coalesce((select a.detail ->> 'change' <> 'opened' from audit a
        where a.region = m.region and a.matter = m.id and a.kind = 'confinement' order by a.no desc limit 1), false))
    ) marks (what, "is", was) where m.region = ${region} and m.id = ${id}`.execute(tx.db)
  const flaw = rows.find(({ is, was }) => is !== was)
  return flaw ? `that it is ${flaw.what} is not what the audit says` : null
}

/** The rows the policies ask say the same as the row: nobody who left is still let in, and nobody who came is shut out. */
async function isSeated(tx: Tx, line: Line, row: Matter): Promise<boolean> {
  const { rows } =
    await sql<Standing>`select seat, holder, account, party, side, sees_all as "seesAll", is_principal as "isPrincipal" from standing
    where region = ${row.region} and matter = ${row.id} and until is null`.execute(tx.db)
  const digests = (all: readonly Standing[]) => all.map((one) => isoDigest(one)).toSorted()
  return digests(rows).join() === digests(standingsOf(line, row.seats)).join()
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
