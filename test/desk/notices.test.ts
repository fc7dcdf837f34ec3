import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { planted, plantedCase } from '#test/planted.ts'
import { engaged, refused } from '#test/scenarios/scene.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let desks: Record<'wang' | 'liu' | 'bai' | 'sun' | 'zhao' | 'ding', Browser>
let filed: Matter

beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  app = await site(w)
  filed = await plantedCase(w)
  await w.settle()
  w.at('2026-03-10')
  await w.sweep()
  await w.settle()
  const who = { wang: cast.wang, liu: cast.liu, bai: cast.bai, sun: cast.sun, zhao: cast.zhao, ding: cast.ding }
  desks = Object.fromEntries(
    await Promise.all(Object.entries(who).map(async ([name, one]) => [name, await signedIn(w, app, one)])),
  ) as typeof desks // the same names
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Notice = { id: string; at: string; kind: string; text: string; title: string; aside: string; isRead: boolean; matter: { id: string } }
type Told = { notices: Notice[]; unread: number }
const told = async (desk: Browser) => (await desk.json('GET', '/api/notices')).json() as Told
const texts = async (desk: Browser) => (await told(desk)).notices.map(({ text }) => text)

test('an office is told of a file once: the step that is due, what it is about, its number and its place', async () => {
  const { notices } = await told(desks.wang)
  expect(notices).toMatchObject([{ kind: 'late', text: '超过期限：审查并作出决定', title: '干了活，不给工钱', matter: { id: filed.id } }])
  expect(notices[0]?.aside).toMatch(/^法律援助 · .*号 · 青海省西宁市城东区$/)
})

test('what arrives is told with the limit that runs (法律援助法 §43)', async () => {
  const fresh = await w.filed()
  await w.settle()
  expect((await told(desks.liu)).notices.find(({ matter }) => matter.id === fresh.id)).toMatchObject({
    kind: 'work',
    text: '要办：审查并作出决定',
    isRead: false,
  })
  await w.act(cast.wang, fresh, 'ask', { missing: ['means'], until: '2026-03-16' })
  await w.settle()
  expect((await told(desks.liu)).notices.map(({ matter }) => matter.id)).not.toContain(fresh.id)
})

test('the bureau above is told of the limit that passed, as long as it runs', async () => {
  expect(await texts(desks.bai)).toContain('请督办，已经超过期限：审查并作出决定')
})

test('a lawyer is told of an assignment until it is taken up, and the office no longer of what it has decided', async () => {
  expect(await texts(desks.zhao)).toEqual([])
  await w.assessed(filed)
  await w.act(cast.wang, filed, 'grant', { note: '已当面核实情况，材料齐全，符合条件。' })
  const assigned = await w.assigned(filed)
  await w.settle()
  expect(await texts(desks.zhao)).toEqual(['新的承办任务：签订委托协议'])
  expect((await told(desks.wang)).notices.map(({ matter }) => matter.id)).not.toContain(filed.id)
  expect((await texts(desks.bai)).filter((text) => text.includes('审查并作出决定'))).toEqual([])
  w.at('2026-03-10T10:10')
  await w.act(cast.zhao, assigned, 'engage', { exception: '当事人住院，出院后补签协议。' })
  await w.settle()
  expect(await texts(desks.zhao)).toEqual([])
})

test('neither another county nor whoever has no desk to answer for is told anything', async () => {
  expect(await texts(desks.sun)).toEqual([])
  expect((await texts(desks.ding)).filter((text) => !text.startsWith('超过期限'))).toEqual([])
})

test('reading is each reader’s own, all at once if they like, and can be taken back', async () => {
  await w.filed()
  await w.settle()
  const { notices, unread } = await told(desks.wang)
  const ids = notices.map(({ id }) => id)
  expect(unread).toBe(ids.length)
  expect((await desks.wang.json('POST', '/api/notices/read', { ids })).json()).toMatchObject({ unread: 0 })
  expect((await desks.wang.json('POST', '/api/notices/read', { ids })).statusCode).toBe(200)
  expect((await told(desks.liu)).unread).toBe(ids.length)
  expect((await desks.wang.json('POST', '/api/notices/unread', { ids })).json()).toMatchObject({ unread: ids.length })
})

test('no notice names a person', async () => {
  const all = JSON.stringify(await Promise.all(Object.values(desks).map(told)))
  for (const value of Object.values(planted)) expect(all).not.toContain(value)
})

test('what rests is no news until it is to be taken up again, and then it is told as of the day it came back (法律援助法 §49(1))', async () => {
  w.at('2026-04-17')
  const m = await refused(w)
  await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
  await w.settle()
  const toldOf = async () => (await told(await signedIn(w, app, cast.liu))).notices.find(({ matter }) => matter.id === m.id)
  w.at('2026-04-18')
  expect(await toldOf()).toBeUndefined()
  w.at('2026-05-08')
  await w.sweep()
  expect(await toldOf()).toMatchObject({ text: '轮到您办，现在是“不予援助，待归档”', at: '2026-05-08T02:00:00.000Z' })
})

test('an office hears of it when somebody says that they did not get what was reported (法律援助法 §59)', async () => {
  w.at('2026-06-01')
  const kinds = async (agrees: 'yes' | 'no') => {
    const m = await w.act(cast.zhao, await engaged(w), 'conclude', {
      result: 'won',
      concludedOn: '2026-06-01',
      claimedFen: 900_000,
      recoveredFen: 900_000,
      hearings: 1,
      meetings: 2,
    })
    await w.act(cast.li, m, 'confirmOutcome', { agrees, ...(agrees === 'no' && { receivedFen: 0 }) })
    await w.settle()
    const { notices } = await told(await signedIn(w, app, cast.guo))
    return notices.filter(({ matter }) => matter.id === m.id).map(({ kind }) => kind)
  }
  expect([await kinds('yes'), await kinds('no')]).toEqual([[], ['contradicted']])
})
