import { describe, expect, test } from 'vitest'
import { bring, standing } from '#test/e2e/kit/arrive.ts'
import { handOn, type Hand } from '#test/e2e/kit/hands.ts'
import { take, type Desk } from './desk.ts'
import { onStage, ways, type Way } from './stage.ts'
import { comeByLink, does, doing, link, signIn, until } from './table.ts'
import { codeIn, file, neighbours, photo, tell, textOf, today } from './telling.ts'

const stage = onStage()
const wall = '邻居家翻修，把墙砌到我家院子里半米，说了几次都不拆。'

/** One number for each way of going through, since a code is sent once a minute. */
const phoneOf = ({ hasScript }: Way) => `1390000042${hasScript ? 1 : 2}`

const atPage = (code: string) => `${stage.url()}/m/${code}`

/** The respondent comes by their phone, and the committee knows who they are. */
async function respondentOf(way: Way, desk: Desk, code: string): Promise<Hand> {
  const hand = await stage.citizen(way)
  await link(desk, code, await signIn(hand, stage, phoneOf(way)))
  await hand.open(atPage(code))
  return hand
}

/** Mediators are appointed at the committee's desk, and the one who presides begins. */
async function beginAt(committee: Desk, code: string, way: Way): Promise<{ mediator: Desk; hand: Hand }> {
  const chairing = await committee.at(code, way.means)
  await doing(chairing, '安排调解员', async (form) => {
    await chairing.tick(/专职人民调解员/, form.getByRole('group', { name: '调解员' }))
    await chairing.tick(/专职人民调解员/, form.getByRole('radiogroup', { name: '主持调解员' }))
    await stage.look(chairing.page)
  })
  const mediator = await stage.desk('chengdong.mediator1')
  const hand = await mediator.at(code, way.means)
  await take(hand, '讲明权利，开始调解', '调解中')
  return { mediator, hand }
}

describe.each(ways)('$way', (way) => {
  test('a neighbour’s wall: from the first page to an agreement that both sign on their phones, the one asked by a letter’s link and without an account, sealed, and confirmed by the court on their joint application (人民调解法 §17, §29, §33; 民事诉讼法 §205)', async () => {
    const asks = await stage.citizen(way)
    await asks.open(stage.url())
    await asks.type('发生了什么事', wall)
    await asks.pick(/在哪/, /城东区/)
    await asks.send('开始')
    expect(await textOf(asks)).toMatch(/有几条路可以走.*申请人民调解.*申请法律援助/s)
    await asks.tick('申请人民调解')
    await asks.send('开始')
    const code = codeIn(asks)
    const { story: _, ...rest } = neighbours
    expect(await tell(asks, rest)).not.toContain('story')
    expect(await textOf(asks)).toContain(wall)
    await file(asks)

    const committee = await stage.desk('chengdong.mediation')
    await take(await committee.at(code, way.means), '登记被申请人，问其意见', '征求被申请人意见')
    const answers = await stage.citizen(way)
    await comeByLink(answers, committee, code, stage)
    expect(await textOf(answers)).toMatch(/征求被申请人意见.*谈不谈都自愿/s)
    expect(await textOf(answers)).not.toMatch(/半米|祁秀兰|东院/)
    await answers.send('同意调解')

    const { mediator, hand: table } = await beginAt(committee, code, way)
    await table.attach('上传协议书文本', await photo())
    await table.page
      .getByRole('link', { name: /IMG_0001/ })
      .first()
      .waitFor()
    await take(table, '协议写好，请各方签名', '协议已写好，待各方签名')
    for (const hand of [asks, answers]) {
      await hand.open(atPage(code))
      await does(hand, '签名')
    }
    expect(await textOf(answers)).toContain('协议已写好，待各方签名')
    await take(await mediator.at(code, way.means), '签名', '都已签名，待盖章')
    await take(await committee.at(code, way.means), '盖章，协议生效', '已达成协议，履行中')

    await asks.open(atPage(code))
    await does(asks, '一起申请司法确认')
    await until(asks, atPage(code), /司法确认（/)
    await asks.follow(/司法确认（/)
    const joint = codeIn(asks)
    const court = await committee.at(joint, way.means)
    await take(court, '定好向哪个法院申请', '待各方一起申请', async (form) => {
      await court.tick('调解组织所在地的基层法院', form)
      await court.type('法院', '演示区人民法院', form)
      await court.tick('没有下面的情形', form)
      await stage.look(court.page)
    })
    await asks.open(atPage(joint))
    await does(asks, '申请司法确认')
    await comeByLink(answers, committee, joint, stage)
    await does(answers, '申请司法确认')
    expect(await textOf(answers)).toContain('各方已申请，待法院受理')
    const ruling = await committee.at(joint, way.means)
    await take(ruling, '法院受理', '法院已受理', (form) => ruling.date('法院立案的日子', today(), form))
    await take(ruling, '法院裁定确认', '法院已确认，协议有效', (form) => ruling.date('裁定的日子', today(), form))
    for (const hand of [asks, answers]) {
      await hand.open(atPage(joint))
      expect(await textOf(hand)).toMatch(/法院已确认，协议有效.*强制执行/s)
    }
  })

  test('the committee takes in a dispute that nobody asked it about, by the form at its desk, and offers both sides to mediate (人民调解法 §17)', async () => {
    const { page } = await stage.desk('chengdong.mediation')
    const desk = handOn(page, way.means)
    await page.goto(`${stage.url()}/desk/take-in`)
    await desk.press('收下或者提议一件调解')
    await desk.type('姓名或者单位', '演示·马成英')
    await desk.pick('纠纷类型', '宅基地、土地')
    await desk.type('事情经过', '两家为滴水檐吵了一个月，村里劝不住。')
    await desk.tick('没有', page.getByRole('radiogroup', { name: /不敢说/ }))
    await desk.tick('是', page.getByRole('radiogroup', { name: /主动提议/ }))
    await stage.look(page)
    await bring(standing(page, '已收到，待联系对方'), () => desk.press('登记'))
    await take(desk, '登记被申请人，问其意见', '调解委员会提议，征求各方意见', (form) => desk.type('姓名', '演示·马有仓', form))
  })

  test('violence told in a mediation story: private from there on, nobody is called into one room, and the other side reads nothing of it (人民调解法 §3, §25)', async () => {
    const asks = await stage.citizen(way)
    await asks.open(`${stage.url()}/start/mediation?kind=family`)
    await asks.pick(/在哪/, /城东区/)
    await asks.send('开始')
    const code = codeIn(asks)
    await tell(asks, { notice: neighbours['notice'] ?? {} }, 'story')
    expect(await asks.page.getByRole('link', { name: '快速离开本页' }).count()).toBe(0)
    const afraid = { ...neighbours, story: { type: { 发生了什么事: '老公喝了酒就打我，我不敢一个人和他说离婚的事。' } } }
    await tell(asks, { story: afraid.story }, 'opponent')
    expect(await asks.page.getByRole('link', { name: '快速离开本页' }).count()).toBeGreaterThan(0)
    await stage.look(asks.page, way.hasScript)
    await tell(asks, afraid)
    await file(asks)

    const committee = await stage.desk('chengdong.mediation')
    await take(await committee.at(code, way.means), '登记被申请人，问其意见', '征求被申请人意见')
    const answers = await respondentOf(way, committee, code)
    await answers.send('同意调解')
    const { mediator, hand: table } = await beginAt(committee, code, way)
    await expect(mediator.act(code, 'meetTogether', { at: '2099-01-01T09:30:00+08:00', place: 'committee' })).rejects.toThrow(
      /不方便当面谈/,
    )
    await table.unfold(/现在不能办的/)
    expect(await table.page.getByRole('button', { name: '约各方一起谈' }).isDisabled()).toBe(true)

    const { actions } = await mediator.read(code)
    const party = actions.find(({ key }) => key === 'meetApart')?.schema.properties?.['party']?.oneOf?.[0]?.const
    await mediator.act(code, 'meetApart', { party, at: `${today(1)}T09:30:00+08:00`, place: 'village' })
    await asks.open(atPage(code))
    expect(await textOf(asks)).toMatch(/约好了单独和您谈的时间.*村（居）调解室/s)
    await answers.open(atPage(code))
    expect(await textOf(answers)).toContain('调解中')
    expect(await textOf(answers)).not.toMatch(/单独和您谈|村（居）调解室|打我|不敢|当面|暴力|祁秀兰|东院/)
  })
})

describe.each(ways)('$way, the days pass', (way) => {
  test('a respondent who never answers: it ends as no answer, nobody is blamed, and the applicant is told the other ways (人民调解法 §17, §26)', async () => {
    const asks = await stage.citizen(way)
    await asks.open(`${stage.url()}/start/mediation?kind=neighbour`)
    await asks.pick(/在哪/, /城东区/)
    await asks.send('开始')
    const code = codeIn(asks)
    expect(await tell(asks, neighbours)).not.toContain('kind')
    await file(asks)
    const secret = /口令\s*([0-9A-Z]{4,})/.exec(await textOf(asks))?.[1] ?? ''
    const before = await stage.desk('chengdong.mediation')
    await take(await before.at(code, way.means), '登记被申请人，问其意见', '征求被申请人意见')
    expect((await before.read(code)).actions.find(({ key }) => key === 'closeUnanswered')).toMatchObject({ allowed: false })

    await stage.later(8)
    const after = await stage.desk('chengdong.mediation')
    const waited = async () => (await after.read(code)).actions.find(({ key }) => key === 'closeUnanswered')?.allowed
    await expect.poll(waited).toBe(true)
    await take(await after.at(code, way.means), '没有答复，不再等了', '没有等到答复')

    const back = await stage.citizen(way)
    await back.open(`${stage.url()}/return`)
    await back.type('编号', code)
    await back.type('口令', secret)
    await back.send('打开')
    expect(await textOf(back)).toMatch(/没有等到答复.*申请仲裁.*起诉/s)
    expect(await textOf(back)).not.toMatch(/被申请人.{0,6}(?:不|未|没有)|对方不/)
    await stage.look(back.page, way.hasScript)
  })
})
