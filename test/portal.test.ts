import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browser, site, type Browser } from './site.ts'
import { world, type World } from './world.ts'

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
): Promise<{ at: string; asked: string[] }> {
  const asked: string[] = []
  let at = from
  for (;;) {
    const response = await li.get(at)
    if (response.statusCode === 303) at = String(response.headers.location)
    else {
      const key = /\/q\/(\w+)/.exec(at)?.[1]
      if (!key) return { at, asked }
      asked.push(key)
      const posted = await li.post(at, answers[key] ?? {})
      expect([key, posted.statusCode], posted.body.slice(0, 3000)).toEqual([key, 303])
      at = String(posted.headers.location)
    }
  }
}

const wages = {
  notice: { read: 'yes' },
  forWhom: { who: 'self' },
  kind: { kind: 'wages' },
  opponent: { name: '演示建筑公司' },
  amount: { fen: '1.8万', since: '2026-01-05' },
  deadline: { what: 'none' },
  person: { name: '演示·马建国', idNumber: '11010519491231002X' },
  contact: { safe: 'none' },
  place: { living: '西宁市城东区' },
  migrant: { isMigrant: 'yes' },
  workProof: { proofs: ['wageSheet'] },
  documents: {},
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
  const { at, asked } = await walk(li, String(started.headers.location), wages)
  expect(asked).not.toContain('income')
  const submitted = await li.post(at, { key: '0190a000-0000-7000-8000-0000000000aa' })
  expect([submitted.statusCode, submitted.headers.location]).toEqual([303, at.replace('check', 'receipt')])
  const receipt = await li.get(String(submitted.headers.location))
  expect(receipt.body).toContain('4月8日')
})

test('whoever lost the answer to the first form, and so the cookie with it, sends the form again and goes on', async () => {
  const form = { matter: matterField((await browser(app).get('/')).body), story: '三月起在工地绑钢筋，一分钱没给。', county: '630102' }
  const [lost, again] = [await browser(app).post('/', form), await browser(app).post('/', form)]
  expect([lost.statusCode, again.statusCode]).toEqual([303, 303])
  expect(again.headers.location).not.toBe(lost.headers.location)
})
