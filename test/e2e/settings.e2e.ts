import { expect, test } from 'vitest'
import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import { bring } from './kit/arrive.ts'
import { atDesk } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()

test('one manager proposes, the replay shows whose result would change, and only the second manager publishes', async () => {
  const first = await atDesk(trial.browser, trial.url, 'qinghai.manager')
  await first.goto(`${trial.url}/desk/settings?key=refusal.provincialGrounds`)
  await first.getByRole('button', { name: '提出修改' }).click()
  await first.getByLabel('说不清对方是谁').check()
  await first.getByLabel('从哪一天起').fill('2020-01-01')
  await first.getByLabel('依据和理由').fill('演示：省法规征求意见稿')
  await bring(first.getByText('请填今天或以后的日子'), () => first.getByRole('button', { name: '提出', exact: true }).click())
  await first.getByLabel('从哪一天起').fill(addDays(dayOf(new Date()), 40))
  await bring(first.getByRole('heading', { name: '试算', exact: true }), () =>
    first.getByRole('button', { name: '提出', exact: true }).click(),
  )
  expect(await first.getByRole('button', { name: '发布' }).isDisabled()).toBe(true)
  const progress = first.getByRole('progressbar', { name: '试算进度' })
  await bring(progress, () => first.getByRole('button', { name: '开始试算' }).click())
  await first.getByText('试算完了').waitFor()
  await first.getByRole('heading', { name: '逐件看', exact: true }).waitFor()
  const row = first.getByRole('table', { name: '结果会变的案件' }).getByRole('row').nth(1)
  expect(await row.innerText()).toContain('建议给予援助 → 事实不全或标准未定，暂不能判断')
  expect(await row.innerText()).toContain('《法律援助法》第四十三条')
  expect(await row.getByRole('link').getAttribute('href')).toMatch(/\/desk\/matters\/63\d{4}\//)
  await first.getByText('自己提出的修改，要由另一位管理员发布').waitFor()
  expect(await first.getByRole('button', { name: '发布' }).isDisabled()).toBe(true)

  const second = await atDesk(trial.browser, trial.url, 'qinghai.manager2')
  await second.goto(first.url())
  await second.getByRole('button', { name: '发布' }).click()
  await bring(second.getByText('已发布', { exact: true }), () =>
    second.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click(),
  )
  await second.goto(`${trial.url}/desk/settings?key=refusal.provincialGrounds`)
  await second.getByRole('dialog').getByText('还没生效').waitFor()
  expect(await second.getByRole('dialog').innerText()).toMatch(/何敬之（演示） 提出，卓玛吉（演示） 发布/)
})

test.each([360, 1280])('its pages do not scroll sideways at %d px, and county staff read without proposing', async (width) => {
  const page = await atDesk(trial.browser, trial.url, width === 360 ? 'datong.reviewer' : 'datong.director', { width })
  const scrollsSideways = () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  await page.goto(`${trial.url}/desk/settings`)
  await page.getByText('您可以查看。修改由本地区的管理员提出。').waitFor()
  const settings = await scrollsSideways()
  await bring(page.getByRole('heading', { name: '试算', exact: true }), () => page.locator('.list a').first().click())
  expect([settings, await scrollsSideways()]).toEqual([false, false])
  expect(await page.getByRole('button', { name: '发布' }).isDisabled()).toBe(true)
})
