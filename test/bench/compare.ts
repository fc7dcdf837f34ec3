import type { World } from '#test/world.ts'
import { quantile, spread, type Spread } from './spread.ts'

/** One question asked of a queue: p95 in milliseconds with few and with many matters, and how many times as long the many take. */
export type QueueFigure = { who: string; what: string; few: number; many: number; ratio: number; rounds: Spread }

/** How often each question is asked: in so many rounds, in each until so many milliseconds have passed, but not more or less often than said. */
export type Pace = { rounds: number; roundMs: number; least: number; most: number }

/** What is asked in: a world, or another process’s view of one. */
export type Place = Pick<World, 'run'>
export type Pair = readonly [few: Place, many: Place]

/** A question, made ready on a world. */
export type Ask = (w: Place) => Promise<() => Promise<unknown>>

/** Asked of both in turn, one question each, so that what else the machine does falls on both alike. */
export async function compare(pair: Pair, ask: Ask, pace: Pace): Promise<Omit<QueueFigure, 'who' | 'what'>> {
  const [few, many] = [await ask(pair[0]), await ask(pair[1])]
  await round([few, many], { ...pace, least: 10, most: 10 })
  const rounds: Awaited<ReturnType<typeof round>>[] = []
  for (let n = 0; n < pace.rounds; n++) rounds.push(await round([few, many], pace))
  const ratios = spread(rounds.map((one) => one.many / one.few))
  const median = (of: (one: (typeof rounds)[number]) => number) => spread(rounds.map(of)).median
  return { few: median((one) => one.few), many: median((one) => one.many), ratio: ratios.median, rounds: ratios }
}

async function round([few, many]: readonly [() => Promise<unknown>, () => Promise<unknown>], { roundMs, least, most }: Pace) {
  const times = { few: [] as number[], many: [] as number[] }
  const end = performance.now() + roundMs
  for (let n = 0; n < least || (n < most && performance.now() < end); n++) {
    times.few.push(await millisecondsOf(few))
    times.many.push(await millisecondsOf(many))
  }
  return { few: quantile(times.few, 0.95), many: quantile(times.many, 0.95) }
}

async function millisecondsOf(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await ask()
  return performance.now() - began
}
