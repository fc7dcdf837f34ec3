import { loadavg } from 'node:os'
import { place, type Place } from '#test/engine/crash-place.ts'
import { killConsumers } from '#test/kills/killed-consumers.ts'
import { onEachEngine } from './on-each-engine.ts'

/**
 * Whoever counts is killed at any moment, and then a twin whose watermark moves apart from its result: the sums of the one are those of the log, those of the
 * other are not. `100 postgres` is how often, and on which engine; 100 times on both where nothing is said.
 */
export const prove = ([kills = '100', only = 'both']: readonly string[]): Promise<boolean> =>
  onEachEngine(only, async (engine, at) => {
    await using beside = await place(at.url)
    const isRight = await isExact(engine, at, 'together', Number(kills))
    return isRight && !(await isExact(engine, beside, 'apart', Number(kills)))
  })

async function isExact(engine: string, at: Place, manner: 'together' | 'apart', kills: number): Promise<boolean> {
  const outcome = await killConsumers(at, manner, { kills, restMs: 150, say: (words) => void process.stderr.write(`${words}\n`) })
  process.stdout.write(`${JSON.stringify({ engine, watermark: manner, kills, load: loadavg()[0]?.toFixed(1), ...outcome })}\n`)
  return outcome.lost === 0 && outcome.doubled === 0 && outcome.flaws.length === 0
}
