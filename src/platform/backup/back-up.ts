import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { Db } from '#platform/database/database.ts'
import type { Blobs } from '#platform/files/file-store.ts'
import { folderBlobs } from '#platform/files/folder-blobs.ts'
import { audit, headIn, sealAudit } from '#platform/keys/audit.ts'
import type { Suite } from '#platform/keys/crypto.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system } from '#platform/tx.ts'
import { linesOf, sequencesOf, spellOut, tablesOf } from './copied-tables.ts'
import { copyAll, dropOthers, takeHeld } from './kept-files.ts'
import { fileList, tablePart, writeManifest, type Manifest } from './manifest.ts'
import { writePart, type Backup } from './parts.ts'
import type { Tell } from './telling.ts'

/** Where the files lie, the folder the backup becomes, and who hears how far it is. */
export type BackingUp = { files: Blobs; dir: string; tell: Tell }

/** Digests follow the suite: where commercial cryptography is required, they are its own too. */
const digests: Record<Suite, Manifest['digest']> = { aes256gcm: 'sha256', 'sm4ctr-hmacsm3': 'sm3' }

/** The folder of the stored files within a backup. */
export const filesIn = (dir: string): Blobs => folderBlobs(join(dir, 'files'))

/**
 * Writes all there is into a folder of its own, beside whoever serves: the rows as they stood at one moment, the stored files they point at, and what tells both from
 * any other. No key goes with it. The caller sees to it that no keys are changed meanwhile.
 */
export async function backUp(on: Platform, now: Date, { files, dir, tell }: BackingUp): Promise<Manifest> {
  await refuseUsed(dir)
  const to: Backup = { dir, id: v7(), digest: digests[on.keyring.suite] }
  await as(on, system, now, (tx) => audit(tx, 'backedUp', { detail: { backup: to.id } }))
  await sealAudit(on, now)
  await copyAll(files, filesIn(dir), tell)
  const seen = new Set<string>()
  const manifest = await on.database.owner((db) =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((trx) => takeSnapshot(on, trx, { to, now, files, seen, tell })),
  )
  await dropOthers(filesIn(dir), seen)
  await writeManifest(dir, manifest, on.keyring)
  return manifest
}

async function refuseUsed(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if ((await readdir(dir)).length) throw new Error(`${dir} is not empty. A backup takes a folder of its own: name a new one.`)
}

type Taking = Pick<BackingUp, 'files' | 'tell'> & { to: Backup; now: Date; seen: Set<string> }

async function takeSnapshot(on: Platform, db: Db, { to, now, files, seen, tell }: Taking): Promise<Manifest> {
  await refuseHidden(db)
  await spellOut(db)
  const kept: Pick<Manifest, 'migrations' | 'keys' | 'head'> = {
    migrations: await migrationsOf(db),
    keys: await keysOf(db),
    head: await headIn(db),
  }
  const tables: Manifest['tables'] = []
  for (const table of await tablesOf(db)) {
    const told = heard(linesOf(db, table), (done) => tell(table.name, done))
    tables.push({ ...table, ...(await writePart(on.keyring, to, tablePart(table.name), told)) })
  }
  const held = heard(takeHeld(db, files, filesIn(to.dir), { digest: to.digest, seen }), (done) => tell('files checked', done))
  const list = await writePart(on.keyring, to, fileList, held)
  const sequences = await sequencesOf(db)
  return {
    format: 1,
    id: to.id,
    made: now.toISOString(),
    engine: on.database.engine,
    digest: to.digest,
    ...kept,
    sequences,
    tables,
    files: list,
  }
}

async function* heard(batches: AsyncGenerator<string[]>, tell: (done: number) => void): AsyncGenerator<string[]> {
  let done = 0
  for await (const batch of batches) {
    tell((done += batch.length))
    yield batch
  }
}

/** An owner to whom row policies apply would be given a part of the rows as if it were all. */
async function refuseHidden(db: Db): Promise<void> {
  const { rows } = await sql<{
    name: string
    all: boolean
  }>`select rolname as name, rolsuper or rolbypassrls as all from pg_roles where rolname = current_user`.execute(db)
  if (!rows[0]?.all)
    throw new Error(
      `${rows[0]?.name} owns the database, and row policies hide rows from it. Let it pass them, as pg_dump would need it too: alter role "${rows[0]?.name}" bypassrls.`,
    )
}

async function migrationsOf(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

async function keysOf(db: Db): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string; mark: string }>`select name, mark from sec.key_mark order by name`.execute(db)
  return Object.fromEntries(rows.map(({ name, mark }) => [name, mark]))
}
