import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** A data directory held by one process. Disposing gives it up; a killed process loses it by being dead. */
export type DataLock = AsyncDisposable & { readonly path: string }

/** Who says they hold the directory. `born` tells a process from a later one with the same pid; null where the system does not say. */
type Claim = { readonly pid: number; readonly host: string; readonly born: string | null; readonly nonce: string }

/**
 * Takes the data directory for this process alone, or throws an Error naming the process that has it. The embedded database loses
 * acknowledged writes without a word when two processes open one directory, so this comes before opening it.
 */
export async function lockDataDir(dir: string): Promise<DataLock> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const mine: Claim = { pid: process.pid, host: hostname(), born: await bornOf(process.pid), nonce: randomUUID() }
  const draft = join(dir, `lock.draft-${mine.nonce}`)
  try {
    // On disk before it has a name: after a power cut a claim is whole or absent.
    await writeFile(draft, JSON.stringify(mine), { mode: 0o600, flag: 'wx', flush: true })
    await take(dir, draft, mine)
  } finally {
    await rm(draft, { force: true })
  }
  return { path: lockPath(dir), [Symbol.asyncDispose]: () => release(dir, mine) }
}

/**
 * Claims form a chain: `lock` is the first, and `lock.after-<nonce>` succeeds the claim with that nonce. Linking a name fails when it
 * is taken, so a dead claim has exactly one successor however many processes find it dead; the living last claim holds the directory.
 */
async function take(dir: string, draft: string, mine: Claim): Promise<void> {
  for (;;) {
    const { last, next } = await chain(dir)
    if (last && (await mayBeRunning(last))) throw new Error(refusal(dir, last))
    if (!(await linked(draft, next))) continue
    // Between reading and linking, a successor may have been taken on and its chain folded, which leaves ours hanging in the air.
    if ((await chain(dir)).last?.nonce === mine.nonce) return fold(dir, next)
    await rm(next, { force: true })
  }
}

async function chain(dir: string): Promise<{ last: Claim | null; next: string }> {
  let [last, next]: [Claim | null, string] = [null, lockPath(dir)]
  for (let claim = await readClaim(next); claim; claim = await readClaim(next))
    [last, next] = [claim, join(dir, `lock.after-${claim.nonce}`)]
  return { last, next }
}

/** Makes the holder's claim the first of the chain. Only the holder does so, and the rename is one step to everyone else. */
const fold = (dir: string, path: string): Promise<void> => rename(path, lockPath(dir))

async function release(dir: string, mine: Claim): Promise<void> {
  // An operator may have removed the file by hand and started another process; its claim is not ours to end.
  if ((await readClaim(lockPath(dir)))?.nonce === mine.nonce) await rm(lockPath(dir))
}

const lockPath = (dir: string): string => join(dir, 'lock')

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

async function readClaim(path: string): Promise<Claim | null> {
  const text = await readOrNull(path)
  if (text === null) return null
  const claim = parsed(text)
  if (!claim) throw new Error(`${path} cannot be read as a lock. If no fahui process uses this folder, delete the file and start again.`)
  return claim
}

function parsed(text: string): Claim | null {
  try {
    const claim: unknown = JSON.parse(text)
    return isClaim(claim) ? claim : null
  } catch {
    // Not JSON: written by something else. The caller says which file it is.
    return null
  }
}

function isClaim(value: unknown): value is Claim {
  if (typeof value !== 'object' || value === null) return false
  const { pid, host, born, nonce }: Partial<Record<keyof Claim, unknown>> = value
  return Number.isInteger(pid) && typeof host === 'string' && (born === null || typeof born === 'string') && typeof nonce === 'string'
}

async function mayBeRunning({ pid, host, born }: Claim): Promise<boolean> {
  // From here nothing can be known about a process on another machine; a person has to decide.
  if (host !== hostname()) return true
  const seen = await bornOf(pid)
  return seen === null || born === null ? answers(pid) : seen === born
}

/** The boot and the clock tick a process started at, or null when it is gone, a zombie, or the system has no `/proc`. */
async function bornOf(pid: number): Promise<string | null> {
  const stat = await readOrNull(`/proc/${pid}/stat`)
  // The second field is the program's name in brackets, and may itself hold spaces and brackets.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  const ticks = fields[18]
  if (ticks === undefined) return null
  if (state === 'Z' || state === 'X') return 'dead'
  return `${(await readOrNull('/proc/sys/kernel/random/boot_id'))?.trim() ?? ''}:${ticks}`
}

function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Any other refusal, such as EPERM, comes from a process that exists.
    return !hasCode(error, 'ESRCH')
  }
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    // ESRCH: the process ended while its /proc entry was being read.
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return null
    throw error
  }
}

const refusal = (dir: string, { pid, host }: Claim): string =>
  host === hostname()
    ? `${dir} is in use by process ${pid}. Stop it first, or give this process another data directory.`
    : `${dir} is in use by process ${pid} on ${host}. If that machine no longer runs it, delete ${lockPath(dir)} and start again.`

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
