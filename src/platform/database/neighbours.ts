import { setTimeout as pause } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import pg from 'pg'
import type { DB } from '../../../db/types.ts'

/** What a process tells the others: that settings or days off were changed, that a data key was added. */
export type News = 'settings' | 'keys'

/** The other processes of the service on one database. */
export type Neighbours = {
  /** How many there are now. */
  count(): Promise<number>
  /** Calls `listener` with whatever any process tells, this one too, and once after a silence in which something may have been missed. */
  hear(listener: (news: News) => void): void
  /** Resolves, with a sentence for the operator, when another version of the service has taken the database over; never, where all is well. */
  overtaken: Promise<string>
}

/** The embedded database has one process. */
export const noNeighbours: Neighbours = { count: async () => 0, hear: () => {}, overtaken: new Promise(() => {}) }

/** How late a process may learn what it was not told: it looks by itself so often. */
export const rereadMs = 5000

const channel = 'fahui'
const everything: readonly News[] = ['settings', 'keys']

/** Tells every process, this one too, once the transaction stands. */
export const tell = ({ db }: { db: Kysely<DB> }, news: News): Promise<unknown> => sql`select pg_notify(${channel}, ${news})`.execute(db)

/** Advisory locks of the database: `making` is held by one process for as long as it brings the schema up, `using` shared by every process while it runs. */
const lockOf = { making: '1717660777, 1', using: '1717660777, 2' } as const

/** How long a new version waits for processes of the old one that are just stopping. */
const patienceMs = 10_000
const retryMs = 1000

/** How a process comes to use a database. `isMade` asks whether the schema is this version's, `make` makes it so, `enter` is what every start does; no two of them run at once. */
export type Entry = { isMade(): Promise<boolean>; make(): Promise<void>; enter(): Promise<void> }

/** Uses the database beside others of the same version. Throws while processes of another version use it: a schema is changed under nobody. */
export async function useDatabase(url: string, entry: Entry): Promise<Neighbours & AsyncDisposable> {
  const session = await connect(url)
  try {
    await enterBeside(session, entry)
    await session.query(`listen ${channel}`)
  } catch (error) {
    await session.end()
    throw error
  }
  return stay(session, () => rejoin(url), entry)
}

/** Keeps our share of the database, which the session holds. When that breaks another version may come in meanwhile; then this process must leave. */
function stay(first: pg.Client, again: () => Promise<pg.Client | null>, { isMade }: Pick<Entry, 'isMade'>): Neighbours & AsyncDisposable {
  const closing = new AbortController()
  const overtaken = Promise.withResolvers<string>()
  const listeners: ((news: News) => void)[] = []
  const announce = (heard: readonly News[]) => heard.forEach((news) => listeners.forEach((listener) => listener(news)))
  let session = hold(first)
  function hold(client: pg.Client): pg.Client {
    client.on('notification', ({ payload }) => announce(everything.filter((news) => news === payload)))
    return client.once('end', () => void comeBack())
  }
  async function comeBack(): Promise<void> {
    while (!closing.signal.aborted) {
      const found = await again()
      const made = found && (await isMade().catch(() => null)) // null: the database went away again
      if (made && !closing.signal.aborted) {
        session = hold(found)
        return announce(everything)
      }
      await found?.end().catch(() => {})
      if (made === false) return overtaken.resolve(overtakenBy)
      await pause(retryMs, undefined, { ref: false })
    }
  }
  return {
    count: () => countOthers(session),
    hear: (listener) => void listeners.push(listener),
    overtaken: overtaken.promise,
    async [Symbol.asyncDispose]() {
      closing.abort()
      await session.end().catch(() => {})
    },
  }
}

const overtakenBy = 'Another version of fahui has changed this database while the connection to it was lost. Start the same version here.'

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'fahui neighbours', keepAlive: true })
  client.on('error', () => {}) // told by `end`; without a listener a lost connection ends the process
  await client.connect()
  return client
}

/** A new session with our share of the database, or null while there is none to be had. */
async function rejoin(url: string): Promise<pg.Client | null> {
  const client = await connect(url).catch(() => null)
  if (client && (await asks(client, `pg_try_advisory_lock_shared(${lockOf.using})`).catch(() => false))) {
    await client.query(`listen ${channel}`)
    return client
  }
  await client?.end().catch(() => {})
  return null
}

async function enterBeside(session: pg.Client, { isMade, make, enter }: Entry): Promise<void> {
  await session.query(`select pg_advisory_lock(${lockOf.making})`)
  if (await isMade()) await enter()
  else await alone(session, () => make().then(enter))
  await session.query(`select pg_advisory_lock_shared(${lockOf.using})`)
  await session.query(`select pg_advisory_unlock(${lockOf.making})`)
}

/** Runs `work` while no other process uses the database, and none can begin to. */
async function alone(session: pg.Client, work: () => Promise<void>): Promise<void> {
  const until = performance.now() + patienceMs
  while (!(await asks(session, `pg_try_advisory_lock(${lockOf.using})`))) {
    if (performance.now() > until)
      throw new Error(
        `This database is used by ${await countOthers(session)} other process(es) of another version of fahui. Stop them first: the schema is changed by one process, under nobody.`,
      )
    await pause(100)
  }
  await work()
  await session.query(`select pg_advisory_unlock(${lockOf.using})`)
}

async function asks(session: pg.Client, question: string): Promise<boolean> {
  const { rows } = await session.query<{ yes: boolean }>(`select ${question} as yes`)
  return rows[0]?.yes ?? false
}

async function countOthers(session: pg.Client): Promise<number> {
  const [classid, objid] = lockOf.using.split(', ')
  const { rows } = await session.query<{ n: number }>(
    `select count(*)::int as n from pg_locks where locktype = 'advisory' and classid = ${classid} and objid = ${objid} and objsubid = 2
      and database = (select oid from pg_database where datname = current_database()) and granted and pid <> pg_backend_pid()`,
  )
  return rows[0]?.n ?? 0
}
