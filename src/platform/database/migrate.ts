import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { sql, type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { getConstructionPlans, PgBoss, type Db as BossDb } from 'pg-boss'
import type { DB } from '../../../db/types.ts'
import { queues } from './queues.ts'

const folder = new URL('../../../db/', import.meta.url)

/** Brings the database to today's schema, roles and policies. Forward only; safe to run again, and after a crash at any point. */
export async function migrate(db: Kysely<DB>, boss: BossDb, backend: 'pglite' | 'postgres'): Promise<void> {
  const plan = await readPlan()
  if ((await hashMadeFrom(db)) !== plan.hash) await carryOut(plan, db, boss, backend)
}

/** The hash of what a database is made from today: another one means that it has to be brought forward. */
export const planHash = async (): Promise<string> => (await readPlan()).hash

/** Whether the database is what this version of the service makes, to the letter. */
export const isMade = async (db: Kysely<DB>): Promise<boolean> => (await hashMadeFrom(db)) === (await planHash())

type Plan = { migrations: Record<string, string>; policies: string; hash: string }

/** All a database is made from, and its hash: the job library's own tables, its queues, the migrations and the policies. */
async function readPlan(): Promise<Plan> {
  const read = (file: string) => readFile(new URL(file, folder), 'utf8')
  const files = (await readdir(new URL('migrations/', folder))).filter((file) => file.endsWith('.sql')).toSorted()
  const migrations = Object.fromEntries(await Promise.all(files.map(async (file) => [file, await read(`migrations/${file}`)] as const)))
  const policies = await read('policies.sql')
  const hash = createHash('sha256')
    .update(JSON.stringify([getConstructionPlans(), queues, migrations, policies]))
    .digest('hex')
  return { migrations, policies, hash }
}

/** The plan this database was last made from, so that a start which changes nothing takes one statement and no locks. */
async function hashMadeFrom(db: Kysely<DB>): Promise<string | undefined> {
  const { rows } = await sql<{ known: string | null }>`select to_regclass('sec.plan_hash')::text as known`.execute(db)
  if (!rows[0]?.known) return undefined
  return (await sql<{ hash: string }>`select hash from sec.plan_hash`.execute(db)).rows[0]?.hash
}

async function carryOut(plan: Plan, db: Kysely<DB>, boss: BossDb, backend: 'pglite' | 'postgres'): Promise<void> {
  await refuseHalf(db)
  const { error } = await migratorOf(plan, db).migrateToLatest()
  if (error) throw error // `results` may still say Success for a batch that was rolled back
  await installBoss(boss, backend)
  await applyPolicies(db, plan)
}

function migratorOf(plan: Plan, db: Kysely<DB>): Migrator {
  const migrations = Object.entries(plan.migrations).map(([file, text]): [string, Migration] => [
    file,
    { up: (trx: Kysely<DB>) => runScript(trx, text) },
  ])
  return new Migrator({ db, provider: { getMigrations: async () => Object.fromEntries(migrations) } })
}

/** Every migration there is, in order. */
export const migrationNames = async (): Promise<string[]> => Object.keys((await readPlan()).migrations)

/** Makes an empty database what it was after the migration `last`, and marks it as one that is being restored: `migrate` refuses it, until `endRestore`, and then brings it to today's. */
export async function makeUpTo(last: string, db: Kysely<DB>, boss: BossDb, backend: 'pglite' | 'postgres'): Promise<void> {
  await sql`create table being_restored ()`.execute(db)
  const { error } = await migratorOf(await readPlan(), db).migrateTo(last)
  if (error) throw error
  await installBoss(boss, backend)
}

/** Within the transaction that puts all rows back: a database is whole from the moment it commits. */
export const endRestore = async (db: Kysely<DB>): Promise<void> => void (await sql`drop table being_restored`.execute(db))

async function refuseHalf(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ half: string | null }>`select to_regclass('public.being_restored')::text as half`.execute(db)
  if (rows[0]?.half)
    throw new Error(
      'This database is being restored, or holds a restore that was cut off. If none is running, drop it, make an empty one and restore again.',
    )
}

/** Many statements as one: the embedded database takes a single statement at a time, and a half-run script must leave nothing. */
async function runScript(db: Kysely<DB>, text: string): Promise<void> {
  await sql.raw(`do $run$ begin execute $script$${text}$script$; end $run$`).execute(db)
}

async function installBoss(db: BossDb, backend: 'pglite' | 'postgres'): Promise<void> {
  const boss = new PgBoss({ db, backend, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  const known = new Set((await boss.getQueues()).map((queue) => queue.name))
  for (const [name, options] of Object.entries(queues))
    await (known.has(name) ? boss.updateQueue(name, options) : boss.createQueue(name, options))
  await boss.stop({ graceful: false })
}

/** The hash is written with the policies, last: a making that is cut off is made again. */
async function applyPolicies(db: Kysely<DB>, { policies, hash }: Plan): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await runScript(trx, policies)
    await sql`create table if not exists sec.plan_hash (hash text not null)`.execute(trx)
    await sql`delete from sec.plan_hash`.execute(trx)
    await sql`insert into sec.plan_hash values (${hash})`.execute(trx)
  })
}

/** What an empty database made in advance carries instead of a key; it opens nothing. */
const noKey = padsOf(Buffer.alloc(32))

/**
 * Gives the database the key by which it knows who is asking, once. Throws where it has another: a process with other keys could open nothing that is
 * stored, and by changing this one it would shut out every process that serves.
 */
export async function installContextKey(db: Kysely<DB>, key: Buffer): Promise<void> {
  const { inner, outer } = padsOf(key)
  const { rows } = await sql<{ inner_pad: Uint8Array }>`select inner_pad from sec.context_key`.execute(db)
  const known = rows[0] && Buffer.from(rows[0].inner_pad)
  if (known?.equals(inner)) return
  if (known && !known.equals(noKey.inner))
    throw new Error(
      'This database was made with other keys than those in the data folder. Give every process the same keys folder (FAHUI_DATA), or another database.',
    )
  await db.transaction().execute(async (trx) => {
    await sql`delete from sec.context_key`.execute(trx)
    await sql`insert into sec.context_key values (${inner}, ${outer})`.execute(trx)
  })
}

/** The pads of HMAC, made in advance so that the database needs nothing but its built-in sha256 (RFC 2104). */
function padsOf(key: Buffer): { inner: Buffer; outer: Buffer } {
  const block = Buffer.alloc(64)
  key.copy(block)
  return { inner: Buffer.from(block.map((byte) => byte ^ 0x36)), outer: Buffer.from(block.map((byte) => byte ^ 0x5c)) }
}
