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

/** Everything that is wrong with a page by day, in letters of the usual size and in large ones, and what it weighs. */
export async function look(page: Page, into: Looked): Promise<void> {
  const path = new URL(page.url()).pathname
  into.paths.add(path)
  const flaws = await unlessSound(page, 'day', () => violations(page))
  if (await scrollsSideways(page)) flaws.push('scrolls sideways')
  flaws.push(...(await unlessSound(page, 'large', () => flawsIn(page, looks.large))))
  into.found.push(...flaws.map((one) => `${path} ${one}`))
  const bytes = gzipSync(await page.content()).length + gzipSync(script).length
  if (bytes > mostBytes) into.heavy.push(`${path} ${bytes}`)
}

/** The same, and its colours in the dark, and at 7:1 in high contrast by day and by night. The language and the width change no colour, so that each page is looked at so once. */
export async function lookInEveryLight(page: Page, into: Looked): Promise<void> {
  await look(page, into)
  const path = new URL(page.url()).pathname
  const flaws = await unlessSound(page, 'every light', async () => {
    const found: string[] = []
    for (const one of [looks.dark, looks.contrastDark, looks.contrast]) found.push(...(await flawsIn(page, one)))
    return found
  })
  into.found.push(...flaws.map((one) => `${path} ${one}`))
}

/** What a reader may choose or their device says, and the one rule that may come out otherwise then. */
const looks = {
  dark: { name: '', scheme: 'dark', rule: 'color-contrast' },
  contrastDark: { name: 'contrast', scheme: 'dark', rule: 'color-contrast-enhanced' },
  contrast: { name: 'contrast', scheme: 'light', rule: 'color-contrast-enhanced' },
  large: { name: 'large', scheme: 'light', rule: 'target-size' },
} as const

async function flawsIn(page: Page, { name, scheme, rule }: (typeof looks)[keyof typeof looks]): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme })
  await page.evaluate((its) => (document.documentElement.className = its), name)
  const found = (await violations(page, [rule])).map((one) => `${name} ${scheme} ${one}`)
  if (await scrollsSideways(page)) found.push(`${name} scrolls sideways`)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.evaluate(() => (document.documentElement.className = ''))
  return found
}

/** What was found without flaw, by look, width and build. */
const sound = new Set<string>()

/** What is found wrong in one look, unless a page built alike was sound in it at this width: how a page is built and drawn is judged, not what its sentences say. */
async function unlessSound(page: Page, how: string, judge: () => Promise<string[]>): Promise<string[]> {
  const build = `${how} ${page.viewportSize()?.width} ${await page.evaluate(buildOf)}`
  if (sound.has(build)) return []
  const found = await judge()
  if (!found.length) sound.add(build)
  return found
}

/** The elements of a page in their order, with every attribute axe-core may judge by; of texts, addresses and values only that there are any. */
function buildOf(): string {
  const worded = new Set(['href', 'src', 'action', 'value', 'datetime', 'content', 'title', 'alt', 'aria-label', 'placeholder', 'lang'])
  const parts: string[] = []
  for (const element of document.querySelectorAll('*')) {
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${worded.has(name) ? value.trim() !== '' : value}`)
    const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    let depth = 0
    for (let up = element.parentElement; up; up = up.parentElement) depth++
    parts.push(`${depth}${element.tagName} ${attributes.join(' ')} ${says}`)
  }
  return parts.join('\n')
}
