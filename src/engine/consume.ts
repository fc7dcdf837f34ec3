import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { collectAll } from '#platform/keys/collect.ts'
import type { Platform } from '#platform/platform.ts'
import { as, inOneView, system, type Tx } from '#platform/tx.ts'
import { underLease } from './lease.ts'

/** What was written, at its place in the one order: step `seq` of a matter, or of the audit, which names no matter here, the entry of number `seq`. */
export type Entry = { position: number; kind: 'audit' | 'event'; region: string; id: string; seq: number }

/**
 * Makes something of what was written. `take` is given what comes next in the order, once: what it writes stands if and only if its watermark has moved past
 * it. `wipe` forgets all it made; `flaw` says what of it is not what the log says up to a place, and null where all is.
 */
export type Consumer = {
  key: string
  reads: readonly Entry['kind'][]
  take(tx: Tx, entries: readonly Entry[]): Promise<unknown>
  wipe(tx: Tx): Promise<unknown>
  flaw(tx: Tx, position: number): Promise<string | null>
}

/** Places taken in by one transaction: a consumer begun anew stands in nobody's way for longer. */
const mostAtOnce = 2000

/** How it goes on: `atOnce` places in one transaction, `check` throws where it must stop between two. */
type Pace = { atOnce?: number; check?(): void }

/**
 * Gives what was committed its place, and has each consumer take in what is new to it, to the end; returns how many places they came on. One that fails
 * holds up no other. Harmless beside another process that does the same: they wait for each other at the watermark.
 */
export async function consume(on: Platform, consumers: readonly Consumer[], now: Date, pace: Pace = {}): Promise<number> {
  await collectAll(on, now, pace.check)
  const late = new Set(await as(on, system, now, (tx) => findLate(tx, consumers)))
  const ends = []
  for (const consumer of consumers) if (late.has(consumer.key)) ends.push(await settled(catchUp(on, consumer, now, pace)))
  const failed = ends.find((end) => 'error' in end)
  if (failed) throw failed.error
  return ends.reduce((sum, end) => sum + ('moved' in end ? end.moved : 0), 0)
}

const settled = (moving: Promise<number>): Promise<{ moved: number } | { error: unknown }> =>
  moving.then(
    (moved) => ({ moved }),
    (error: unknown) => ({ error }),
  )

/** Those who have not come to the end of the order, and those who are new. */
async function findLate(tx: Tx, consumers: readonly Consumer[]): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`/*consume.late*/ select key from unnest(${consumers.map(({ key }) => key)}::text[]) key
    left join watermark w on w.consumer = key where coalesce(w.position, 0) < (select coalesce(max(position), 0) from collected)`.execute(
    tx.db,
  )
  return rows.map(({ key }) => key)
}

async function catchUp(on: Platform, consumer: Consumer, now: Date, { atOnce = mostAtOnce, check }: Pace): Promise<number> {
  let moved = 0
  for (;;) {
    check?.()
    const step = await as(on, system, now, (tx) => advance(tx, consumer, atOnce))
    if (!step) return moved
    moved += step
  }
}

/** Result and watermark in one transaction: a process that dies between them leaves neither. */
async function advance(tx: Tx, consumer: Consumer, atOnce: number): Promise<number> {
  const after = await holdWatermark(tx, consumer)
  const to = await reachOf(tx, after, atOnce)
  const entries = await entriesOf(tx, consumer, { after, to })
  if (entries.length) await consumer.take(tx, entries)
  if (to > after) await setWatermark(tx, consumer, to)
  return to - after
}

/** How far a consumer has come; whoever asks next waits until this transaction has ended, and is told where it left off. */
export async function holdWatermark(tx: Tx, { key }: Pick<Consumer, 'key'>): Promise<number> {
  await sql`/*consume.begin*/ insert into watermark (consumer) values (${key}) on conflict do nothing`.execute(tx.db)
  const { rows } = await sql<{
    position: number
  }>`/*consume.hold*/ select position from watermark where consumer = ${key} for update`.execute(tx.db)
  return rows[0]!.position // it was there, or has just been put there
}

/** Moves a watermark, in the transaction of the result it stands for. */
export const setWatermark = (tx: Tx, { key }: Pick<Consumer, 'key'>, position: number): Promise<unknown> =>
  sql`/*consume.move*/ update watermark set position = ${position} where consumer = ${key}`.execute(tx.db)

/** The last place that is taken in next. Places have no gaps, and whoever sees one sees all before it. */
export async function reachOf(tx: Tx, after: number, atOnce: number): Promise<number> {
  const { rows } = await sql<{
    to: number | null
  }>`/*consume.reach*/ select max(position) as "to" from collected where position <= ${after + atOnce}`.execute(tx.db)
  return Math.max(after, rows[0]?.to ?? 0)
}

type Stretch = { after: number; to: number }

/** What a consumer reads of the places behind `after` up to `to`. */
export async function entriesOf(tx: Tx, { reads }: Pick<Consumer, 'reads'>, { after, to }: Stretch): Promise<Entry[]> {
  const { rows } = await sql<Entry>`/*consume.entries*/ select position, kind, region, id, seq from collected
    where position > ${after} and position <= ${to} and kind = any(${reads}::text[]) order by position`.execute(tx.db)
  return rows
}

/** Has a consumer begin at the first place again: what it made is forgotten in the same transaction, and made anew by whoever consumes next. */
export const startAnew = (on: Platform, consumer: Consumer, now: Date): Promise<void> =>
  as(on, system, now, async (tx) => {
    await holdWatermark(tx, consumer)
    await consumer.wipe(tx)
    await setWatermark(tx, consumer, 0)
  })

/** How long is waited for more, so that what is written meanwhile costs each consumer one commit and not one a step. On an idle machine what happens is in the figures within two of these. */
const restMs = 200

type Shift = { holder: string; now: () => Date; signal: AbortSignal }

/** Consumes until `signal`, unless another process is at it. */
export const keepConsuming = (on: Platform, consumers: readonly Consumer[], { holder, now, signal }: Shift): Promise<unknown> =>
  underLease(
    on,
    { name: 'consume', holder },
    async ({ check }) => {
      while (!signal.aborted) {
        const moved = await consume(on, consumers, now(), { check })
        if (moved < mostAtOnce) await pause(restMs, undefined, { signal }).catch(() => {})
      }
    },
    { signal },
  )

/** What is wrong with what the consumers made, a sentence each: of one moment, while they go on. */
export async function flawsOfConsumers(on: Platform, consumers: readonly Consumer[], now: Date): Promise<string[]> {
  const flaws: string[] = []
  for (const consumer of consumers) {
    const flaw = await inOneView(on, system, now, (tx) => flawOf(tx, consumer))
    if (flaw) flaws.push(`${consumer.key}: ${flaw}`)
  }
  return flaws
}

async function flawOf(tx: Tx, consumer: Consumer): Promise<string | null> {
  const [{ position, end } = { position: 0, end: 0 }] = await listWatermarks(tx, [consumer])
  return position > end ? `its watermark is ${position}, and the order ends at ${end}` : consumer.flaw(tx, position)
}

/** How far each consumer has come in the order, which ends at `end`. */
export async function listWatermarks(
  tx: Tx,
  consumers: readonly Consumer[],
): Promise<{ consumer: string; position: number; end: number }[]> {
  const { rows } = await sql<{
    consumer: string
    position: number
    end: number
  }>`select key as consumer, coalesce(w.position, 0) as position,
      (select coalesce(max(position), 0) from collected) as "end"
    from unnest(${consumers.map(({ key }) => key)}::text[]) key left join watermark w on w.consumer = key order by key`.execute(tx.db)
  return rows
}
