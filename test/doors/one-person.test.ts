import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { letters } from '#lines/legal-aid/letters.ts'
import { deliver } from '#records/letters/deliver.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { verifyAll } from '#engine/verify.ts'
import { browser, secretIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { accountIn, type Seats } from '#kernel/seat.ts'

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
})
let minutes = 0
beforeEach(() => {
  minutes = 0
  w.at('2026-04-01T09:00')
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

let number = 0
const newPhone = () => `1391111${String(++number).padStart(4, '0')}`
async function proves(its: Browser, phone: string) {
  w.at(`2026-04-01T09:${String(++minutes).padStart(2, '0')}`) // one code a minute is sent
  await its.post('/sign-in', { phone })
  const code = /\d{6}/.exec(w.gateway.sent.findLast(({ to }) => to === phone)?.text ?? '')?.[0] ?? ''
  return its.post('/sign-in/code', { phone, code })
}
const begin = async (its: Browser, more = {}) =>
  String((await its.post('/', { story: '在工地干了三个月，没有拿到工钱。', county, ...more })).headers.location).replace('/next', '')

/** Sends a draft off with a number to text. */
async function files(its: Browser, phone: string): Promise<string> {
  const draft = await begin(its)
  const answers: Record<string, Record<string, string | string[]>> = {
    notice: { read: 'yes' },
    forWhom: { who: 'self' },
    kind: { kind: 'wages' },
    opponent: { name: '演示建筑公司' },
    amount: { fen: '1.8万', since: '2026-01-05' },
    deadline: { what: 'none' },
    person: { name: '演示·马建国', idNumber: '11010519491231002X' },
    contact: { safe: 'both', phone },
    place: { living: '西宁市城东区' },
    migrant: { isMigrant: 'yes' },
    workProof: { proofs: ['wageSheet'] },
    documents: {},
  }
  for (let at = `${draft}/next`; !at.endsWith('/check');) {
    const shown = await its.get(at)
    if (shown.statusCode === 303) at = String(shown.headers.location)
    else at = String((await its.post(at, answers[/\/q\/(\w+)/.exec(at)?.[1] ?? ''] ?? {})).headers.location)
  }
  expect((await its.post(`${draft}/check`, {})).headers.location).toBe(`${draft}/receipt`)
  return draft
}
const rowOf = async (address: string) =>
  w.run(cast.clockwork, async (tx) => {
    const at = await tx.db
      .selectFrom('matter')
      .select(['region', 'id', 'seats'])
      .where('code', '=', address.slice(3))
      .executeTakeFirstOrThrow()
    return { ...at, applicant: accountIn({ seats: at.seats as Seats }, 'applicant') }
  })
const texts = (phone: string) => w.gateway.sent.filter(({ to, isCode }) => to === phone && !isCode).length

describe('somebody who asked without a name and then proves a phone that has an account', () => {
  test('finds what they filed in that account, beside what was there before, from any phone', async () => {
    const [home, away, phone] = [browser(app), browser(app), newPhone()]
    await proves(away, phone)
    const before = await begin(away)
    const filed = await files(home, phone)
    expect((await proves(home, phone)).headers.location).toBe('/mine')
    for (const its of [home, away]) {
      const mine = (await its.get('/mine')).body
      expect([mine.includes(filed), mine.includes(before), (await its.get(filed)).statusCode]).toEqual([true, true, 200])
    }
  })

  test('goes on with a draft and sends it off', async () => {
    const [home, phone] = [browser(app), newPhone()]
    await proves(browser(app), phone)
    const draft = await begin(home)
    await proves(home, phone)
    expect((await home.post(`${draft}/q/notice`, { read: 'yes' })).statusCode).toBe(303)
    expect((await home.get('/mine')).body).toContain(draft)
  })

  test('is told on the receipt that the number brings texts, and them, only once it is proved', async () => {
    const [home, phone] = [browser(app), newPhone()]
    const filed = await files(home, phone)
    const receipt = async () => (await home.get(`${filed}/receipt`)).body
    expect(await receipt()).toMatch(/要收短信、以后凭手机号回来，先用这个号码登录一次。.*href="\/sign-in"/s)
    await proves(home, phone)
    const { body } = await home.get(`${filed}/receipt`)
    expect([body.includes('先用这个号码登录'), body.includes('照这次的办法登录'), /<dt>口令/.test(body)]).toEqual([false, true, false])
  })

  test('is promised nothing by phone where they come back, unless they have signed in with it', async () => {
    expect((await browser(app).get('/return')).body).toContain('用手机号登录过的')
  })

  test('gets the texts they asked for from then on, and none before (个人信息保护法 §6)', async () => {
    const [home, phone] = [browser(app), newPhone()]
    await proves(browser(app), phone)
    const at = await rowOf(await files(home, phone))
    const tell = async (seq: number) => {
      await w.run(cast.clockwork, (tx) => deliver(tx, letters.tellProgress, 'tellProgress', { effect: 'tellProgress', ...at, seq }))
      await w.settle()
    }
    await tell(101)
    expect(texts(phone)).toBe(0)
    await proves(home, phone)
    await tell(102)
    expect(texts(phone)).toBe(1)
  })

  test('is told so in the history, where all they did before is still theirs; and the log proves the row', async () => {
    const [home, phone] = [browser(app), newPhone()]
    await proves(browser(app), phone)
    const filed = await files(home, phone)
    const from = (await rowOf(filed)).applicant
    await proves(home, phone)
    const at = await rowOf(filed)
    const last = (await w.run(cast.clockwork, (tx) => eventsOf(tx, at))).at(-1)
    expect(last).toMatchObject({ action: 'joinAccount', actor: 'system', input: { from, applicant: at.applicant } })
    const { body } = await home.get(filed)
    expect([body.includes('您登录了，这件事归到您名下。'), body.includes('· 法律援助机构<')]).toEqual([true, false])
    expect(await verifyAll(w.on, w.now())).toMatchObject({ ok: true })
  })

  test('takes nothing from an account that is known by another phone', async () => {
    const [its, one, two] = [browser(app), newPhone(), newPhone()]
    await proves(browser(app), two)
    const draft = await begin(its)
    await proves(its, one)
    await proves(its, two)
    expect([(await its.get('/mine')).body.includes(draft), (await its.get(draft)).statusCode]).toEqual([false, 404])
  })

  test('takes over no matter in which they act for the one who began it', async () => {
    const [its, phone] = [browser(app), newPhone()]
    const draft = await begin(its)
    await its.post(`${draft}/proxy`, { phone, consents: 'true' })
    const before = await rowOf(draft)
    await proves(its, phone)
    expect((await rowOf(draft)).applicant).toBe(before.applicant)
  })

  test.each([true, false])(
    'at the tablet of a village room takes over nothing: whoever sits there may not be whoever began (phone known: %s)',
    async (isKnown) => {
      const [tablet, phone] = [browser(app), newPhone()]
      if (isKnown) await proves(browser(app), phone)
      const draft = await begin(tablet, { via: 'villageRoom' })
      const [code, secret] = secretIn(w, tablet)
      await proves(tablet, phone)
      expect([(await tablet.get('/mine')).body.includes(draft), (await tablet.get(draft)).statusCode]).toEqual([false, 404])
      expect((await browser(app).post('/return', { code, secret })).headers.location).toBe(`${draft}/next`)
    },
  )
})
