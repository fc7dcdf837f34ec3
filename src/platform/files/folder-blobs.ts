import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { draftOf, isDraft, syncFolder } from '#platform/keys/keyring.ts'
import { headBytes, type Sealing } from '#platform/keys/sealed-bytes.ts'
import type { Blobs } from './file-store.ts'

/** Bytes as files under `dir`, at `ab/cd/<hash>`. Several processes may use one folder. */
export const folderBlobs = (dir: string): Blobs => ({
  async write(hash, sealing) {
    const path = pathOf(dir, hash)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeSealed(path, sealing)
    await syncFolder(dirname(dirname(path)))
    await syncFolder(dir)
  },
  read: (hash) => readFile(pathOf(dir, hash)),
  async head(hash) {
    await using file = await open(pathOf(dir, hash), 'r')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  },
  has: (hash) =>
    access(pathOf(dir, hash)).then(
      () => true,
      () => false,
    ),
  remove: (hash) => rm(pathOf(dir, hash), { force: true }),
  async *list(before) {
    for await (const { name, path } of filesIn(dir)) if (isHash(name) && (!before || (await isOlder(path, before)))) yield name
  },
  async sweep(before) {
    let gone = 0
    for await (const { name, path } of filesIn(dir)) {
      if (!isDraft(name) || !(await isOlder(path, before))) continue
      await rm(path, { force: true })
      gone++
    }
    return gone
  },
})

/** Its first line is written last, when its tag is known; in its place the file stands whole. */
async function writeSealed(path: string, { headLength, pieces, head }: Sealing): Promise<void> {
  const draft = draftOf(path)
  try {
    await using file = await open(draft, 'wx', 0o400)
    let at = headLength
    for await (const piece of pieces) at += (await file.write(piece, 0, piece.length, at)).bytesWritten
    await file.write(head(), 0, headLength, 0)
    await file.sync()
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
  await syncFolder(dirname(path))
}

/** Every file of the folders of two letters, one folder at a time: there may be millions. */
async function* filesIn(dir: string): AsyncGenerator<{ name: string; path: string }> {
  for (const outer of await listed(dir))
    for (const inner of await listed(join(dir, outer)))
      for (const name of await readdir(join(dir, outer, inner))) yield { name, path: join(dir, outer, inner, name) }
}

const listed = async (path: string): Promise<string[]> => {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []) // no file was ever kept here
  return entries.filter((entry) => entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name)).map(({ name }) => name)
}

/** A draft that is gone meanwhile has become a file. */
const isOlder = (path: string, than: Date): Promise<boolean> =>
  stat(path).then(
    ({ mtime }) => mtime < than,
    () => false,
  )

function pathOf(dir: string, hash: string): string {
  if (!isHash(hash)) throw new Error('A kept file is asked for by a SHA-256 in hex. Did a name or a path get here?')
  return join(dir, hash.slice(0, 2), hash.slice(2, 4), hash)
}

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)
