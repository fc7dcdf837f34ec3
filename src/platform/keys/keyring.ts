import { createPrivateKey, generateKeyPairSync, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, lstat, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Keyring, Suite } from './crypto.ts'

export type { Keyring } from './crypto.ts'

const keyBytes = 32
const singleKeys = { 'blind.key': newKey, 'context.key': newKey, 'audit.key': newAuditKey }

/** A keyring over its folder. Another process may rotate: `reread` takes up what is new, and a value under a key not read yet has it looked for. */
export type LiveKeyring = Keyring & {
  /** Where the keys lie, for a thread of this process to read them too. */
  readonly folder: string
  reread(): Promise<void>
}

/**
 * The keys in `<dir>/keys/`, made on the very first use. Refuses a folder or file that others can read, a key that is short or
 * not the one its name says, and a folder that has lost a key: a new one would make stored data unreadable or unfindable.
 */
export async function openKeyring(dir: string, suite: Suite): Promise<LiveKeyring> {
  const folder = join(dir, 'keys')
  if (!(await exists(folder))) await createFolder(folder)
  await refuseShared(folder)
  if (!(await exists(join(folder, 'current')))) await createKeys(folder)
  const keys = new Map(await readDataKeys(folder))
  let current = await readCurrent(folder, keys)
  const [blind, contextKey] = [await readKey(join(folder, 'blind.key')), await readKey(join(folder, 'context.key'))]
  const auditKey = await readAuditKey(join(folder, 'audit.key'))
  const reread = async () => {
    for (const [kid, key] of await readDataKeys(folder)) if (!keys.has(kid)) keys.set(kid, key)
    current = await readCurrent(folder, keys)
  }
  const learn = keyFinder(folder, keys)
  return {
    suite,
    keys,
    learn,
    blind,
    contextKey,
    auditKey,
    folder,
    reread,
    get current() {
      return current
    },
  }
}

/** Looks in the folder for a data key that was added after `keys` was read, and adds it. It answers at once, since a value is waiting to be opened; an id that names no key finds nothing. */
export const keyFinder =
  (folder: string, keys: Map<string, Buffer>) =>
  (kid: string): Buffer | undefined => {
    const key = /^[0-9a-f]{8}$/.test(kid) ? readIfThere(join(folder, `data-${kid}.key`)) : undefined
    if (!key || key.length !== keyBytes || kidFor(key) !== kid) return undefined
    keys.set(kid, key)
    return key
  }

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

async function readCurrent(folder: string, keys: ReadonlyMap<string, Buffer>): Promise<string> {
  const current = (await readPrivate(join(folder, 'current'))).toString('utf8').trim()
  if (!keys.has(current)) throw new Error(`${folder}: the current key data-${current}.key is missing. Restore it from the key backup.`)
  return current
}

/** Of two first starts at one moment the folder of one stands, whole; the other takes it as its own, for its keys have sealed nothing yet. */
async function createFolder(folder: string): Promise<void> {
  const draft = draftOf(folder)
  try {
    await mkdir(draft, { recursive: true, mode: 0o700 })
    await createKeys(draft)
    await rename(draft, folder)
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY', 'EPERM'].some((code) => isCode(error, code)) || !(await exists(folder))) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  await syncFolder(dirname(folder))
}

/** Adds a data key and makes it the one new values are sealed under; returns its id. Old keys stay for reading. */
export async function rotate(dir: string): Promise<string> {
  const folder = join(dir, 'keys')
  await refuseShared(folder)
  await readPrivate(join(folder, 'current'))
  return addDataKey(folder)
}

/** The data keys beside the current one, once that has been current for so long that no process can still be sealing under another; none before. */
export async function oldDataKeys(folder: string, now: number): Promise<string[]> {
  const current = join(folder, 'current')
  const { mtimeMs } = await lstat(current)
  if (now - mtimeMs < settledMs) return []
  const kid = (await readFile(current, 'utf8')).trim()
  return [...(await readDataKeys(folder)).keys()].filter((one) => one !== kid)
}

/** Many times what a process takes to take a new key up. */
const settledMs = 3_600_000

/** Takes data keys away for good: what is sealed under them anywhere, as in a backup of before, is lost but for a backup of the keys. */
export async function destroyDataKeys(folder: string, kids: readonly string[]): Promise<void> {
  for (const kid of kids) await rm(join(folder, `data-${kid}.key`))
  await syncFolder(folder)
}

/** Puts a file in place so that after a power cut it is there whole, or not at all: temporary file, fsync, rename, fsync folder. A draft that a cut leaves behind is told by its name. */
export async function writeDurably(path: string, bytes: Buffer, mode = 0o600): Promise<void> {
  const draft = draftOf(path)
  try {
    await writeFile(draft, bytes, { mode, flag: 'wx', flush: true })
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
  await syncFolder(dirname(path))
}

async function createKeys(folder: string): Promise<void> {
  // A first start that was cut off is carried on. A data key is made after the single keys and before `current`: beside one, a
  // missing single key has been lost, and is not made anew.
  const [kid] = (await readDataKeys(folder)).keys()
  if (kid !== undefined) return setCurrent(folder, kid)
  for (const [name, make] of Object.entries(singleKeys)) await createOnce(join(folder, name), make())
  await addDataKey(folder)
}

async function addDataKey(folder: string): Promise<string> {
  const key = newKey()
  const kid = kidFor(key)
  await createOnce(join(folder, `data-${kid}.key`), key)
  await setCurrent(folder, kid)
  return kid
}

const setCurrent = (folder: string, kid: string): Promise<void> => writeDurably(join(folder, 'current'), Buffer.from(`${kid}\n`), 0o400)

/** Writes a key that must never replace another: linking refuses a name already taken, where renaming would not. */
async function createOnce(path: string, bytes: Buffer): Promise<void> {
  const draft = draftOf(path)
  try {
    await writeFile(draft, bytes, { mode: 0o400, flag: 'wx', flush: true })
    await link(draft, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  await syncFolder(dirname(path))
}

async function readDataKeys(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const kids = (await readdir(folder)).flatMap((name) => /^data-([0-9a-f]{8})\.key$/.exec(name)?.[1] ?? [])
  return new Map(await Promise.all(kids.toSorted().map(async (kid) => [kid, await readDataKey(folder, kid)] as const)))
}

async function readDataKey(folder: string, kid: string): Promise<Buffer> {
  const path = join(folder, `data-${kid}.key`)
  const key = await readKey(path)
  if (kidFor(key) !== kid)
    throw new Error(`${path} does not hold the key its name says. Was it overwritten or renamed? Restore it from the key backup.`)
  return key
}

async function readKey(path: string): Promise<Buffer> {
  const key = await readPrivate(path)
  if (key.length !== keyBytes) throw new Error(`${path} holds ${key.length} bytes, a key has ${keyBytes}. Restore it from the key backup.`)
  return key
}

async function readAuditKey(path: string): Promise<KeyObject> {
  const pem = await readPrivate(path)
  const key = parsedKey(pem)
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new Error(`${path} is not an Ed25519 private key in PEM form. Restore it from the key backup.`)
  return key
}

function parsedKey(pem: Buffer): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    // The reason OpenSSL gives says nothing an operator can use; the caller names the file and the remedy.
    return null
  }
}

async function readPrivate(path: string): Promise<Buffer> {
  if (!(await exists(path))) throw new Error(`${path} is missing. Restore it from the key backup; a new one cannot take its place.`)
  await refuseShared(path)
  return readFile(path)
}

async function refuseShared(path: string): Promise<void> {
  const { mode } = await lstat(path)
  // Windows keeps access in lists that these bits do not show; there the folder's own list has to protect it.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${path} can be read by other users (mode ${(mode & 0o777).toString(8)}). Run: chmod go= '${path}'`)
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for syncing, and orders its own journal.
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  await handle.sync()
}

function newKey(): Buffer {
  return randomBytes(keyBytes)
}

function newAuditKey(): Buffer {
  return Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
}

/** A key's id is its own fingerprint, so a key file that was damaged or mixed up is noticed before it is used. */
const kidFor = (key: Buffer): string => Buffer.from(hkdfSync('sha256', key, '', 'fahui:kid', 4)).toString('hex')

/** A name for what is being written, beside its place. */
export const draftOf = (path: string): string => `${path}.draft-${randomBytes(6).toString('hex')}`

/** Whether a file's name is that of a draft `writeDurably` may have left behind. */
export const isDraft = (name: string): boolean => /\.draft-[0-9a-f]{12}$/.test(name)

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
