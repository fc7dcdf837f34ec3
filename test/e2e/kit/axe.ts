import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** The source of axe-core. Where every page is looked at, a context brings it along: to send it to each page costs more than to run it. */
export const axe: string = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
type Violation = { id: string; nodes: { html: string; any: { message: string }[] }[] }

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe-core finds on the page as it stands, as `rule: element` and what is wrong with it, by tags or by single rules. The context must bypass the page's policy, which would refuse any script at all. */
export async function violations(page: Page, runOnly: readonly string[] = standard): Promise<string[]> {
  const run = `globalThis.axe?.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`
  const ran = (await page.evaluate(run)) ?? (await page.evaluate(axe).then(() => page.evaluate(run)))
  const { violations } = ran as { violations: Violation[] } // axe's own shape
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`))
}

/** Whether the reader of a narrow screen has to move the page to and fro. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
