import { loadavg } from 'node:os'
import { startCluster } from '#test/bench/cluster.ts'
import { place } from '#test/engine/crash-place.ts'
import { killInTurn } from '#test/engine/two-servers.ts'
import { runCommand } from '#test/service.ts'

/** Two servers on one PostgreSQL with durable commits, killed in turn under load; the first argument says how often, 40 times where there is none. */
export async function prove([rounds = '40']: readonly string[]): Promise<boolean> {
  const [load = 0] = loadavg()
  await using cluster = await startCluster()
  await using at = await place(cluster.url)
  const { told, logged, lost, gaps, restarts, beside } = await killInTurn(at, { rounds: Number(rounds), officers: 8 })
  const verdict = await runCommand('verify', at.dir, at.url)
  const twice = logged.length - new Set(logged).size
  const missing = told.filter((one) => !logged.includes(one)).length
  const figures = {
    kills: gaps.length,
    load,
    toldDone: told.length,
    answersLost: lost,
    missing,
    twice,
    gapMs: spread(gaps),
    restartMs: spread(restarts),
    beside: Object.fromEntries(Object.entries(beside).map(([command, { code }]) => [command, code])),
    verify: JSON.parse(verdict.printed),
  }
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
  return missing === 0 && twice === 0 && told.join() === logged.join() && verdict.code === 0
}

function spread(values: readonly number[]) {
  const [sorted, last] = [values.toSorted((a, b) => a - b), values.length - 1]
  const at = (share: number) => Math.round(sorted[Math.floor(last * share)] ?? 0)
  return { min: at(0), median: at(0.5), p95: at(0.95), max: at(1) }
}
