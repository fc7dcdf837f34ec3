import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scrollsSideways, violations } from './axe.ts'
import { legalAidJourney } from '#lines/legal-aid/journey.ts'
import { script } from '#portal/assets.ts'
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
  await page.locator('tbody').getByRole('checkbox').first().check()
  await look('queue with a row picked')
  for (const name of ['搜索', '快捷键']) {
    await page.getByRole('button', { name }).click()
    await page.getByRole('dialog', { name }).waitFor()
    await look(name)
    await page.keyboard.press('Escape')
  }
  await page.goto(`${service.url}/desk/notices`)
  await page.getByRole('heading', { level: 1, name: '通知' }).waitFor()
  await look('notices')
  await page.goto(`${service.url}/desk/?purpose=all&line=legal-aid&due=7`)
  await page.getByRole('button', { name: '保存这个筛选' }).waitFor()
  await look('queue narrowed')
  await page.goto(`${service.url}/desk/?purpose=all`)
  await page.locator('tbody a').first().waitFor()
  await page.locator('tbody a').first().click()
  await page.getByRole('heading', { level: 2, name: '期限' }).waitFor()
  await look('matter')
  await page.goto(`${service.url}/desk/measures`)
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  await look('measures')
  await page.goto(`${service.url}/desk/settings?key=hardship.standard`)
  await page.getByRole('dialog').getByText('历次取值').waitFor()
  await look('settings')
  await page.goto(`${service.url}/desk/settings`)
  await page.locator('.list a').first().click()
  await page.getByRole('heading', { level: 2, name: '试算' }).waitFor()
  await look('draft')
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
