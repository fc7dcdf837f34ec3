import { startCluster } from '#test/bench/cluster.ts'
import { place, type Place } from '#test/engine/crash-place.ts'

/** Proves it on the embedded database and on a PostgreSQL of its own, one after the other; `only` names one of the two. Whether it was proved wherever it was asked of, and somewhere. */
export async function onEachEngine(only: string, proveAt: (engine: string, at: Place) => Promise<boolean>): Promise<boolean> {
  const proved: boolean[] = []
  for (const [engine, run] of Object.entries(engines)) {
    if (only === 'both' || only === engine) proved.push(await run((at) => proveAt(engine, at)))
  }
  return proved.length > 0 && proved.every(Boolean)
}

type Engine = (prove: (at: Place) => Promise<boolean>) => Promise<boolean>

const engines: Readonly<Record<string, Engine>> = {
  async pglite(prove) {
    await using at = await place('')
    return await prove(at)
  },
  async postgres(prove) {
    await using cluster = await startCluster()
    await using at = await place(cluster.url)
    return await prove(at)
  },
}
