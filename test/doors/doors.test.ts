import type { FastifyInstance } from 'fastify'
import { TOTP, Secret } from 'otpauth'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { over } from '#kernel/actor.ts'
import { hashPassword, newTotpSecret } from '#platform/doors/credentials.ts'
import { sendCode } from '#platform/doors/sign-in.ts'
import { addStaff } from '#records/accounts/accounts.ts'
import { browser, secretIn, site } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const start = '2026-04-01T09:00'
const password = 'correct horse battery'
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

const later = (minutes: number) => w.at(new Date(Date.parse(`${start}:00Z`) + minutes * 60_000).toISOString().slice(0, 16))

describe('the desk’s door: password and authenticator (TRUST §3.1)', () => {
  const enter = async (login: string, given: { password?: string; totp: string }) => {
    const its = browser(app)
    const answer = await its.json('POST', '/api/sign-in', { login, password, ...given })
    return {
      its,
      status: answer.statusCode,
      code: answer.json<{ code?: string }>().code,
      body: answer.body.replace(/"requestId":"[^"]+"/, ''),
    }
  }

  /** Somebody new at the desk, and what their authenticator shows. */
  async function newcomer() {
    const [login, totpSecret] = [`x${v7()}`, newTotpSecret()]
    const passwordHash = await hashPassword(password)
    const id = await w.run(cast.clockwork, (tx) =>
      addStaff(tx, { kind: 'staff', login, name: '演示', passwordHash, totpSecret, grants: over(county, 'intake') }),
    )
    return { id, login, totp: () => new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate({ timestamp: w.now().getTime() }) }
  }
  const notIt = (code: string) => (code === '000000' ? '111111' : '000000')

  test('a wrong password, a wrong code, a code used already and a login nobody has are answered alike', async () => {
    const { login, totp } = await newcomer()
    expect((await enter(login, { totp: totp() })).status).toBe(200)
    const answers = [
      await enter(login, { totp: totp() }),
      await enter(login, { password: 'wrong horse battery', totp: totp() }),
      await enter(login, { totp: notIt(totp()) }),
      await enter(`y${v7()}`, { totp: totp() }),
    ]
    expect(answers.map(({ status, code }) => [status, code])).toEqual(answers.map(() => [401, 'wrong_credentials']))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  })

  test('each entry is a session of its own, and the cookie is for this host, strictly', async () => {
    const { login, totp } = await newcomer()
    const first = await enter(login, { totp: totp() })
    later(2)
    const second = await enter(login, { totp: totp() })
    expect([first.status, second.status]).toEqual([200, 200])
    expect(first.its.jar.get('__Host-fahui-desk')).not.toBe(second.its.jar.get('__Host-fahui-desk'))
    later(4)
    const { cookies } = await first.its.json('POST', '/api/sign-in', { login, password, totp: totp() })
    expect(cookies).toMatchObject([
      { name: '__Host-fahui-desk', httpOnly: true, secure: true, sameSite: 'Strict', path: '/' },
      { name: '__Host-fahui-device', httpOnly: true, secure: true, sameSite: 'Lax', path: '/' },
    ])
  })

  test('after five wrong tries the right one waits too, a little longer each time, and no longer than a quarter of an hour (TRUST T9, T28)', async () => {
    const { login, totp } = await newcomer()
    for (let n = 0; n < 5; n++) expect((await enter(login, { password: 'wrong horse battery', totp: totp() })).status).toBe(401)
    expect(await enter(login, { totp: totp() })).toMatchObject({ status: 429, code: 'too_many_tries' })
    later(1)
    expect((await enter(login, { password: 'wrong horse battery', totp: totp() })).status).toBe(401)
    later(16)
    expect((await enter(login, { totp: totp() })).status).toBe(200)
  })

  test('thirty guesses at once are counted as thirty, and only five are looked at (TRUST T9)', async () => {
    const { login, totp } = await newcomer()
    const answers = await Promise.all(Array.from({ length: 30 }, () => enter(login, { password: 'wrong horse battery', totp: totp() })))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
  })

  test('a shut account is a login nobody has', async () => {
    const { id, login, totp } = await newcomer()
    await w.run(cast.clockwork, (tx) => tx.db.updateTable('account').set({ disabled_at: tx.now }).where('id', '=', id).execute())
    expect(await enter(login, { totp: totp() })).toMatchObject({ status: 401, code: 'wrong_credentials' })
  })
})

describe('the phone’s door', () => {
  let number = 0
  const newPhone = () => `1380000${String(++number).padStart(4, '0')}`
  const sent = (phone: string) => /\d{6}/.exec(w.gateway.sent.findLast(({ to }) => to === phone)?.text ?? '')?.[0] ?? ''
  const notIt = (code: string) => (code === '000000' ? '111111' : '000000')

  const timesSent = (phone: string) => w.gateway.sent.filter(({ to }) => to === phone).length

  async function asked() {
    const [its, phone] = [browser(app), newPhone()]
    expect((await its.post('/sign-in', { phone })).statusCode).toBe(200)
    return { its, phone, code: sent(phone), answer: async (code: string) => (await its.post('/sign-in/code', { phone, code })).statusCode }
  }

  test('the code lets in once', async () => {
    const { code, answer } = await asked()
    expect([await answer(code), await answer(code)]).toEqual([303, 422])
  })

  test('six wrong digits are called that, and not a wrong code or secret', async () => {
    const { its, phone, code } = await asked()
    const { body } = await its.post('/sign-in/code', { phone, code: notIt(code) })
    expect([body.includes('验证码不对，或者过期了'), body.includes('口令')]).toEqual([true, false])
  })

  test('five wrong codes void the right one', async () => {
    const { code, answer } = await asked()
    for (let n = 0; n < 5; n++) expect(await answer(notIt(code))).toBe(422)
    expect(await answer(code)).toBe(422)
  })

  test('thirty wrong codes at once void it as well', async () => {
    const { code, answer } = await asked()
    await Promise.all(Array.from({ length: 30 }, () => answer(notIt(code))))
    expect(await answer(code)).toBe(422)
  })

  test('five minutes later it is no use', async () => {
    const { code, answer } = await asked()
    later(5)
    expect(await answer(code)).toBe(422)
  })

  test('one a minute is sent, and the number typed is still there', async () => {
    const { its, phone } = await asked()
    const again = await its.post('/sign-in', { phone })
    expect([again.statusCode, again.body.includes(phone), timesSent(phone)]).toEqual([429, true, 1])
    expect(again.body).toMatch(/短信里是哪六位数字？.*刚发过一条，等一分钟再试/s)
    expect(again.body).not.toContain('十五分钟')
    later(1)
    expect((await its.post('/sign-in', { phone })).statusCode).toBe(200)
  })

  test('asked ten times at once, one code is sent', async () => {
    const phone = newPhone()
    const asked = await Promise.all(Array.from({ length: 10 }, () => sendCode(w.on, phone, w.now())))
    expect([asked.filter(Boolean).length, timesSent(phone)]).toEqual([1, 1])
  })

  test('ten a day are sent to a number, and from then on the wait is said until the day is over (TRUST T9)', async () => {
    const { its, phone } = await asked()
    for (let n = 1; n < 10; n++) {
      later(n)
      expect((await its.post('/sign-in', { phone })).statusCode).toBe(200)
    }
    later(60)
    const over = await its.post('/sign-in', { phone })
    expect([over.statusCode, over.body.includes('请明天再来'), timesSent(phone)]).toEqual([429, true, 10])
    w.at('2026-04-01T23:59')
    expect((await its.post('/sign-in', { phone })).statusCode).toBe(429)
    w.at('2026-04-02T00:00')
    expect((await its.post('/sign-in', { phone })).statusCode).toBe(200)
    later(24 * 60)
    expect((await its.post('/sign-in', { phone })).statusCode).toBe(200)
  })

  test('a number of ours and a number of nobody’s are answered alike', async () => {
    const { phone, code, answer } = await asked()
    await answer(code)
    later(2)
    const pages = [await browser(app).post('/sign-in', { phone }), await browser(app).post('/sign-in', { phone: newPhone() })]
    const [known, unknown] = pages.map(({ body }) => body.replaceAll(/1380000\d{4}/g, ''))
    expect(known).toBe(unknown)
  })

  test('coming in begins a new session and ends the one before (TRUST T10)', async () => {
    const [its, phone] = [browser(app), newPhone()]
    await its.post('/', { story: '工地上干了三个月没有拿到工钱', county })
    const before = browser(app)
    before.jar.set('__Host-fahui', its.jar.get('__Host-fahui') ?? '')
    expect((await before.get('/mine')).statusCode).toBe(200)
    await its.post('/sign-in', { phone })
    expect((await its.post('/sign-in/code', { phone, code: sent(phone) })).statusCode).toBe(303)
    expect([(await its.get('/mine')).statusCode, (await before.get('/mine')).headers.location]).toEqual([200, '/return'])
  })
})

describe('the door of code and secret', () => {
  async function begun() {
    const its = browser(app)
    await its.post('/', { story: '工地上干了三个月没有拿到工钱', county })
    const [code, secret] = secretIn(w, its)
    const enter = async (given: string, to = code) => browser(app).post('/return', { code: to, secret: given })
    return { its, code, secret, enter, wrong: secret.startsWith('2') ? `3${secret.slice(1)}` : `2${secret.slice(1)}` }
  }

  test('opens the matter again, however the letters are written', async () => {
    const { code, secret, enter } = await begun()
    expect((await enter(secret)).headers.location).toBe(`/m/${code}/next`)
    expect((await enter(` ${secret.slice(0, 4).toLowerCase()}-${secret.slice(4)} `)).statusCode).toBe(303)
  })

  test('a wrong secret, a code nobody has and a matter that waits are answered alike', async () => {
    const { code, secret, wrong, enter } = await begun()
    const pages = [await enter(wrong), await enter(wrong, (await begun()).code)]
    for (let n = 0; n < 5; n++) await enter(wrong)
    pages.push(await enter(secret))
    expect(pages.map(({ statusCode }) => statusCode)).toEqual([422, 422, 422])
    const [one, two] = pages.map(({ body }) => body.replaceAll(/value="[^"]*"/g, ''))
    expect([one === two, pages[2]?.body.includes('编号或者口令不对'), pages[0]?.body.includes(code)]).toEqual([true, true, true])
  })

  test('after five wrong secrets the right one waits a quarter of an hour, and no longer because somebody knocked meanwhile', async () => {
    const { secret, wrong, enter } = await begun()
    for (let n = 0; n < 5; n++) await enter(wrong)
    expect((await enter(secret)).statusCode).toBe(422)
    later(10)
    expect([(await enter(secret)).statusCode, (await enter(wrong)).statusCode]).toEqual([422, 422])
    later(15)
    expect((await enter(secret)).statusCode).toBe(303)
  })

  test('thirty secrets at once are counted as thirty: the right one among them at the end is not looked at', async () => {
    const { secret, wrong, enter } = await begun()
    const answers = await Promise.all([...Array.from({ length: 30 }, () => enter(wrong)), enter(secret)])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 422))
  })

  test('no longer opens an account that is known by phone: whoever began a draft on a shared phone does not see what came after', async () => {
    const { its, code, secret, enter } = await begun()
    const phone = '19912345678'
    await its.post('/sign-in', { phone })
    const sms = /\d{6}/.exec(w.gateway.sent.findLast(({ to }) => to === phone)?.text ?? '')?.[0] ?? ''
    expect((await its.post('/sign-in/code', { phone, code: sms })).headers.location).toBe('/mine')
    const answer = await enter(secret)
    expect([answer.statusCode, answer.cookies]).toEqual([200, []])
    expect(answer.body).toMatch(/编号和口令都对。这件事已经和一个手机号连着，请用那个号码登录。.*action="\/sign-in"/s)
    expect((await enter(secret.startsWith('2') ? `3${secret.slice(1)}` : `2${secret.slice(1)}`)).body).not.toContain('手机号连着')
    expect((await its.get('/mine')).body).toContain(`/m/${code}/next`)
  })
})
