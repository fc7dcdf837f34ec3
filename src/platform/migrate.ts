import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { sql, type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { PgBoss, type Db as BossDb } from 'pg-boss'
import type { DB } from '../../db/types.ts'
import { queues } from './queues.ts'

const folder = new URL('../../db/', import.meta.url)

/** Brings the database to today's schema, roles and policies. Forward only; safe to run again, and after a crash at any point. */
export async function migrate(db: Kysely<DB>, boss: BossDb, backend: 'pglite' | 'postgres', contextKey: Buffer): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error // `results` may still say Success for a batch that was rolled back
  await installBoss(boss, backend)
  await applyPolicies(db)
  await installContextKey(db, contextKey)
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(new URL('migrations/', folder))).filter((file) => file.endsWith('.sql'))
  const entries = files.map(async (file) => {
    const text = await readFile(new URL(`migrations/${file}`, folder), 'utf8')
    return [file, { up: (db: Kysely<unknown>) => runScript(db as Kysely<DB>, text) }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
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
  for (const [name, options] of Object.entries(queues)) if (!known.has(name)) await boss.createQueue(name, options)
  await boss.stop({ graceful: false })
}

/** Policies are re-made only when their page has changed, so that starting takes no locks. */
async function applyPolicies(db: Kysely<DB>): Promise<void> {
  const text = await readFile(new URL('policies.sql', folder), 'utf8')
  const hash = createHash('sha256').update(text).digest('hex')
  await sql`create schema if not exists sec`.execute(db)
  await sql`create table if not exists sec.policies_hash (hash text not null)`.execute(db)
  const { rows } = await sql<{ hash: string }>`select hash from sec.policies_hash`.execute(db)
  if (rows[0]?.hash === hash) return
  await db.transaction().execute(async (trx) => {
    await runScript(trx, text)
    await sql`delete from sec.policies_hash`.execute(trx)
    await sql`insert into sec.policies_hash values (${hash})`.execute(trx)
  })
}

/** HMAC with its pads made in advance, so that the database needs nothing but its built-in sha256. */
export async function installContextKey(db: Kysely<DB>, key: Buffer): Promise<void> {
  const block = Buffer.alloc(64)
  key.copy(block)
  const inner = Buffer.from(block.map((byte) => byte ^ 0x36))
  const outer = Buffer.from(block.map((byte) => byte ^ 0x5c))
  const { rows } = await sql<{ inner_pad: Uint8Array }>`select inner_pad from sec.context_key`.execute(db)
  if (rows[0] && Buffer.from(rows[0].inner_pad).equals(inner)) return
  await db.transaction().execute(async (trx) => {
    await sql`delete from sec.context_key`.execute(trx)
    await sql`insert into sec.context_key values (${inner}, ${outer})`.execute(trx)
  })
}
