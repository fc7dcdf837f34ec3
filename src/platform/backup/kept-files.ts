import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/database/database.ts'
import type { Blobs } from '#platform/files/file-store.ts'
import { sealedAlready } from '#platform/keys/sealed-bytes.ts'
import type { Manifest } from './manifest.ts'
import type { Tell } from './telling.ts'

/** A stored file in a backup: the hash it is asked for by, and the digest of its bytes as they lie sealed on the disk. */
const KeptFile = z.tuple([z.string(), z.int(), z.string()])
export type KeptFile = { hash: string; bytes: number; digest: string }

/** Copies every file there is, sealed as it is. What is handed in afterwards, `takeHeld` takes. */
export async function copyAll(from: Blobs, to: Blobs, tell: Tell): Promise<void> {
  let done = 0
  for await (const hash of from.list()) {
    await copyIfThere(from, to, hash)
    tell('files', ++done)
  }
}

/** A file that is erased while it is looked for is none any more. */
async function copyIfThere(from: Blobs, to: Blobs, hash: string): Promise<void> {
  const bytes = await from.read(hash).catch(() => null)
  if (bytes) await to.write(hash, sealedAlready(bytes))
}

/** The files that the snapshot points at, a line each. All of them are in the backup then: what came between the copying and the snapshot is copied now. */
export async function* takeHeld(
  db: Db,
  from: Blobs,
  to: Blobs,
  { digest, seen }: { digest: Manifest['digest']; seen: Set<string> },
): AsyncGenerator<string[]> {
  await sql`declare held no scroll cursor for select distinct hash from document where erased_at is null`.execute(db)
  for (;;) {
    const { rows } = await sql<{ hash: string }>`fetch 200 from held`.execute(db)
    if (!rows.length) break
    const lines: string[] = []
    for (const { hash } of rows) {
      if (!(await to.has(hash))) await copyIfThere(from, to, hash)
      if (!(await to.has(hash)))
        throw new Error(
          `The stored file ${hash} is gone, or was erased while the backup was made. Make the backup again; if it says so again, the file is lost.`,
        )
      const bytes = await to.read(hash)
      seen.add(hash)
      lines.push(JSON.stringify([hash, bytes.length, createHash(digest).update(bytes).digest('hex')] satisfies z.output<typeof KeptFile>))
    }
    yield lines
  }
  await sql`close held`.execute(db)
}

/** What was erased meanwhile is not kept in the backup either. */
export async function dropOthers(blobs: Blobs, seen: ReadonlySet<string>): Promise<void> {
  for await (const hash of blobs.list()) if (!seen.has(hash)) await blobs.remove(hash)
}

/** The files a list names. */
export async function* keptFilesOf(lines: AsyncIterable<readonly string[]>): AsyncGenerator<KeptFile> {
  for await (const batch of lines)
    for (const line of batch) {
      const [hash, bytes, digest] = KeptFile.parse(JSON.parse(line))
      yield { hash, bytes, digest }
    }
}

/** Where the bytes of a file lie in a backup. */
export const fileOf = (hash: string): string => `files/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`
