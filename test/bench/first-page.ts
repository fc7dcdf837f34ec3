import type { Browser } from 'playwright-core'
import { openBrowser, startService } from '#test/e2e/kit/service.ts'
import { spread } from './spread.ts'

/** Seconds until the home page's text box can be typed into, on lines as bad as they get; goal: three on each. A new browser profile each time, so that nothing is kept. Run by `npm run first-page`. */
const lines = {
  'slow 3G (400 kbit/s, 400 ms)': { latency: 400, kbits: 400 },
  'slower (400 kbit/s, 2000 ms)': { latency: 2000, kbits: 400 },
} as const
const rounds = 5

await using service = await startService()
const browser = await openBrowser()
process.stdout.write('seconds to the text box              min   median      max\n')
for (const [name, line] of Object.entries(lines)) {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await secondsToTyping(browser, line))
  const { min, median, max } = spread(times)
  process.stdout.write(`${name.padEnd(32)}${[min, median, max].map((time) => time.toFixed(2).padStart(9)).join('')}\n`)
}
await browser.close()

async function secondsToTyping(browser: Browser, { latency, kbits }: { latency: number; kbits: number }): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  const throughput = (kbits * 1000) / 8
  await network.send('Network.enable')
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  })
  const began = performance.now()
  await page.goto(service.url, { waitUntil: 'commit' })
  await page.getByRole('textbox').pressSequentially('好')
  const seconds = (performance.now() - began) / 1000
  await context.close()
  return seconds
}
