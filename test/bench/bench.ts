import '#platform/http/tsx.ts'
import { readFile, writeFile } from 'node:fs/promises'
import { loadavg, totalmem } from 'node:os'

/** Measures what is named, or everything, and prints it; `--write` puts it in docs/benchmarks.md, leaving there what was not measured. The parts are loaded late, for they render pages. */
const [
  { benchAct },
  { benchFeed },
  { benchQueue },
  { benchReplay },
  { benchStart },
  { startCluster, machine },
  { beginning, put, sections },
] = await Promise.all([
  import('./act.ts'),
  import('./feed.ts'),
  import('./queue.ts'),
  import('./replay.ts'),
  import('./start.ts'),
  import('./cluster.ts'),
  import('./report.ts'),
])

const sizes = { few: 10_000, many: 1_000_000 }
const page = new URL('../../docs/benchmarks.md', import.meta.url)
await using cluster = await startCluster()

/** Each part and its section of the page, in the page's order. On two idle cores they take about four, two, nine, three minutes and one. */
const parts = {
  act: async () => sections.act(await benchAct(cluster, { warmUp: 3, rounds: 7, seconds: 10 })),
  feed: async () =>
    sections.feed(await benchFeed(cluster, { perSecond: 2100, seconds: 20, rounds: 3, roundSeconds: 5, logged: sizes.many })),
  queue: async () => sections.queue(await benchQueue(cluster, sizes, { rounds: 3, roundMs: 400, least: 40, most: 400 }), sizes),
  replay: async () => sections.replay(await benchReplay(cluster, sizes.many)),
  start: async () => sections.start(await benchStart(3)),
}
type Part = keyof typeof parts

const names = Object.keys(parts) as Part[] // keys of the record
const unknown = process.argv.slice(2).find((word) => ![...names, '--write'].includes(word))
if (unknown) throw new Error(`${unknown} is no part: ${names.join(', ')}, or --write.`)
const named = names.filter((name) => process.argv.includes(name))
const versions = { node: process.versions.node, postgres: cluster.version }
let text = put(await readFile(page, 'utf8'), beginning({ machine: machine(totalmem()), versions }))
for (const name of named.length > 0 ? named : names) {
  const [before = 0] = loadavg()
  const [began, day] = [performance.now(), new Date().toISOString().slice(0, 10)]
  const section = await parts[name]()
  const [during = 0] = loadavg()
  const measured = section({ day, load: { before, during }, minutes: (performance.now() - began) / 60_000 })
  process.stdout.write(`${measured}\n`)
  text = put(text, measured)
}
if (process.argv.includes('--write')) await writeFile(page, text)
