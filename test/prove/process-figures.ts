import { readFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

const pageBytes = 4096

/** How much memory a process holds, in bytes. */
export const residentBytes = async (pid: number): Promise<number> =>
  Number((await readFile(`/proc/${pid}/statm`, 'latin1')).split(' ')[1]) * pageBytes

/** The clock ticks a process has worked; a hundred are a second. */
async function ticksOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'latin1')).split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

/** Waits until a process that has just started is done with what it does by itself: the demo is made, letters are written. */
export async function untilIdle(pid: number, mostSeconds = 180): Promise<void> {
  let quiet = 0
  for (let second = 0; second < mostSeconds && quiet < 3; second++) {
    const before = await ticksOf(pid)
    await pause(1000)
    quiet = (await ticksOf(pid)) - before < 12 ? quiet + 1 : 0
  }
}

/** Looks at a process again and again; `most` is the largest it was, `end` stops looking. */
export function watchMemory(pid: number): { most(): number; end(): void } {
  let most = 0
  const timer = setInterval(
    () =>
      void residentBytes(pid).then(
        (now) => (most = Math.max(most, now)),
        () => {},
      ),
    25,
  )
  return { most: () => most, end: () => clearInterval(timer) }
}

/** How busy the machine is besides: jobs that want a core, over the last minute. */
export const busy = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10

export const megabytes = (bytes: number): number => Math.round(bytes / 1024 ** 2)
