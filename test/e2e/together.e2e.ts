import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { bring, standing } from './kit/arrive.ts'
import { applyForWages } from './journey.ts'
import { atDesk, phone } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()
let desks: Record<'wang' | 'guo', Page>
beforeAll(async () => {
  // Once each: a code of the authenticator is good for one sign-in.
  desks = {
    wang: await atDesk(trial.browser, trial.url, 'chengdong.reviewer'),
    guo: await atDesk(trial.browser, trial.url, 'chengdong.director'),
  }
})

type Row = { region: string; id: string; code: string }
type View = { timeline: { action: string; rows: { value: string }[] }[]; version: number }
const read = <T>(page: Page, path: string) => page.evaluate((url) => fetch(url).then((response) => response.json()), path) as Promise<T> // the API's own shape

/** A case nobody has touched: the demo's own go on while we look. */
async function underReview(): Promise<Row> {
  const worker = await phone(trial.browser)
  const code = await applyForWages(await worker.newPage(), { url: trial.url, story: '老板拖欠我们三个月工资，一直不给。' })
  await worker.close()
  const { rows } = await read<{ rows: Row[] }>(desks.guo, '/api/queue?purpose=all&limit=100')
  return rows.find((row) => row.code === code)! // it was just filed in their county
}

async function open(page: Page, { region, id }: Row): Promise<void> {
  await page.goto(`${trial.url}/desk/matters/${region}/${id}`)
  await page.getByRole('heading', { level: 2, name: '办理', exact: true }).waitFor()
}

/** Begins to ask for what is missing, and leaves it at that. */
async function beginToAsk(page: Page, words: string): Promise<ReturnType<Page['getByRole']>> {
  await page.getByRole('button', { name: '一次性告知补充材料' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('补齐日期').fill(inTenDays())
  await form
    .getByRole('combobox', { name: /缺少的材料/ })
    .or(form.getByRole('checkbox').first())
    .first()
    .click()
  await form.getByLabel('需要说明的情况').fill(words)
  return form
}

const inTenDays = () => new Date(Date.now() + 10 * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)
const picture = async (page: Page, name: string) => {
  const folder = process.env['PICTURES']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: false })
}

test('two officers on one file see each other, and what the one does is shown to the other before it is sent over it', async () => {
  const [wang, guo] = [await desks.wang.context().newPage(), await desks.guo.context().newPage()]
  const matter = await underReview()
  await open(wang, matter)
  await open(guo, matter)
  await guo.getByText(/（审查人员）也在看这件事/).waitFor()
  await wang.getByText(/（机构负责人）也在看这件事/).waitFor()
  await picture(wang, 'together-present')
  const form = await beginToAsk(guo, '请补交劳动合同。')

  await bring(guo.getByText(/刚有变化：核算资格/), () => wang.getByRole('button', { name: '核算资格' }).click())
  await form.getByText('这件事刚有变化。您填的内容都在。').waitFor()
  expect(await form.getByLabel('需要说明的情况').inputValue()).toBe('请补交劳动合同。')
  expect(await form.locator('.compare').textContent()).toContain('请补交劳动合同。')
  await picture(guo, 'together-changed')
  await bring(standing(guo, '等申请人补充材料'), () => form.getByRole('button', { name: '按现在的情况提交' }).click())

  const { timeline } = await read<View>(guo, `/api/matters/${matter.region}/${matter.id}`)
  expect(timeline.map(({ action }) => action).slice(-2)).toEqual(['assess', 'ask'])
  expect(timeline.at(-1)?.rows.map(({ value }) => value)).toContain('请补交劳动合同。')
  await wang.getByText(/刚有变化：一次性告知补充材料/).waitFor()
})

test('a form whose step a colleague took away stays, and says so beside what was typed', async () => {
  const [wang, guo] = [await desks.wang.context().newPage(), await desks.guo.context().newPage()]
  const matter = await underReview()
  await open(guo, matter)
  await guo.getByRole('button', { name: '告知由其他机构办理' }).click()
  const form = guo.getByRole('dialog')
  await form.getByRole('textbox', { name: /理由|原因|说明/ }).fill('对方和工地都在外省，请向当地机构申请。')
  await open(wang, matter)
  await bring(wang.getByRole('heading', { level: 2, name: '资格核算', exact: true }), () =>
    wang.getByRole('button', { name: '核算资格' }).click(),
  )
  await wang.getByRole('button', { name: '决定给予法律援助' }).click()
  await bring(form.getByText(/现在不能再办“告知由其他机构办理”/), () =>
    wang.getByRole('dialog').getByRole('button', { name: '决定给予法律援助' }).click(),
  )
  expect(await form.locator('.compare').textContent()).toContain('对方和工地都在外省')
  expect(await form.getByRole('button', { name: '告知由其他机构办理' }).isDisabled()).toBe(true)
})

test('who has not heard is refused with the difference; what was typed outlives a reload and is sent with one press', async () => {
  const [wang, guo] = [await desks.wang.context().newPage(), await desks.guo.context().newPage()]
  await guo.route('**/api/live/**', (route) => route.abort())
  const matter = await underReview()
  await open(guo, matter)
  await beginToAsk(guo, '请补交工资条。')
  await guo.reload()
  const form = guo.getByRole('dialog')
  await form.waitFor()
  expect(await form.getByLabel('需要说明的情况').inputValue()).toBe('请补交工资条。')

  await open(wang, matter)
  await bring(wang.getByRole('heading', { level: 2, name: '资格核算', exact: true }), () =>
    wang.getByRole('button', { name: '核算资格' }).click(),
  )
  await bring(form.getByText('还没有提交：这件事刚有变化。您填的内容都在。'), () =>
    form.getByRole('button', { name: '一次性告知补充材料' }).click(),
  )
  expect(await form.locator('.changed').textContent()).toContain('核算资格')
  await bring(standing(guo, '等申请人补充材料'), () => form.getByRole('button', { name: '按现在的情况提交' }).click())
  const { timeline } = await read<View>(guo, `/api/matters/${matter.region}/${matter.id}`)
  expect(timeline.filter(({ action }) => action === 'ask')).toHaveLength(1)
})

test('a note goes from one desk to the other, and is struck out unless taken back', async () => {
  const [wang, guo] = [await desks.wang.context().newPage(), await desks.guo.context().newPage()]
  const matter = await underReview()
  await open(wang, matter)
  await open(guo, matter)
  await wang.getByLabel('写便签').fill('当事人说下午三点前不方便接电话')
  await bring(guo.getByText('当事人说下午三点前不方便接电话'), () => wang.getByLabel('写便签').press('Control+Enter'))
  expect(await guo.getByRole('button', { name: '划掉' }).count()).toBe(0)
  await wang.getByRole('button', { name: '划掉' }).click()
  await wang.getByRole('button', { name: '撤销' }).click()
  await bring(guo.getByText('这条便签的内容已删去。'), () => wang.getByRole('button', { name: '划掉' }).click())
})
