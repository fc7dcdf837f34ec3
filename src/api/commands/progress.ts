import type { Tell } from '#platform/backup/telling.ts'

/** A line a second at most, and none of work that is over within one. */
const everyMs = 1000

/** Writes how far a piece of work has come. */
export function progress(write: (line: string) => void, clock = () => performance.now()): Tell {
  let last = clock()
  return (what, done, of) => {
    if (clock() - last < everyMs) return
    last = clock()
    write(of === undefined ? `${what}: ${done}\n` : `${what}: ${done} of ${of}\n`)
  }
}

/** To the error stream, so that what a command answers stays alone on the other. */
export const progressOnScreen = (): Tell => progress((line) => void process.stderr.write(line))
