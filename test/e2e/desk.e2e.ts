import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { bring } from './kit/arrive.ts'
import { atDesk } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()

/** The queue at an address, in which so many matters stand. */
async function queueOf(page: Page, search: string, atLeast: number): Promise<void> {
  await page.goto(`${trial.url}/desk/?${search}`)
  await page
    .locator('tr[data-row]')
    .nth(atLeast - 1)
    .waitFor()
}

/** The number of the matter whose row has the focus; empty where none has. */
const rowAtHand = (page: Page) =>
  page.evaluate(() => /（\d{4}）\S+?号/.exec(document.activeElement?.closest('tr[data-row]')?.textContent ?? '')?.[0] ?? '')
const numbers = (page: Page) =>
  page
    .locator('tr[data-row] th .aside')
    .evaluateAll((cells) => cells.map((cell) => /（\d{4}）\S+?号/.exec(cell.textContent ?? '')?.[0] ?? ''))
const matter = (page: Page, number: string) => page.locator('.heading', { hasText: number })

test('an officer goes through a queue by single keys and comes back to where they were', async () => {
  const page = await atDesk(trial.browser, trial.url, 'chengdong.reviewer')
  await queueOf(page, 'purpose=all&line=legal-aid', 10)
  const [first = '', second = '', third = ''] = await numbers(page)
  await page.keyboard.press('j')
  await expect.poll(() => rowAtHand(page)).toBe(first)
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('k')
  await expect.poll(() => rowAtHand(page)).toBe(second)
  await bring(matter(page, second), () => page.keyboard.press('o'))
  await bring(matter(page, third), () => page.keyboard.press('j'))
  await bring(page.locator('tbody a').first(), () => page.keyboard.press('u'))
  await expect.poll(() => rowAtHand(page)).toBe(third)
  expect(new URL(page.url()).search).toBe('?purpose=all&line=legal-aid')
  await bring(matter(page, third), () => page.keyboard.press('Enter'))
  await bring(page.locator('tbody a').first(), () => page.goBack())
  await expect.poll(() => rowAtHand(page)).toBe(third)
})

test('? lists every key; keys are silent while typing, with Ctrl, and once turned off', async () => {
  const page = await atDesk(trial.browser, trial.url, 'datong.reviewer')
  await queueOf(page, 'purpose=all&line=legal-aid', 2)
  const help = page.getByRole('dialog', { name: '快捷键' })
  await bring(help, () => page.keyboard.press('?'))
  expect(await help.locator('dt').allTextContents()).toEqual(expect.arrayContaining(['j 或 ↓', 'x', '/', 'u']))
  await page.keyboard.press('j')
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
  expect(await rowAtHand(page)).toBe('')
  await page.keyboard.press('Control+j')
  expect(await rowAtHand(page)).toBe('')
  await page.getByRole('button', { name: '保存这个筛选' }).click()
  await page.getByLabel('给它起个名字').pressSequentially('jxk?')
  expect(await page.getByLabel('给它起个名字').inputValue()).toBe('jxk?')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '快捷键' }).click()
  await page.getByRole('switch', { name: '使用快捷键' }).click()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
  await page.keyboard.press('j')
  expect(await rowAtHand(page)).toBe('')
})

test('a filter is kept under a name, and what is deleted can be brought back', async () => {
  const page = await atDesk(trial.browser, trial.url, 'maqin.reviewer')
  await queueOf(page, 'purpose=all&line=legal-aid', 2)
  await page.getByRole('button', { name: '保存这个筛选' }).click()
  await page.getByLabel('给它起个名字').fill('我的援助')
  const tab = page.getByRole('navigation', { name: '我保存的筛选' }).getByRole('link', { name: '我的援助' })
  await bring(tab, () => page.getByRole('button', { name: '保存', exact: true }).click())
  await page.goto(`${trial.url}/desk/`)
  await bring(page.locator('.chip').first(), () => tab.click())
  expect(page.url()).toContain('line=legal-aid')
  await page.getByRole('button', { name: '改名或删除' }).click()
  await page.getByRole('button', { name: '删除', exact: true }).click()
  await tab.waitFor({ state: 'detached' })
  await bring(tab, () => page.getByRole('button', { name: '撤销' }).click())
})

test('many are assigned at once: each is looked at first, one is refused with its reason, the rest are done', async () => {
  const page = await atDesk(trial.browser, trial.url, 'heping.director')
  await queueOf(page, 'purpose=all&line=legal-aid', 5)
  const [granted, submitted] = [page.locator('tr[data-row]', { hasText: '待指派' }), page.locator('tr[data-row]', { hasText: '审查中' })]
  await granted.first().getByRole('checkbox').check()
  await submitted.first().getByRole('link').focus()
  await bring(page.getByText('已选 2 件'), () => page.keyboard.press('x'))
  await page.getByRole('button', { name: '一起办理' }).click()
  const form = page.getByRole('dialog')
  await form.locator('tr', { hasText: '可以指派' }).first().getByRole('radio').check()
  await form.getByRole('button', { name: '核对一遍' }).click()
  const outcomes = form.getByRole('list', { name: '每一件会怎样' })
  await form.getByRole('button', { name: '确认办理 1 件' }).waitFor()
  expect(await outcomes.getByRole('listitem').allTextContents()).toEqual([
    expect.stringContaining('不能办现在是“审查中”，不能这样办'),
    expect.stringContaining('将变为：已指派，待签协议'),
  ])
  await bring(page.getByText('已办 1 / 1 件'), () => form.getByRole('button', { name: '确认办理 1 件' }).click())
  await page.getByRole('button', { name: '知道了' }).click()
  await granted.first().waitFor({ state: 'detached' })
})

test('a batch cut off by a reload goes on where it was, and takes nothing twice', async () => {
  const page = await atDesk(trial.browser, trial.url, 'chengdong.director')
  await queueOf(page, 'purpose=all&line=legal-aid&state=granted', 1)
  const number = (await numbers(page))[0] ?? ''
  await page.getByLabel(`选中 ${number}`).check()
  await page.getByRole('button', { name: '一起办理' }).click()
  const form = page.getByRole('dialog')
  await form.locator('tr', { hasText: '可以指派' }).first().getByRole('radio').check()
  await form.getByRole('button', { name: '核对一遍' }).click()
  // The answer is lost on its way: the server has acted, and the page does not know.
  await page.route(/\/assign$/, async (route) => void (await route.fetch().then(() => page.reload())))
  await bring(page.getByRole('button', { name: '接着办剩下的 1 件' }), () => form.getByRole('button', { name: '确认办理 1 件' }).click())
  await page.unroute(/\/assign$/)
  const [again] = await Promise.all([page.waitForResponse(/\/assign$/), page.getByRole('button', { name: '接着办剩下的 1 件' }).click()])
  expect(again.status()).toBe(200)
  await page.getByText('已办 1 / 1 件').waitFor()
})

test('/ finds by keyboard alone; what is typed never stands in the address', async () => {
  const page = await atDesk(trial.browser, trial.url, 'datong.director')
  await queueOf(page, 'purpose=all', 3)
  const number = (await numbers(page))[0] ?? ''
  const box = page.getByRole('searchbox', { name: '搜索' })
  await bring(box, () => page.keyboard.press('/'))
  await page.getByText('不能按姓名找').waitFor()
  const found = page.getByRole('dialog', { name: '搜索' }).getByRole('link', { name: new RegExp(number) })
  await bring(found, () => box.pressSequentially(String(Number(/(\d+)号/.exec(number)?.[1]))))
  expect(page.url()).not.toContain('term')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await bring(matter(page, number), () => page.keyboard.press('Enter'))
  await page.keyboard.press('/')
  await box.fill('指标')
  await bring(page.getByRole('heading', { level: 1 }).filter({ hasText: '指标' }), () =>
    page.getByRole('link', { name: /打开这一页/ }).click(),
  )
})

test('notices are read one by one or all at once, and reading can be taken back', async () => {
  const page = await atDesk(trial.browser, trial.url, 'chengdong.intake')
  await page.getByRole('link', { name: /通知，.*条没看/ }).waitFor()
  const unread = page.getByText('未读', { exact: true })
  await bring(unread.first(), () => page.keyboard.press('n'))
  const before = await unread.count()
  await bring(page.getByRole('heading', { level: 2, name: '期限', exact: true }), () =>
    page.getByRole('main').getByRole('listitem').getByRole('link').first().click(),
  )
  await bring(page.getByRole('heading', { level: 1, name: '通知', exact: true }), () => page.goBack())
  await expect.poll(() => unread.count()).toBe(before - 1)
  await page.getByRole('button', { name: '全部标为已读' }).click()
  await expect.poll(() => unread.count()).toBe(0)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(() => unread.count()).toBe(before - 1)
})
