import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { arrive, bring } from './kit/arrive.ts'
import { scrollsSideways, violations } from './kit/axe.ts'
import { look, nothingYet, reader } from './kit/look.ts'
import { atDesk } from './kit/people.ts'
import { onTrial } from './kit/trial.ts'

const trial = onTrial()

test('a neighbour without an account gets a letter from the desk, opens it on a phone, proves who they are, and agrees (人民调解法 §17)', async () => {
  const desk = await atDesk(trial.browser, trial.url, 'datong.mediation', { bypassCSP: true })
  const posted = async (path: string, data: object) => {
    const answer = await desk.request.post(`${trial.url}/api/${path}`, { data, headers: { 'sec-fetch-site': 'same-origin' } })
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as { version: number }
  }
  const [region, id] = ['630121', v7()]
  const its = { kind: 'neighbour', gap: 'none', isOffered: false, applicants: [{ name: '王桂英' }] }
  const { version } = await posted('mediation/taken-in', { region, id, ...its })
  await posted(`mediation/${region}/${id}/invite`, { version, key: v7(), input: { name: '马老三' } })

  await desk.goto(`${trial.url}/desk/matters/${region}/${id}`)
  const part = desk.getByRole('region', { name: /被申请人/ })
  await part.getByRole('button', { name: '寄链接' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '寄链接' }).click()
  const sheet = desk.getByRole('dialog').filter({ hasText: '打印这封信' })
  const letter = await sheet.textContent()
  expect(await violations(desk)).toEqual([])
  await sheet.getByRole('button', { name: '我来寄给本人' }).click()
  await expect.poll(() => part.getByText('已寄出，还没打开').count()).toBe(1)
  const code = /六位数字：(\d{6})/.exec((await part.textContent()) ?? '')?.[1] ?? ''
  const path = /\/l\/[0-9A-Z-]+/.exec(letter ?? '')?.[0] ?? ''
  for (const word of ['马老三', '王桂英', code]) expect(letter).not.toContain(word)

  const page = await (await reader(trial.browser, 360)).newPage()
  const looked = nothingYet()
  await page.goto(trial.url + path)
  await look(page, looked)
  await arrive(page, () => page.getByRole('button', { name: '打开' }).click())
  await look(page, looked)
  await page.getByLabel(/六位数字/).fill(code)
  await arrive(page, () => page.getByRole('button', { name: '核对' }).click())
  await look(page, looked)
  expect(looked.found).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  await bring(page.getByText('已受理').first(), () => page.getByRole('button', { name: '同意调解' }).click())

  await desk.reload()
  await desk.getByText('同意了调解').or(desk.getByText('同意调解')).first().waitFor()
  expect((await desk.request.get(`${trial.url}/api/matters/${region}/${id}`).then((answer) => answer.json())) as object).toMatchObject({
    state: 'accepted',
    links: [{}, { last: { standing: 'opened' } }],
  })
})
