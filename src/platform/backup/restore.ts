import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openOwned, openUnmade, type Db, type Unmade } from '#platform/database/database.ts'
import { endRestore, makeUpTo, migrationNames } from '#platform/database/migrate.ts'
import { beingRestored } from '#platform/database/prepared.ts'
import { folderBlobs } from '#platform/files/folder-blobs.ts'
import { syncFolder, type Keyring } from '#platform/keys/keyring.ts'
import { sealedAlready } from '#platform/keys/sealed-bytes.ts'
import { filesIn } from './back-up.ts'
import { putLines, setSequences, tablesOf, withoutForeignKeys } from './copied-tables.ts'
import { fileOf, keptFilesOf } from './kept-files.ts'
import { fileList, readManifest, tablePart, type Manifest } from './manifest.ts'
import { isAsWritten, readPart, type Backup } from './parts.ts'
import type { Tell } from './telling.ts'

/** A backup, the keys it is opened by, and who hears how far it is. */
export type Reading = { dir: string; ring: Keyring; tell: Tell }

/** Where a backup is put back: an empty folder with the keys in it, and an empty database where it is not the embedded one. */
export type Target = { dataDir: string; databaseUrl: string | undefined }

/** So many parts that are not what they were are named. */
const mostNamed = 20

/** Reads all of a backup and writes nothing. Throws an Error that names every part that was altered, cut short or lost. */
export async function checkBackup({ dir, ring, tell }: Reading): Promise<Manifest> {
  const manifest = await readManifest(dir, ring)
  const from: Backup = { dir, ...manifest }
  const parts = [...manifest.tables.map((table) => ({ part: tablePart(table.name), as: table })), { part: fileList, as: manifest.files }]
  const flaws: string[] = []
  for (const [n, { part, as }] of parts.entries()) {
    if (!(await isAsWritten(from, part, as))) flaws.push(part)
    tell('parts checked', n + 1, parts.length)
  }
  let done = 0
  if (!flaws.includes(fileList))
    for await (const { hash, bytes, digest } of keptFilesOf(readPart(ring, from, fileList))) {
      if (!(await isAsWritten(from, fileOf(hash), { bytes, hash: digest }))) flaws.push(fileOf(hash))
      tell('files checked', ++done, manifest.files.rows)
    }
  if (flaws.length) throw new Error(altered(dir, flaws))
  return manifest
}

function altered(dir: string, flaws: readonly string[]): string {
  const named = flaws.slice(0, mostNamed).map((part) => `  ${part}\n`)
  const more = flaws.length > mostNamed ? `  and ${flaws.length - mostNamed} more\n` : ''
  return `Of the backup ${dir} is altered, cut short or lost:\n${named.join('')}${more}Nothing was written. Take another copy of this backup.`
}

/** Puts a backup back, all of it or nothing that could be taken for it: `checkBackup` comes first. The caller holds the folder. */
export async function restore(reading: Reading, target: Target): Promise<Manifest> {
  await refuseUsed(target)
  const manifest = await checkBackup(reading)
  await refuseLater(manifest)
  await (target.databaseUrl ? intoPostgres : intoFolder)(reading, manifest, target)
  return manifest
}

async function refuseUsed({ dataDir, databaseUrl }: Target): Promise<void> {
  // Files beside an embedded database that is being restored are those of a restore that was cut off.
  const isCutOff = !databaseUrl && (await isUsed(beingRestored(dataDir)))
  const used = [...(isCutOff ? [] : ['files']), ...(databaseUrl ? [] : ['db'])].map((name) => join(dataDir, name))
  for (const path of used) if (await isUsed(path)) throw new Error(`${path} is not empty. ${intoEmpty}`)
  if (!databaseUrl) return
  await using unmade = openOwned(databaseUrl)
  const { rows } = await sql<{
    name: string
  }>`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname <> 'information_schema' and n.nspname !~ '^pg_' order by c.relname = 'being_restored' desc, 1 limit 1`.execute(
    unmade.db,
  )
  if (rows[0]) throw new Error(`The database is not empty: it has ${rows[0].name}. ${intoEmpty}`)
}

const isUsed = async (path: string): Promise<boolean> => (await readdir(path).catch(() => [])).length > 0

const intoEmpty =
  'A backup is restored into a folder that holds the keys and nothing else, and an empty database, so that nothing is lost by it.'

/** Rows are put back under the schema they were written under, and then brought forward as any older database. */
async function refuseLater({ migrations }: Manifest): Promise<void> {
  const known = await migrationNames()
  const odd = migrations.find((name, n) => known[n] !== name)
  if (odd)
    throw new Error(
      `The backup is of a database that went through ${odd}, which this version of fahui does not know. Restore it with the version that made it, or a later one.`,
    )
}

async function putFiles({ dir, ring, tell }: Reading, manifest: Manifest, { dataDir }: Target): Promise<void> {
  const draft = join(dataDir, 'files.restoring')
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  const [from, to] = [filesIn(dir), folderBlobs(draft)]
  let done = 0
  for await (const { hash } of keptFilesOf(readPart(ring, { dir, ...manifest }, fileList))) {
    await to.write(hash, sealedAlready(await from.read(hash)))
    tell('files', ++done, manifest.files.rows)
  }
  await rm(join(dataDir, 'files'), { recursive: true, force: true }) // empty, or of a restore that was cut off
  await rename(draft, join(dataDir, 'files'))
  await syncFolder(dataDir)
}

/** Beside its place until it is whole. */
async function intoFolder(reading: Reading, manifest: Manifest, target: Target): Promise<void> {
  const draft = beingRestored(target.dataDir)
  await rm(draft, { recursive: true, force: true })
  {
    await using unmade = await openUnmade(draft)
    await fill(unmade, reading, manifest, target)
  }
  await rename(draft, join(target.dataDir, 'db'))
  await syncFolder(target.dataDir)
}

async function intoPostgres(reading: Reading, manifest: Manifest, target: Target): Promise<void> {
  await using unmade = openOwned(target.databaseUrl ?? '')
  await fill(unmade, reading, manifest, target)
}

/** From the first step to the commit of the last the database is marked as one that is being restored. Files are there before the rows that point at them. */
async function fill({ db, boss, engine }: Unmade, reading: Reading, manifest: Manifest, target: Target): Promise<void> {
  await makeUpTo(manifest.migrations.at(-1) ?? '', db, boss, engine)
  await putFiles(reading, manifest, target)
  await db.transaction().execute(async (trx) => {
    await refuseOdd(trx, manifest)
    await withoutForeignKeys(trx, async () => {
      for (const table of manifest.tables) await fillTable(trx, reading, manifest, table)
    })
    await setSequences(trx, manifest.sequences)
    await endRestore(trx)
  })
}

/** The job library's tables are those of today's version: what it no longer has, it cannot be given. */
async function refuseOdd(db: Db, { tables }: Manifest): Promise<void> {
  const there = new Map((await tablesOf(db)).map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]))
  for (const { name, columns } of tables) {
    const odd = columns.find((column) => !there.get(name)?.has(column.name))
    if (odd)
      throw new Error(
        `The backup has ${name}.${odd.name}, which this version of fahui does not know. Restore it with the version that made it.`,
      )
  }
}

async function fillTable(db: Db, { dir, ring, tell }: Reading, manifest: Manifest, table: Manifest['tables'][number]): Promise<void> {
  await sql`delete from ${sql.table(table.name)}`.execute(db) // what a migration put there is among the rows
  let done = 0
  for await (const lines of readPart(ring, { dir, ...manifest }, tablePart(table.name))) {
    await putLines(db, table, lines)
    tell(table.name, (done += lines.length), table.rows)
  }
  if (done !== table.rows)
    throw new Error(`${tablePart(table.name)} holds ${done} rows, not ${table.rows}. Was the backup changed while it was read?`)
}
