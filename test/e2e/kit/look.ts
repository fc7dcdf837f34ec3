import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { script } from '#portal/frame/assets.ts'
import { axe, scrollsSideways, violations } from './axe.ts'

/** What was found wrong on the pages looked at, which were too heavy, and where they were. */
export type Looked = { found: string[]; heavy: string[]; paths: Set<string> }

export const nothingYet = (): Looked => ({ found: [], heavy: [], paths: new Set() })

/** The most a portal page may weigh with its style within it and its script, in bytes when gzipped. */
const mostBytes = 14_000

/** A reader's browser; axe is run past the page's policy, which would refuse any script at all. */
export async function reader(browser: Browser, width: number, language = 'zh-CN'): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale: language, bypassCSP: true })
  await context.addInitScript({ content: axe })
  return context
}

/** Everything that is wrong with a page, and what it weighs. */
export async function look(page: Page, into: Looked): Promise<void> {
  const path = new URL(page.url()).pathname
  into.paths.add(path)
  const flaws = [...(await violations(page)), ...(await contrastFlaws(page))]
  if (await scrollsSideways(page)) flaws.push('scrolls sideways')
  into.found.push(...flaws.map((one) => `${path} ${one}`))
  const bytes = gzipSync(await page.content()).length + gzipSync(script).length
  if (bytes > mostBytes) into.heavy.push(`${path} ${bytes}`)
}

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
