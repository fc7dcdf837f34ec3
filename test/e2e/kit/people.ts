import { setTimeout as passed } from 'node:timers/promises'
import { TOTP } from 'otpauth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { demoPassword, demoTotpSecret } from '../../../seed/demo-accounts.ts'

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

const stepMs = 30_000
let aheadMs = 0
const stepNow = () => Math.floor((Date.now() + aheadMs) / stepMs)

/** Everybody's authenticator goes with the service, which started again that much later. */
export const goAhead = (ms: number): void => void (aheadMs = ms)
const typed = new Map<string, number>()

/**
 * The code a demo account types next. One opens the door once, so who comes back within half a minute types the one to come,
 * which the server allows for, and who comes a third time waits for theirs, as at a real authenticator.
 */
export async function nextCode(login: string): Promise<string> {
  const step = Math.max(stepNow(), (typed.get(login) ?? 0) + 1)
  typed.set(login, step)
  while (step > stepNow() + 1) await passed((step - 1) * stepMs - Date.now() - aheadMs)
  return new TOTP({ secret: demoTotpSecret }).generate({ timestamp: step * stepMs })
}

/** Signs a demo account in as the workbench's door does and returns its page on the queue. */
export async function atDesk(
  browser: Browser,
  url: string,
  login: string,
  options: { width?: number; bypassCSP?: boolean } = {},
): Promise<Page> {
  const context = await screen(browser, options)
  const data = { login, password: demoPassword, totp: await nextCode(login) }
  const answer = await context.request.post(`${url}/api/sign-in`, { data, headers: { 'sec-fetch-site': 'same-origin' } })
  if (!answer.ok()) throw new Error(`${login} is not let in: ${await answer.text()}`)
  const page = await context.newPage()
  await page.goto(`${url}/desk/`)
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: '登录' }).waitFor()
  return page
}
