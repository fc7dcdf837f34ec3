import type { Duty } from './actor.ts'
import type { Text } from './text.ts'

/**
 * Who handles a service: what that body is called to the person, whose duty its steps are, and of which kinds it is in the register, the likeliest
 * first. `parent`: what grew from another matter is handled by the body that handles that one (`same`), or by one over it (`above`).
 */
export type Desk = {
  title: Text
  duties: readonly Duty[]
  kinds: readonly string[]
  parent?: 'same' | 'above'
  /** The kind of office that it oversees, where it is found by that: the one nearest above the other. */
  over?: string
  /** What it is to the matter. */
  role: Text
  /** The body above it, which is told of what is late. */
  overseer: Text
  numbers: Numbers
}

/** How files are numbered. */
export type Numbers = {
  /** The kind of office whose short name stands in them. */
  after: string
  /** The number of a file: the nth of its kind that was drawn in a county and year. */
  of(its: { year: number; short: string | null; region: string; kind: string; n: number }): string
}
