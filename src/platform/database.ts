import { createHash, createHmac } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PGliteDriver, PostgresDialect, sql, type DatabaseConnection } from 'kysely'
import pg from 'pg'
import { fromPglite } from 'pg-boss'
import type { Db as BossDb } from 'pg-boss'
import type { DB } from '../../db/types.ts'
import { migrate } from './migrate.ts'
import { pipelined, type Transact } from './pipeline.ts'

export type Db = Kysely<DB>

/** An open database: `db` is what the service works through, in its low role; `boss` is the same database as the job library wants it. */
export type Database = AsyncDisposable & {
  engine: 'pglite' | 'postgres'
  db: Db
  boss: BossDb
  /** A transaction that begins with the statement `context`; `as` is its only caller. */
  transaction: Transact<DB>
  /** Runs statements as the owner: migrations, seeds and tests of what the service may *not* do. */
  owner<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** Days come as 'YYYY-MM-DD' and counts as numbers on both engines: no driver may turn a date into a moment. Fen stay far below 2^53. */
const parsers = { [pg.types.builtins.DATE]: (text: string) => text, [pg.types.builtins.INT8]: Number }
for (const [oid, parse] of Object.entries(parsers)) pg.types.setTypeParser(Number(oid), parse)

/** Opens and migrates the embedded database in `<dataDir>/db`, or in memory when `dataDir` is null. The caller holds the lock on the folder. */
export async function openEmbedded(dataDir: string | null, contextKey: Buffer): Promise<Database> {
  if (dataDir) await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const pglite = await PGlite.create({ parsers, ...(dataDir && { dataDir: join(dataDir, 'db') }) })
  const db = new Kysely<DB>({ dialect: new OneAtATime(pglite) })
  const boss = fromPglite(pglite)
  await migrate(db, boss, 'pglite', contextKey)
  const owner = <T>(work: (db: Db) => Promise<T>) => work(db)
  const transaction: Transact<DB> = (context, work) =>
    db.transaction().execute(async (trx) => {
      await trx.executeQuery(context)
      return work(trx)
    })
  return {
    engine: 'pglite',
    db,
    boss,
    transaction,
    owner,
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}

/** Opens and migrates PostgreSQL at `url`, whose user owns the database; the service then works as a login of its own that may do less. */
export async function openPostgres(url: string, contextKey: Buffer, max = 16): Promise<Database> {
  const ownerPool = pool({ connectionString: url, max: 2 })
  const owned = new Kysely<DB>({ dialect: new PostgresDialect({ pool: ownerPool }) })
  await migrate(owned, bossOver(ownerPool), 'postgres', contextKey)
  const login = await lowLogin(owned, contextKey)
  const appPool = pool({ ...pgConfig(url), user: login.user, password: login.password, max, pipeline: true })
  const { db, transaction } = await pipelined<DB>(appPool)
  const close = async () => void (await Promise.all([db.destroy(), owned.destroy()]))
  return { engine: 'postgres', db, boss: bossOver(appPool), transaction, owner: (work) => work(owned), [Symbol.asyncDispose]: close }
}

const pgConfig = (url: string) => {
  const { hostname, port, pathname, searchParams } = new URL(url)
  return {
    host: searchParams.get('host') ?? decodeURIComponent(hostname),
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)),
  }
}

/** Every pool is made here: a lost connection without an `error` listener ends the process (TRUST 0.6). */
function pool(config: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({ ...config, Client: NamingClient as unknown as typeof pg.Client })
  made.on('error', () => {})
  made.on('connect', (client) => client.on('error', () => {}))
  return made
}

/** Statements that begin with a comment are hot: they are prepared once per connection, under a name made from their text. */
class NamingClient extends pg.Client {
  // oxlint-disable-next-line typescript/no-explicit-any -- pg overloads `query` nine ways; only the (text, values) form is touched
  override query(config: any, values?: any, callback?: any): any {
    if (typeof config === 'string' && config.startsWith('/*') && Array.isArray(values))
      return super.query({ name: nameOf(config), text: config, values }, callback)
    return super.query(config, values, callback)
  }
}

const names = new Map<string, string>()
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha1').update(text).digest('hex')
  names.set(text, name)
  return name
}

const bossOver = (pool: pg.Pool): BossDb => ({
  async executeSql(text, values) {
    const result: pg.QueryResult | pg.QueryResult[] = await pool.query(text, values as unknown[])
    return { rows: Array.isArray(result) ? result.flatMap((part) => part.rows) : result.rows }
  },
})

/** A login named after the database that inherits `fahui_app` and nothing else. Its password is derived, so every process of the service finds it. */
async function lowLogin(owned: Db, contextKey: Buffer): Promise<{ user: string; password: string }> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(owned)
  const user = `fahui_${rows[0]!.name}` // current_database() always returns its one row
  const password = createHmac('sha256', contextKey).update(`login ${user}`).digest('hex')
  const exists = await sql`select from pg_roles where rolname = ${user}`.execute(owned)
  const verb = exists.rows.length ? sql`alter` : sql`create`
  await sql`${verb} role ${sql.id(user)} login nosuperuser nobypassrls inherit password ${sql.lit(password)}`.execute(owned)
  await sql`grant fahui_app to ${sql.id(user)}`.execute(owned)
  // Compiling a query takes longer than any of ours runs; row policies make the planner think otherwise.
  await sql`alter role ${sql.id(user)} set jit = off`.execute(owned)
  return { user, password }
}

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
