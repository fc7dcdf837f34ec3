import { describe, expect, test } from 'vitest'
import { demoPassword } from '../../../seed/demo-accounts.ts'
import type { Candidate, QueueRow } from '../../../web/workbench/contract.ts'
import { bring } from '#test/e2e/kit/arrive.ts'
import { nextCode } from '#test/e2e/kit/people.ts'
import { assignFirst, engage, grant, take, type Desk } from './desk.ts'
import { onStage, ways } from './stage.ts'
import { begin, file, tell, textOf, wages } from './telling.ts'

const stage = onStage()
const unpaid = '在城东一个工地砌墙，干到九月底，还有两万块钱没给。'

/** A granted accident case of the demo, where the office knows of two lawyers that they may not take it. */
async function caseWithConflicts(director: Desk): Promise<QueueRow | undefined> {
  const { rows } = await director.ask<{ rows: QueueRow[] }>('/api/queue?purpose=unassigned&limit=100')
  for (const row of rows.filter(({ state }) => state === 'granted')) {
    const candidates = await candidatesIn(director, row)
    if (candidates.filter(({ verdict, reasons }) => verdict === 'block' && reasons.some(({ code }) => /^C[12]$/.test(code))).length === 2)
      return row
  }
  return undefined
}

const candidatesIn = async (director: Desk, { region, id }: { region: string; id: string }) =>
  (await director.ask<{ candidates: Candidate[] }>(`/api/matters/${region}/${id}/panels/candidates`)).candidates

describe.each(ways)('$way', (way) => {
  test('an officer signs in, takes the first matter of the queue, and comes back to the queue (个人信息保护法 §51)', async () => {
    const officer = await stage.screen(way)
    await officer.open(`${stage.url()}/desk/`)
    await officer.type('账号', 'heping.director')
    await officer.type('密码', demoPassword)
    await officer.type('动态口令', await nextCode('heping.director'))
    await officer.press('登录')
    const queue = officer.page.getByRole('navigation', { name: '按要做的事分' })
    const all = officer.page.getByRole('heading', { level: 1, name: '全部', exact: true })
    await bring(all, () => officer.go('全部', queue))
    const first = officer.page.getByRole('table').getByRole('rowheader').first()
    await bring(officer.page.getByRole('heading', { level: 2, name: '期限', exact: true }), () => officer.go(/./, first))
    await stage.look(officer.page)
    await bring(all, () => officer.go(/回到全部/))
  })

  test('the director reads why two lawyers may not be sent, cannot choose them, and is refused if it is tried (律师法 §39; AC-10)', async () => {
    const director = await stage.desk('chengdong.director')
    const row = (await caseWithConflicts(director))! // the demo tells of one
    const choosing = await director.at(row.code, way.means)
    await choosing.press('指派承办人')
    const form = choosing.page.getByRole('dialog')
    for (const why of ['在同一案件中为对方提供过服务', '近亲属与本案有利益冲突']) {
      const barred = form.getByRole('row').filter({ hasText: why })
      expect(await barred.textContent()).toMatch(/不能指派.*《律师法》第三十九条/)
      expect(await barred.getByRole('radio').isDisabled()).toBe(true)
    }
    expect(await form.textContent()).not.toMatch(/[a-z]{3}/)
    await stage.look(choosing.page)
    await choosing.press('先不办', form)
    await form.waitFor({ state: 'detached' })
    const barred = (await candidatesIn(director, row)).find(({ reasons }) => reasons.some(({ code }) => code === 'C1'))
    await expect(director.act(row.code, 'assign', { practitioner: barred?.practitioner })).rejects.toThrow(/409.*这位律师和对方有关系/)
  })

  test('a lawyer who finds that he has an interest says so, and the director sends another (律师法 §39; 法律援助法 §46; AC-10)', async () => {
    const worker = await stage.citizen(way)
    const code = await begin(worker, stage.url(), unpaid)
    await tell(worker, { ...wages, documents: {} })
    await file(worker)
    const reviewer = await stage.desk('chengdong.reviewer')
    await grant(await reviewer.at(code, way.means))
    const director = await stage.desk('chengdong.director')
    const first = await assignFirst(await director.at(code, way.means))

    const lawyer = await stage.desk(first.login)
    const reporting = await lawyer.at(code, way.means)
    await take(reporting, '报告利益冲突或不能办理', '更换承办人审查中', async (form) => {
      await bring(form.getByText('请填写').first(), () => reporting.press('报告利益冲突或不能办理', form))
      await reporting.tick('有利益冲突', form)
      await reporting.type(/理由/, '对方公司的负责人是我妻子的哥哥，属于近亲属，不能继续办理。', form)
    })

    const replacing = await director.at(code, way.means)
    await replacing.page.getByText('我妻子的哥哥').first().waitFor()
    const second = await assignFirst(replacing, '更换承办人', first.name)
    expect(second.name).not.toBe(first.name)
    const barred = (await candidatesIn(director, await director.find(code))).find(({ name }) => name === first.name)
    expect(barred).toMatchObject({ verdict: 'block', reasons: [{ code: 'C10', text: '已报告有利害关系或者客观上不能办理。' }] })
    await worker.follow('看进度')
    expect(await textOf(worker)).toContain(second.name)
    expect(await textOf(worker)).not.toContain('妻子的哥哥')
    await engage(await (await stage.desk(second.login)).at(code, way.means))
  })
})
