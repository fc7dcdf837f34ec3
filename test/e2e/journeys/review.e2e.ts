import { describe, expect, test } from 'vitest'
import { bring } from '#test/e2e/kit/arrive.ts'
import { assignFirst, engage, grant, stateOf, take, type Desk } from './desk.ts'
import { onStage, ways } from './stage.ts'
import { begin, file, photo, support, tell, textOf, today, wages } from './telling.ts'

const stage = onStage()
const unpaid = '三月起在城东一个工地绑钢筋，说好一天三百，干到五月底一分钱没给。'
const alone = '老伴走了以后一个人过，儿子两年没给过生活费，看病的钱也不管。'

const reviewClock = async (desk: Desk, code: string) => (await desk.read(code)).clocks.find(({ limit }) => limit === 'review')

describe.each(ways)('$way', (way) => {
  test('what is missing is asked once, photographed with a phone, and the review waits meanwhile (法律援助法 §43(2); AC-05)', async () => {
    const worker = await stage.citizen(way)
    const code = await begin(worker, stage.url(), unpaid)
    await tell(worker, { ...wages, documents: {} })
    await file(worker)

    const reviewer = await stage.desk('chengdong.reviewer')
    const asking = await reviewer.at(code, way.means)
    await take(asking, '一次性告知补充材料', '等申请人补充材料', async (form) => {
      await asking.tick('身份证明', form)
      await asking.tick('低保、务工等情况的证明', form)
      await asking.date('补齐日期', today(10), form)
      await asking.type('需要说明的情况', '工牌和身份证各拍一张就行。', form)
      await stage.look(asking.page)
    })
    expect(await reviewClock(reviewer, code)).toMatchObject({ status: 'paused', pauses: [{ to: null }] })
    await asking.page.getByText('暂停', { exact: true }).first().waitFor()

    await worker.follow('看进度')
    expect(await textOf(worker)).toContain('等您来办')
    await worker.follow(/补上.*身份证明/)
    await worker.press('传上去')
    expect(await worker.page.getByRole('alert').textContent()).toContain('请先选一张照片')
    await worker.attach(/身份证明/, await photo())
    await worker.send('传上去')
    await worker.follow(/补上.*低保、务工/)
    await worker.attach(/低保、务工/, await photo())
    await worker.send('传上去')
    await worker.send('材料已补齐')
    expect(await textOf(worker)).toContain('审查中')

    expect(await reviewClock(reviewer, code)).toMatchObject({ status: 'running', pauses: [{ to: expect.any(String) }] })
    const { actions, documents } = await reviewer.read(code)
    expect(documents.map(({ kind }) => kind).toSorted()).toEqual(['identity', 'status'])
    expect(actions.find(({ key }) => key === 'ask')).toMatchObject({ allowed: false })

    await grant(await reviewer.at(code, way.means))
    await worker.open(`${stage.url()}/m/${code}`)
    expect(await textOf(worker)).toContain('已给予援助，待指派')
  })

  test('a refusal is objected to on the portal, the bureau orders a correction, and the agency decides again (法律援助法 §49; AC-07)', async () => {
    const father = await stage.citizen(way)
    const code = await begin(father, stage.url(), alone)
    await tell(father, support('9800'))
    await file(father)

    const reviewer = await stage.desk('chengdong.reviewer')
    const refusing = await reviewer.at(code, way.means)
    await bring(refusing.page.getByText('建议不予援助').first(), () => refusing.press('核算资格'))
    await take(refusing, '决定不予法律援助', '不予援助，待送达', async (form) => {
      await refusing.type('不予援助的理由（写给申请人看）', '每月收入九千八百元，超过本省经济困难标准，所以不能给予援助。', form)
    })
    await take(refusing, '登记决定书送达', '不予援助决定已送达', (form) => refusing.date('收到决定书的日期', today(), form))

    await father.follow('看进度')
    expect(await textOf(father)).toMatch(/九千八百元.*如果不服/)
    await father.follow(/看决定全文/)
    expect(await textOf(father)).toMatch(/不予法律援助决定书.*九千八百元.*以送达的决定书为准.*附表.*9,800/s)
    await father.follow('返回上一步')
    await father.unfold('对这个决定提出异议')
    await father.send('交给司法局')
    expect(await textOf(father)).toContain('司法局审查中')
    const objection = new URL(father.page.url()).pathname.split('/')[2] ?? ''
    expect(objection).not.toBe(code)

    const bureau = await stage.desk('chengdong.bureau')
    const deciding = await bureau.at(objection, way.means)
    await take(deciding, '责令法律援助机构改正', '责令改正', async (form) => {
      await deciding.type('决定理由', '两年没有收到赡养费，医药费应当从收入里减去，请重新作出决定。', form)
      await deciding.date('送达日期', today(), form)
    })
    await stage.look(deciding.page)

    await expect.poll(() => stateOf(reviewer, code), { timeout: 20_000 }).toBe('correcting')
    const correcting = await reviewer.at(code, way.means)
    await take(correcting, '决定给予法律援助', '已给予援助，待指派')
    await father.open(`${stage.url()}/m/${code}`)
    expect(await textOf(father)).toContain('已给予援助，待指派')
    expect(await textOf(father)).toContain('责令改正')
    await father.follow(/法律援助异议/)
    expect(await textOf(father)).toContain('医药费应当从收入里减去')
    const { timeline } = await reviewer.read(code)
    expect(timeline.map(({ action }) => action).join(' ')).toBe('open submit assess refuse serveRefusal contest correct grant')
  })

  test('a person asks for another lawyer with reasons, and the director decides and sends one (法律援助法 §55; AC-18)', async () => {
    const worker = await stage.citizen(way)
    const code = await begin(worker, stage.url(), unpaid)
    await tell(worker, { ...wages, documents: {} })
    await file(worker)
    await grant(await (await stage.desk('chengdong.reviewer')).at(code, way.means))
    const director = await stage.desk('chengdong.director')
    const before = await assignFirst(await director.at(code, way.means))

    await worker.follow('看进度')
    await worker.unfold('申请更换承办人')
    await worker.type('承办人没有尽责的情况', '三次约好见面都没有来，电话也不回，马上就要过时效了。')
    await worker.send('申请更换承办人')
    expect(await textOf(worker)).toContain('更换承办人审查中')

    const deciding = await director.at(code, way.means)
    await deciding.page.getByText('三次约好见面都没有来').first().waitFor()
    const after = await assignFirst(deciding, '更换承办人', before.name)
    await stage.look(deciding.page)
    expect(after.name).not.toBe(before.name)
    await worker.open(`${stage.url()}/m/${code}`)
    expect(await textOf(worker)).toContain(after.name)
    const { clocks, timeline } = await director.read(code)
    expect(clocks.find(({ limit }) => limit === 'replacement')).toMatchObject({ status: 'stopped', wasLate: false })
    expect(timeline.map(({ action }) => action).join(' ')).toBe('open submit assess grant assign requestReplacement replace')
    await expect((await stage.desk(before.login)).read(code)).rejects.toThrow('in no queue')
    await engage(await (await stage.desk(after.login)).at(code, way.means))
    await worker.open(`${stage.url()}/m/${code}`)
    expect(await textOf(worker)).toContain('办理中')
  })
})
