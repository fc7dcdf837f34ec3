import type { ActFigures } from './act.ts'
import type { QueueFigure } from './queue.ts'
import type { ReplayFigures } from './replay.ts'
import type { Spread } from './spread.ts'
import type { StartFigures } from './start.ts'

/** Everything one run measured, and on what. */
export type Measured = {
  day: string
  machine: string
  /** Processes that wanted a core when the run began, its own not counted. */
  load: number
  versions: { node: string; postgres: string }
  act: ActFigures
  queue: readonly QueueFigure[]
  replay: ReplayFigures
  sizes: { few: number; many: number }
  start: StartFigures
}

/** The page docs/benchmarks.md for one run. */
export const pageOf = (run: Measured): string => `# Benchmarks

Measured on ${run.day}: ${run.machine}, Node ${run.versions.node}, PostgreSQL ${run.versions.postgres} with \`fsync\` and \`synchronous_commit\` on; load average
before the run ${run.load.toFixed(1)} (0 is an idle machine; a busy one takes most from the one process of the service). Load generator, service and
database share the machine. Compare ratios, not milliseconds: a ratio is taken between two things measured in turn.

Repeat with \`npm run bench\`; \`npm run bench -- --write\` rewrites this page. It needs the PostgreSQL programs (\`initdb\`, \`postgres\`,
\`pgbench\`) and starts a database of its own, as an unprivileged user, that it removes again. The two faces are measured on [a page of their own](benchmarks-faces.md).

## One action, beside pgbench

\`act\` — a lawyer records progress, with an idempotency key, row security on — beside pgbench sending the same ${run.act.statements} statements, word for word, prepared,
over as many connections (8), on the same database. Each is one matter drawn from 4,000. \`act\` pipelines: ${run.act.statements} statements in three round trips;
pgbench waits for every answer.

| | min | median | max |
|---|---|---|---|
| **act ÷ pgbench** (goal ≥ 0.55) | ${share(run.act.ratio)} |
| act, transactions/s | ${whole(run.act.act)} |
| pgbench, transactions/s | ${whole(run.act.pgbench)} |

## A work queue, from ${thousands(run.sizes.few)} matters to ${thousands(run.sizes.many)}

p95 of one reader asking again and again, on both databases in turn; a first page is 50 rows, page 20 is 10 rows after 190. A fifth of all
matters lies in the county that is read, three in five are open. Goal for everybody: ≤ 1.5 times. A city or province is merged from
its counties (9 and 50 here), up to a day by which they hold a page together. An agent has a province and a service in which nothing waits there.

| reader | queue | p95 few, ms | p95 many, ms | **times** (min – max of rounds) |
|---|---|---|---|---|
${run.queue.map(row).join('\n')}

## A draft replayed over ${thousands(run.replay.count)} assessments

A province's draft lowers the hardship standard; every stored assessment is read under row policies, opened (AES-256-GCM), decided without and with the
draft, and each flip written with its step, sealed. ${thousands(run.replay.distinct)} of the facts differ. Goal ≤ 20 s from the request to the report, and
≥ 500,000 decisions a second with their trace.

| | |
|---|---|
| **seconds, end to end** | ${run.replay.seconds.toFixed(1)} |
| assessments that would flip | ${thousands(run.replay.flips)} |
| decisions with trace, one thread, per second | ${thousands(Math.round(run.replay.decisions))} |
| facts opened and parsed, one thread, per second | ${thousands(Math.round(run.replay.opened))} |
| sealed facts read, one connection, per second | ${thousands(Math.round(run.replay.read))} |
| milliseconds a request waits for the serving thread meanwhile, median and p99 | ${run.replay.wait.median.toFixed(1)}, ${run.replay.wait.p99.toFixed(1)} |

## From starting to the first page

\`npm start\` on the embedded database, trial mode with its demo, until \`GET /\` answers. Goal ≤ 5 s with an empty folder.

| seconds | min | median | max |
|---|---|---|---|
| empty folder | ${share(run.start.cold)} |
| again | ${share(run.start.warm)} |
`

const cells = ({ min, median, max }: Spread, show: (n: number) => string) => [min, median, max].map(show).join(' | ')
const share = (one: Spread) => cells(one, (n) => n.toFixed(2))
const whole = (one: Spread) => cells(one, (n) => n.toFixed(0))
const thousands = (n: number) => n.toLocaleString('en')
const row = ({ who, what, few, many, ratio, rounds }: QueueFigure) =>
  `| ${who} | ${what} | ${few.toFixed(1)} | ${many.toFixed(1)} | **${ratio.toFixed(2)}** (${rounds.min.toFixed(2)} – ${rounds.max.toFixed(2)}) |`
