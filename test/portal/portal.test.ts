import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browser, site, type Browser } from '#test/site.ts'
import { world, type World } from '#test/world.ts'
import { wageAnswers } from '#test/wage-answers.ts'

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

const matterField = (html: string) => /name="matter" value="([^"]+)"/.exec(html)?.[1] ?? ''

/** Answers whatever the journey asks next, until it stops asking. */
async function walk(
  li: Browser,
  from: string,
  answers: Record<string, Record<string, string | string[]>>,
): Promise<{ at: string; asked: string[]; lefts: string[] }> {
  const asked: string[] = []
  const lefts: string[] = []
  let at = from
  for (;;) {
    const response = await li.get(at)
    if (response.statusCode === 303) at = String(response.headers.location)
    else {
      const key = /\/q\/(\w+)/.exec(at)?.[1]
      if (!key) return { at, asked, lefts }
      asked.push(key)
      lefts.push(/<p class="progress">([^<]*)</.exec(response.body)?.[1] ?? '')
      const posted = await li.post(at, answers[key] ?? {})
      expect([key, posted.statusCode], posted.body.slice(0, 3000)).toEqual([key, 303])
      at = String(posted.headers.location)
    }
  }
}

test('a worker unpaid for three months applies from the first page to the receipt, and is never asked for income (法律援助法 §42(3))', async () => {
  const li = browser(app)
  const home = await li.get('/')
  expect(home.statusCode).toBe(200)
  const started = await li.post('/', {
    matter: matterField(home.body),
    story: '三月起在工地绑钢筋，干到五月底，老板一分钱没给。',
    county: '630102',
  })
  expect(started.statusCode).toBe(303)
  const { at, asked } = await walk(li, String(started.headers.location), wageAnswers)
  expect(asked).not.toContain('income')
  const submitted = await li.post(at, { key: '0190a000-0000-7000-8000-0000000000aa' })
  expect([submitted.statusCode, submitted.headers.location]).toEqual([303, at.replace('check', 'receipt')])
  const receipt = await li.get(String(submitted.headers.location))
  expect(receipt.body).toContain('4月8日')
})

test('each page says how many things are still to come, itself included, and the last alone that it is the last', async () => {
  const li = browser(app)
  const form = { matter: matterField((await li.get('/')).body), story: '他又打我，我想离开这个家。', county: '630102' }
  const { lefts } = await walk(li, String((await li.post('/', form)).headers.location), { ...wageAnswers, kind: { kind: 'violence' } })
  expect(lefts.slice(-3)).toEqual(['还有 3 件事要问', '还有 2 件事要问', '这是最后一件事'])
})

test('whoever lost the answer to the first form, and so the cookie with it, sends the form again and goes on', async () => {
  const form = { matter: matterField((await browser(app).get('/')).body), story: '三月起在工地绑钢筋，一分钱没给。', county: '630102' }
  const [lost, again] = [await browser(app).post('/', form), await browser(app).post('/', form)]
  expect([lost.statusCode, again.statusCode]).toEqual([303, 303])
  expect(again.headers.location).not.toBe(lost.headers.location)
})

const door = '/?via=village-room'
/** As a browser asks for an address that was typed, or is its start page. */
const fromStartPage = { 'sec-fetch-site': 'none' }
const told = async (its: Browser, from: string) => {
  const page = await its.get(from)
  const form = { matter: matterField(page.body), story: '在砖厂干了一冬天，一分钱没给。', county: '630102' }
  return { form, via: /name="via" value="([^"]+)"/.exec(page.body)?.[1] ?? '' }
}

test('whoever comes to the tablet of a village room next is nobody the service knows, and finds no code or secret (个人信息保护法 §51)', async () => {
  const tablet = browser(app)
  const { form, via } = await told(tablet, door)
  const draft = String((await tablet.post('/', { ...form, via })).headers.location)
  expect((await tablet.get(draft.replace('next', 'q/notice'))).body).toContain('action="/sign-out"')
  expect((await tablet.get(door, fromStartPage)).body).not.toContain('/mine')
  expect([...tablet.jar.keys()]).toEqual([])
  expect((await tablet.get(draft)).headers.location).toBe('/return')
})

test.each([{ 'sec-fetch-site': 'cross-site' }, {}])(
  'a link of somebody else’s to a village room’s page signs nobody out and forgets nothing: it asks (S-L2) %j',
  async (headers) => {
    const li = browser(app)
    const draft = String((await li.post('/', (await told(li, '/')).form)).headers.location)
    const held = [...li.jar]
    const { body } = await li.get(door, headers)
    expect([...li.jar]).toEqual(held)
    expect((await li.get(draft)).statusCode).toBe(303)
    expect(body).toMatch(/您是下一位吗？.*action="\/sign-out".*我是下一位/s)
    expect((await li.post('/sign-out', { via: 'villageRoom' })).headers.location).toBe(door)
    expect([...li.jar.keys()]).toEqual(['county'])
  },
)

test('a first form that comes back with an error still knows that it stands in a village room', async () => {
  const tablet = browser(app)
  const { form, via } = await told(tablet, door)
  const refused = await tablet.post('/', { ...form, via, county: '' })
  expect([refused.statusCode, refused.body.includes('name="via" value="villageRoom"')]).toEqual([422, true])
})

test('a person at home is offered no end of the sitting, and one’s own session outlives a visit to the front door', async () => {
  const li = browser(app)
  const draft = String((await li.post('/', (await told(li, '/')).form)).headers.location)
  const first = await li.get(draft.replace('next', 'q/notice'))
  expect(first.body).not.toContain('action="/sign-out"')
  expect(first.body).toContain('/proxy"')
  expect((await li.get('/')).body).toContain('/mine')
  expect((await li.get(draft)).statusCode).toBe(303)
})
