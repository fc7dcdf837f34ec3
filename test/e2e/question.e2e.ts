import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { arrive, bring } from './kit/arrive.ts'
import { violations } from './kit/axe.ts'
import { look, lookInEveryLight, nothingYet, reader } from './kit/look.ts'
import { atDesk } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()
const advice = '租约没到期，房东单方让您搬走是违约，可以要求他继续履行或者赔偿。'

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (folder) await page.screenshot({ path: join(folder, `${name}-${page.viewportSize()?.width}.png`), fullPage: true })
}

/** From the first page to the receipt, without a name; returns the code. */
async function asks(page: Page, story: string, seen: (at: string) => Promise<void>): Promise<string> {
  const next = (name: string) => arrive(page, () => page.getByRole('button', { name }).click())
  await page.goto(`${trial.url}/start/consultation`)
  await seen('start')
  await page.getByLabel(/哪个县、区/).selectOption('630102')
  await next('开始')
  await page.getByLabel('我看过了，开始').check()
  await next('继续')
  await page.getByLabel(/发生了什么事/).fill(story)
  await seen('story')
  await next('继续')
  await seen('kind')
  await page.getByLabel('房子、土地、拆迁').check()
  await next('继续')
  await seen('contact')
  await page.getByLabel('我自己凭编号来看').check()
  await next('继续')
  await seen('person')
  await page.getByLabel('不留姓名').check()
  await next('继续')
  await seen('check')
  await next('交上去')
  await seen('receipt')
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

test('somebody asks by telephone in five short pages, without a name; in danger the numbers to ring are on the very next one (法律援助法 §23)', async () => {
  const page = await (await reader(trial.browser, 360)).newPage()
  const looked = nothingYet()
  await asks(page, '我老公喝了酒就打我，昨天又打了，我该怎么办？', async (at) => {
    await lookInEveryLight(page, looked)
    await picture(page, `danger-${at}`)
    if (at === 'kind') expect(await page.getByRole('link', { name: /110/ }).first().isVisible()).toBe(true)
  })
  expect({ found: looked.found, heavy: looked.heavy }).toEqual({ found: [], heavy: [] })
})

test('a question asked on the portal is answered at the desk, and the answer points out the right to aid', async () => {
  const person = await (await reader(trial.browser, 1280)).newPage()
  const looked = nothingYet()
  const code = await asks(person, '房东让我这个月搬走，租约还有半年，他能这样吗？', async (at) => {
    await look(person, looked)
    await picture(person, at)
  })

  const desk = await atDesk(trial.browser, trial.url, 'chengdong.intake', { bypassCSP: true })
  await desk.goto(`${trial.url}/desk/?purpose=today&line=consultation`)
  await desk.locator('tbody a').first().waitFor()
  await picture(desk, 'desk-queue')
  const found = await desk.request.post(`${trial.url}/api/search`, { data: { term: code }, headers: { 'sec-fetch-site': 'same-origin' } })
  const at = JSON.stringify(await found.json()).match(/"region":"(\d+)","id":"([0-9a-f-]{36})"/)
  await desk.goto(`${trial.url}/desk/matters/${at?.[1]}/${at?.[2]}?do=answer`)
  await desk.getByRole('dialog').getByLabel('答复（写给本人看）').fill(advice)
  await picture(desk, 'desk-answer')
  expect(await violations(desk)).toEqual([])
  await bring(desk.getByText('已办：答复'), () => desk.getByRole('dialog').getByRole('button', { name: '答复', exact: true }).click())
  await picture(desk, 'desk-matter')

  await person.goto(`${trial.url}/m/${code}`)
  await look(person, looked)
  await picture(person, 'answered')
  expect(await person.getByRole('main').textContent()).toContain('您有权依法申请法律援助')
  expect({ found: looked.found, heavy: looked.heavy }).toEqual({ found: [], heavy: [] })
})
