import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import type { PGlite, PGliteOptions } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PGliteDriver, PostgresDialect, type CompiledQuery, type DatabaseConnection } from 'kysely'
import type pg from 'pg'
import { fromPglite } from 'pg-boss'
import type { Db as BossDb } from 'pg-boss'
import type { DB } from '../../../db/types.ts'
import { keeperOf, loginsAt, noLogins, setUpLogins, type Keeper } from './logins.ts'
import { installContextKey, isMade, migrate } from './migrate.ts'
import { noNeighbours, useDatabase, type Neighbours } from './neighbours.ts'
import { pipelined, type Transact } from './pipeline.ts'
import { hearing } from './sending.ts'
import { parsers, placeOf, pool, poolFor, type Login } from './postgres-pool.ts'
import { PreparingPGlite } from './preparing.ts'

export type Db = Kysely<DB>

/** An open database: `db` is what the service works through, in its low role; `boss` is the same database as the job library wants it, by a login of its own. */
export type Database = AsyncDisposable & {
  engine: 'pglite' | 'postgres'
  db: Db
  boss: BossDb
  /** A transaction that begins with the statement `context`; `as` is its only caller. */
  transaction: Transact<DB>
  /** What another thread connects by for reading of its own; null where a single connection is all there is. */
  login: Login | null
  neighbours: Neighbours
  logins: Keeper
  /** Runs statements as the owner: migrations, seeds and tests of what the service may *not* do. */
  owner<T>(work: (db: Db) => Promise<T>): Promise<T>
}

// V8 throws away WebAssembly code that was compiled better meanwhile, and now and then ends the process in doing so (Node 24.21: `ThreadIsolation::UnregisterWasmAllocation`).
// What it would save are a few megabytes of a database that is opened once.
setFlagsFromString('--no-wasm-code-gc')

/** Opens and migrates the embedded database in `<dataDir>/db`, or in memory when `dataDir` is null. The caller holds the lock on the folder. */
export async function openEmbedded(dataDir: string | null, contextKey: Buffer): Promise<Database> {
  if (dataDir) await mkdir(dataDir, { recursive: true, mode: 0o700 })
  return over(await opened(dataDir ? { dataDir: join(dataDir, 'db') } : {}), contextKey)
}

/** Opens, in memory, a copy of the embedded database whose folder was made into this tar archive. */
export const openCopy = async (archive: Blob, contextKey: Buffer): Promise<Database> =>
  over(await opened({ loadDataDir: archive }), contextKey)

async function opened(options: PGliteOptions): Promise<PGlite> {
  const pglite = new PreparingPGlite({ parsers, ...options })
  await pglite.waitReady
  return pglite
}

async function over(pglite: PGlite, contextKey: Buffer): Promise<Database> {
  const db = new Kysely<DB>({ dialect: new OneAtATime(pglite) })
  const boss = fromPglite(pglite)
  await migrate(db, boss, 'pglite')
  await installContextKey(db, contextKey)
  const owner = <T>(work: (db: Db) => Promise<T>) => work(db)
  // Over its one connection nobody commits in the midst of a transaction: every view is of one moment.
  const transaction: Transact<DB> = (context, work) =>
    db.transaction().execute(async (trx) => {
      const { send, heard } = hearing(<Row>(statement: CompiledQuery) => trx.executeQuery<Row>(statement))
      await trx.executeQuery(context)
      try {
        return await work(trx, send)
      } finally {
        await heard()
      }
    })
  return {
    engine: 'pglite',
    db,
    boss,
    transaction,
    login: null,
    neighbours: noNeighbours,
    logins: noLogins,
    owner,
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}

/** Opens and migrates PostgreSQL at `url`, whose user owns the database; the service then works as a login of its own that may do less. Other processes may use it too, with the same keys. */
export async function openPostgres(url: string, contextKey: Buffer, max = 16): Promise<Database> {
  await using stack = new AsyncDisposableStack()
  const { db: owned, boss } = stack.use(openOwned(url))
  const logins = loginsAt(placeOf(url), contextKey)
  let changed: readonly string[] = []
  const neighbours = await useDatabase(url, {
    isMade: () => isMade(owned),
    make: () => migrate(owned, boss, 'postgres'),
    async enter() {
      await installContextKey(owned, contextKey)
      changed = await setUpLogins(owned, logins)
    },
  })
  stack.use(neighbours)
  const appPool = poolFor(logins.service, max)
  const { db, transaction, end } = await pipelined<DB>(appPool)
  stack.defer(end)
  const jobsPool = poolFor(logins.jobs, jobConnections)
  stack.defer(() => jobsPool.end())
  const keeper = await keeperOf(owned, logins, changed)
  const open = stack.move()
  return {
    engine: 'postgres',
    db,
    boss: bossOver(jobsPool),
    transaction,
    login: logins.service,
    neighbours,
    logins: keeper,
    owner: (work) => work(owned),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** One for the jobs that are fetched and settled one after another, one for whoever watches over them. */
const jobConnections = 2

/** A database as its owner finds it: nothing is made there. */
export type Unmade = AsyncDisposable & Pick<Database, 'engine' | 'boss'> & { db: Db }

/** The embedded database in a folder of its own, empty where the folder is new. */
export async function openUnmade(dir: string): Promise<Unmade> {
  const pglite = await opened({ dataDir: dir })
  const db = new Kysely<DB>({ dialect: new OneAtATime(pglite) })
  return { engine: 'pglite', db, boss: fromPglite(pglite), [Symbol.asyncDispose]: () => db.destroy() }
}

/** The database at `url`, whatever it holds. */
export function openOwned(url: string): Unmade {
  const ownerPool = pool({ connectionString: url, max: 2 })
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: ownerPool }) })
  return { engine: 'postgres', db, boss: bossOver(ownerPool), [Symbol.asyncDispose]: () => db.destroy() }
}

const bossOver = (pool: pg.Pool): BossDb => ({
  async executeSql(text, values) {
    const result: pg.QueryResult | pg.QueryResult[] = await pool.query(text, values as unknown[])
    return { rows: Array.isArray(result) ? result.flatMap((part) => part.rows) : result.rows }
  },
})

/**
 * The embedded database has one connection. Kysely's driver hands it to everyone at once, and two transactions would then
 * commit each other, so this one hands it out one at a time.
 */
class OneAtATime extends PGliteDialect {
  readonly #pglite: PGlite
  constructor(pglite: PGlite) {
    super({ pglite })
    this.#pglite = pglite
  }
  override createDriver() {
    return new QueueingDriver({ pglite: this.#pglite })
  }
}

class QueueingDriver extends PGliteDriver {
  #tail: Promise<void> = Promise.resolve()
  #release: () => void = () => {}
  override async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#tail
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#tail = promise
    await before
    // The embedded database answers without ever leaving JavaScript's turn: without this, a long run of statements would keep requests from being heard.
    await setImmediate()
    this.#release = resolve
    return super.acquireConnection()
  }
  override async releaseConnection(): Promise<void> {
    this.#release()
  }
}
