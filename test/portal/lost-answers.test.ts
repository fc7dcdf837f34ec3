import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failing } from '#test/failing.ts'
import { browser, secretIn, site, type Browser } from '#test/site.ts'
import { county, world, type World } from '#test/world.ts'

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

const beginning = () => ({ matter: v7(), story: '三月起在工地绑钢筋，一分钱没给。', county })
/** Code and secret as the browser remembers them last. */
const remembered = (of: Browser): string[] => secretIn(w, of)

test('whoever is here already and lost the answer to a form that begins a matter is shown its code and secret by the form sent again', async () => {
  const li = browser(app)
  await li.post('/', beginning())
  const form = beginning()
  await li.post('/', form)
  const first = remembered(li)
  for (const name of li.jar.keys()) if (name.includes('secret')) li.jar.delete(name) // the answer never came
  await li.post('/', form)
  expect(remembered(li)).toEqual(first)
  const [code = '', secret = ''] = first
  const elsewhere = await browser(app).post('/return', { code, secret })
  expect([elsewhere.statusCode, elsewhere.headers.location]).toEqual([303, `/m/${code}/next`])
})

test('a code from a text is used up with the session it opens, and not before', async () => {
  const li = browser(app)
  const phone = '13800000017'
  await li.post('/sign-in', { phone })
  const code = /\d{6}/.exec(w.gateway.sent.at(-1)?.text ?? '')?.[0] ?? ''
  await failing(w, sql`after insert on session for each row execute function fail()`, async () => {
    expect((await li.post('/sign-in/code', { phone, code })).statusCode).toBe(500)
  })
  expect((await li.post('/sign-in/code', { phone, code })).headers.location).toBe('/mine')
})
