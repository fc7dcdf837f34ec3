import { expect, test } from 'vitest'
import { bring } from '#test/e2e/kit/arrive.ts'
import { handOn, type Hand } from '#test/e2e/kit/hands.ts'
import type { Matter } from '../../../web/workbench/contract.ts'
import { take, type Desk, type Form } from './desk.ts'
import { onStage, ways } from './stage.ts'
import { doing, signIn } from './table.ts'
import { textOf } from './telling.ts'

const stage = onStage()
const [, byKeyboard] = ways
const way = byKeyboard!
const story = '在工地干了三个月，工钱一直没给，说了几次都不理。'
const phone = '13900005501'

/** Passes him on with all that may go along, as he agreed on the telephone. */
const agreed =
  (hand: Hand, more: (form: Form) => Promise<void> = async () => {}) =>
  async (form: Form) => {
    const topics = form.getByRole('group', { name: /同意一起转过去的内容/ })
    for (const topic of await topics.getByRole('checkbox').all()) await way.means.tick(topic)
    await hand.tick('本人在电话里同意', form)
    await more(form)
  }

const viewOf = async (desk: Desk, code: string): Promise<Matter> => {
  const { region, id } = await desk.find(code)
  return desk.ask(`/api/matters/${region}/${id}`)
}

/** The newest matter of a desk that stands so. */
async function newest(desk: Desk, state: string): Promise<string> {
  const read = async () =>
    (await desk.ask<{ rows: { code: string; state: string }[] }>('/api/queue?purpose=all&limit=100')).rows.find(
      (row) => row.state === state,
    )?.code
  await expect.poll(read).toBeDefined()
  return (await read())! // just polled
}

/** What came along is part of the file once the job has copied it. */
const takenOver = async (desk: Desk, code: string) =>
  await expect.poll(async () => (await viewOf(desk, code)).facts.some(({ question, seq }) => question === 'story' && seq > 0)).toBe(true)

test('unpaid wages told to 12348 for a man without an account, mediated in vain and passed on to legal aid: he is asked nothing twice, comes to it by the telephone he proved, and each body sees its share (个人信息保护法 §23; 人民调解法 §17)', async () => {
  const agent = await stage.desk('qinghai.hotline')
  const call = handOn(agent.page, way.means)
  await agent.page.goto(`${stage.url()}/desk/take-in`)
  await call.pick('哪个县、区', /城东区/)
  await call.tick('12348 热线')
  await call.pick('哪一类', '工资、工伤、社保')
  await call.type('问什么', story)
  await call.tick('个人')
  await call.type(/^姓名/, '演示·马建国')
  await call.type(/^电话/, phone)
  await call.tick('打电话、发短信都行')
  await bring(agent.page.getByRole('heading', { level: 2, name: '办理', exact: true }), () => call.press('登记'))
  await stage.look(agent.page)
  const consulted = (await agent.page.locator('.heading .aside').textContent()) ?? ''
  await take(call, '转去人民调解', '已转出，等答复', agreed(call))

  const committee = await stage.desk('chengdong.mediation')
  const mediated = await newest(committee, 'referredIn')
  const table = await committee.at(mediated, way.means)
  await take(table, '接收', '已收到，待联系对方', async (form) => {
    await table.pick('纠纷类型', /工资|劳动/, form)
    await table.tick('没有', form)
  })
  await take(table, '登记被申请人，问其意见', '征求被申请人意见', (form) => table.type('姓名', '演示建筑公司', form))
  await takenOver(committee, mediated)
  await bring(table.page.getByRole('dialog'), () => table.press('记下本人说的'))
  const asking = table.page.getByRole('dialog')
  await asking.getByText('怎么来的').waitFor()
  expect(await asking.textContent()).not.toContain('事情经过')
  await table.tick('热线电话', asking)
  await table.type('住址', '西宁市城东区韵家口镇', asking)
  await stage.look(table.page)
  await table.press('记下', asking)
  await asking.waitFor({ state: 'detached' })
  await take(table, '不愿意调解', '没有开始调解')
  const forHim = (form: Form) => way.means.tick(form.getByRole('radiogroup', { name: '替谁转' }).getByRole('radio').first())
  await doing(table, '转去申请法律援助', agreed(table, forHim))

  const reviewer = await stage.desk('chengdong.reviewer')
  const aided = await newest(reviewer, 'referredIn')
  const aid = await reviewer.at(aided, way.means)
  expect(await textOf(aid)).toContain(story)
  await take(aid, '接收', '待补全申请')
  await takenOver(reviewer, aided)
  await bring(aid.page.getByRole('dialog'), () => aid.press('记下本人说的'))
  const rest = aid.page.getByRole('dialog')
  await rest.getByText('怎么来的').waitFor()
  expect(await rest.textContent()).toMatch(/已经知道：姓名：演.*只问下面还没说的/s)
  expect(await rest.textContent()).not.toMatch(/事情经过|安全的联系方式/)
  expect(await rest.getByLabel(/^姓名/).count()).toBe(0)
  await aid.tick('热线电话', rest)
  await aid.type(/身份证号/, '11010519491231002X', rest)
  await stage.look(aid.page)
  await aid.press('记下', rest)
  await rest.waitFor({ state: 'detached' })

  await bring(aid.page.getByRole('dialog'), () => aid.press(/^核对电话/))
  const proof = aid.page.getByRole('dialog')
  await bring(proof.getByText('已发出'), () => aid.press('发六位数字', proof))
  await aid.type('本人念的六位数字', stage.carrier().codeFor(phone), proof)
  await aid.press('核对', proof)
  await proof.waitFor({ state: 'detached' })
  await aid.page.getByText('电话已核对是本人的').waitFor()

  const seen = await viewOf(reviewer, aided)
  expect(seen.facts.map(({ question }) => question)).toEqual(expect.arrayContaining(['story', 'person', 'contact']))
  expect(seen.timeline.map(({ action }) => action)).not.toContain('decline')
  const { shares } = await committee.ask<Matter>(`/api${new URL(table.page.url()).pathname.replace('/desk', '')}`)
  expect(shares.map(({ stage: its }) => its).length).toBe(2)
  await expect(viewOf(agent, aided)).rejects.toThrow(/is in no queue/)
  expect(consulted).toContain('法律咨询')

  // The next code to the same telephone goes out a minute later at the earliest.
  await stage.later(1)
  const man = await stage.citizen(way)
  await signIn(man, stage, phone)
  await man.open(`${stage.url()}/m/${aided}`)
  const read = await textOf(man)
  for (const words of [story, '转到了这里', '本人在电话里同意', '已接收', '接着填']) expect(read).toContain(words)
})
