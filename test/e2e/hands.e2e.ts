import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handOn } from './hands.ts'
import { keyboard } from './keyboard.ts'
import { openBrowser } from './service.ts'

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
