import { createHash } from 'node:crypto'
import { nationwide, type DataKeys, type Place } from '#platform/keys/crypto.ts'
import { isCurrent, isSealed, sealPieces, unsealBytes, type Sealing } from '#platform/keys/sealed-bytes.ts'
import { servedName } from './served-name.ts'
import { spool, type Cleaned } from './spool.ts'

/** A file as kept: found by the SHA-256 of what is kept, which for a picture is not what was handed in. */
export type StoredFile = { readonly hash: string; readonly bytes: number; readonly mime: string; readonly name: string }

/** Where bytes lie, by the hash they are asked for: a folder, or a service that keeps objects. It knows nothing of what they say. */
export type Blobs = {
  /** Puts bytes in place whole, instead of any that are there; after a power cut they are there, or what was there before. */
  write(hash: string, sealing: Sealing): Promise<void>
  read(hash: string): Promise<Buffer>
  /** The first bytes, as many as tell whether and how they are sealed. */
  head(hash: string): Promise<Buffer>
  has(hash: string): Promise<boolean>
  /** Deleting what is gone is no fault. */
  remove(hash: string): Promise<void>
  /** Every hash there is, or those that were put in place before a moment. */
  list(before?: Date): AsyncIterable<string>
  /** Takes away what writes that were cut off before that moment left behind; returns how many. */
  sweep(before: Date): Promise<number>
}

/** Keeps what people hand in, sealed. `put` refuses with `FileRefused`; `read` throws when a kept file is gone or no longer what it was. */
export type FileStore = Pick<Blobs, 'has' | 'remove' | 'list' | 'sweep'> & {
  keep(file: Cleaned, as: { readonly name: string }): Promise<StoredFile>
  /** Judges bytes and keeps what is kept of them. */
  put(bytes: Buffer, as: { readonly name: string }): Promise<StoredFile>
  read(hash: string): Promise<Buffer>
  /** Brings a file under the current key, one an older version kept in the clear as well; false where it is so already. The caller keeps it from being removed meanwhile. */
  reseal(hash: string): Promise<boolean>
}

/** Files sealed under the keyring, each once, and bound to the hash of what they hold: one put in the place of another does not open. */
export function fileStore(blobs: Blobs, ring: DataKeys): FileStore {
  const seal = (hash: string, pieces: Iterable<Buffer> | AsyncIterable<Buffer>) =>
    blobs.write(hash, sealPieces(ring, pieces, placeOf(hash)))
  const read = async (hash: string) => {
    const kept = await blobs.read(hash)
    const bytes = isSealed(kept) ? unsealBytes(ring, kept, placeOf(hash)) : kept
    if (hashOf(bytes) !== hash) throw new Error(`The kept file ${hash} has changed where it lies. Restore it from the backup.`)
    return bytes
  }
  // Read twice, since it is sealed to the hash of what it holds; neither time is it held whole.
  const keep: FileStore['keep'] = async ({ mime, extension, length, pieces }, { name }) => {
    const sum = createHash('sha256')
    for await (const piece of pieces()) sum.update(piece)
    const hash = sum.digest('hex')
    if (!(await blobs.has(hash))) await seal(hash, pieces())
    return { hash, bytes: length, mime, name: servedName(name, extension) }
  }
  return {
    keep,
    async put(bytes, as) {
      const file = await spool([bytes], 'ourselves')
      try {
        return await keep(await file.clean(), as)
      } finally {
        await file.close()
      }
    },
    read,
    async reseal(hash) {
      const head = await blobs.head(hash)
      if (isSealed(head) && isCurrent(ring, head)) return false
      await seal(hash, [await read(hash)])
      return true
    },
    has: blobs.has,
    remove: blobs.remove,
    list: blobs.list,
    sweep: blobs.sweep,
  }
}

/** The same bytes may be handed in with any matter of any county, so no county is part of their place. */
const placeOf = (hash: string): Place => ({ table: 'file', column: 'bytes', row: hash, region: nationwide })

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
