import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { over } from '#kernel/actor.ts'
import { hashPassword, newTotpSecret } from '#platform/doors/credentials.ts'
import { findSession } from '#platform/doors/sessions.ts'
import { addStaff } from '#records/accounts/accounts.ts'
import { password, totpAt } from '#test/newcomers.ts'
import { browser, secretIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const start = '2026-04-01T09:00'
let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world(`${start}:00+08:00`)
  app = await site(w)
})
beforeEach(() => w.at(start))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

describe('whichever door of the portal one comes in by', () => {
  /** Somebody who told of their wages, in a village room unless `via` says otherwise, and the same session in another hand. */
  async function told(via = 'villageRoom') {
    const [its, before] = [browser(app), browser(app)]
    await its.post('/', { story: '工地上干了三个月没有拿到工钱', county, via })
    before.jar.set('__Host-fahui', its.jar.get('__Host-fahui') ?? '')
    const [code, secret] = secretIn(w, its)
    return { its, before, code, secret }
  }
  const channelOf = async ({ jar }: Browser) => (await findSession(w.on, jar.get('__Host-fahui') ?? '', w.now()))?.channel

  test('the phone: what was begun in a village room goes on there', async () => {
    const { its } = await told()
    const phone = '19900007701'
    await its.post('/sign-in', { phone })
    const sms = /\d{6}/.exec(w.gateway.sent.findLast(({ to }) => to === phone)?.text ?? '')?.[0] ?? ''
    expect((await its.post('/sign-in/code', { phone, code: sms })).headers.location).toBe('/mine')
    expect(await channelOf(its)).toBe('villageRoom')
  })

  test('code and secret: it goes on in the village room, and the session before is over (TRUST T10)', async () => {
    const { its, before, code, secret } = await told()
    expect((await its.post('/return', { code, secret })).statusCode).toBe(303)
    expect([await channelOf(its), await channelOf(before)]).toEqual(['villageRoom', undefined])
  })

  test('code and secret of somebody else: the one who was here is here no longer', async () => {
    const [{ its, before }, other] = [await told('web'), await told()]
    expect((await its.post('/return', { code: other.code, secret: other.secret })).statusCode).toBe(303)
    expect([await channelOf(its), await channelOf(before), await channelOf(other.its)]).toEqual(['web', undefined, 'villageRoom'])
  })

  test('a wrong secret ends nothing', async () => {
    const { its, before, code } = await told()
    expect((await its.post('/return', { code, secret: 'AAAAAAAA' })).statusCode).toBe(422)
    expect(await channelOf(before)).toBe('villageRoom')
  })
})

describe('the door of the desk', () => {
  /** Somebody new at the desk, at their browser. */
  async function officer() {
    const [its, login, totpSecret] = [browser(app), `x${v7()}`, newTotpSecret()]
    const passwordHash = await hashPassword(password)
    await w.run(cast.clockwork, (tx) =>
      addStaff(tx, { kind: 'staff', login, name: '演示', passwordHash, totpSecret, grants: over(county, 'intake') }),
    )
    return { its, enter: () => its.json('POST', '/api/sign-in', { login, password, totp: totpAt(w, totpSecret) }) }
  }

  test('entering again at the same browser ends the session before; a citizen’s there goes on (TRUST T10)', async () => {
    const { its, enter } = await officer()
    await enter()
    const before = browser(app)
    before.jar.set('__Host-fahui-desk', its.jar.get('__Host-fahui-desk') ?? '')
    await its.post('/', { story: '工地上干了三个月没有拿到工钱', county })
    w.at('2026-04-01T09:02')
    expect((await enter()).statusCode).toBe(200)
    const desks = [await its.json('GET', '/api/me'), await before.json('GET', '/api/me')]
    expect([desks.map(({ statusCode }) => statusCode), (await its.get('/mine')).statusCode]).toEqual([[200, 401], 200])
  })

  test('nor does entering the desk end what a citizen does at the same browser', async () => {
    const { its, enter } = await officer()
    await its.post('/', { story: '工地上干了三个月没有拿到工钱', county })
    expect((await enter()).statusCode).toBe(200)
    expect((await its.get('/mine')).statusCode).toBe(200)
  })
})
