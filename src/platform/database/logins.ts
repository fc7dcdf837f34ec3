import { createHmac } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import pg from 'pg'
import type { DB } from '../../../db/types.ts'
import { connectWithinMs, type Login } from './postgres-pool.ts'

/** The logins the service works as, and nobody else: each inherits one role and owns nothing. `service` is who requests are answered as, `jobs` the job library's own. */
export type Logins = Readonly<Record<keyof typeof roles, Login>>

const roles = { service: 'fahui_app', jobs: 'fahui_jobs' } as const
const names = { service: (database: string) => `fahui_${database}`, jobs: (database: string) => `fahui-jobs_${database}` } as const
const kinds = Object.keys(roles) as (keyof typeof roles)[] // keys of the record

/** Who works in the database of this name, as its logins are called. */
export const loginsOf = (database: string): string[] => kinds.map((kind) => names[kind](database))

/** The logins of the database at `place`. Their passwords are derived, so that every process of the service finds them. */
export function loginsAt(place: Omit<Login, 'user' | 'password'>, contextKey: Buffer): Logins {
  const login = (kind: keyof typeof roles): Login => {
    const user = names[kind](place.database)
    return { ...place, user, password: createHmac('sha256', contextKey).update(`login ${user}`).digest('hex') }
  }
  return { service: login('service'), jobs: login('jobs') }
}

/**
 * Sets both logins up as they are meant to be, and returns the names of those whose password was another. PostgreSQL lets every role change its own password and
 * its own settings, and no wall stands there: what was changed is put right again, and told.
 */
export async function setUpLogins(owned: Kysely<DB>, logins: Logins): Promise<string[]> {
  const changed: string[] = []
  for (const kind of kinds) {
    const login = logins[kind]
    const { rows } = await sql`select from pg_roles where rolname = ${login.user}`.execute(owned)
    if (rows.length && (await isRefused(login))) changed.push(login.user)
    // At once, for another process may connect meanwhile.
    await owned.transaction().execute((trx) => setUp(trx, login, { role: roles[kind], verb: rows.length ? 'alter' : 'create' }))
  }
  return changed
}

async function setUp(
  owned: Kysely<DB>,
  { user, password, database }: Login,
  { role, verb }: { role: string; verb: 'alter' | 'create' },
): Promise<void> {
  const its = sql.id(user)
  await sql`${sql.raw(verb)} role ${its} login nosuperuser nobypassrls nocreatedb nocreaterole inherit password ${sql.lit(password)} valid until 'infinity'`.execute(
    owned,
  )
  await sql`grant ${sql.id(role)} to ${its}`.execute(owned)
  await sql`alter role ${its} reset all`.execute(owned)
  // Compiling a query takes longer than any of ours runs; row policies make the planner think otherwise.
  await sql`alter role ${its} set jit = off`.execute(owned)
  // A table of one's own making would be found before ours. What a database allows is not copied with it.
  await sql`revoke temporary on database ${sql.id(database)} from public`.execute(owned)
  await sql`alter role ${its} set search_path = public, pg_temp`.execute(owned)
  // No question of ours takes so long, and nobody waits for its answer any more.
  await sql`alter role ${its} set statement_timeout = '2min'`.execute(owned)
}

/** Who looks after the service's logins. */
export type Keeper = {
  /** Puts right what was changed, and returns the names of the logins whose password was; the first time also of those that were found so at the start. */
  keep(): Promise<readonly string[]>
  /** When that was last found, by the database's clock. */
  readonly changedAt: Date | null
}

/** The embedded database has no logins. */
export const noLogins: Keeper = { keep: async () => [], changedAt: null }

/** Looks after logins that were just set up, when the passwords of those in `found` were others. */
export async function keeperOf(owned: Kysely<DB>, logins: Logins, found: readonly string[]): Promise<Keeper> {
  let untold = found
  let changedAt = found.length ? await nowIn(owned) : null
  return {
    async keep() {
      const refused = await Promise.all(kinds.map((kind) => isRefused(logins[kind])))
      const now = refused.includes(true) ? await setUpLogins(owned, logins) : []
      if (now.length) changedAt = await nowIn(owned)
      const told = [...new Set([...untold, ...now])]
      untold = []
      return told
    },
    get changedAt() {
      return changedAt
    },
  }
}

const nowIn = async (owned: Kysely<DB>): Promise<Date> =>
  (await sql<{ at: Date }>`select clock_timestamp() as at`.execute(owned)).rows[0]!.at // it always returns its one row

/** How PostgreSQL says that a password is wrong. */
const wrongPassword = '28P01'

async function isRefused(login: Login): Promise<boolean> {
  const client = new pg.Client({ ...login, connectionTimeoutMillis: connectWithinMs })
  client.on('error', () => {}) // without a listener a lost connection ends the process
  try {
    await client.connect()
    return false
  } catch (error) {
    return error instanceof pg.DatabaseError && error.code === wrongPassword
  } finally {
    await client.end().catch(() => {})
  }
}
