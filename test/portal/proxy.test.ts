import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { eventsOf, matterOf } from '#engine/matter-rows.ts'
import { findOrAddCitizenByPhone } from '#records/accounts/accounts.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { accountIn } from '#kernel/seat.ts'

let w: World
let app: FastifyInstance
let li: Browser
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  li = await signedIn(w, app, cast.li)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const valueOf = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''

/** The page's form as the person fills it in. */
async function filledIn(its: Browser, m: Matter, form: Record<string, string>) {
  const page = await its.get(`/m/${m.code}/proxy`)
  return { key: valueOf(page.body, 'key'), version: valueOf(page.body, 'version'), ...form }
}
const appoints = async (its: Browser, m: Matter, form: Record<string, string>) =>
  its.post(`/m/${m.code}/proxy`, await filledIn(its, m, form))

/** Somebody at their own phone: asks for the code, types it. */
async function signedInByPhone(phone: string): Promise<Browser> {
  const its = browser(app)
  await its.post('/sign-in', { phone })
  const code = /验证码 (\d{6})/.exec(w.gateway.sent.findLast((one) => one.to === phone)?.text ?? '')?.[1] ?? ''
  expect((await its.post('/sign-in/code', { phone, code })).headers.location).toBe('/mine')
  return its
}
const current = (m: Matter) => w.run(cast.clockwork, (tx) => matterOf(tx, m))
const logOf = async (m: Matter) => (await w.run(cast.clockwork, (tx) => eventsOf(tx, m))).map(({ action }) => action)

describe('letting somebody act (个人信息保护法 §23)', () => {
  test('from consent to dismissal: the proxy finds the matter by their phone, helps, cannot withdraw, and is shut out the moment it ends', async () => {
    const m = await w.filed()
    const other = await w.filed()
    const track = await li.get(`/m/${m.code}`)
    expect(track.body).toContain(`href="/m/${m.code}/proxy"`)
    expect((await appoints(li, m, { phone: '138 0000 0011', consents: 'true' })).headers.location).toBe(`/m/${m.code}`)

    const ma = await signedInByPhone('13800000011')
    const mine = await ma.get('/mine')
    expect(mine.body).toContain(`/m/${m.code}`)
    expect(mine.body).not.toContain(`/m/${other.code}`)
    const seen = await ma.get(`/m/${m.code}`)
    expect(seen.statusCode).toBe(200)
    expect(seen.body).toContain(`/m/${m.code}/add/evidence`)
    expect(seen.body).toContain('申请人')
    expect(seen.body).not.toMatch(new RegExp(`/m/${m.code}/(do/withdraw|do/dismissProxy|proxy)`))
    expect((await ma.get(`/m/${other.code}`)).statusCode).toBe(404)

    await w.act(cast.wang, m, 'ask', { missing: ['identity'], until: '2026-04-10' })
    await w.attached({ ...cast.ma, id: String(accountIn((await current(m))!, 'proxy')) }, m, 'identity')
    const supplied = await ma.post(`/m/${m.code}/do/supply`, { key: v7() })
    expect([supplied.statusCode, (await current(m))?.state], supplied.body).toEqual([303, 'submitted'])
    expect((await li.get(`/m/${m.code}`)).body).toMatch(/代办人/)
    const withdrawn = await ma.post(`/m/${m.code}/do/withdraw`, { key: v7() })
    expect([withdrawn.statusCode, (await current(m))?.state]).toEqual([403, 'submitted'])

    expect((await li.post(`/m/${m.code}/do/dismissProxy`, { key: v7() })).statusCode).toBe(303)
    expect((await ma.get(`/m/${m.code}`)).statusCode).toBe(404)
    expect((await ma.get('/mine')).body).not.toContain(m.code)
    expect((await li.get(`/m/${m.code}`)).body).toMatch(/代办人/)
  })

  test('naming another person replaces the first', async () => {
    const m = await w.filed()
    await appoints(li, m, { phone: '13800000012', consents: 'true' })
    const first = await signedInByPhone('13800000012')
    expect((await first.get(`/m/${m.code}`)).statusCode).toBe(200)
    expect((await li.get(`/m/${m.code}/proxy`)).body).toContain('现在已经有人替您代办')
    await appoints(li, m, { phone: '13800000013', consents: 'true' })
    expect((await first.get(`/m/${m.code}`)).statusCode).toBe(404)
    expect((await (await signedInByPhone('13800000013')).get(`/m/${m.code}`)).statusCode).toBe(200)
  })

  test('a draft may be handed to somebody before it is filed', async () => {
    const m = await w.open(cast.li)
    expect((await appoints(li, m, { phone: '13800000014', consents: 'true' })).statusCode).toBe(303)
    expect((await (await signedInByPhone('13800000014')).get('/mine')).body).toContain(`/m/${m.code}/next`)
  })

  test('consent is withdrawn as easily after the decision as before, and when it is all over (个人信息保护法 §15)', async () => {
    const m = await w.filed()
    await appoints(li, m, { phone: '13800000016', consents: 'true' })
    const ma = await signedInByPhone('13800000016')
    await w.assessed(m, 'refuse')
    await w.act(cast.wang, m, 'refuse', { reason: '诉求不属于法律援助的范围，请向劳动监察部门反映。' })
    expect((await li.get(`/m/${m.code}`)).body).toContain('do/dismissProxy')
    expect((await li.post(`/m/${m.code}/do/dismissProxy`, { key: v7() })).statusCode).toBe(303)
    expect((await ma.get(`/m/${m.code}`)).statusCode).toBe(404)
  })

  test('a matter that has ended can be closed to the proxy, and stays ended (个人信息保护法 §15)', async () => {
    const m = await w.filed()
    await appoints(li, m, { phone: '13800000017', consents: 'true' })
    await w.act(cast.li, m, 'withdraw')
    expect(await w.act(cast.li, m, 'dismissProxy')).toMatchObject({ state: 'withdrawn', seats: { applicant: [{ account: cast.li.id }] } })
  })

  test('an objection is another matter: consent to the first does not open it to the proxy (个人信息保护法 §14)', async () => {
    const m = await w.filed()
    await appoints(li, m, { phone: '13800000015', consents: 'true' })
    await w.assessed(m, 'refuse')
    await w.act(cast.wang, m, 'refuse', { reason: '诉求不属于法律援助的范围，请向劳动监察部门反映。' })
    await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-01' })
    const ma = await signedInByPhone('13800000015')
    expect((await ma.post(`/m/${m.code}/object`, { key: v7() })).statusCode).toBe(403)
    const objection = String((await li.post(`/m/${m.code}/object`, { key: v7() })).headers.location)
    expect((await li.get(objection)).statusCode).toBe(200)
    expect((await ma.get(objection)).statusCode).toBe(404)
  })
})

describe('what is typed', () => {
  test.each(['1380000001', '0971-8000001', '老马'])(
    '%s is no mobile number: said at the field, and what was typed is kept',
    async (phone) => {
      const m = await w.filed()
      const answer = await appoints(li, m, { phone, consents: 'true' })
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toMatch(/<p class="error" id="f-phone-error">请填 11 位手机号/)
      expect(answer.body).toContain(`value="${phone}"`)
      expect(answer.body).toMatch(/name="consents"[^>]*checked/)
      expect(accountIn((await current(m))!, 'proxy')).toBeNull()
    },
  )

  test('without the tick nobody is appointed, and no account is made for the number', async () => {
    const m = await w.filed()
    const before = await countAccounts()
    const answer = await appoints(li, m, { phone: '13800000016' })
    expect([answer.statusCode, await countAccounts()]).toEqual([422, before])
    expect(answer.body).toMatch(/<p class="error" id="f-consents-error">/)
    expect(answer.body).toContain('value="13800000016"')
  })

  test('a proxy is somebody else: one’s own number is refused at the field', async () => {
    const id = await w.run(cast.clockwork, (tx) => findOrAddCitizenByPhone(tx, '13800000017'))
    const her = await signedIn(w, app, { ...cast.li, id })
    const m = await w.open({ ...cast.li, id })
    const answer = await appoints(her, m, { phone: '+86 138-0000-0017', consents: 'true' })
    expect(answer.body).toMatch(/<p class="error" id="f-phone-error">这是您自己的手机号/)
  })

  test('a form posted twice appoints once', async () => {
    const m = await w.filed()
    const form = await filledIn(li, m, { phone: '13800000018', consents: 'true' })
    const answers = [await li.post(`/m/${m.code}/proxy`, form), await li.post(`/m/${m.code}/proxy`, form)]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303])
    expect(await logOf(m)).toEqual(['open', 'submit', 'appointProxy'])
  })

  test('two posts at once appoint once', async () => {
    const m = await w.filed()
    const form = await filledIn(li, m, { phone: '13800000019', consents: 'true' })
    const answers = await Promise.all([li.post(`/m/${m.code}/proxy`, form), li.post(`/m/${m.code}/proxy`, form)])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303])
    expect(await logOf(m)).toEqual(['open', 'submit', 'appointProxy'])
  })

  test('a repeat after the dismissal brings nobody back', async () => {
    const m = await w.filed()
    const form = await filledIn(li, m, { phone: '13800000020', consents: 'true' })
    await li.post(`/m/${m.code}/proxy`, form)
    await li.post(`/m/${m.code}/do/dismissProxy`, { key: v7() })
    await li.post(`/m/${m.code}/proxy`, form)
    expect(accountIn((await current(m))!, 'proxy')).toBeNull()
  })
})

describe('who may appoint', () => {
  test('not the proxy, not a stranger, nobody once it is over; and no number is looked up for them', async () => {
    const m = await w.filed()
    await appoints(li, m, { phone: '13800000021', consents: 'true' })
    const proxy = await signedInByPhone('13800000021')
    const chen = await signedIn(w, app, cast.chen)
    const before = await countAccounts()
    const form = { key: v7(), phone: '13800000022', consents: 'true' }
    expect([(await proxy.get(`/m/${m.code}/proxy`)).statusCode, (await proxy.post(`/m/${m.code}/proxy`, form)).statusCode]).toEqual([
      403, 403,
    ])
    expect([(await chen.get(`/m/${m.code}/proxy`)).statusCode, (await chen.post(`/m/${m.code}/proxy`, form)).statusCode]).toEqual([
      404, 404,
    ])
    expect((await browser(app).post(`/m/${m.code}/proxy`, form)).statusCode).toBe(401)
    await li.post(`/m/${m.code}/do/withdraw`, { key: v7() })
    expect((await li.post(`/m/${m.code}/proxy`, form)).statusCode).toBe(409)
    expect((await li.get(`/m/${m.code}`)).body).not.toContain(`/m/${m.code}/proxy`)
    expect(await countAccounts()).toBe(before)
  })

  test('the log keeps who was appointed, never the number (TRUST: personal data stays out of the log)', async () => {
    const m = await w.filed()
    await appoints(li, m, { phone: '13800000023', consents: 'true' })
    const events = await w.run(cast.clockwork, (tx) => eventsOf(tx, m))
    expect(JSON.stringify(events)).not.toContain('13800000023')
  })
})

const countAccounts = () => w.run(cast.clockwork, async (tx) => (await tx.db.selectFrom('account').select('id').execute()).length)
