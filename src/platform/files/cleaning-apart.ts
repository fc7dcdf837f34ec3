import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile, type FileHandle } from 'node:fs/promises'
import { setPriority } from 'node:os'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { refuse } from '#kernel/refusal.ts'
import { FileRefused, fileRefusals, maxFileBytes, refuseFile } from './file-refused.ts'

/** What a process may take to clean one file: the largest photograph takes some three seconds of work and 500 MB. Where the machine is so busy that it does not come to it in a minute, that is not the file's fault. */
const usual = { workMs: 10_000, memoryBytes: 768 * 1024 ** 2, waitMs: 60_000 }
export type Bounds = typeof usual

/** A picture drawn anew may weigh more than the one handed in; this much is kept at most. */
const mostKept = 2 * maxFileBytes

const Answer = z.union([
  z.strictObject({ refused: z.enum(fileRefusals) }),
  z.strictObject({ mime: z.string(), extension: z.string(), length: z.int().min(1).max(mostKept) }),
])

/** What a file is, and how long what is kept of it. */
export type Kept = { mime: string; extension: string; length: number }

/**
 * Puts what is kept of one file into another, judged and redrawn by a process of its own: whatever a file does to the program that reads it is done to that process alone, which
 * holds no key and no other file, and is ended when it takes too long or too much. Refuses with `FileRefused`, and with `busy` where the machine does not come to it. No byte of either file comes into this process.
 */
export async function cleanInto(kept: FileHandle, file: FileHandle, bounds: Partial<Bounds> = {}): Promise<Kept> {
  const child = start(file.fd, kept.fd)
  const watched = watch(child, kept, { ...usual, ...bounds })
  try {
    const [[, signal], said, why] = await Promise.all([once(child, 'exit'), textOf(child.stdio[3]), textOf(child.stderr)])
    if (watched.isLate()) refuse('busy')
    const answer = signal ? { refused: 'unreadable' as const } : Answer.safeParse(jsonIn(said)).data
    if (!answer) throw new Error(`The process that cleans files said nothing one could read: ${why}. Was a package not installed?`)
    if ('refused' in answer) throw new FileRefused(answer.refused)
    if ((await kept.stat()).size !== answer.length) refuseFile('unreadable')
    return answer
  } finally {
    watched.end()
    child.kill('SIGKILL')
  }
}

/** It may read the program, and do nothing else: no file is opened to be written, no process started; it is told nothing of ours. */
const permissions = ['--permission', '--allow-fs-read=*', '--allow-addons', '--max-old-space-size=256', '--disable-warning=SecurityWarning']
/** A third of a busy core for each share that those have who read a page. */
const nicer = 5
const program = fileURLToPath(new URL('cleaner.ts', import.meta.url))

function start(file: number, kept: number): ChildProcess {
  const child = spawn(process.execPath, [...permissions, program], { stdio: [file, kept, 'pipe', 'pipe'], env: {}, cwd: '/' })
  // Whoever reads a page goes before whoever hands in a file.
  if (child.pid !== undefined) setPriority(child.pid, nicer)
  return child
}

/** Ends a process that waits too long, writes too much, or, where the system tells, takes too much work or memory. */
function watch(child: ChildProcess, kept: FileHandle, { workMs, memoryBytes, waitMs }: Bounds): { isLate(): boolean; end(): void } {
  let isLate = false
  const kill = () => child.kill('SIGKILL')
  const late = setTimeout(() => (isLate = kill()), waitMs)
  const look = setInterval(async () => {
    const [taken, { size }] = await Promise.all([takenBy(child.pid), kept.stat()])
    if (taken.workMs > workMs || taken.memoryBytes > memoryBytes || size > mostKept) kill()
  }, 50)
  const end = () => {
    clearTimeout(late)
    clearInterval(look)
  }
  return { isLate: () => isLate, end }
}

/** As Linux counts them: work in hundredths of a second, memory in pages (proc(5)). */
const units = { tickMs: 10, pageBytes: 4096 }

async function takenBy(pid: number | undefined): Promise<Pick<Bounds, 'workMs' | 'memoryBytes'>> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '') // ended meanwhile, or another system
  const [user = 0, system = 0, resident = 0] = [11, 12, 21].map((at) => Number(stat.split(') ').at(-1)?.split(' ')[at] ?? 0))
  return { workMs: (user + system) * units.tickMs, memoryBytes: resident * units.pageBytes }
}

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // it ended before it had answered
  }
}

/** What it says there, as far as one would read it. */
async function textOf(stream: ChildProcess['stdio'][number] | undefined): Promise<string> {
  let text = ''
  for await (const chunk of stream as Readable) if (text.length < 2000) text += String(chunk) // a pipe from the child, as asked for
  return text.trim().slice(0, 2000)
}
