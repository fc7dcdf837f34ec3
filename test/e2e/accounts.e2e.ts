import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { bring } from './kit/arrive.ts'
import { atDesk, screen } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'
import { halfOn } from './kit/two-administrators.ts'

const trial = onTrial()

/** Somebody's computer with a passkey of its own: Chromium's virtual authenticator. */
async function withKeys(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** Asks for a window clerk of the province and answers the half of the code on the sheet. */
async function addedBy(administrator: Page, login: string): Promise<string> {
  await administrator.getByRole('button', { name: '添加人员' }).click()
  const form = administrator.getByRole('dialog')
  await form.getByLabel('姓名').fill('演示新人')
  await form.getByLabel('登录名').fill(login)
  await form.getByRole('checkbox', { name: /窗口人员/ }).check()
  const sheet = administrator.getByRole('dialog', { name: '开通码前半' })
  await bring(sheet, () => form.getByRole('button', { name: '添加' }).click())
  return halfOn((await sheet.textContent()) ?? '')
}

/** Confirms, as another administrator, what waits for this newcomer, and answers the other half. */
async function confirmedAt(administrator: Page, newcomer: string): Promise<string> {
  await administrator.goto(`${trial.url}/desk/users`)
  const waiting = administrator.getByRole('table', { name: '等第二个人确认' })
  const panel = administrator.getByRole('dialog')
  await bring(panel.getByRole('button', { name: '确认', exact: true }), () => waiting.getByRole('link', { name: newcomer }).click())
  const sheet = administrator.getByRole('dialog', { name: '开通码后半' })
  await bring(sheet, () => panel.getByRole('button', { name: '确认', exact: true }).click())
  return ((await sheet.locator('.secret').nth(1).textContent()) ?? '').replaceAll(' ', '')
}

test('a new colleague sets up their account from the sheets of two administrators, adds a passkey, and comes back with the passkey alone (TRUST §3.1)', async () => {
  const administrator = await atDesk(trial.browser, trial.url, 'qinghai.administrator')
  const first = await addedBy(administrator, 'new.clerk')
  const second = await confirmedAt(await atDesk(trial.browser, trial.url, 'qinghai.administrator2'), '演示新人')
  const page = await (await screen(trial.browser)).newPage()
  await withKeys(page)
  await page.goto(`${trial.url}/desk/enrol#${first}`)
  await page.getByLabel('开通码后半').fill(second)
  await bring(page.getByRole('heading', { name: '二、绑定手机验证器', exact: true }), () =>
    page.getByRole('button', { name: '继续' }).click(),
  )
  const secret = ((await page.locator('.authenticator .secret').textContent()) ?? '').replaceAll(' ', '')
  await page.getByLabel('新密码').fill('山路上看见一匹白色的马走过去')
  await page.getByLabel('再填一次').fill('山路上看见一匹白色的马走过去')
  await page.getByLabel('手机上显示的动态口令').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
  await page.getByRole('button', { name: '开通并登录' }).click()
  const queue = page.getByRole('heading', { level: 1, name: '今天要办', exact: true })
  await bring(queue, () => page.getByRole('button', { name: '添加通行密钥' }).click())
  await page.getByRole('button', { name: /演示新人/ }).click()
  await page.getByRole('button', { name: '退出' }).click()
  const byKey = page.getByRole('button', { name: '使用通行密钥' })
  await byKey.waitFor()
  await bring(queue, () => byKey.click())
  expect(await page.locator('.who-name').textContent()).toContain('演示新人')
})

test('a desk made dark stays dark when it is opened again', async () => {
  const page = await atDesk(trial.browser, trial.url, 'datong.intake')
  await page.getByRole('button', { name: /张海英/ }).click()
  await page.getByRole('link', { name: '我的账号' }).click()
  await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('/api/preferences') && answer.request().method() === 'POST'),
    page.getByText('深色', { exact: true }).click(),
  ])
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await page.locator('html[data-theme="dark"]').waitFor()
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(11, 16, 21)')
})
