import type { ActFigures } from './act.ts'
import type { CpuShares } from './cpu.ts'
import type { QueueFigure } from './compare.ts'
import type { FeedFigures } from './feed.ts'
import type { ReplayFigures } from './replay.ts'
import type { Spread } from './spread.ts'
import type { StartFigures } from './start.ts'

/** When a part was measured, how many processes wanted a core before and at its end, and how long it took. */
export type Run = { day: string; load: { before: number; during: number }; minutes: number }

/** A section of the page, once it is known when it was measured. */
export type Section = (run: Run) => string

/** What stands before the sections of docs/benchmarks.md. */
export const beginning = (its: { machine: string; versions: { node: string; postgres: string } }): string => `# Benchmarks

Measured on ${its.machine}, Node ${its.versions.node}, PostgreSQL ${its.versions.postgres} with \`fsync\` and \`synchronous_commit\` on. Each section says when, and the load average
before and at its end (0 is an idle machine; a busy one takes most from the one process of the service). Load generator, service and
database share the machine. Compare ratios, not milliseconds: a ratio is taken between two things measured in turn.

Repeat with \`npm run bench\`, or a part of it with \`npm run bench -- act queue\`; \`--write\` rewrites this page, or those parts. It needs the PostgreSQL
programs (\`initdb\`, \`postgres\`, \`pgbench\`) and starts a database of its own, as an unprivileged user, that it removes again. The two faces are measured on [a page of their own](benchmarks-faces.md).
`

/** The page with this section in place of the one of the same heading, or at its end. */
export function put(page: string, section: string): string {
  const headingOf = (text: string) => text.split('\n', 1)[0]
  const [heading, all] = [headingOf(section), page.trimEnd().split(/\n+(?=## )/)]
  const known = all.some((one) => headingOf(one) === heading)
  return `${(known ? all.map((one) => (headingOf(one) === heading ? section.trim() : one)) : [...all, section.trim()]).join('\n\n')}\n`
}

/** The sections of the page. */
export const sections = { act: actSection, feed: feedSection, queue: queueSection, replay: replaySection, start: startSection }

const measured = ({ day, load, minutes }: Run): string =>
  `Measured on ${day}, in ${minutes.toFixed(0)} minutes; load average before ${load.before.toFixed(1)}, at the end ${load.during.toFixed(1)}.`

function actSection(its: ActFigures): Section {
  return (run) => `## One action, beside pgbench

\`act\` — a lawyer records progress, with an idempotency key, row security on — beside pgbench sending the same ${its.statements} statements, word for word, prepared,
over as many connections (8), on the same database. Each is one matter drawn from 4,000. \`act\` pipelines: ${its.statements} statements in ${its.writes.step} writes to the
socket; pgbench waits for every answer. The whole request, with the matter looked up before and answered after, is ${its.writes.request} writes.
After a minute of warm-up, rounds of ten seconds in turn. ${measured(run)}

| | min | median | max |
|---|---|---|---|
| **act ÷ pgbench** (goal ≥ 0.60) | ${share(its.ratio)} |
| act, transactions/s | ${whole(its.act)} |
| pgbench, transactions/s | ${whole(its.pgbench)} |

Who had the processors meanwhile, in % of all; the service and what asks it are one process, others include what the host took:

| rounds of | the service | pgbench | PostgreSQL | others | idle |
|---|---|---|---|---|---|
| act | ${cpuOf(its.cpu.act)} |
| pgbench | ${cpuOf(its.cpu.pgbench)} |

The serving thread was busy ${percent(its.busy)} % of the time in the rounds of act. What with, in a round of its own under the profiler, by the clock: on a busy machine a
write, which wakes PostgreSQL, lasts until this thread is let on again.

| | % |
|---|---|
${its.profile.map((one) => `| ${one.what} | ${percent(one.share)} |`).join('\n')}
`
}

function feedSection(its: FeedFigures): Section {
  return (run) => `## From an event to the figures

Eight connections write events, ${percent(its.heldShare)} % of them in transactions that are held open for ${its.heldMs} ms; one process gives each its place and counts it, as a serving one does. From the moment an
event is sent, within its transaction, to the one another connection sees it in every figure, over a log of ${thousands(its.logged)}. Goal: at ≥ 2,000 events a second a p99 of ≤ 1 s.
Flat out, eight who write as fast as they are answered do so without anybody who counts and beside one, in turn. ${measured(run)}

| | |
|---|---|
| events a second | ${thousands(Math.round(its.perSecond))} |
| **milliseconds to the figures, p99** | **${its.all.p99.toFixed(0)}** (${its.all.p99 <= 1000 && its.perSecond >= 2000 ? 'met' : 'missed'}) |
| p50, longest | ${its.all.p50.toFixed(0)}, ${its.all.max.toFixed(0)} |
| of those held, p50 and p99 | ${its.held.p50.toFixed(0)}, ${its.held.p99.toFixed(0)} |
| events counted a second where a log is counted anew | ${thousands(Math.round(its.backlog))} |
| sums that are not the log's, of ${thousands(its.events)} events | ${its.flaws} |

| flat out | min | median | max |
|---|---|---|---|
| **with figures ÷ without** | ${share(its.flatOut.ratio)} |
| events/s beside one who counts | ${whole(its.flatOut.with)} |
| events/s without | ${whole(its.flatOut.without)} |
`
}

function queueSection(figures: readonly QueueFigure[], sizes: { few: number; many: number }): Section {
  const over = figures.filter(({ ratio }) => ratio > queueGoal)
  return (run) => `## A work queue, from ${thousands(sizes.few)} matters to ${thousands(sizes.many)}

p95 of one reader asking again and again, one question of the one database and one of the other in turn; the median of three rounds. A first page is 50 rows, page 20 is
10 rows after 190. A fifth of all matters lies in the county that is read, three in five are open. Goal for everybody: ≤ ${queueGoal} times. A city or province is merged from
its counties (9 and 50 here), up to a place in the order by which they hold a page together. An agent has a province and a service in which nothing waits there.
${measured(run)} Within the goal: ${figures.length - over.length} of ${figures.length}.

| reader | queue | p95 few, ms | p95 many, ms | **times** (min – max of rounds) | goal ≤ ${queueGoal} |
|---|---|---|---|---|---|
${figures.map(row).join('\n')}
`
}

const queueGoal = 1.5

function replaySection(its: ReplayFigures): Section {
  return (run) => `## A draft replayed over ${thousands(its.count)} assessments

A province's draft lowers the hardship standard; every stored assessment is read under row policies, opened (AES-256-GCM), decided without and with the
draft, and each flip written with its step, sealed. ${thousands(its.distinct)} of the facts differ. Goal ≤ 20 s from the request to the report, and
≥ 500,000 decisions a second with their trace. ${measured(run)}

| | |
|---|---|
| **seconds, end to end** | ${its.seconds.toFixed(1)} |
| assessments that would flip | ${thousands(its.flips)} |
| decisions with trace, one thread, per second | ${thousands(Math.round(its.decisions))} |
| facts opened and parsed, one thread, per second | ${thousands(Math.round(its.opened))} |
| sealed facts read, one connection, per second | ${thousands(Math.round(its.read))} |
| milliseconds a request waits for the serving thread meanwhile, median and p99 | ${its.wait.median.toFixed(1)}, ${its.wait.p99.toFixed(1)} |
`
}

function startSection(its: StartFigures): Section {
  return (run) => `## From starting to the first page

\`npm start\` on the embedded database, trial mode with its demo, until \`GET /\` answers. Goal ≤ 5 s with an empty folder. ${measured(run)}

| seconds | min | median | max |
|---|---|---|---|
| empty folder | ${share(its.cold)} |
| again | ${share(its.warm)} |
`
}

const cells = ({ min, median, max }: Spread, show: (n: number) => string) => [min, median, max].map(show).join(' | ')
const share = (one: Spread) => cells(one, (n) => n.toFixed(2))
const whole = (one: Spread) => cells(one, (n) => n.toFixed(0))
const percent = (n: number) => (n * 100).toFixed(0)
const cpuOf = ({ own, started, postgres, others, idle }: CpuShares) => [own, started, postgres, others, idle].map(percent).join(' | ')
const thousands = (n: number) => n.toLocaleString('en')
const row = ({ who, what, few, many, ratio, rounds }: QueueFigure) =>
  `| ${who} | ${what} | ${few.toFixed(2)} | ${many.toFixed(2)} | **${ratio.toFixed(2)}** (${rounds.min.toFixed(2)} – ${rounds.max.toFixed(2)}) | ${ratio <= queueGoal ? 'met' : 'missed'} |`
