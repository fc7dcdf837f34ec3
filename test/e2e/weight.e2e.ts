import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { bring } from './kit/arrive.ts'
import { atDesk } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()

/** Bytes, gzipped, of every script the page has brought since it was opened. */
async function scriptsOf(page: Page): Promise<Map<string, number>> {
  const urls = await page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
  )
  const weigh = async (url: string) => [url, gzipSync(await (await page.request.get(url)).body()).length] as const
  return new Map(await Promise.all([...new Set(urls)].map(weigh)))
}

const sum = (scripts: Map<string, number>) => [...scripts.values()].reduce((total, bytes) => total + bytes, 0)

test('signing in and seeing the queue brings at most 400 kB of gzipped script; a matter’s page is brought when one is opened', async () => {
  const page = await atDesk(trial.browser, trial.url, 'chengdong.reviewer')
  await page.goto(`${trial.url}/desk/?purpose=all`)
  await page.locator('tbody a').first().waitFor()
  const first = await scriptsOf(page)
  expect(first.size).toBeGreaterThan(0)
  expect(sum(first)).toBeLessThanOrEqual(400_000)
  await bring(page.getByRole('heading', { level: 2, name: '期限', exact: true }), () => page.locator('tbody a').first().click())
  const more = [...(await scriptsOf(page)).keys()].filter((url) => !first.has(url))
  expect(more.join()).toContain('matter-page')
})
