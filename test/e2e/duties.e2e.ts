import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { demoPassword } from '../../seed/demo-accounts.ts'
import { bring } from './kit/arrive.ts'
import { atDesk, nextCode } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()

/** The first open application. */
async function atMatter(page: Page): Promise<void> {
  await page.goto(`${trial.url}/desk/?purpose=all&line=legal-aid`)
  await bring(page.getByRole('heading', { level: 2, name: '申报的情况', exact: true }), () => page.locator('tbody a').first().click())
}

test('whoever keeps the accounts is led home from pages of the matters, and the head of an office from the audit', async () => {
  const administrator = await atDesk(trial.browser, trial.url, 'qinghai.administrator')
  await administrator.goto(`${trial.url}/desk/settings`)
  await administrator.getByRole('heading', { level: 1, name: '这一页不在您的职责内', exact: true }).waitFor()
  expect(await administrator.locator('main').textContent()).not.toContain('12348')
  const users = administrator.getByRole('heading', { level: 1, name: '人员与权限', exact: true })
  await bring(users, () => administrator.getByRole('link', { name: '回到人员与权限' }).click())
  await administrator.goto(`${trial.url}/desk/`)
  await users.waitFor()
  const director = await atDesk(trial.browser, trial.url, 'chengdong.director')
  await director.goto(`${trial.url}/desk/audit`)
  await director.getByRole('heading', { level: 1, name: '这一页不在您的职责内', exact: true }).waitFor()
})

test('an officer notes how a fact was checked, and takes it back with a reason (个人信息保护法 §8)', async () => {
  const page = await atDesk(trial.browser, trial.url, 'chengdong.reviewer')
  await atMatter(page)
  const fact = page.locator('.fact').first()
  await fact.getByRole('button', { name: /^标为已核实/ }).click()
  await page.getByText('看过原件', { exact: true }).click()
  await bring(fact.getByText('已核实 · 看过原件'), () => page.getByRole('dialog').getByRole('button', { name: '标为已核实' }).click())
  await fact.getByRole('button', { name: /^取消核实/ }).click()
  await page.getByLabel('为什么取消').fill('看错了，原件是别人的')
  await bring(fact.getByText('未核实'), () => page.getByRole('dialog').getByRole('button', { name: '取消核实' }).click())
})

test('whoever is signed out while they write is told why, and finds what they wrote', async () => {
  const page = await atDesk(trial.browser, trial.url, 'chengdong.intake')
  await atMatter(page)
  await page.getByRole('textbox', { name: '写便签' }).fill('已电话核实，材料明天送来')
  await page.context().clearCookies()
  // A colleague comes: the page asks who, and is told that nobody is signed in. Whoever writes is not led away by what they did not do.
  const asked = page.waitForResponse((response) => response.url().endsWith('/people') && response.status() === 401)
  await (await atDesk(trial.browser, trial.url, 'chengdong.director')).goto(page.url())
  await asked
  expect(await page.getByRole('textbox', { name: '写便签' }).inputValue()).toBe('已电话核实，材料明天送来')
  await bring(page.getByText('登录过期了。请再登录，填好的还在。'), () => page.getByRole('button', { name: '保存便签' }).click())
  await page.getByLabel('账号').fill('chengdong.intake')
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByLabel('动态口令').fill(await nextCode('chengdong.intake'))
  const notes = page.getByRole('heading', { level: 2, name: '办案便签', exact: true })
  await bring(notes, () => page.getByRole('button', { name: '登录', exact: true }).click())
  expect(await page.getByRole('textbox', { name: '写便签' }).inputValue()).toBe('已电话核实，材料明天送来')
})

test('a note too long is kept whole and not sent; it belongs to its file, and the next one begins empty', async () => {
  const page = await atDesk(trial.browser, trial.url, 'chengdong.reviewer')
  await atMatter(page)
  const note = page.getByRole('textbox', { name: '写便签' })
  const tooLong = page.getByText('最多 2000 字，多了 8000 字。请删短一些，或者分开写')
  await bring(tooLong, () => note.fill('地址别告诉对方。'.repeat(1250)))
  expect(await page.getByRole('button', { name: '保存便签' }).isEnabled()).toBe(false)
  await note.blur()
  await page.keyboard.press('j')
  await tooLong.waitFor({ state: 'detached' })
  await note.waitFor()
  expect(await note.inputValue()).toBe('')
  await bring(tooLong, () => page.keyboard.press('k'))
  expect((await note.inputValue()).length).toBe(10_000)
})
