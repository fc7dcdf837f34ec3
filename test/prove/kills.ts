import { loadavg } from 'node:os'
import { quantile } from '#test/bench/spread.ts'
import { flawsOf } from '#test/kills/flaws.ts'
import { killAtWork, type Outcome } from '#test/kills/killing.ts'
import { onEachEngine } from './on-each-engine.ts'

const people = { notices: 3, citizens: 5, officers: 14, accounts: 2 }
const sizes = { small: 100, middle: 300_000, large: 2_000_000 }

/**
 * The service killed at any moment while people hand in, file, decide and keep accounts: `200 pglite 30` is how often, on which engine, and after how many
 * minutes it ends at the latest; 200 times on both, however long it takes, where nothing is said.
 */
export const prove = ([kills = '200', only = 'both', minutes = 'Infinity']: readonly string[]): Promise<boolean> =>
  onEachEngine(only, async (engine, at) => {
    const untilMs = Date.now() + Number(minutes) * 60_000
    const outcome = await killAtWork(at, 'same', { kills: Number(kills), untilMs, restMs: 1200, leastDone: 60, people, sizes, say })
    process.stdout.write(`${tableOf(engine, outcome)}\n`)
    return flawsOf(outcome).length === 0
  })

const say = (words: string) => void process.stderr.write(`${words}\n`)

function tableOf(engine: string, outcome: Outcome): string {
  const { kills, answersLost, fates, beforeSweep, afterSweep, restarts, routes, textsCarried, verify, notices } = outcome
  const rows: (string | number)[][] = [...fates].map(([kind, { done, refused, lost, doubled }]) => [
    kind,
    done,
    refused,
    lost.length,
    doubled.length,
  ])
  const missing = notices.told.filter((one) => !notices.logged.includes(one)).length
  rows.unshift(['notice', notices.told.length, 0, missing, notices.logged.length - notices.told.length + missing])
  const columns = ['told done', 'done', 'refused', 'lost', 'doubled']
  const left = (name: string, { orphans, bytesGone, drafts, spooled }: Outcome['afterSweep']) =>
    `${name}: orphans ${orphans}, rows without bytes ${bytesGone.length}, halves of files ${drafts}, spooled ${spooled}`
  return [
    `## ${engine}: ${kills} kills, load ${loadavg()[0]?.toFixed(1)}`,
    ...[columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
    `answers lost on the way ${answersLost}; texts carried ${textsCarried.all}, of them different ${textsCarried.different}`,
    left('before the sweep', beforeSweep),
    left('after the sweep', afterSweep),
    `restart p50 ${at(restarts, 0.5)} ms, p95 ${at(restarts, 0.95)} ms, longest ${at(restarts, 1)} ms`,
    `verify ${verify.code}: ${verify.printed.trim().slice(0, 400)}`,
    `routes that write ${routes.routes}: driven ${routes.driven.length}`,
    `refused each time: ${routes.onlyRefused.join(', ')}`,
    `not driven: ${routes.never.join(', ')}`,
    ...flawsOf(outcome).map((flaw) => `WRONG ${flaw}`),
    '',
  ].join('\n')
}

const at = (values: readonly number[], share: number): number => (values.length ? Math.round(quantile(values, share)) : 0)
