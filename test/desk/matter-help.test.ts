import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { helpOf as helpOfAction } from '#api/matter/action-help.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { lines } from '#lines/services.ts'
import { loadRegions } from '#records/register/regions.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let m: Matter
beforeAll(async () => {
  w = await world()
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
})
afterAll(() => w[Symbol.asyncDispose]())
beforeEach(async () => {
  w.at('2026-03-02T09:00')
  m = await w.filed()
})

const view = (who: (typeof cast)[keyof typeof cast] = cast.wang) => w.run(who, (tx) => viewMatter(tx, m))
const allowed = async () => (await view()).actions.filter((action) => action.allowed && action.own !== 'upload').map(({ key }) => key)
const helpOf = async (key: string, who?: (typeof cast)[keyof typeof cast]) =>
  (await view(who)).actions.find((action) => action.key === key)?.help

describe('what usually comes next stands first', () => {
  test('under review it is the assessment, before anything is asked for (法律援助法 §43)', async () => {
    expect((await allowed())[0]).toBe('assess')
  })

  test.each(['grant', 'refuse'])('once assessed it is the decision proposed: %s', async (proposal) => {
    await w.assessed(m, proposal)
    expect((await allowed())[0]).toBe(proposal)
  })
})

describe('what an action leads to is read off the line before it is taken', () => {
  test('asking for papers pauses the review until a day the officer gives, and tells the applicant (法律援助法 §43)', async () => {
    expect(await helpOf('ask')).toMatchObject({
      becomes: ['等申请人补充材料'],
      limits: [
        { title: '补充材料', change: 'starts', ofTitle: '申请人', dueAt: null, article: '《法律援助法》第四十三条第二款' },
        { title: '审查并作出决定', change: 'pauses', dueAt: null },
      ],
      letters: [{ to: '当事人', text: expect.stringContaining('您填写的日期') }],
    })
  })

  test('what a grant is said to start and stop is what it does start and stop', async () => {
    await w.assessed(m)
    const help = await helpOf('grant')
    await w.act(cast.wang, m, 'grant', {})
    const { clocks, stateTitle } = await view()
    const last = (change: string) => help?.limits.filter((limit) => limit.change === change).map(({ title, dueAt }) => [title, dueAt])
    expect(help?.becomes).toEqual([stateTitle])
    expect(last('starts')).toEqual(clocks.filter(({ status }) => status === 'running').map(({ title, dueAt }) => [title, dueAt]))
    expect(last('stops')?.map(([title]) => title)).toEqual(clocks.filter(({ status }) => status === 'stopped').map(({ title }) => title))
  })

  test('the person’s own pages are told nothing of letters to the office', async () => {
    expect(await helpOf('withdraw', cast.li)).toBeNull()
  })

  test.each(lines.map((line) => [line.title.zh, line] as const))('every action of %s, from every state it is taken in', async (_, line) => {
    const its = { actor: cast.guo, now: w.now(), law: w.on.settings.lawOf(m.region, w.now()) }
    const told = Object.entries(line.actions).flatMap(([key, { from }]) =>
      from.map((state) => helpOfAction(line, { ...m, state }, key, [], its, 'zh')),
    )
    expect(told.flatMap(({ becomes, limits }) => [...becomes, ...limits.map(({ title }) => title)])).not.toContain('')
    expect(told.some(({ limits }) => limits.some(({ change }) => change === 'starts'))).toBe(true)
  })
})

test('a limit that waits says what it waits for, and what happens when another passes (法律援助法 §43)', async () => {
  await w.act(cast.wang, m, 'ask', { missing: ['identity'], until: '2026-03-10' })
  const { clocks } = await view()
  expect(clocks.find(({ limit }) => limit === 'review')?.pauses).toEqual([
    { from: '2026-03-02', to: null, why: { title: '一次性告知补充材料', article: '《法律援助法》第四十三条第二款' } },
  ])
  expect(clocks.find(({ limit }) => limit === 'supplement')?.passing).toEqual({ title: '逾期未补充，视为撤回', tells: ['当事人'] })
  expect(clocks.find(({ limit }) => limit === 'review')?.passing).toEqual({ title: '逾期', tells: ['司法局'] })
})

test('only what the log does not keep of a form counts as personal: its draft stays in memory', async () => {
  const personal = async (who: (typeof cast)[keyof typeof cast]) =>
    (await view(who)).actions.filter(({ isPersonal }) => isPersonal).map(({ key }) => key)
  expect([await personal(cast.li), await personal(cast.wang)]).toEqual([['appointProxy'], []])
})
