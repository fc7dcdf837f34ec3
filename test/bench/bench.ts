import '#platform/http/tsx.ts'
import { writeFile } from 'node:fs/promises'
import { loadavg, totalmem } from 'node:os'

/** Measures everything and prints the page; `--write` puts it in docs/benchmarks.md. The parts are loaded late, for they render pages. */
const [{ benchAct }, { benchQueue }, { benchReplay }, { benchStart }, { startCluster, machine }, { pageOf }] = await Promise.all([
  import('./act.ts'),
  import('./queue.ts'),
  import('./replay.ts'),
  import('./start.ts'),
  import('./cluster.ts'),
  import('./report.ts'),
])

const sizes = { few: 10_000, many: 1_000_000 }
const [load = 0] = loadavg()
const start = await benchStart(3)
await using cluster = await startCluster()
const act = await benchAct(cluster, { rounds: 5, seconds: 4 })
const queue = await benchQueue(cluster, sizes, { rounds: 3, repeats: 40 })
const replay = await benchReplay(cluster, sizes.many)
const versions = { node: process.versions.node, postgres: cluster.version }
const page = pageOf({
  day: new Date().toISOString().slice(0, 10),
  machine: machine(totalmem()),
  load,
  versions,
  act,
  queue,
  replay,
  sizes,
  start,
})
process.stdout.write(page)
if (process.argv.includes('--write')) await writeFile(new URL('../../docs/benchmarks.md', import.meta.url), page)
