import { describe, expect, test } from 'vitest'
import { onStage, ways } from './stage.ts'
import { assignFirst, engage, grant, take } from './desk.ts'
import { begin, file, tell, textOf, today, wages } from './telling.ts'

const stage = onStage()
const story = '老板拖欠我们三个月工资，一直不给，欠条也不肯打，电话也不接了。'

describe.each(ways)('$way', (way) => {
  test('an unpaid worker asks for help and in the end says himself what he received (法律援助法 §31(5), 42(3), 43, 50)', async () => {
    const worker = await stage.citizen(way)
    const code = await begin(worker, stage.url(), story)
    const asked = await tell(worker, wages)
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked).not.toContain('story')
    await file(worker)
    expect(await textOf(worker)).toContain(code)

    const reviewer = await stage.desk('chengdong.reviewer')
    const review = await reviewer.at(code, way.means)
    await grant(review)
    await stage.look(review.page)

    const director = await stage.desk('chengdong.director')
    const sending = await director.at(code, way.means)
    const chosen = await assignFirst(sending)
    await worker.follow('看进度')
    expect(await textOf(worker)).toContain(chosen.name)

    const lawyer = await stage.desk(chosen.login)
    const office = await lawyer.at(code, way.means)
    await engage(office)
    await take(office, '报告办结', '已办结，待交卷', async (form) => {
      await office.pick('结果', '全部支持', form)
      await office.date('结案日期（收到裁判文书或达成协议之日）', today(), form)
      await office.type('请求金额', '18000', form)
      await office.type('实际追回金额', '18000', form)
      await office.type('开庭次数', '1', form)
      await office.type('会见次数', '2', form)
    })
    await stage.look(office.page)

    await worker.open(`${stage.url()}/m/${code}`)
    await worker.tick('只有一部分')
    await worker.type('您一共收到多少（元）', '1.2万')
    await worker.send('就这样回复')
    expect(await worker.page.getByRole('radio', { name: '是，我收到了' }).count()).toBe(0)
    const { timeline } = await director.read(code)
    expect(timeline.map(({ action }) => action).join(' ')).toBe(
      'open attach submit assess grant assign attach engage conclude confirmOutcome',
    )
    expect(timeline.at(-1)?.rows.map(({ value }) => value)).toEqual(['只有一部分', expect.stringContaining('12,000')])
  })
})
