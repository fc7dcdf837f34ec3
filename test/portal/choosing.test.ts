import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browser, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const wall = '邻居家翻修，把墙砌到我家院子里半米，说了几次都不拆。'
const form = (over: Record<string, string> = {}) => ({ matter: v7(), story: wall, county, ...over })
const opened = async () => (await w.run(cast.clockwork, (tx) => tx.db.selectFrom('matter').select('id').execute())).length

/** Follows a beginning to its first question, past the notice; answers where it led. */
async function pastNotice(who: Browser, at: string): Promise<string> {
  const first = String((await who.get(at)).headers.location)
  return String((await who.post(first, { read: 'yes' })).headers.location)
}

test('a neighbour’s wall may be told to mediators or to lawyers: both are offered, nothing is opened and nothing chosen before the person does', async () => {
  const before = await opened()
  const { statusCode, body } = await browser(app).post('/', form())
  expect(statusCode).toBe(200)
  expect(body).toMatch(/申请人民调解.*申请法律援助/s)
  expect(body).not.toMatch(/ checked=/)
  expect(await opened()).toBe(before)
})

test('the story goes along to the service that is chosen, and is not asked again', async () => {
  const who = browser(app)
  const begun = await who.post('/', form({ asked: 'yes', service: 'mediation' }))
  const next = await pastNotice(who, String(begun.headers.location))
  expect(next).toMatch(/\/q\/kind$/)
  const code = next.split('/')[2]
  expect((await who.get(`/m/${code}/q/story`)).body).toContain(wall)
})

test('whoever chooses nothing is asked again, with what they wrote kept', async () => {
  const { statusCode, body } = await browser(app).post('/', form({ asked: 'yes' }))
  expect([statusCode, body.includes('请选一项'), body.includes(wall)]).toEqual([422, true, true])
})

test('a service the story does not point to is not opened by writing its name into the form', async () => {
  const { statusCode } = await browser(app).post('/', form({ asked: 'yes', service: 'data-request' }))
  expect(statusCode).toBe(422)
})

test.each([
  ['wages', '老板拖欠我们三个月工资，一直不给，电话也不接了。'],
  ['violence, whoever did it', '邻居喝了酒就打我，还拿刀威胁我'],
])('where only one service fits, nobody is asked to choose: %s', async (_, story) => {
  const begun = await browser(app).post('/', form({ story }))
  expect(begun.headers.location).toMatch(/^\/m\/\w+\/next$/)
})

test('whoever came by a link that says what it is about has chosen already', async () => {
  const begun = await browser(app).post('/', form({ kind: 'support' }))
  expect(begun.headers.location).toMatch(/^\/m\/\w+\/next$/)
})

test('a story told at a village room’s tablet stays that room’s', async () => {
  const { body } = await browser(app).post('/?via=village-room', form({ via: 'villageRoom' }))
  expect(body).toContain('name="via" value="villageRoom"')
})
