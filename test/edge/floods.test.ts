import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildApp } from '#api/serve.ts'
import { demoController } from '#platform/config.ts'
import { floodDoors, floodLimits, type FloodDoor } from '#platform/doors/flood-limits.ts'
import { pass, sweepFloods } from '#platform/doors/flood.ts'
import { senderAt } from '#platform/http/sender.ts'
import { ample, bound } from '#test/flooding.ts'
import { onePage } from '#test/planted.ts'
import { cookieOf, filled, filledType } from '#test/refusing.ts'
import { browser, signedIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const start = '2026-04-01T09:00'
let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world(`${start}:00+08:00`)
  app = await site(w)
})
beforeEach(async () => {
  w.at(start)
  await w.run(cast.clockwork, (tx) => tx.db.deleteFrom('flood_count').execute())
  for (const door of floodDoors) await bound(w, door, floodLimits[door].usual)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

let phones = 0
const phone = () => `1391${String(++phones).padStart(7, '0')}`
const askCode = async (at?: string) => (await browser(app, at).post('/sign-in', { phone: phone() })).statusCode
const story = '工地上干了三个月没有拿到工钱'
const begin = (at: string, more = {}) => browser(app, at).post('/', { story, county, ...more })
/** How many of so many at once are let through. */
const through = async (n: number, ask: () => Promise<number>) =>
  (await Promise.all(Array.from({ length: n }, ask))).filter((status) => status !== 429).length

describe('whoever floods a door is shut out of it, and nobody else (S-M2)', () => {
  test('sixty codes asked for at once by one address: twenty are sent, and a neighbour still gets theirs', async () => {
    const before = w.gateway.sent.length
    expect(await through(60, () => askCode('203.0.113.1'))).toBe(20)
    expect(w.gateway.sent.length - before).toBe(20)
    expect(await askCode('203.0.113.2')).toBe(200)
  })

  test('a network’s limit holds over its addresses, and the next network does not feel it', async () => {
    await bound(w, 'floods.codes', { ...ample, perNetwork: 3 })
    for (const host of [1, 2, 3]) expect(await askCode(`203.0.113.${host}`)).toBe(200)
    expect([await askCode('203.0.113.4'), await askCode('203.0.114.1')]).toEqual([429, 200])
  })

  test('whatever address of a /64 it takes, it is one sender', async () => {
    await bound(w, 'floods.codes', { ...ample, perAddress: 2 })
    const asked = [await askCode('2001:db8:1:1::1'), await askCode('2001:db8:1:1::2'), await askCode('2001:db8:1:1:ffff::3')]
    expect([...asked, await askCode('2001:db8:1:2::1')]).toEqual([200, 200, 429, 200])
  })

  test('what one address sends beyond its own limit takes nothing from all together', async () => {
    await bound(w, 'floods.codes', { ...ample, perAddress: 2, inTotal: 4 })
    expect(await through(30, () => askCode('203.0.113.1'))).toBe(2)
    expect([await askCode('203.0.114.1'), await askCode('203.0.115.1'), await askCode('203.0.116.1')]).toEqual([200, 200, 429])
  })

  test('when the time is over the door is open again, and a clock that went back shuts nobody out', async () => {
    await bound(w, 'floods.codes', { ...ample, perAddress: 1 })
    expect([await askCode('203.0.113.1'), await askCode('203.0.113.1')]).toEqual([200, 429])
    w.at('2026-04-01T10:00')
    expect(await askCode('203.0.113.1')).toBe(200)
    w.at('2026-03-01T10:00')
    expect(await askCode('203.0.113.1')).toBe(200)
  })

  test('it is told when to come back', async () => {
    await bound(w, 'floods.codes', { ...ample, perAddress: 1, minutes: 30 })
    await askCode('203.0.113.1')
    expect((await browser(app, '203.0.113.1').post('/sign-in', { phone: phone() })).headers['retry-after']).toBe('1800')
  })

  test('counts are swept when their time is over, and no address can be read from them', async () => {
    await askCode('203.0.113.1')
    const rows = () => w.run(cast.clockwork, (tx) => tx.db.selectFrom('flood_count').selectAll().execute())
    expect(await rows()).toHaveLength(3)
    expect(JSON.stringify(await rows())).not.toMatch(/203/)
    await sweepFloods(w.on, new Date(w.now().getTime() + 25 * 3_600_000))
    expect(await rows()).toEqual([])
  })
})

describe('every door has its limit', () => {
  const li = () => signedIn(w, app, cast.li)
  const from = (at: string) => browser(app, at)
  /** A form with a paper, of somebody signed in. */
  const handIn = async (at: string) => {
    const payload = filled({ key: v7(), kind: 'evidence' }, [{ name: 'a.pdf', bytes: onePage }])
    const headers = { 'content-type': filledType, 'sec-fetch-site': 'same-origin', cookie: cookieOf(await li()) }
    return app.inject({ method: 'POST', url: '/m/2222222222/add/evidence', payload, headers, remoteAddress: at })
  }
  const asLi = async (at: string) => {
    const its = from(at)
    for (const [name, value] of (await li()).jar) its.jar.set(name, value)
    return its
  }
  const knocks: [FloodDoor, string, (at: string) => Promise<{ statusCode: number }>][] = [
    ['floods.codes', 'a code', (at) => from(at).post('/sign-in', { phone: phone() })],
    ['floods.drafts', 'the first question', (at) => begin(at)],
    ['floods.drafts', 'another line', (at) => from(at).post('/start/data-request', {})],
    ['floods.drafts', 'a draft of the API', async (at) => (await asLi(at)).json('POST', '/api/legal-aid', { region: county, id: v7() })],
    ['floods.filings', 'sending off', async (at) => (await asLi(at)).post('/m/2222222222/check', {})],
    ['floods.filings', 'sending off by another way', async (at) => (await asLi(at)).post('/m/2222222222/do/submit', {})],
    ['floods.filings', 'an objection', async (at) => (await asLi(at)).post('/m/2222222222/object', {})],
    [
      'floods.filings',
      'sending off by the API',
      async (at) => (await asLi(at)).json('POST', `/api/legal-aid/${county}/${v7()}/submit`, { version: 0, key: v7(), input: {} }),
    ],
    ['floods.signIns', 'a password', (at) => from(at).json('POST', '/api/sign-in', { login: 'x', password: 'y', totp: '000000' })],
    ['floods.signIns', 'a code of a phone', (at) => from(at).post('/sign-in/code', { phone: phone(), code: '000000' })],
    ['floods.files', 'a form with files', handIn],
    ['floods.returns', 'code and secret', (at) => from(at).post('/return', { code: '2222222222', secret: 'x' })],
    ['floods.links', 'a link of a letter', (at) => from(at).post('/l', { secret: 'x' })],
    ['floods.links', 'the proof of one', (at) => from(at).post('/l/proof', { answer: '0000' })],
    ['floods.enrolments', 'opening a code', (at) => from(at).json('POST', '/api/enrol/open', { code: 'x'.repeat(20) })],
    [
      'floods.enrolments',
      'using one',
      (at) => from(at).json('POST', '/api/enrol', { code: 'x'.repeat(20), password: 'y', totp: '000000' }),
    ],
    ['floods.feeds', 'a calendar', (at) => from(at).get('/calendar/feed/x.ics')],
  ]

  test.each(knocks)('%s: %s', async (door, _, ask) => {
    await bound(w, door, { ...ample, perAddress: 1 })
    const asked = [await ask('203.0.113.1'), await ask('203.0.113.1'), await ask('203.0.113.2')].map(({ statusCode }) => statusCode === 429)
    expect(asked).toEqual([false, true, false])
  })

  test('and none is left out of these', () => {
    const looked = new Set<string>([...knocks.map(([door]) => door), 'floods.secrets']) // that of one matter: `known-device.test.ts`
    expect(floodDoors.filter((door) => !looked.has(door))).toEqual([])
  })

  test('whoever works at the desk is not counted: one hall hands in what a village does', async () => {
    await bound(w, 'floods.files', { ...ample, perAddress: 1 })
    const wang = await signedIn(w, app, cast.wang)
    const paper = filled({ key: v7(), kind: 'evidence', version: '0' }, [{ name: 'a.pdf', bytes: onePage }])
    const headers = { 'content-type': filledType, 'sec-fetch-site': 'same-origin', cookie: cookieOf(wang) }
    const url = `/api/matters/${county}/${v7()}/documents`
    const send = async () => (await app.inject({ method: 'POST', url, payload: paper, headers, remoteAddress: '203.0.113.1' })).statusCode
    expect([await send(), await send(), await send()]).not.toContain(429)
  })
})

describe('where all together have knocked too often', () => {
  const hurt = '我老公天天打我，我不敢回家，孩子也怕他。'

  test('nothing typed is lost, and the page says which door is open now: a number to ring, a window', async () => {
    await bound(w, 'floods.drafts', { ...ample, inTotal: 1 })
    await begin('203.0.113.1')
    const { statusCode, body } = await begin('203.0.114.1')
    expect([statusCode, body.includes(story), body.includes('href="tel:12348"'), body.includes('href="/places"')]).toEqual([
      429,
      true,
      true,
      true,
    ])
    expect(body).toMatch(/<form[^>]*action="\/".*再交一次/s)
  })

  test('a form with files keeps what was typed beside them', async () => {
    await bound(w, 'floods.files', { ...ample, inTotal: 1 })
    await pass(w.on, 'floods.files', { sender: senderAt('203.0.113.9') }, w.now())
    const payload = filled({ key: v7(), kind: 'evidence', note: '这是工资条' }, [{ name: 'a.pdf', bytes: onePage }])
    const headers = { 'content-type': filledType, 'sec-fetch-site': 'same-origin', cookie: cookieOf(await signedIn(w, app, cast.li)) }
    const answer = await app.inject({ method: 'POST', url: '/m/2222222222/add/evidence', payload, headers, remoteAddress: '203.0.113.1' })
    expect([answer.statusCode, answer.body.includes('这是工资条')]).toEqual([429, true])
  })

  test('the ways to help against violence answer all the same, and the page that refuses names them (反家庭暴力法 §15)', async () => {
    for (const door of floodDoors) await bound(w, door, { perAddress: 1, perNetwork: 1, inTotal: 1, minutes: 60 })
    for (const door of floodDoors) await pass(w.on, door, { sender: senderAt('203.0.113.9') }, w.now())
    const she = browser(app, '203.0.114.1')
    const pages = await Promise.all(['/', '/?kind=violence', '/places', '/privacy', '/sign-in', '/return'].map((page) => she.get(page)))
    expect(pages.map(({ statusCode }) => statusCode)).toEqual(pages.map(() => 200))
    expect(pages[0]?.body).toMatch(/href="tel:110".*href="tel:12338"/s)
    const { body, statusCode } = await she.post('/', { story: hurt, county })
    expect([statusCode, body.includes(hurt)]).toEqual([429, true])
    expect(body).toMatch(/href="tel:110".*href="tel:12338".*href="tel:12348"/s)
    expect(body).toContain('href="/exit"')
  })

  test('another way in is named where there is one: code and secret for the phone, the phone for code and secret', async () => {
    for (const door of ['floods.codes', 'floods.returns'] as const) await bound(w, door, { ...ample, inTotal: 1 })
    const twice = async (url: string, form: Record<string, string>) => {
      await browser(app, '203.0.113.1').post(url, form)
      return (await browser(app, '203.0.114.1').post(url, form)).body
    }
    expect(await twice('/sign-in', { phone: '13900000001' })).toContain('href="/return"')
    expect(await twice('/return', { code: '2222222222', secret: 'x' })).toContain('href="/sign-in"')
  })

  test('whoever has a passkey comes in by it', async () => {
    await bound(w, 'floods.signIns', { ...ample, inTotal: 1 })
    const knock = () => browser(app, '203.0.113.1').json('POST', '/api/sign-in', { login: 'x', password: 'y', totp: '000000' })
    await knock()
    const refused = await knock()
    expect([refused.statusCode, refused.json<{ message: string }>().message.includes('通行密钥')]).toEqual([429, true])
    expect((await browser(app, '203.0.113.1').json('POST', '/api/sign-in/passkey/begin', {})).statusCode).toBe(200)
  })
})

describe('behind a proxy', () => {
  const behind = (proxies: readonly string[]) =>
    buildApp(w.on, { origin: undefined, provinces: ['63', '21'], controller: demoController, oidc: null, mode: 'trial', proxies }, w.now)
  const askBehind = async (its: FastifyInstance, peer: string, forwarded?: string) => {
    const headers = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      ...(forwarded && { 'x-forwarded-for': forwarded }),
    }
    return (await its.inject({ method: 'POST', url: '/sign-in', payload: `phone=${phone()}`, headers, remoteAddress: peer })).statusCode
  }

  test('that is named, the last address it did not add itself counts, whatever the sender wrote before it', async () => {
    await bound(w, 'floods.codes', { ...ample, perAddress: 2 })
    const its = await behind(['10.0.0.0/8'])
    const asked = []
    for (let n = 0; n < 3; n++) asked.push(await askBehind(its, '10.0.0.1', `6.6.6.${n}, 203.0.113.1, 10.0.0.2`))
    expect([...asked, await askBehind(its, '10.0.0.1', '203.0.113.2')]).toEqual([200, 200, 429, 200])
    await its.close()
  })

  test('that is not named, nobody’s word is taken: a sender in the street hides behind no header', async () => {
    await bound(w, 'floods.codes', { ...ample, perAddress: 2 })
    const asked = []
    for (let n = 0; n < 3; n++) asked.push(await askBehind(app, '203.0.113.1', `6.6.6.${n}`))
    expect(asked).toEqual([200, 200, 429])
  })

  test('that is not named, those it sends on are not shut out for one another', async () => {
    await bound(w, 'floods.codes', { ...ample, perAddress: 1 })
    expect([await askBehind(app, '10.0.0.1', '203.0.113.1'), await askBehind(app, '10.0.0.1', '203.0.113.2')]).toEqual([200, 200])
  })
})

test('of two Host headers none is believed (S-L11)', async () => {
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1', () =>
      socket.end('GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
    )
    let heard = ''
    socket.on('data', (bytes) => (heard += bytes.toString()))
    socket.on('end', () => resolve(heard))
    socket.on('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1.1 400/)
})

test('two processes on one database count together, and of fifty at once not one more than allowed is let through', async () => {
  await bound(w, 'floods.codes', { ...ample, perAddress: 7 })
  const other = await buildApp(
    w.on,
    { origin: undefined, provinces: ['63', '21'], controller: demoController, oidc: null, mode: 'trial' },
    w.now,
  )
  let n = 0
  const ask = async () => (await browser(n++ % 2 ? app : other, '203.0.113.1').post('/sign-in', { phone: phone() })).statusCode
  expect(await through(50, ask)).toBe(7)
  await other.close()
})

test('a limit is a dated setting: what a province publishes holds from its day on', async () => {
  const later = { ...ample, perAddress: 1 }
  await w.on.database.owner((db) => sql`delete from setting where key = 'floods.codes'`.execute(db))
  await w.run(cast.clockwork, async (tx) => {
    await tx.db
      .insertInto('setting')
      .values({ region: '63', key: 'floods.codes', valid_from: '2026-04-02', value: JSON.stringify(later), decided_by: 'test' })
      .execute()
    await tx.on.settings.reload(tx.db)
  })
  expect([await askCode('203.0.113.1'), await askCode('203.0.113.1')]).toEqual([200, 200])
  w.at('2026-04-02T09:00')
  expect([await askCode('203.0.113.1'), await askCode('203.0.113.1')]).toEqual([200, 429])
})
