import { refuse } from '#kernel/refusal.ts'

/** Lets in so many at once; the others wait in the order they came, and beyond `mostWaiting` are told that it is busy. */
export function turnstile(places: number, mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let inside = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (inside >= places) {
      if (waiting.length >= mostWaiting) refuse('busy')
      await new Promise<void>((enter) => waiting.push(enter))
    } else inside++
    try {
      return await work()
    } finally {
      // The place is handed on: whoever comes now does not go before those who wait.
      const next = waiting.shift()
      if (next) next()
      else inside--
    }
  }
}
