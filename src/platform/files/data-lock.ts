import { randomUUID } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { writeDurably } from '#platform/keys/keyring.ts'

/** A data directory held by one process. Disposing gives it up; a killed process loses it by being dead, a stopped one keeps it. */
export type DataLock = AsyncDisposable & { readonly path: string }

/** Who holds the directory, for the sentence that refuses another. It decides nothing. */
type Holder = { readonly pid: number; readonly host: string; readonly nonce: string }

/**
 * Takes the data directory for this process alone, or throws an Error naming the process that has it. The embedded database loses
 * acknowledged writes without a word when two processes open one directory, so this comes before opening it.
 *
 * The lock is the operating system's, on a file: it holds between containers, whose processes do not see each other, and is let go by the system when its process
 * ends in whatever way. Node has no call for it; the SQLite that comes with Node takes it, and keeps it as long as its transaction is open. Nothing is written
 * there. The file is never removed: a process that has it open already would then hold the lock on a file nobody else finds.
 */
export async function lockDataDir(dir: string): Promise<DataLock> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, 'in-use')
  const held = take(path)
  if (!held) throw new Error(refusal(dir, await holderOf(dir)))
  const mine: Holder = { pid: process.pid, host: hostname(), nonce: randomUUID() }
  await writeDurably(holderPath(dir), Buffer.from(JSON.stringify(mine)))
  const release = async () => {
    await rm(holderPath(dir), { force: true })
    held.close()
  }
  return { path, [Symbol.asyncDispose]: release }
}

/** Of several that ask at one moment each would meet the others asking, and none get it, if none asked again. */
const askingMs = 250

/** The open transaction that holds the lock, or null where another has it. */
function take(path: string): DatabaseSync | null {
  const held = new DatabaseSync(path, { timeout: askingMs })
  try {
    chmodSync(path, 0o600)
    held.exec('begin exclusive')
    return held
  } catch (error) {
    held.close()
    if (isBusy(error)) return null
    throw new Error(
      `${path} cannot be locked (${error instanceof Error ? error.message : String(error)}). The data folder of the embedded database belongs on a disk of this machine.`,
      { cause: error },
    )
  }
}

/** SQLITE_BUSY, whatever else is said of it in the bits above. */
const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5

async function holderOf(dir: string): Promise<Holder | null> {
  const text = await readFile(holderPath(dir), 'utf8').catch(() => '') // it has the lock and has not yet said who it is
  return text ? (JSON.parse(text) as Holder) : null // written whole by `lockDataDir`
}

const holderPath = (dir: string): string => join(dir, 'in-use.by')

const refusal = (dir: string, holder: Holder | null): string =>
  holder === null
    ? `${dir} is in use by another process. Stop it first, or give this process another data directory.`
    : `${dir} is in use by process ${holder.pid} on ${holder.host}. Stop it first, or give this process another data directory. (Its pid may be another one outside of its container.)`
