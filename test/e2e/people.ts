import { TOTP } from 'otpauth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { demoPassword, demoTotpSecret } from '../../seed/demo-accounts.ts'

/** A worker's phone: 360 px wide, and no JavaScript, as on the oldest ones. With script it also lets axe past the page's policy. */
export const phone = (browser: Browser, { hasScript = false } = {}): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: hasScript,
    bypassCSP: hasScript,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })

/** An officer's screen. */
export const screen = (browser: Browser, { width = 1280, bypassCSP = false } = {}): Promise<BrowserContext> =>
  browser.newContext({ bypassCSP, viewport: { width, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })

/** Signs a demo account in at the workbench and returns its page on the queue. */
export async function atDesk(
  browser: Browser,
  url: string,
  login: string,
  options: { width?: number; bypassCSP?: boolean } = {},
): Promise<Page> {
  const page = await (await screen(browser, options)).newPage()
  await page.goto(`${url}/desk/`)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByLabel('动态口令').fill(new TOTP({ secret: demoTotpSecret }).generate())
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: '登录' }).waitFor()
  return page
}
