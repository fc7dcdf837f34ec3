import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { consumers } from '#api/consumers.ts'
import { consume, flawsOfConsumers, keepConsuming } from '#engine/consume.ts'
import { pen, plantMatters, stepText, valuesOf, type Step } from '#test/log-writer.ts'
import { world, type World } from '#test/world.ts'
import type { Cluster } from './cluster.ts'
import { quantile, spread, type Spread } from './spread.ts'

const writers = 8
const matters = 20_000
/** Of the events one in fifty is written in a transaction that is held: ten of them in each, or eight writers would do little but wait. */
const held = { share: 0.02, events: 10, ms: 300 }

/** From the moment an event is sent to the one another connection sees it in every figure, in milliseconds; events a second as asked for; flat out with the figures ÷ without; sums that are not the log's. */
export type FeedFigures = {
  logged: number
  heldShare: number
  heldMs: number
  perSecond: number
  events: number
  all: { p50: number; p99: number; max: number }
  held: { p50: number; p99: number }
  flatOut: { without: Spread; with: Spread; ratio: Spread }
  backlog: number
  flaws: number
}

/** How fast it is written, for how long, how many rounds flat out, and how much the log holds beforehand. */
export type FeedPace = { perSecond: number; seconds: number; rounds: number; roundSeconds: number; logged: number }

/** Measures how soon what happens is in the figures, while eight write. */
export async function benchFeed(cluster: Cluster, pace: FeedPace): Promise<FeedFigures> {
  process.env['TEST_DATABASE_URL'] = cluster.url // where `world` makes its database
  await using w = await world()
  await w.on.database.owner((db) => plantMatters(db, matters))
  await fill(w, pace.logged)
  const backlog = await timed(() => consume(w.on, consumers, w.now()))
  const pens = Array.from({ length: writers }, (_, n) => pen(n, writers, matters, 1 + Math.ceil(pace.logged / matters)))
  await using hands = await handsOf(w)
  const paced = await timesOf(w, hands, pens, pace)
  const rounds = []
  for (let n = 0; n < pace.rounds; n++) rounds.push(await flatOut(w, hands, pens, pace.roundSeconds))
  await consume(w.on, consumers, w.now())
  return {
    logged: pace.logged,
    heldShare: held.share,
    heldMs: held.ms,
    ...paced,
    flatOut: {
      without: spread(rounds.map((one) => one.without)),
      with: spread(rounds.map((one) => one.beside)),
      ratio: spread(rounds.map((one) => one.beside / one.without)),
    },
    backlog: (pace.logged + matters) / (backlog / 1000),
    flaws: (await flawsOfConsumers(w.on, consumers, w.now())).length,
  }
}

/** Steps that were written before, `logged` in all, as many of each matter. */
async function fill(w: World, logged: number): Promise<void> {
  await w.on.database.owner(async (db) => {
    await sql`insert into event (region, id, seq, action, actor, at, "from", "to", input)
      select region, id, n, 'act' || n % 7, 'writer', timestamptz '2026-03-02Z' + n % 20 * interval '1 day',
        case n when 1 then 'first' else 'state' || (n - 1) % 5 end, 'state' || n % 5, '{}'
      from event, generate_series(1, ${Math.ceil(logged / matters)}::int) n where seq = 0`.execute(db)
    await sql`insert into uncollected (kind, region, id, seq) select 'event', region, id, seq from event where seq > 0`.execute(db)
    await sql`vacuum analyze event`.execute(db)
    await sql`vacuum analyze uncollected`.execute(db)
  })
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

type Hands = AsyncDisposable & { writing: readonly pg.Client[]; watching: pg.Client }

/** A connection for each writer, and one that looks at the figures as any reader would. */
async function handsOf(w: World): Promise<Hands> {
  const { rows } = await w.on.database.owner((db) => sql<{ name: string }>`select current_database() as name`.execute(db))
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '')
  url.pathname = `/${rows[0]?.name}`
  const clients = await Promise.all(
    Array.from({ length: writers + 1 }, async () => {
      const client = new pg.Client(url.href)
      await client.connect()
      return client
    }),
  )
  const [watching, ...writing] = clients as [pg.Client, ...pg.Client[]] // there are nine
  return { watching, writing, [Symbol.asyncDispose]: async () => void (await Promise.all(clients.map((one) => one.end()))) }
}

type Pen = ReturnType<typeof pen>
/** When a step was sent, and whether in a transaction that was held. */
type Sent = { at: number; isHeld: boolean }
type Noted = Map<string, Sent>
const nameOf = ({ id, seq }: Pick<Step, 'id' | 'seq'>) => `${id} ${seq}`

/** Writes until `end`, no faster than `perSecond` in all, and notes when each step was sent. */
async function write(
  client: pg.Client,
  next: Pen,
  { end, perSecond, noted }: { end: number; perSecond: number; noted: Noted },
): Promise<number> {
  const began = performance.now()
  let done = 0
  for (;;) {
    const [now, due] = [performance.now(), began + (done / (perSecond / writers)) * 1000]
    if (now >= end) return done
    if (due > now) await pause(due - now)
    // So many events of all in held transactions are so many transactions of all, fewer by what each holds.
    const isHeld = Math.random() < held.share / (held.events * (1 - held.share) + held.share)
    const steps = Array.from({ length: isHeld ? held.events : 1 }, next)
    const sent = { at: performance.now(), isHeld }
    for (const step of steps) noted.set(nameOf(step), sent)
    await (isHeld ? sendHeld(client, steps) : send(client, steps[0]!)) // one at least
    done += steps.length
  }
}

const send = (client: pg.Client, step: Step): Promise<unknown> => client.query({ name: 'step', text: stepText, values: valuesOf(step) })

async function sendHeld(client: pg.Client, steps: readonly Step[]): Promise<void> {
  await client.query('begin')
  for (const step of steps) await send(client, step)
  await pause(held.ms)
  await client.query('commit')
}

const writeAll = async ({ writing }: Hands, pens: readonly Pen[], seconds: number, perSecond: number, noted: Noted): Promise<number> => {
  const began = performance.now()
  const done = await Promise.all(writing.map((client, n) => write(client, pens[n]!, { end: began + seconds * 1000, perSecond, noted }))) // a pen each
  return done.reduce((sum, one) => sum + one, 0) / ((performance.now() - began) / 1000)
}

/** Has the figures kept, as a serving process does, while `work` goes on. */
async function beside<T>(w: World, work: () => Promise<T>): Promise<T> {
  const over = new AbortController()
  const keeping = keepConsuming(w.on, consumers, { holder: 'bench', now: w.now, signal: over.signal }).catch((error: unknown) => {
    if (!over.signal.aborted) throw error
  })
  try {
    return await work()
  } finally {
    over.abort()
    await keeping
  }
}

async function timesOf(w: World, hands: Hands, pens: readonly Pen[], { perSecond, seconds }: FeedPace) {
  const noted: Noted = new Map()
  const { rate, marks } = await beside(w, async () => {
    const over = new AbortController()
    const watching = watch(hands.watching, over.signal)
    const its = await writeAll(hands, pens, seconds, perSecond, noted)
    await pause(2000)
    over.abort()
    return { rate: its, marks: await watching }
  })
  const times = await delaysOf(w, noted, marks)
  const all = times.map(({ ms }) => ms)
  const late = times.filter(({ isHeld }) => isHeld).map(({ ms }) => ms)
  const at = (values: readonly number[]) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99) })
  return { perSecond: rate, events: all.length, all: { ...at(all), max: quantile(all, 1) }, held: at(late) }
}

/** Up to which place every figure reached, and when another connection saw it. */
type Mark = { position: number; at: number }

async function watch(client: pg.Client, over: AbortSignal): Promise<Mark[]> {
  const marks: Mark[] = []
  while (!over.aborted) {
    const { rows } = await client.query<{ position: number }>('select min(position) as position from watermark')
    const [{ position } = { position: 0 }] = rows
    if (position !== marks.at(-1)?.position) marks.push({ position, at: performance.now() })
    await pause(5)
  }
  return marks
}

async function delaysOf(w: World, noted: Noted, marks: readonly Mark[]): Promise<{ ms: number; isHeld: boolean }[]> {
  const first = marks[0]?.position ?? 0
  const { rows } = await w.on.database.owner((db) =>
    sql<{
      position: number
      id: string
      seq: number
    }>`select position, id, seq from collected where position > ${first} order by position`.execute(db),
  )
  const times = []
  let n = 0
  for (const row of rows) {
    const sent = noted.get(nameOf(row))
    while (n < marks.length && marks[n]!.position < row.position) n++ // within the list
    const mark = marks[n]
    if (!mark) throw new Error(`Place ${row.position} had not come into the figures two seconds after the last was written.`)
    if (sent) times.push({ ms: mark.at - sent.at, isHeld: sent.isHeld })
  }
  if (times.length !== noted.size) throw new Error(`${noted.size} were written, and ${times.length} have a place.`)
  return times
}

/** Events a second of eight who write as fast as they are answered, without anybody who counts and beside one, in turn. */
async function flatOut(w: World, hands: Hands, pens: readonly Pen[], seconds: number): Promise<{ without: number; beside: number }> {
  const all = () => writeAll(hands, pens, seconds, Infinity, new Map())
  const without = await all()
  await consume(w.on, consumers, w.now())
  return { without, beside: await beside(w, all) }
}
