import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { over } from '#kernel/actor.ts'
import { hashPassword, newTotpSecret } from '#platform/doors/credentials.ts'
import { addStaff } from '#records/accounts/accounts.ts'
import { addresses, bound } from '#test/flooding.ts'
import { floodLimits } from '#platform/doors/flood-limits.ts'
import { browser, secretIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const start = '2026-04-01T09:00'
const password = 'correct horse battery'
const device = '__Host-fahui-device'
let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world(`${start}:00+08:00`)
  app = await site(w)
})
beforeEach(async () => {
  w.at(start)
  await w.run(cast.clockwork, (tx) => tx.db.deleteFrom('flood_count').execute())
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const later = (minutes: number) => w.at(new Date(Date.parse(`${start}:00Z`) + minutes * 60_000).toISOString().slice(0, 16))
const elsewhere = addresses()
/** TRUST T28 asks for ten thousand: `FLOOD_TRIES=10000` takes some minutes. */
const tries = Number(process.env['FLOOD_TRIES'] ?? 240)
/** As a browser that has only what says where somebody signed in before. */
function known(its: Browser, at = '203.0.113.1'): Browser {
  const again = browser(app, at)
  again.jar.set(device, its.jar.get(device) ?? '')
  return again
}
/** So many tries of others, some at a time. */
async function storm(tries: number, attempt: (n: number) => Promise<unknown>) {
  for (let n = 0; n < tries; n += 50) await Promise.all(Array.from({ length: Math.min(50, tries - n) }, (_, more) => attempt(n + more)))
}

describe('the desk’s door', () => {
  async function officer() {
    const [login, totpSecret] = [`k${v7()}`, newTotpSecret()]
    const passwordHash = await hashPassword(password)
    await w.run(cast.clockwork, (tx) =>
      addStaff(tx, { kind: 'staff', login, name: '演示', passwordHash, totpSecret, grants: over(county, 'intake') }),
    )
    const totp = () => new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate({ timestamp: w.now().getTime() })
    const enter = async (its: Browser, given = password) =>
      (await its.json('POST', '/api/sign-in', { login, password: given, totp: totp() })).statusCode
    const desk = browser(app, '203.0.113.1')
    expect(await enter(desk)).toBe(200)
    return { login, enter, desk }
  }

  test('wrong tries from a hundred networks, however many, neither block nor delay the owner where they came in before (TRUST T28)', async () => {
    const { enter, desk } = await officer()
    const others = Array.from({ length: 100 }, () => browser(app, elsewhere()))
    later(1)
    await storm(tries, (n) => enter(others[n % 100]!, 'wrong horse battery'))
    expect(await enter(browser(app, '203.0.113.1'))).toBe(429)
    expect(await enter(known(desk))).toBe(200)
  }, 1_800_000)

  test('nor does the limit of all together shut them out', async () => {
    const { enter, desk } = await officer()
    await bound(w, 'floods.signIns', { perAddress: 1, perNetwork: 1, inTotal: 1, minutes: 60 })
    await storm(20, () => enter(browser(app, elsewhere()), 'wrong horse battery'))
    later(2)
    expect([await enter(browser(app, elsewhere())), await enter(known(desk))]).toEqual([429, 200])
    await bound(w, 'floods.signIns', floodLimits['floods.signIns'].usual)
  })

  test('whoever guesses at a known browser waits after five tries as anybody does, and the owner elsewhere does not', async () => {
    const { enter, desk } = await officer()
    later(10)
    const thief = known(desk)
    for (let n = 0; n < 5; n++) expect(await enter(thief, 'wrong horse battery')).toBe(401)
    expect([await enter(thief), await enter(browser(app, '203.0.113.9'))]).toEqual([429, 200])
  })

  test('a browser known to another account, or to none by our word, has no lane of its own', async () => {
    const [mine, theirs] = [await officer(), await officer()]
    later(1)
    await storm(10, () => mine.enter(browser(app, elsewhere()), 'wrong horse battery'))
    const altered = browser(app, '203.0.113.1')
    altered.jar.set(
      device,
      (mine.desk.jar.get(device) ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    )
    expect([await mine.enter(known(theirs.desk)), await mine.enter(altered)]).toEqual([429, 429])
  })

  test('one desk is known to all who take turns at it', async () => {
    const [first, second] = [await officer(), await officer()]
    later(3)
    const shared = known(first.desk)
    expect(await second.enter(shared)).toBe(200)
    later(6)
    await storm(20, (n) => (n % 2 ? first : second).enter(browser(app, elsewhere()), 'wrong horse battery'))
    expect([await first.enter(known(shared)), await second.enter(known(shared))]).toEqual([200, 200])
  })
})

describe('code and secret of a matter', () => {
  async function begun() {
    const its = browser(app, '203.0.113.1')
    await its.post('/', { story: '工地上干了三个月没有拿到工钱', county })
    const [code, secret] = secretIn(w, its)
    const wrong = secret.startsWith('2') ? `3${secret.slice(1)}` : `2${secret.slice(1)}`
    const enter = async (who: Browser, given = secret) => (await who.post('/return', { code, secret: given })).statusCode
    return { its, code, enter, wrong }
  }
  /** As a browser that was not closed since it was given the secret. */
  const holding = (its: Browser) => {
    const again = browser(app, '203.0.113.1')
    again.jar.set('__Host-fahui-secret', its.jar.get('__Host-fahui-secret') ?? '')
    return again
  }

  test('outsiders’ wrong secrets shut out their own network, and not the owner in another (S-M14)', async () => {
    const { enter, wrong } = await begun()
    for (let n = 0; n < 6; n++) await enter(browser(app, '203.0.114.1'), wrong)
    expect([await enter(browser(app, '203.0.114.1')), await enter(browser(app, '203.0.115.1'))]).toEqual([422, 303])
  })

  test('wrong secrets from everywhere use up the matter’s quarter of an hour, and the owner’s own browser still opens it (TRUST T28)', async () => {
    const { its, code, enter, wrong } = await begun()
    await bound(w, 'floods.returns', { ...floodLimits['floods.returns'].usual, perAddress: 10 })
    const others = Array.from({ length: 30 }, () => browser(app, elsewhere()))
    await storm(tries, (n) => enter(others[n % 30]!, wrong))
    await bound(w, 'floods.returns', floodLimits['floods.returns'].usual)
    expect([await enter(browser(app, elsewhere())), await enter(holding(its))]).toEqual([422, 303])
    later(15)
    expect(await enter(browser(app, elsewhere()))).toBe(303)
    expect(code).toHaveLength(10)
  }, 1_800_000)

  test('of all that is tried from anywhere in a quarter of an hour, a hundred secrets are looked at: 31⁸ of them stand for ages', async () => {
    const { enter, wrong } = await begun()
    await storm(100, () => enter(browser(app, elsewhere()), wrong))
    expect(await enter(browser(app, elsewhere()))).toBe(422)
  })

  test('a browser carries the secret sealed, and nothing it makes up opens anything (S-L12)', async () => {
    const { its, code, enter, wrong } = await begun()
    const carried = decodeURIComponent(its.jar.get('__Host-fahui-secret') ?? '')
    expect([carried.includes(secretIn(w, its)[1]), carried.includes(code)]).toEqual([false, false])
    await storm(100, () => enter(browser(app, elsewhere()), wrong))
    const forger = browser(app, elsewhere())
    forger.jar.set('__Host-fahui-secret', `${code}.ABCDEFGH`)
    expect(await enter(forger)).toBe(422)
  })
})

describe('the phone', () => {
  let n = 0
  const codeFor = (phone: string) => /\d{6}/.exec(w.gateway.sent.findLast(({ to }) => to === phone)?.text ?? '')?.[0] ?? ''
  async function owner(at = '203.0.113.1') {
    const [its, phone] = [browser(app, at), `1377000${String(++n).padStart(4, '0')}`]
    await its.post('/sign-in', { phone })
    expect((await its.post('/sign-in/code', { phone, code: codeFor(phone) })).statusCode).toBe(303)
    return { its, phone }
  }

  test('whoever uses up the day’s codes of a number does not use up its owner’s', async () => {
    const { its, phone } = await owner()
    for (let sent = 1; sent <= 12; sent++) {
      later(2 * sent)
      await browser(app, elsewhere()).post('/sign-in', { phone })
    }
    later(30)
    const again = known(its)
    expect([
      (await browser(app, elsewhere()).post('/sign-in', { phone })).statusCode,
      (await again.post('/sign-in', { phone })).statusCode,
    ]).toEqual([429, 200])
    expect((await again.post('/sign-in/code', { phone, code: codeFor(phone) })).statusCode).toBe(303)
  })

  test('whoever guesses at a code, or asks for another, does not void the owner’s', async () => {
    const { its, phone } = await owner()
    later(2)
    const again = known(its)
    await again.post('/sign-in', { phone })
    const code = codeFor(phone)
    for (let tries = 0; tries < 8; tries++)
      await browser(app, elsewhere()).post('/sign-in/code', { phone, code: code === '000000' ? '111111' : '000000' })
    await browser(app, elsewhere()).post('/sign-in', { phone })
    expect((await again.post('/sign-in/code', { phone, code })).statusCode).toBe(303)
  })

  test('five wrong codes at a known browser void the code there', async () => {
    const { its, phone } = await owner()
    later(2)
    const again = known(its)
    await again.post('/sign-in', { phone })
    const code = codeFor(phone)
    for (let tries = 0; tries < 5; tries++) await again.post('/sign-in/code', { phone, code: code === '000000' ? '111111' : '000000' })
    expect((await again.post('/sign-in/code', { phone, code })).statusCode).toBe(422)
  })

  test('a browser is known nowhere after a sitting that was private, in a village room, or left in haste (反家庭暴力法 §5)', async () => {
    const hurt = browser(app, '203.0.113.1')
    const draft = String((await hurt.post('/', { story: '我老公天天打我，手机也要查。', county })).headers.location)
    await hurt.get(draft.replace('next', 'q/notice'))
    const room = browser(app, '203.0.113.1')
    await room.post('/', { story: '在饭店洗了半年碗，老板不给工钱。', county, via: 'villageRoom' })
    const { its, phone } = await owner()
    for (const who of [hurt, room]) {
      const mobile = `1378000${String(++n).padStart(4, '0')}`
      await who.post('/sign-in', { phone: mobile })
      expect((await who.post('/sign-in/code', { phone: mobile, code: codeFor(mobile) })).statusCode).toBe(303)
      expect(who.jar.has(device)).toBe(false)
    }
    expect([its.jar.has(device), phone.length]).toEqual([true, 11])
    await its.get('/exit', { 'sec-fetch-site': 'same-origin' })
    expect(its.jar.has(device)).toBe(false)
  })
})
