import { describe, expect, test } from 'vitest'
import { onStage, ways } from './stage.ts'
import { begin, codeIn, file, tell, textOf, wages } from './telling.ts'

const stage = onStage()
const story = '在城东的饭店洗了半年碗，最后两个月的工钱一直拖着不给。'

describe.each(ways)('$way', (way) => {
  test('an answer changed after the check asks only what now hangs on it, and comes back to the check (法律援助法 §41, 42(3))', async () => {
    const worker = await stage.citizen(way)
    const code = await begin(worker, stage.url(), story)
    await tell(worker, wages)
    expect(await textOf(worker)).toContain('微信、短信、照片、录音')

    await worker.follow(/修改.*现在住在哪里/)
    await worker.follow('返回上一步')
    expect(new URL(worker.page.url()).pathname).toBe(`/m/${code}/check`)
    await worker.follow(/修改.*现在住在哪里/)
    expect(await worker.page.getByText('改了这一项').count()).toBe(0)
    await worker.type('住在', '西宁市城中区，饭店宿舍')
    await worker.send('继续')
    expect(await textOf(worker)).toContain('饭店宿舍')

    await worker.follow(/修改.*外出务工/)
    expect(await textOf(worker)).toContain('改了这一项，后面要问的可能会变')
    await worker.tick('不是')
    await worker.send('继续')
    expect(await textOf(worker)).toMatch(/您改了.*所以下面多了 \d+ 件事要问.*不再需要/s)
    await worker.follow('接着回答')
    expect(await tell(worker, { status: { tick: ['正在领低保'] } })).toEqual(['status'])
    const said = await textOf(worker)
    expect(said).toContain('正在领低保')
    expect(said).toContain(story)
    expect(said).not.toContain('微信、短信、照片、录音')
    await file(worker)

    const { facts } = await (await stage.desk('chengdong.reviewer')).read(code)
    const asked = facts.map(({ question }) => question)
    expect(asked).toEqual(expect.arrayContaining(['migrant', 'status']))
    expect(asked).not.toContain('workProof')
  })

  test('a draft left half way is found again on another phone after the service was restarted (法律援助法 §38; 个人信息保护法 §51)', async () => {
    const worker = await stage.citizen(way)
    const code = await begin(worker, stage.url(), story)
    const before = await tell(worker, wages, 'deadline')
    const secret = /口令\s*([0-9A-Z]{4,})/.exec((await worker.page.getByRole('complementary').textContent()) ?? '')?.[1] ?? ''
    expect(secret).not.toBe('')

    await stage.restart()
    const another = await stage.citizen(way)
    await another.open(stage.url())
    await another.follow('查进度')
    await another.type('编号', code.toLowerCase())
    await another.type('口令', 'WRONG')
    await another.send('打开')
    expect(await another.page.getByRole('alert').textContent()).toContain('编号或者口令不对')
    expect(await another.page.getByLabel('编号').first().inputValue()).toBe(code.toLowerCase())
    await another.type('口令', ` ${secret.toLowerCase()} `)
    await another.send('打开')
    expect(codeIn(another)).toBe(code)
    const after = await tell(another, wages)
    expect(after[0]).toBe('deadline')
    expect(before.filter((key) => after.includes(key))).toEqual([])
    expect(await textOf(another)).toContain(story)
    await file(another)
    expect(await textOf(another)).toContain(code)
  })
})
