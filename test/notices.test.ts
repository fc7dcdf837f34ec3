import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { planted, plantedCase } from './planted.ts'
import { signedIn, site, type Browser } from './site.ts'
import { cast, world, type World } from './world.ts'

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

type Told = { notices: { id: string; text: string; isRead: boolean; matter: { id: string } }[]; unread: number }
const told = async (desk: Browser) => (await desk.json('GET', '/api/notices')).json() as Told
const texts = async (desk: Browser) => (await told(desk)).notices.map(({ text }) => text)

test('an office is told of what arrives, and of a limit that passed while it was theirs to act (法律援助法 §43)', async () => {
  expect(await texts(desks.wang)).toEqual(['超过期限：审查并作出决定', '有事项等待处理。'])
})

test('the bureau above is told of the limit that passed', async () => {
  expect(await texts(desks.bai)).toContain('有事项超过法定期限，请督办。')
})

test('a lawyer is told of an assignment, and of nothing else', async () => {
  expect(await texts(desks.zhao)).toEqual([])
  await w.assessed(filed)
  await w.act(cast.wang, filed, 'grant', { note: '已当面核实情况，材料齐全，符合条件。' })
  await w.assigned(filed)
  await w.settle()
  expect(await texts(desks.zhao)).toEqual(['您有新的承办任务，请登录工作台查看。'])
})

test('neither another county nor whoever has no desk to answer for is told anything', async () => {
  expect(await texts(desks.sun)).toEqual([])
  expect((await texts(desks.ding)).filter((text) => !text.startsWith('超过期限'))).toEqual([])
})

test('reading is each reader’s own, all at once if they like, and can be taken back', async () => {
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
