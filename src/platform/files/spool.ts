import { randomUUID } from 'node:crypto'
import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refuse } from '#kernel/refusal.ts'

/** A file that is being handed in, on disk until it is judged. It has no name there: what closes or dies leaves nothing of it. */
export type Spooled = { size: number; read(): Promise<Buffer>; close(): Promise<void> }

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
export async function spool(source: AsyncIterable<Uint8Array>, whose: string): Promise<Spooled> {
  const path = join(tmpdir(), `${prefix}${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  let size = 0
  const close = async () => {
    take(whose, -size)
    size = 0
    await file.close()
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
  return { size, read: () => wholeOf(file, size), close }
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

async function wholeOf(file: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size)
  for (let at = 0; at < size;) {
    const { bytesRead } = await file.read(bytes, at, size - at, at)
    if (bytesRead === 0) throw new Error('A file that is being handed in ends before its end. Was it closed meanwhile?')
    at += bytesRead
  }
  return bytes
}
