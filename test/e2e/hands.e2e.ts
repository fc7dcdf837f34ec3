import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, bring } from './kit/arrive.ts'
import { handOn } from './kit/hands.ts'
import { keyboard } from './kit/keyboard.ts'
import { openBrowser } from './kit/service.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A hand without a mouse, at a page of its own. */
async function handAt(html: string) {
  const page = await browser.newPage()
  await page.setContent(html)
  return handOn(page, keyboard)
}

test('the hand without a mouse fails at what only a mouse can press', async () => {
  const hand = await handAt('<button>前面</button><div role="button" onclick="">交</div><button>后面</button>')
  await expect(hand.press('交')).rejects.toThrow('cannot be reached by keyboard: <div role="button"')
  await hand.press('后面')
})

test('it fails where nobody can see that the focus has come', async () => {
  const hand = await handAt('<button>前面</button><button style="outline: none">交</button>')
  await expect(hand.press('交')).rejects.toThrow('the focus cannot be seen on: <button style')
})

test('it types a day, chooses from a list and among circles, and ticks, with keys alone', async () => {
  const hand =
    await handAt(`<style>:focus-visible { outline: 3px solid orange }</style><label>哪天<input type="date"></label><label>何处<select><option>甲县<option>乙县<option>丙县</select></label>
    <label><input type="radio" name="a">我自己</label><label><input type="radio" name="a">我的孩子</label><label><input type="checkbox">我同意</label>`)
  await hand.date('哪天', '2026-03-01')
  await hand.tick('我同意')
  await hand.tick('我的孩子')
  await hand.pick('何处', '丙县')
  const { page } = hand
  expect([await page.getByLabel('哪天').inputValue(), await page.getByLabel('何处').inputValue()]).toEqual(['2026-03-01', '丙县'])
  expect([await page.getByLabel('我的孩子').isChecked(), await page.getByLabel('我同意').isChecked()]).toEqual([true, true])
})

test('who is led to a page with the address of this one has come when that page is there', async () => {
  const page = await browser.newPage()
  let visits = 0
  await page.route('http://fahui.test/', (route) => route.fulfill({ contentType: 'text/html', body: `<title>${++visits}</title>` }))
  await page.goto('http://fahui.test/')
  await arrive(page, () => page.evaluate(() => setTimeout(() => location.assign('http://fahui.test/'))))
  expect([page.url(), await page.title()]).toEqual(['http://fahui.test/', '2'])
})

test('what is there already is not waited for: it says nothing of the act', async () => {
  const { page, press } = await handAt('<button>交</button><p>已交</p>')
  await expect(bring(page.getByText('已交'), () => press('交'))).rejects.toThrow('there before the act')
})

/** Waits that may hold before the act: for an address or an event of the page, for what should be seen after a click, and for a heading that other pages' headings contain ("通知" is in "通知辩护"). */
const hollow = [
  /getByRole\('heading', \{(?![^}]*exact)[^}]*name: '/,
  /\.waitFor(URL|Event|LoadState|Navigation|Timeout)\(/,
  /^\s*await (?!bring)[^\n]*\.(click|press|check|go|goBack)\([^\n]*\n\s*await [^\n]*\.waitFor\(\)/m,
]

test('every wait for what an act leads to knows how it was before', async () => {
  const names = (await readdir(import.meta.dirname, { recursive: true })).filter((name) => name.endsWith('.ts') && name !== 'kit/arrive.ts')
  const texts = await Promise.all(names.map((name) => readFile(join(import.meta.dirname, name), 'utf8')))
  const chained = texts.map((text) => text.replaceAll(/\n\s*\./g, '.'))
  expect(names.filter((_, at) => hollow.some((one) => one.test(chained[at] ?? '')))).toEqual([])
})
