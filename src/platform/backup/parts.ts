import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { nationwide, type DataKeys, type Place } from '#platform/keys/crypto.ts'
import { sealBytes, unsealBytes } from '#platform/keys/sealed-bytes.ts'
import type { Manifest } from './manifest.ts'

/** A backup on the disk: its folder, its id, and what it counts digests by. */
export type Backup = { dir: string } & Pick<Manifest, 'id' | 'digest'>

/** Bytes in the backup, and how many lines they hold. */
export type Part = { rows: number; bytes: number; hash: string }

/** So many letters of lines are pressed and sealed together: in memory at once when they are put back, too. */
const chunkLength = 1 << 20

/** Writes lines as a part: chunks that are pressed and sealed under the keyring, each bound to this backup, this part and its place there, after its length in four bytes. */
export async function writePart(ring: DataKeys, to: Backup, name: string, batches: AsyncIterable<readonly string[]>): Promise<Part> {
  const path = join(to.dir, name)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await using file = await open(path, 'wx', 0o400)
  const hash = createHash(to.digest)
  const part = { rows: 0, bytes: 0 }
  let no = 0
  for await (const lines of chunksOf(batches)) {
    const sealed = sealBytes(ring, deflateRawSync(lines.join('\n'), { level: 1 }), placeOf(to, name, no++))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(sealed.length)
    const bytes = Buffer.concat([length, sealed])
    hash.update(bytes)
    await file.appendFile(bytes)
    part.bytes += bytes.length
    part.rows += lines.length
  }
  await file.sync()
  return { ...part, hash: hash.digest('hex') }
}

async function* chunksOf(batches: AsyncIterable<readonly string[]>): AsyncGenerator<string[]> {
  let lines: string[] = []
  let length = 0
  for await (const batch of batches)
    for (const line of batch) {
      lines.push(line)
      length += line.length
      if (length < chunkLength) continue
      yield lines
      ;[lines, length] = [[], 0]
    }
  if (lines.length) yield lines
}

/** The lines of a part, chunk by chunk; throws where a chunk is not what was sealed there. */
export async function* readPart(ring: DataKeys, from: Backup, name: string): AsyncGenerator<string[]> {
  await using file = await open(join(from.dir, name), 'r')
  for (let no = 0; ; no++) {
    const length = await take(file, 4)
    if (!length.length) return
    const sealed = await take(file, length.readUInt32BE())
    yield inflateRawSync(unsealBytes(ring, sealed, placeOf(from, name, no)))
      .toString('utf8')
      .split('\n')
  }
}

/** The next bytes, or none at the end. What is cut short was told by its digest, or does not open. */
async function take(file: FileHandle, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, null)
  return buffer.subarray(0, bytesRead)
}

/** Whether the bytes of a part are those that were written; what is not there is not. */
export async function isAsWritten({ dir, digest }: Backup, name: string, { bytes, hash }: Omit<Part, 'rows'>): Promise<boolean> {
  const found = createHash(digest)
  let count = 0
  try {
    for await (const chunk of createReadStream(join(dir, name)) as AsyncIterable<Buffer>) {
      found.update(chunk)
      count += chunk.length
    }
  } catch {
    return false // gone or unreadable: the caller names it
  }
  return count === bytes && found.digest('hex') === hash
}

const placeOf = ({ id }: Backup, part: string, no: number): Place => ({
  table: 'backup',
  column: part,
  row: `${id}/${no}`,
  region: nationwide,
})
