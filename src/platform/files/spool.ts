import { randomUUID } from 'node:crypto'
import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refuse } from '#kernel/refusal.ts'
import { cleanInto, type Bounds, type Kept } from './cleaning-apart.ts'
import { maxFileBytes, refuseFile } from './file-refused.ts'
import { magicBytes, mayBeTaken } from './magic.ts'

/** What is kept of a file that was handed in, on disk until it is closed; each piece of it is good until the next is asked for. */
export type Cleaned = Kept & { pieces(): AsyncIterable<Buffer> }

/**
 * A file that is being handed in, on disk. It has no name there: what closes or dies leaves nothing of it. `clean` judges it, once however often it is asked, and refuses with
 * `FileRefused`; from then on only what is kept of it lies there.
 */
export type Spooled = { size: number; clean(bounds?: Partial<Bounds>): Promise<Cleaned>; close(): Promise<void> }

/** All that is being handed in at once may take so much of the disk: eighty of the largest files; what one person hands in, a form of the largest files and a little more. */
const room = { all: 2 * 1024 ** 3, each: 300 * 1024 ** 2 }
const taken = new Map<string, number>()
let takenByAll = 0

function take(whose: string, bytes: number): void {
  const its = (taken.get(whose) ?? 0) + bytes
  takenByAll += bytes
  if (its) taken.set(whose, its)
  else taken.delete(whose)
}

/**
 * Puts what comes on disk as it comes, so that memory holds a piece of it however many send however slowly. Refuses with `busy` where the room for that, or for
 * those of `whose` session, is taken. The caller closes it.
 */
export async function spool(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, whose: string): Promise<Spooled> {
  let file = await nameless()
  let size = 0
  let cleaning: Promise<Cleaned> | undefined
  const close = async () => {
    take(whose, -size)
    size = 0
    await cleaning?.catch(() => {}) // whoever asked for it is told
    await file.close()
  }
  const clean = async (bounds?: Partial<Bounds>): Promise<Cleaned> => {
    if (size === 0) refuseFile('empty')
    if (size > maxFileBytes) refuseFile('tooLarge')
    const { buffer } = await file.read(Buffer.alloc(magicBytes), 0, magicBytes, 0)
    if (!mayBeTaken(buffer)) refuseFile('typeNotAllowed')
    const kept = await nameless()
    try {
      const its = await cleanInto(kept, file, bounds)
      await file.close()
      file = kept
      return { ...its, pieces: () => piecesOf(kept, its.length) }
    } catch (error) {
      await kept.close()
      throw error
    }
  }
  try {
    for await (const chunk of source) {
      if (takenByAll + chunk.length > room.all || (taken.get(whose) ?? 0) + chunk.length > room.each) refuse('busy')
      size += chunk.length
      take(whose, chunk.length)
      await file.write(chunk, 0, chunk.length, size - chunk.length)
    }
  } catch (error) {
    await close()
    throw error
  }
  return { size, clean: (bounds) => (cleaning ??= clean(bounds)), close }
}

async function nameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `${prefix}${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  return file
}

const prefix = 'fahui-handed-in-'

/** Takes away the files that still have a name since before that moment: their process died when it had made them and not yet taken it away. Returns how many. */
export async function sweepSpool(before: Date, dir = tmpdir()): Promise<number> {
  let gone = 0
  for (const name of await readdir(dir)) {
    if (!name.startsWith(prefix)) continue
    const path = join(dir, name)
    const made = await stat(path).catch(() => null) // of a form that is coming in just now
    if (!made || made.mtime >= before) continue
    await rm(path, { force: true })
    gone++
  }
  return gone
}

/** As much of a file as memory holds at once. */
const pieceBytes = 256 * 1024

/** One after the other in the same memory: each is good until the next is asked for. */
async function* piecesOf(file: FileHandle, size: number): AsyncGenerator<Buffer> {
  const piece = Buffer.allocUnsafe(Math.min(pieceBytes, size))
  for (let at = 0; at < size;) {
    const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, size - at), at)
    if (bytesRead === 0) throw new Error('A file that is being handed in ends before its end. Was it closed meanwhile?')
    yield piece.subarray(0, bytesRead)
    at += bytesRead
  }
}
