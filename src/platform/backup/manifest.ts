import { createPublicKey, sign, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { marksOf } from '#platform/database/key-marks.ts'
import { writeDurably, type Keyring } from '#platform/keys/keyring.ts'
import { Sealed } from '#platform/keys/witness.ts'

/** Bytes of the backup: how many, and their digest. */
const Kept = z.strictObject({ bytes: z.int(), hash: z.string() })
const Column = z.strictObject({ name: z.string(), type: z.string() })
const Table = z.strictObject({ name: z.string(), columns: z.array(Column) })
export type Table = z.output<typeof Table>

/** What a backup holds and what it needs. It says nothing of anybody: names of tables, counts, digests, fingerprints of keys. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  made: z.string(),
  engine: z.enum(['pglite', 'postgres']),
  /** The schema its rows are of. */
  migrations: z.array(z.string()),
  /** The keys without which it opens for nobody, by fingerprint. */
  keys: z.record(z.string(), z.string()),
  digest: z.enum(['sha256', 'sm3']),
  /** The last seal over log and audit, as a witness knows it. */
  head: Sealed.nullable(),
  sequences: z.record(z.string(), z.string()),
  tables: z.array(Table.extend({ rows: z.int(), ...Kept.shape })),
  /** The list of stored files. */
  files: z.strictObject({ rows: z.int(), ...Kept.shape }),
})
export type Manifest = z.output<typeof Manifest>

const names = { manifest: 'manifest.json', signature: 'manifest.sig' }

/** Where the rows of a table lie in a backup, and where the list of its files does. */
export const tablePart = (name: string): string => `tables/${name}`
export const fileList = 'files.list'

/** Puts the manifest in place, last of all: a folder without it, or without its signature, is no backup. */
export async function writeManifest(dir: string, manifest: Manifest, ring: Pick<Keyring, 'auditKey'>): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
  await writeDurably(join(dir, names.manifest), bytes)
  await writeDurably(join(dir, names.signature), sign(null, bytes, ring.auditKey))
}

/** The manifest of a backup, or an Error that says whether it is none, was altered, needs other keys or is of a later version. */
export async function readManifest(dir: string, ring: Keyring): Promise<Manifest> {
  const [bytes, signature] = await Promise.all([partOf(dir, names.manifest), partOf(dir, names.signature)])
  if (!verify(null, bytes, createPublicKey(ring.auditKey), signature)) throw new Error(unsigned(dir, bytes, ring))
  const read = z.looseObject({ format: z.unknown() }).parse(JSON.parse(bytes.toString('utf8')))
  if (read.format !== 1)
    throw new Error(`${dir} is a backup of format ${String(read.format)}, made by a later version of fahui. Restore it with that one.`)
  const manifest = Manifest.parse(read)
  refuseOtherKeys(dir, manifest.keys, ring)
  return manifest
}

const partOf = (dir: string, name: string): Promise<Buffer> =>
  readFile(join(dir, name)).catch(() => {
    throw new Error(`${join(dir, name)} cannot be read: this is no backup, or one that was cut off while it was made.`)
  })

/** Signed by another key, or altered: which of the two cannot be told from what is not to be trusted, but it can be said what it claims. */
function unsigned(dir: string, bytes: Buffer, ring: Keyring): string {
  const claimed = /"audit\.key": "([0-9a-f]+)"/.exec(bytes.toString('latin1'))?.[1] ?? ''
  const ours = marksOf(ring).get('audit.key')
  return claimed === ours
    ? `${join(dir, names.manifest)} or ${names.signature} beside it was altered: the signature does not fit. Nothing was written. Take another copy of this backup.`
    : `${join(dir, names.manifest)} is not signed by the audit.key in the data folder (${ours}); it says that it needs audit.key ${claimed}. Put the keys in place that were saved with it, or take another copy of this backup. Nothing was written.`
}

function refuseOtherKeys(dir: string, needed: Manifest['keys'], ring: Keyring): void {
  const ours = marksOf(ring)
  const missing = Object.entries(needed).filter(([name, mark]) => ours.get(name) !== mark)
  if (missing.length)
    throw new Error(
      `${dir} needs keys that are not in the data folder: ${missing.map(([name, mark]) => `${name} ${mark}`).join(', ')}. Put the keys in place that were saved with it. Nothing was written.`,
    )
}
