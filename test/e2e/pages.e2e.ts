import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scrollsSideways, violations } from './axe.ts'
import { legalAidJourney } from '#lines/legal-aid/journey.ts'
import { script } from '#portal/assets.ts'
import { applyForWages } from './journey.ts'
import { openBrowser, startService, type Service } from './service.ts'

let service: Service
let browser: Browser
beforeAll(async () => {
  service = await startService()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await service[Symbol.asyncDispose]()
})

/** What can be seen is judged again in the dark, and at 7:1 in high contrast, by day and by night. */
async function contrastFlaws(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const [look, scheme, rule] of [
    ['', 'dark', 'color-contrast'],
    ['contrast', 'dark', 'color-contrast-enhanced'],
    ['contrast', 'light', 'color-contrast-enhanced'],
    ['large', 'light', 'target-size'],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.evaluate((name) => (document.documentElement.className = name), look)
    found.push(...(await violations(page, [rule])).map((one) => `${look} ${scheme} ${one}`))
    if (await scrollsSideways(page)) found.push(`${look} scrolls sideways`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.evaluate(() => (document.documentElement.className = ''))
  return found
}

/** A reader's browser; axe is run past the page's policy, which would refuse any script at all. */
const reader = (width: number, language = 'zh-CN'): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width, height: 800 }, locale: language, bypassCSP: true })

/** Everything that is wrong with a page, and what it weighs with its style within it and its script. */
async function look(page: Page, into: { found: string[]; heavy: string[] }): Promise<void> {
  const path = new URL(page.url()).pathname
  const flaws = [...(await violations(page)), ...(await contrastFlaws(page))]
  if (await scrollsSideways(page)) flaws.push('scrolls sideways')
  into.found.push(...flaws.map((one) => `${path} ${one}`))
  const bytes = gzipSync(await page.content()).length + gzipSync(script).length
  if (bytes > 14_000) into.heavy.push(`${path} ${bytes}`)
}

const pagesOf = (code: string): string[] => [
  `/m/${code}`,
  `/m/${code}/receipt`,
  `/m/${code}/add/identity`,
  `/m/${code}/proxy`,
  '/mine',
  '/',
  '/?county=630102',
  '/?kind=violence',
  '/places?county=630102',
  '/return',
  '/sign-in',
  '/privacy',
  '/m/AAAAAAAAAA',
]

test.each([360, 1280])(
  'every portal page with its style and script weighs at most 14 kB, is accessible by day, by night and in high contrast, and never scrolls sideways (%d px)',
  async (width) => {
    const page = await (await reader(width)).newPage()
    const flaws = { found: [] as string[], heavy: [] as string[] }
    const code = await applyForWages(page, { url: service.url, story: '老板拖欠我们三个月工资，一直不给。', seen: (at) => look(at, flaws) })
    for (const path of pagesOf(code)) {
      await page.goto(service.url + path)
      await look(page, flaws)
    }
    expect(flaws).toEqual({ found: [], heavy: [] })
  },
)

test('the same in English, every question of the journey among it', async () => {
  const page = await (await reader(360, 'en-GB')).newPage()
  const flaws = { found: [] as string[], heavy: [] as string[] }
  const code = await applyForWages(page, { url: service.url, story: 'My employer has not paid us for three months.' })
  await page.goto(`${service.url}/set?language=en&back=/`)
  const begin = async () => {
    await page.goto(service.url)
    await page.getByLabel('What happened?').fill('My employer has not paid us for three months.')
    await page.getByLabel(/Which county/).selectOption('630102')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.waitForURL(/\/q\//)
    return new URL(page.url()).pathname.split('/')[2] ?? ''
  }
  const draft = await begin()
  for (const path of [...pagesOf(code), ...legalAidJourney.map(({ key }) => `/m/${draft}/q/${key}`)]) {
    await page.goto(service.url + path)
    await look(page, flaws)
  }
  expect(flaws).toEqual({ found: [], heavy: [] })
})
