import { once } from 'node:events'
import { createServer } from 'node:net'
import lighthouse from 'lighthouse'
import { openBrowser, startService } from '../e2e/service.ts'

/** Lighthouse on a phone over the pages anyone may open, on the real service; prints the median of three runs and ends with 1 when a score is under the goal. Run by `npm run lighthouse`. */
const goal = 98
const runs = 3
const paths = ['/', '/places', '/privacy', '/return', '/sign-in']
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
type Scores = Record<(typeof categories)[number], number>

await using service = await startService()
const port = await freePort()
const browser = await openBrowser(`--remote-debugging-port=${port}`)
process.stdout.write(`${'page'.padEnd(12)}${categories.map((name) => name.padStart(16)).join('')}\n`)
let isGood = true
for (const path of paths) {
  const found: Scores[] = []
  for (let run = 0; run < runs; run++) found.push(await scoresOf(service.url + path))
  const medians = categories.map((name) => median(found.map((scores) => scores[name])))
  isGood &&= medians.every((score) => score >= goal)
  process.stdout.write(`${path.padEnd(12)}${medians.map((score) => String(score).padStart(16)).join('')}\n`)
}
await browser.close()
process.exitCode = isGood ? 0 : 1

async function scoresOf(url: string, tries = 3): Promise<Scores> {
  const result = await lighthouse(url, { port, onlyCategories: [...categories], logLevel: 'silent', output: 'json' })
  const error = result?.lhr.runtimeError
  // On a busy machine the browser now and then loses the beginning of a trace.
  if (error?.code === 'NO_NAVSTART' && tries > 1) return scoresOf(url, tries - 1)
  if (!result || error) throw new Error(`Lighthouse could not read ${url}: ${error?.message}`)
  const { lhr } = result
  const failed = Object.values(lhr.audits).filter(
    ({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== 'informative',
  )
  if (process.argv.includes('--why'))
    process.stdout.write(failed.map(({ id, score, displayValue = '' }) => `  ${id} ${score} ${displayValue}\n`).join(''))
  return Object.fromEntries(categories.map((name) => [name, Math.round((lhr.categories[name]?.score ?? 0) * 100)])) as Scores // every category was asked for
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
