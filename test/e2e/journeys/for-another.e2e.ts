import { describe, expect, test } from 'vitest'
import { madeUp } from '../../../seed/demo-ids.ts'
import { assignFirst, engage, grant } from './desk.ts'
import { onStage, ways, type Way } from './stage.ts'
import { begin, child, codeIn, father, file, tell, textOf, wages } from './telling.ts'

const stage = onStage()

/** One number for each way of going through, since a code is sent once a minute. */
const sonsPhone = ({ hasScript }: Way) => (hasScript ? '13900000301' : '13900000302')

/** The lawyers of the prefecture who are familiar with minors (未成年人保护法 §104(2)). */
const knowChildren = ['星占梅', '东永兰'].map(madeUp)

describe.each(ways)('$way', (way) => {
  test('a mother applies for her child against the father who pays nothing; he may not, and is told who may (法律援助法 §40(1), 民法典 §23; AC-12)', async () => {
    const mother = await stage.citizen(way)
    const code = await begin(mother, stage.url(), '离婚以后孩子跟我，孩子的爸爸从去年开始不给抚养费，电话也不接。')
    const first = await tell(mother, child, 'opponentParent')
    await mother.tick('对方就是我')
    await mother.send('继续')
    expect(await mother.page.getByRole('alert').textContent()).toMatch(/不能替孩子申请.*另一位父母.*爷爷奶奶/)
    await stage.look(mother.page, way.hasScript)
    const rest = await tell(mother, child)
    const asked = [...first, ...rest]
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked).not.toContain('income')
    await file(mother)

    const reviewer = await stage.desk('chengdong.reviewer')
    await grant(await reviewer.at(code, way.means))
    const { facts } = await reviewer.read(code)
    expect(facts.find(({ question }) => question === 'opponentParent')?.rows[0]?.value).toBe('是，我是孩子的另一位父母、监护人')
    const director = await stage.desk('chengdong.director')
    const sending = await director.at(code, way.means)
    const { name, login } = await assignFirst(sending)
    expect(knowChildren).toContain(name)
    await mother.follow('看进度')
    expect(await textOf(mother)).toContain(name)
    await engage(await (await stage.desk(login)).at(code, way.means))
    await mother.open(`${stage.url()}/m/${code}`)
    expect(await textOf(mother)).toContain('办理中')
  })

  test('a son applies as proxy and sees only what his father allowed (民法典 §165; 法律援助法 §40)', async () => {
    const old = await stage.citizen(way)
    const other = await begin(old, stage.url(), '前年打零工，工头还欠我两个月工钱没给。')
    await old.open(stage.url())
    const code = await begin(old, stage.url(), '在工地上摔了腿，躺在床上起不来，儿子替我办。')
    await old.follow('委托他人代办')
    await old.send('就托这个人')
    expect(await old.page.getByRole('alert').textContent()).toMatch(/11 位手机号/)
    await old.type('代办人的手机号', sonsPhone(way))
    await old.tick('我同意')
    await old.send('就托这个人')
    expect(codeIn(old)).toBe(code)

    const son = await stage.citizen(way)
    await son.open(`${stage.url()}/sign-in`)
    await son.type('手机号', sonsPhone(way))
    await son.send('发短信')
    await son.type('六位数字', stage.carrier().codeFor(sonsPhone(way)))
    await son.send('登录')
    expect(
      await son.page
        .getByRole('main')
        .getByRole('link', { name: /法律援助/ })
        .count(),
    ).toBe(1)
    await son.follow(/法律援助/)
    expect(codeIn(son)).toBe(code)
    await tell(son, father)
    await file(son)
    await son.follow('看进度')
    expect(await son.page.getByRole('main').locator('summary').allTextContents()).not.toEqual(expect.arrayContaining(['撤回申请']))
    expect(await son.page.getByRole('main').locator('summary, a').allTextContents()).not.toEqual(expect.arrayContaining(['委托他人代办']))
    expect((await son.page.goto(`${stage.url()}/m/${other}`))?.status()).toBe(404)

    const reviewer = await stage.desk('chengdong.reviewer')
    const { timeline } = await reviewer.read(code)
    expect(timeline.map(({ action, byRole }) => `${action} ${byRole}`)).toEqual(['open 申请人', 'appointProxy 申请人', 'submit 代办人'])

    await grant(await reviewer.at(code, way.means))
    await son.open(`${stage.url()}/m/${code}`)
    expect(await textOf(son)).toContain('已给予援助，待指派')

    await old.open(`${stage.url()}/m/${code}`)
    await old.unfold('取消代办')
    await old.send('取消代办')
    expect((await son.page.goto(`${stage.url()}/m/${code}`))?.status()).toBe(404)
    expect(stage.carrier().sentTo(sonsPhone(way)).join()).not.toMatch(/工地|摔|法律援助：/)
  })

  test('on the tablet of a village room the next person finds nothing of the one before (个人信息保护法 §51; 法律援助法 §38)', async () => {
    const tablet = await stage.citizen(way)
    const door = '/?via=village-room'
    const story = '在砖厂干了一冬天，老板一分钱没给，人也找不到了。'
    await tablet.open(stage.url() + door)
    await tablet.type('发生了什么事', story)
    await tablet.send('开始')
    expect(await tablet.page.getByRole('alert').textContent()).toContain('请选一项')
    await tablet.pick(/在哪/, /城东区/)
    await tablet.send('开始')
    const code = codeIn(tablet)
    await tell(tablet, wages)
    await file(tablet)
    const secret = /口令\s*([0-9A-Z]{4,})/.exec(await textOf(tablet))?.[1] ?? ''
    expect(secret).not.toBe('')
    await tablet.page.emulateMedia({ media: 'print' })
    expect(await tablet.page.getByText(secret).isVisible()).toBe(true)
    expect(await tablet.page.getByText(code).first().isVisible()).toBe(true)
    expect(await tablet.page.getByRole('button', { name: '换下一位' }).isVisible()).toBe(false)
    await tablet.page.emulateMedia({ media: 'screen' })
    await tablet.send('用完了，换下一位')
    const nothingOf = async () => expect(await tablet.page.content()).not.toMatch(new RegExp(`${code}|${secret}|砖厂`))
    await nothingOf()
    await tablet.page.goBack()
    await nothingOf()
    await tablet.open(`${stage.url()}/m/${code}`)
    expect(new URL(tablet.page.url()).pathname).toBe('/return')
    await nothingOf()

    const next = await begin(tablet, stage.url(), '弟弟借走两万块，说了几次都不还。', door)
    await tablet.follow('我的事')
    expect(await textOf(tablet)).toContain('没写完')
    await nothingOf()
    await tablet.open(stage.url() + door)
    expect(await tablet.page.getByRole('link', { name: '我的事' }).count()).toBe(0)
    await tablet.open(`${stage.url()}/m/${next}/next`)
    expect(new URL(tablet.page.url()).pathname).toBe('/return')

    const reviewer = await stage.desk('chengdong.reviewer')
    const { facts } = await reviewer.read(code)
    expect(new Set(facts.map(({ source }) => source.channel))).toEqual(new Set(['村居工作室']))
    await grant(await reviewer.at(code, way.means))

    await tablet.open(`${stage.url()}/return`)
    await tablet.type('编号', code)
    await tablet.type('口令', secret)
    await tablet.send('打开')
    expect(await textOf(tablet)).toContain('已给予援助，待指派')
  })
})
