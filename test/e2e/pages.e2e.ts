import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyForWages } from './journey.ts'
import { atDesk } from './people.ts'
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

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
type Violation = { id: string; nodes: { html: string }[] }

/** What axe-core finds on the page as it stands, as `rule: element`. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = (await page.evaluate(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  )) as { violations: Violation[] } // axe's own shape
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

const scrollsSideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

/** A reader's browser; axe is run past the page's policy, which would refuse any script at all. */
const reader = (width: number, language = 'zh-CN'): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width, height: 800 }, locale: language, bypassCSP: true })

test.each([360, 1280])('every page of the journey is accessible, light and free of sideways scroll at %d px', async (width) => {
  const page = await (await reader(width)).newPage()
  const found: string[] = []
  const heavy: string[] = []
  const seen = async (at: Page) => {
    const path = new URL(at.url()).pathname
    found.push(...(await violations(at)).map((one) => `${path} ${one}`))
    if (await scrollsSideways(at)) found.push(`${path} scrolls sideways`)
    const bytes = gzipSync(await at.content()).length
    if (bytes > 14_000) heavy.push(`${path} ${bytes}`)
  }
  const code = await applyForWages(page, { url: service.url, story: '老板拖欠我们三个月工资，一直不给。', seen })
  for (const path of [
    `/m/${code}`,
    `/m/${code}/add/identity`,
    `/m/${code}/proxy`,
    '/mine',
    '/return',
    '/sign-in',
    '/privacy',
    '/places',
    '/m/AAAAAAAAAA',
  ]) {
    await page.goto(service.url + path)
    await seen(page)
  }
  await page.goto(`${service.url}/set?language=en&back=/m/${code}`)
  await seen(page)
  expect(found).toEqual([])
  expect(heavy).toEqual([])
})

test.each([360, 1280])('the workbench’s pages are accessible and free of sideways scroll at %d px', async (width) => {
  const page = await atDesk(browser, service.url, width === 360 ? 'datong.reviewer' : 'datong.director', { width, bypassCSP: true })
  const found: string[] = []
  const look = async (what: string) => {
    found.push(...(await violations(page)).map((one) => `${what} ${one}`))
    if (await scrollsSideways(page)) found.push(`${what} scrolls sideways`)
  }
  await page.goto(`${service.url}/desk/?purpose=all`)
  await page.locator('tbody a').first().waitFor()
  await look('queue')
  await page.locator('tbody a').first().click()
  await page.getByRole('heading', { level: 2, name: '期限' }).waitFor()
  await look('matter')
  await page.goto(`${service.url}/desk/measures`)
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  await look('measures')
  expect(found).toEqual([])
})

const looks = ['light', 'dark'].flatMap((theme) => ['roomy', 'compact'].map((density) => ({ theme, density })))
const desks = [
  { login: 'datong.intake', paths: ['/?purpose=all', '/measures', '/account'] },
  { login: 'qinghai.administrator', paths: ['/users'] },
  { login: 'qinghai.auditor', paths: ['/audit'] },
]

test.each(desks)('$login’s pages are accessible in both themes and both densities', async ({ login, paths }) => {
  const page = await atDesk(browser, service.url, login, { bypassCSP: true })
  const found: string[] = []
  for (const look of looks) {
    await page.request.post(`${service.url}/api/preferences`, { data: look, headers: { 'sec-fetch-site': 'same-origin' } })
    for (const path of paths) {
      await page.goto(`${service.url}/desk${path}`)
      await page.locator(`html[data-theme="${look.theme}"][data-density="${look.density}"]`).waitFor()
      await page.locator('tbody tr, h2').first().waitFor()
      const at = `${path} ${look.theme} ${look.density}`
      found.push(...(await violations(page)).map((one) => `${at} ${one}`))
      if (await scrollsSideways(page)) found.push(`${at} scrolls sideways`)
    }
  }
  expect(found).toEqual([])
})
