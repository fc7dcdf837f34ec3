import { join } from 'node:path'
import type { APIResponse, Page } from 'playwright-core'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { demoAccounts } from '../../seed/demo-accounts.ts'
import { arrive, bring, standing } from './kit/arrive.ts'
import { scrollsSideways, violations } from './kit/axe.ts'
import { atDesk, phone } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial({ NODE_OPTIONS: '--import ./test/rehearsing.ts' })

/** Somebody with a phone of their own, signed in by the code it was sent; and their account. */
async function citizen(number: string): Promise<{ page: Page; account: string }> {
  const page = await (await phone(trial.browser, { hasScript: true })).newPage()
  await page.goto(`${trial.url}/sign-in`)
  await page.getByLabel('手机号').fill(number)
  await arrive(page, () => page.getByRole('button', { name: '发短信' }).click())
  await page.getByLabel('六位数字').fill(trial.carrier.codeFor(number))
  await arrive(page, () => page.getByRole('button', { name: '登录' }).click())
  const { id } = (await (await page.request.get(`${trial.url}/api/me`)).json()) as { id: string } // account.me
  return { page, account: id }
}

const region = '630102'
const posted = async (page: Page, path: string, data: object): Promise<APIResponse> => {
  const answer = await page.request.post(`${trial.url}/api/rehearsal${path}`, { data, headers: { 'sec-fetch-site': 'same-origin' } })
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return answer
}

/** What is wrong with a page as wide as a phone and as wide as a desk, and with its colours in the dark; a picture of it where PICTURES names a folder. */
async function flaws(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  const folder = process.env['PICTURES']
  const before = page.viewportSize()
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    found.push(...(await violations(page)).map((one) => `${name} ${width} ${one}`))
    if (await scrollsSideways(page)) found.push(`${name} ${width} scrolls sideways`)
    if (folder) await page.screenshot({ path: join(folder, `rehearsal-${name}-${width}.png`), fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-theme="dark"], html:not([data-theme])').waitFor({ state: 'attached' }) // the desk says it once it is
  found.push(...(await violations(page, ['color-contrast'])).map((one) => `${name} dark ${one}`))
  if (folder) await page.screenshot({ path: join(folder, `rehearsal-${name}-dark.png`), fullPage: true })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html[data-theme="light"], html:not([data-theme])').waitFor({ state: 'attached' })
  if (before) await page.setViewportSize(before)
  return found
}

const evidence = async (page: Page, code: string, name: string): Promise<void> => {
  await page.goto(`${trial.url}/m/${code}/add/evidence`)
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer: onePage })
  await arrive(page, () => page.getByRole('button', { name: /交|传/ }).first().click())
}
const onePage = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

test('a service that is one line of the list has its pages in both faces: each side its own, the desk its limits by party, and a joint act', async () => {
  const clerk = await atDesk(trial.browser, trial.url, 'chengdong.intake', { bypassCSP: true })
  await clerk.emulateMedia({ reducedMotion: 'reduce' })
  const [asking, answering] = [await citizen('13811110001'), await citizen('13811110002')]

  // Taken in at the counter, by the routes its line declares.
  const at = { region, id: v7() }
  const path = `/${region}/${at.id}`
  type View = {
    code: string
    version: number
    actions: { key: string; schema: { properties: Record<string, { oneOf?: { const: string; title: string }[] }> } }[]
  }
  let view = (await (await posted(clerk, '', { ...at, applicant: { name: '王桂英', phone: '13811110001' } })).json()) as View // MatterView
  const take = async (action: string, input: object, by = clerk) => {
    view = (await (await posted(by, `${path}/${action}`, { version: view.version, key: v7(), input })).json()) as View // likewise
  }
  const [near, far] = [v7(), v7()]
  await take('serve', { respondents: [near, far] })
  const people = view.actions.find(({ key }) => key === 'link')?.schema.properties['holder']?.oneOf ?? []
  expect(people.map(({ title }) => title)).toEqual(['申请人 1（王×）', '被申请人 1', '被申请人 2'])
  await take('link', { holder: people[0]?.const, account: asking.account })
  await take('link', { holder: near, account: answering.account })
  const mediator = demoAccounts.find(({ login }) => login === 'chengdong.lawyer1')
  await take('appoint', { mediators: [mediator?.id] })

  // Each side follows it, and finds its own paper and its own limit, and nothing of the other's.
  await evidence(asking.page, view.code, '一.pdf')
  await evidence(answering.page, view.code, '二.pdf')
  for (const [{ page }, limits] of [
    [asking, 0],
    [answering, 1],
  ] as const) {
    await page.goto(`${trial.url}/m/${view.code}`)
    expect([await page.locator('a[href*="/file/"]').count(), await page.getByText('最晚').count()]).toEqual([1, limits])
  }
  const found = await flaws(answering.page, 'answering')

  // The one shows the other its paper, told first who would read it.
  await asking.page.goto(`${trial.url}/m/${view.code}`)
  await arrive(asking.page, () => asking.page.locator('a[href*="/share/paper/"]').first().click())
  found.push(...(await flaws(asking.page, 'share')))
  await arrive(asking.page, () => asking.page.getByRole('button', { name: '给对方看', exact: true }).click())
  await answering.page.reload()
  expect(await answering.page.locator('a[href*="/file/"]').count()).toBe(2)

  // The desk sees whose limit each is, and the mediator puts an agreement to both.
  await clerk.goto(`${trial.url}/desk/matters${path}`)
  const limit = (whose: string) => clerk.locator('.clock').filter({ hasText: whose })
  await limit('被申请人 2').waitFor()
  expect([await limit('被申请人 1').count(), await limit('调解员 1').count()]).toEqual([1, 1])
  found.push(...(await flaws(clerk, 'desk')))
  const works = await atDesk(trial.browser, trial.url, 'chengdong.lawyer1')
  await works.goto(`${trial.url}/desk/matters${path}`)
  await act(works, '提出协议', '待双方签字')

  // Everybody signs: each side with one press on its page, and the clerk for the one who came to the counter.
  for (const { page } of [asking, answering]) {
    await page.goto(`${trial.url}/m/${view.code}`)
    await page.getByText('等您来办').waitFor()
    if (page === asking.page) found.push(...(await flaws(page, 'asking-signs')))
    await arrive(page, () => page.getByRole('button', { name: '签字', exact: true }).click())
    expect(await page.getByText('等您来办').count()).toBe(0)
  }
  await clerk.goto(`${trial.url}/desk/matters${path}`)
  await act(clerk, '签字', '已达成协议', async () => {
    expect(await clerk.getByRole('dialog').getByRole('radio').count()).toBe(1) // the others have signed
    await clerk.getByRole('dialog').getByText('被申请人 2', { exact: true }).click()
    found.push(...(await flaws(clerk, 'desk-signs')))
  })
  await answering.page.reload()
  await answering.page.getByText('已达成协议').first().waitFor()

  // Its director confines it to themselves: the clerk finds it no more, and each side goes on finding it.
  const directs = await atDesk(trial.browser, trial.url, 'chengdong.director', { bypassCSP: true })
  await directs.emulateMedia({ reducedMotion: 'reduce' })
  await directs.goto(`${trial.url}/desk/matters${path}`)
  const naming = directs.getByRole('dialog', { name: '只让指定的人看' })
  await bring(naming.getByRole('radio').first(), () => directs.getByRole('button', { name: '只让指定的人看' }).click())
  found.push(...(await flaws(directs, 'confining')))
  await naming.getByRole('radio').first().check()
  await naming.getByRole('textbox').fill('有人在打听这件事')
  await bring(directs.getByText('只有这几位能看到这件事'), () => naming.getByRole('button', { name: '只让指定的人看' }).click())
  found.push(...(await flaws(directs, 'confined')))
  await clerk.goto(`${trial.url}/desk/matters${path}`)
  await clerk.getByText('没能打开这件事').waitFor()
  await asking.page.reload()
  await asking.page.getByText('只有指定的 1 位工作人员能看').waitFor()
  found.push(...(await flaws(asking.page, 'asking-confined')))
  expect(found).toEqual([])
})

/** Takes an action from its button, its form filled in; `done` is how the new state reads. */
async function act(page: Page, title: string, done: string, fill: () => Promise<void> = async () => {}): Promise<void> {
  const form = page.getByRole('dialog')
  await bring(form, () => page.getByRole('button', { name: title, exact: true }).click())
  await fill()
  await bring(standing(page, done), () => form.getByRole('button', { name: title, exact: true }).click())
}
