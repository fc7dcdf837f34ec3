import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { scrollsSideways, violations } from './kit/axe.ts'
import { deskAt } from './desk-at.ts'
import { views } from './desk-views.ts'
import { atDesk, screen } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const desk = fileURLToPath(new URL('../../web/workbench/', import.meta.url))

const trial = onTrial()

test('every route of the workbench is among what is looked at', async () => {
  const routes = await readFile(join(desk, 'frame/routes.tsx'), 'utf8')
  const named = [...routes.matchAll(/path: paths\.(\w+)/g)].map(([, name]) => name)
  expect(named).toHaveLength(routes.match(/createRoute\(/g)?.length ?? 0)
  expect(named.filter((name) => !views.some(({ route }) => route === name))).toEqual([])
})

test('so is every drawer, dialog and pop-up that opens over a page', async () => {
  const files = (await readdir(desk, { recursive: true })).filter((path) => path.endsWith('.tsx') && path !== 'ui/pop-up.tsx')
  const texts = await Promise.all(files.map(async (path) => ({ name: basename(path), text: await readFile(join(desk, path), 'utf8') })))
  const opening = texts.filter(({ text }) => /<(Drawer|Modal|PopUp)\b|\bmodal\.\w+\(/.test(text)).map(({ name }) => name)
  expect([...new Set(views.flatMap(({ part }) => part ?? []))].toSorted()).toEqual(opening.toSorted())
})

/** What is looked at of a page, and what is judged then: night changes colours and nothing else, and the width changes no colour. */
const looks = [
  { width: 1280, look: 'dark', judge: (page: Page) => violations(page, ['color-contrast']) },
  { width: 1280, look: 'light', judge: (page: Page) => violations(page) },
  { width: 360, look: 'light', judge: (page: Page) => violations(page) },
] as const

/** What is wrong with what is shown, by night and by day, and at both widths. */
async function flaws(page: Page, what: string): Promise<string[]> {
  const found: string[] = []
  for (const { width, look, judge } of looks) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: look })
    await page.locator(`html[data-theme="${look}"]`).waitFor({ state: 'attached' })
    const at = `${what} ${width} ${look}`
    found.push(...(await judge(page)).map((one) => `${at} ${one}`))
    if (await scrollsSideways(page)) found.push(`${at} scrolls sideways`)
    await picture(page, at)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  return found
}

async function picture(page: Page, name: string) {
  const folder = process.env['PICTURES']
  if (folder) await page.screenshot({ path: join(folder, `${name.replaceAll(/[ ,]+/g, '-')}.png`) })
}

/** Everyone signs in once: a code of the authenticator is good for one sign-in. */
const signedIn = new Map<string, Page>()

async function pageOf(who: string): Promise<Page> {
  const page =
    signedIn.get(who) ??
    (who
      ? await atDesk(trial.browser, trial.url, who, { bypassCSP: true })
      : await (await screen(trial.browser, { bypassCSP: true })).newPage())
  signedIn.set(who, page)
  // A colour that is still fading has no contrast yet.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return page
}

test.each(views)('no page has a violation of axe-core, by day or by night, at 1280 or 360 px: $what', async ({ what, who = '', show }) => {
  const page = await pageOf(who)
  await show(deskAt(page, trial.url))
  expect(await flaws(page, what)).toEqual([])
})

/** One page of each kind, by people whose looks nothing above depends on. */
const compact = [
  { who: 'datong.intake', paths: ['/?purpose=all', '/measures', '/account'] },
  { who: 'qinghai.administrator2', paths: ['/users'] },
  { who: 'liaoning.auditor', paths: ['/audit'] },
]

test.each(compact)('nor has what $who sees where the largest letters stand close together', async ({ who, paths }) => {
  const page = await pageOf(who)
  await page.request.post(`${trial.url}/api/preferences`, {
    data: { density: 'compact', textSize: 'largest' },
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  const found: string[] = []
  for (const path of paths) {
    await deskAt(page, trial.url).open(path, 'html[data-density="compact"] :is(tbody tr, h2)')
    found.push(...(await flaws(page, `${path} compact`)))
  }
  expect(found).toEqual([])
})
