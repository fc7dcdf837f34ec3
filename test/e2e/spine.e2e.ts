import { existsSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { demoAccounts } from '../../seed/demo-accounts.ts'
import { arrive, bring, standing } from './kit/arrive.ts'
import { applyForWages } from './journey.ts'
import { atDesk, phone } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()

/** Words real people used, where the shared questions are at hand; otherwise ours. */
function realWords(): string {
  const file = new URL('../../../shared/data/questions/lawyer_llama_questions.csv', import.meta.url)
  const ours = '老板拖欠我们三个月工资，一直不给，欠条也不肯打，电话也不接了。'
  if (!existsSync(file)) return ours
  const found = readFileSync(file, 'utf8')
    .split('\n')
    .map((row) => row.split(',')[2] ?? '')
    .find((words) => /拖欠.*工资|欠我工资|工资.*不给/.test(words) && words.length > 15)
  return found ?? ours
}

async function openMatter(page: Page, number: string): Promise<void> {
  await page.goto(`${trial.url}/desk/?purpose=all`)
  await bring(page.getByRole('heading', { level: 1 }).filter({ hasText: '法律援助' }), () =>
    page.locator('tr', { hasText: number }).getByRole('link').first().click(),
  )
}

type Form = ReturnType<Page['locator']>
const asIs = async () => {}

/** Opens an action's form, fills it and sends it; `done` is how the new state reads. */
async function take(page: Page, title: string, done: string, fill: (form: Form) => Promise<void> = asIs): Promise<void> {
  const form = page.getByRole('dialog')
  await bring(form, () => page.getByRole('button', { name: title, exact: true }).click())
  await fill(form)
  await bring(standing(page, done), () => form.getByRole('button', { name: title, exact: true }).click())
}

/** Chooses the first provider who may be assigned; answers their login. */
async function chooseProvider(form: Form): Promise<string> {
  const row = form.locator('tr', { hasText: '可以指派' }).first()
  const name = ((await row.locator('label').textContent()) ?? '').trim()
  await row.getByRole('radio').check()
  return demoAccounts.find((account) => account.name === name && account.kind === 'provider')?.login ?? ''
}

/** Adds a small picture as a document of one kind. */
async function attach(page: Page, kind: string): Promise<void> {
  const file = { name: 'scan.png', mimeType: 'image/png', buffer: await picture() }
  await bring(page.getByRole('link', { name: /scan\.png/ }).first(), () => page.getByLabel(`上传${kind}`).setInputFiles(file))
}

const picture = () =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer()

test('an unpaid worker is carried from the portal to money recovered, confirmed and counted (法律援助法 §31(5), 42(3), 43, 50)', async () => {
  const worker = await (await phone(trial.browser)).newPage()
  const code = await applyForWages(worker, { url: trial.url, story: realWords() })
  expect(code).toMatch(/^[0-9A-Z]{10}$/)
  expect(await worker.locator('main').textContent()).toContain(code)
  await worker.goto(`${trial.url}/m/${code}`)
  const number = /（\d{4}）\S+?号/.exec((await worker.locator('main').textContent()) ?? '')?.[0] ?? ''

  const reviewer = await atDesk(trial.browser, trial.url, 'chengdong.reviewer')
  await openMatter(reviewer, number)
  await bring(reviewer.getByText('建议给予援助').first(), () => reviewer.getByRole('button', { name: '核算资格' }).click())
  await take(reviewer, '决定给予法律援助', '已给予援助，待指派')

  const director = await atDesk(trial.browser, trial.url, 'chengdong.director')
  await openMatter(director, number)
  let login = ''
  await take(director, '指派承办人', '已指派，待签协议', async (form) => {
    login = await chooseProvider(form)
  })

  const lawyer = await atDesk(trial.browser, trial.url, login)
  await openMatter(lawyer, number)
  await attach(lawyer, '委托协议和授权委托书')
  await take(lawyer, '已签委托协议', '办理中')
  await take(lawyer, '报告办结', '已办结，待交卷', async (form) => {
    await form.getByRole('combobox', { name: '结果' }).click()
    await lawyer.getByTitle('全部支持', { exact: true }).click()
    await form.getByLabel('结案日期（收到裁判文书或达成协议之日）').fill(today())
    await form.getByLabel('请求金额').fill('18000')
    await form.getByLabel('实际追回金额').fill('18000')
    await form.getByLabel('开庭次数').fill('1')
    await form.getByLabel('会见次数').fill('2')
  })

  await worker.reload()
  await worker.getByLabel('是，我收到了').check()
  await arrive(worker, () => worker.getByRole('button', { name: '就这样回复' }).click())
  await worker.goto(`${trial.url}/m/${code}`)
  expect(await worker.getByLabel('是，我收到了').count()).toBe(0)

  const supervisor = await atDesk(trial.browser, trial.url, 'xining.supervisor')
  await supervisor.goto(`${trial.url}/desk/measures`)
  const money = supervisor.locator('section, table', { hasText: '为受援人追回的金额' }).last()
  await money.waitFor()
  expect(await money.textContent()).toMatch(/城东区/)
  const counted = await supervisor.evaluate(() =>
    fetch('/api/measures?by=region').then(
      (response) => response.json() as Promise<{ key: string; rows: { group: string; confirmed: number }[] }[]>,
    ),
  )
  expect(
    counted.find(({ key }) => key === 'legal-aid.money-recovered')?.rows.find(({ group }) => group === '630102')?.confirmed,
  ).toBeGreaterThanOrEqual(1_800_000)
})

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
