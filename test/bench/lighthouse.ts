import { once } from 'node:events'
import { createServer } from 'node:net'
import lighthouse from 'lighthouse'
import type { Browser } from 'playwright-core'
import { applyForWages } from '#test/e2e/journey.ts'
import { phone } from '#test/e2e/kit/people.ts'
import { openBrowser, startService } from '#test/e2e/kit/service.ts'

/**
 * Lighthouse on a phone over the portal, on the real service; prints the median of three runs and ends with 1 when a score is under the goal. Run
 * by `npm run lighthouse`. A matter's own pages are closed to search engines, so they are not judged by how well those find them.
 */
const goal = 98
const runs = 3
const open = ['/', '/places', '/privacy', '/return', '/sign-in']
const judged = ['performance', 'accessibility', 'best-practices'] as const
const categories = [...judged, 'seo'] as const
type Category = (typeof categories)[number]
type Scores = Partial<Record<Category, number>>
/** A page, how it is named in the table, and the cookie of whoever may open it. */
type Seen = { name: string; path: string; by: readonly Category[]; cookie?: string }

await using service = await startService()
const port = await freePort()
const browser = await openBrowser(`--remote-debugging-port=${port}`)
process.stdout.write(`${'page'.padEnd(16)}${categories.map((name) => name.padStart(16)).join('')}\n`)
let isGood = true
for (const page of [...open.map((path) => ({ name: path, path, by: categories })), ...(await ownPages(browser))]) {
  const found: Scores[] = []
  for (let run = 0; run < runs; run++) found.push(await scoresOf(page))
  const medians = categories.map((name) => (page.by.includes(name) ? median(found.map((scores) => scores[name] ?? 0)) : null))
  isGood &&= medians.every((score) => score === null || score >= goal)
  process.stdout.write(`${page.name.padEnd(16)}${medians.map((score) => String(score ?? '–').padStart(16)).join('')}\n`)
}
await browser.close()
process.exitCode = isGood ? 0 : 1

/** The tracking of a matter and the first question of a draft, with the cookies of the worker whose they are. */
async function ownPages(browser: Browser): Promise<Seen[]> {
  const context = await phone(browser)
  const page = await context.newPage()
  const story = '老板拖欠我们三个月工资，一直不给。'
  const code = await applyForWages(page, { url: service.url, story })
  await page.goto(service.url)
  await page.getByLabel('发生了什么事').fill(story)
  await page.getByLabel(/在哪/).selectOption('630102')
  await page.getByRole('button', { name: '开始' }).click()
  await page.waitForURL(/\/q\//)
  const question = new URL(page.url()).pathname
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  await context.close()
  return [
    { name: 'a question', path: question, by: judged, cookie },
    { name: 'tracking', path: `/m/${code}`, by: judged, cookie },
  ]
}

async function scoresOf(page: Seen, tries = 3): Promise<Scores> {
  const url = service.url + page.path
  const extraHeaders = page.cookie ? { cookie: page.cookie } : null
  const result = await lighthouse(url, {
    port,
    onlyCategories: [...page.by],
    logLevel: 'silent',
    output: 'json',
    ...(extraHeaders && { extraHeaders }),
  })
  const error = result?.lhr.runtimeError
  // On a busy machine the browser now and then loses the beginning of a trace.
  if (error?.code === 'NO_NAVSTART' && tries > 1) return scoresOf(page, tries - 1)
  if (!result || error) throw new Error(`Lighthouse could not read ${url}: ${error?.message}`)
  const { lhr } = result
  const failed = Object.values(lhr.audits).filter(
    ({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== 'informative',
  )
  if (process.argv.includes('--why'))
    process.stdout.write(failed.map(({ id, score, displayValue = '' }) => `  ${id} ${score} ${displayValue}\n`).join(''))
  return Object.fromEntries(page.by.map((name) => [name, Math.round((lhr.categories[name]?.score ?? 0) * 100)]))
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
