import type { CDPSession, Page } from 'playwright-core'
import { atDesk } from '#test/e2e/kit/people.ts'
import { openBrowser, startService } from '#test/e2e/kit/service.ts'
import { quantile } from './spread.ts'

/** Measures, on the demo’s fullest queue, how long after a key is pressed the screen shows it, and prints the figures. Run by `npm run typing`. */

/** As slow against this machine as the counter’s computers are: Lighthouse’s figure for a middling phone. */
const slowdown = 4
/** Rows as a full page of the queue has them. */
const rows = 50
/** Chromium reports no event that took less than 16 ms, its own grain, so what is not reported took at most that. */
const grainMs = 16

type Entry = { name: string; duration: number }
declare global {
  interface Window {
    pressed: Entry[]
  }
}

await using service = await startService()
const browser = await openBrowser()
const page = await atDesk(browser, service.url, 'qinghai.manager')
const cdp = await page.context().newCDPSession(page)
await fillQueue(page)
await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
process.stdout.write(`| with ${rows} rows, CPU ÷ ${slowdown} | keys | median ms | p95 ms | worst ms |\n|---|---|---|---|---|\n`)
process.stdout.write(row('j and k through the queue', await press(page, cdp, 'jjjjjjjjjjkkkkkkkkkk'.repeat(2))))
await page.keyboard.press('/')
await page.getByRole('searchbox').waitFor()
process.stdout.write(row('typing into the search', await press(page, cdp, '法律援助法4民12西宁市城东区6301021999')))
await browser.close()

/** The demo has fewer open matters than a page: its rows are shown again until there are enough, each under an id of its own. */
async function fillQueue(page: Page): Promise<void> {
  await page.route(/\/api\/queue\?/, async (route) => {
    const answer = await route.fetch()
    const queue = (await answer.json()) as { rows: { id: string }[] }
    const many = Array.from({ length: rows }, (_, n) => ({ ...queue.rows[n % queue.rows.length], id: String(n) }))
    await route.fulfill({ response: answer, json: { ...queue, rows: queue.rows.length ? many : [] } })
  })
  await page.waitForFunction(() =>
    fetch('/api/queue?purpose=all').then(async (answer) => ((await answer.json()) as { rows: unknown[] }).rows.length > 0),
  )
  await page.goto(`${service.url}/desk/?purpose=all`)
  await page.waitForFunction((wanted) => document.querySelectorAll('tr[data-row]').length === wanted, rows)
}

/** Presses each key as a quick typist does; answers the milliseconds from each to the next paint (Event Timing). */
async function press(page: Page, session: CDPSession, keys: string): Promise<number[]> {
  await page.evaluate(() => {
    window.pressed = []
    new PerformanceObserver((list) => {
      window.pressed.push(...list.getEntries().filter(({ name }) => name === 'keydown' || name === 'input'))
    }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit)
  })
  for (const key of keys) {
    if (/[\x20-\x7e]/.test(key)) await page.keyboard.press(key, { delay: 40 })
    else await session.send('Input.insertText', { text: key })
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 40))))
  }
  const reported = await page.evaluate(() => window.pressed.map(({ duration }) => duration))
  const quick = Math.max(0, keys.length - reported.length)
  return [...reported, ...Array.from({ length: quick }, () => grainMs)]
}

function row(what: string, times: readonly number[]): string {
  return `| ${what} | ${times.length} | ${[0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(0)).join(' | ')} |\n`
}
