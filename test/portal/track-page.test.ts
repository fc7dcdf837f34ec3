import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { services } from '#lines/services.ts'
import { say } from '#platform/messages/messages.ts'
import { signedIn, site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: Awaited<ReturnType<typeof site>>
beforeAll(async () => {
  w = await world()
  app = await site(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** The page of a matter as its person finds it now. */
const pageOf = async (m: Matter): Promise<string> => (await (await signedIn(w, app, cast.li)).get(`/m/${m.code}`)).body
const nowIn = (page: string): string => /<section class="now">.*?<\/section>/s.exec(page)?.[0] ?? ''
const explain = '工牌拍一张就行，看得清名字。'

/** Received on 2 March, one paper asked for on the 4th, to be supplied by the 19th. */
async function asked(): Promise<Matter> {
  w.at('2026-03-02')
  const m = await w.filed()
  w.at('2026-03-04')
  return w.act(cast.wang, m, 'ask', { missing: ['means'], until: '2026-03-19', explain })
}

test('what is missing stands at the top with the officer’s own words, the last day and the way to add it (法律援助法 §43(2))', async () => {
  const m = await asked()
  const now = nowIn(await pageOf(m))
  expect(now).toContain(explain)
  expect(now).toContain(`href="/m/${m.code}/add/means"`)
  expect(now).toMatch(/最晚 3月19日（周四）.*还有 15 天/s)
  expect(now).not.toContain('23:59')
})

test('once all is there, one press says so', async () => {
  const m = await asked()
  await w.attached(cast.li, m, 'means')
  const now = nowIn(await pageOf(m))
  expect(now).toContain(`action="/m/${m.code}/do/supply"`)
  expect(now).not.toContain('/add/means')
})

describe('urgent aid (法律援助法 §44)', () => {
  /** Given on 4 March, the papers to follow by the 11th. */
  async function urgent(over: Record<string, unknown> = {}): Promise<Matter> {
    w.at('2026-03-04')
    const m = await w.filed(over)
    await w.assessed(m, 'grant', true)
    return w.act(cast.wang, m, 'urgentAid', { ground: 'preservation', until: '2026-03-11' })
  }

  test('nobody is said to be helping before somebody was sent', async () => {
    const m = await urgent()
    const page = await pageOf(m)
    expect([nowIn(page).includes('马上安排承办人'), page.includes('已先安排')]).toEqual([true, false])
    await w.assigned(m, cast.zhao, 'assignUrgently')
    const after = nowIn(await pageOf(m))
    expect([after.includes('承办人已经安排好'), after.includes('马上安排')]).toEqual([true, false])
  })

  test('the papers still owed are named, and it waits for the person too (法律援助法 §44(2))', async () => {
    const m = await urgent({ route: 'check' })
    const links = (now: string) => [...now.matchAll(/\/add\/(\w+)"/g)].map(([, kind]) => kind)
    const now = nowIn(await pageOf(m))
    expect([links(now), now.includes('等您来办')]).toEqual([['identity', 'means', 'evidence'], true])
    for (const kind of ['identity', 'means', 'evidence']) await w.attached(cast.li, m, kind)
    const later = nowIn(await pageOf(m))
    expect([links(later), later.includes('等您来办')]).toEqual([[], false])
  })
})

test('who is sent elsewhere is told to whom (法律援助法 §38)', async () => {
  w.at('2026-03-04')
  const m = await w.act(cast.wang, await w.filed(), 'refer', { to: '西宁市城西区法律援助中心', reason: '住所和事情发生地都在城西区。' })
  expect(nowIn(await pageOf(m))).toContain('这件事由西宁市城西区法律援助中心办理')
})

test('who may apply again is led to where one begins, and nobody else', async () => {
  w.at('2026-03-04')
  const m = await w.filed()
  expect(await pageOf(m)).not.toContain('重新申请</a>')
  expect(await pageOf(await w.act(cast.li, m, 'withdraw'))).toMatch(/<a class="more" href="\/#f-story">重新申请</)
})

test('the notice a person was given decides their own limits; of those of others they are given none', async () => {
  w.at('2026-03-04')
  const m = await w.filed()
  await w.assessed(m, 'refuse')
  await w.act(cast.wang, m, 'refuse', { reason: '每月收入九千八百元，超过本省经济困难标准。' })
  const theirs = await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-03-04' })
  expect(nowIn(await pageOf(theirs))).toContain('以您收到的通知书为准')
  const ours = await w.filed()
  await w.assessed(ours)
  await w.act(cast.wang, ours, 'grant')
  await w.assigned(ours)
  await w.attached(cast.zhao, ours, 'agreement')
  await w.act(cast.zhao, ours, 'engage')
  const outcome = { result: 'won', concludedOn: '2026-03-04', claimedFen: 100, recoveredFen: 100, hearings: 0, meetings: 1 }
  const now = nowIn(await pageOf(await w.act(cast.zhao, ours, 'conclude', outcome)))
  expect([now.includes('提交结案卷宗'), now.includes('通知书')]).toEqual([true, false])
})

test('a message calls the code what the pages call it', () => {
  const texts = services.flatMap(({ letters }) => Object.values(letters)).flatMap(({ text: { zh } }) => (zh.includes('{code}') ? [zh] : []))
  expect(texts.filter((zh) => !zh.includes(`${say('zh', 'code.code')} {code}`))).toEqual([])
})

test('what happened is told from the latest back, in words for the person', async () => {
  const story = /<ol class="story">.*<\/ol>/s.exec(await pageOf(await asked()))?.[0] ?? ''
  expect(story.indexOf('2026-03-04')).toBeLessThan(story.indexOf('2026-03-02'))
  expect(story).toContain('还差一些材料，请您补上。')
})

test('our own lateness comes before anything else, with the day it should have been and how long ago (法律援助法 §43(1))', async () => {
  w.at('2026-03-02')
  const m = await w.filed()
  w.at('2026-03-12')
  const page = await pageOf(m)
  expect(page).toMatch(/最晚该在3月9日（周一）办好，已经晚了 3 天/)
  expect(page.indexOf('办晚了')).toBeLessThan(page.indexOf('<h1>'))
})

const limitsIn = (page: string): string[] => [...nowIn(page).matchAll(/<div class="due"><p>([^<]+) </g)].map(([, title]) => title!)

test.each([
  { until: '2026-03-06', first: '先行援助后补办手续' },
  { until: '2026-03-09', first: '先行援助后补办手续' },
  { until: '2026-03-12', first: '审查并作出决定' },
])('of two limits the first to end is told first, and the person’s own where they end together: $until', async ({ until, first }) => {
  w.at('2026-03-02')
  const m = await w.filed()
  w.at('2026-03-05')
  await w.act(cast.guo, m, 'urgentAid', { ground: 'preservation', until })
  expect(limitsIn(await pageOf(m))[0]).toBe(first)
})
