import type { Text } from './line.ts'

/** Where a line's matters are handled, and how its files are numbered. */
export type Desk = {
  /** The kind of office that handles them, as the register declares it. */
  kind: string
  /** The kind of office that it oversees, where it is found by that: the one nearest above the other. */
  over?: string
  /** What the office is called to whoever asks. */
  title: Text
  /** The body above it, which is told of what is late. */
  overseer: Text
  /** What it is to the matter. */
  role: Text
  numbers: Numbers
}

/** How files are numbered. */
export type Numbers = {
  /** The kind of office whose short name stands in them. */
  after: string
  /** The number of a file: the nth of its kind that was drawn in a county and year. */
  of(its: { year: number; short: string | null; region: string; kind: string; n: number }): string
}
