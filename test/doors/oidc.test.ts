import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '#api/serve.ts'
import { demoController, readConfig } from '#platform/config.ts'
import { openNote, sealNote } from '#platform/keys/note.ts'
import { findSession } from '#platform/doors/sessions.ts'
import { findOrAddCitizenByPhone } from '#records/accounts/accounts.ts'
import { identityProvider, type Misdeed } from './identity-provider.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let provider: Awaited<ReturnType<typeof identityProvider>>
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  provider = await identityProvider()
  app = await appWith(provider.oidc)
})
afterEach(() => Object.assign(provider.its, { subject: 'citizen-1', acr: 'L2', misdeed: {} }))
afterAll(async () => {
  await app.close()
  await provider[Symbol.asyncDispose]()
  await w[Symbol.asyncDispose]()
})

const appWith = (oidc: { issuer: string; clientId: string; clientSecret: string }) =>
  buildApp(w.on, { origin: undefined, provinces: ['63', '21'], controller: demoController, oidc, mode: 'trial' }, w.now)

/** Follows our redirect to the provider and returns the address on our side it sends the browser back to. */
async function asksProvider(its: Browser): Promise<string> {
  const out = await its.get('/sign-in/identity')
  expect(out.statusCode, out.body).toBe(303)
  const answered = await fetch(String(out.headers.location), { redirect: 'manual' })
  const { pathname, search } = new URL(String(answered.headers.get('location')))
  return pathname + search
}
const signsIn = async (its: Browser) => its.get(await asksProvider(its))
const sessionOf = (its: Browser) => its.jar.get('__Host-fahui')
const accounts = () => w.run(cast.clockwork, (tx) => tx.db.selectFrom('account').select(['id', 'identity_subject', 'name']).execute())

/** Nobody came in, and the page says what to do instead. */
async function isTurnedAway(its: Browser, response: Awaited<ReturnType<Browser['get']>>) {
  expect(response.statusCode).toBe(422)
  expect(response.body).toMatch(/身份没有核对成功.*请再试一次，或者用手机号登录/)
  expect(sessionOf(its)).toBeUndefined()
  expect((await its.get('/mine')).headers.location).toBe('/return')
}

describe('signing in with the national identity', () => {
  test('is offered where a provider is set, and is not there at all where none is', async () => {
    expect((await browser(app).get('/sign-in')).body).toContain('href="/sign-in/identity"')
    const without = await site(w)
    expect((await browser(without).get('/sign-in')).body).not.toContain('/sign-in/identity')
    expect((await browser(without).get('/sign-in/identity')).statusCode).toBe(404)
    await without.close()
  })

  test('asks with code, PKCE, state and nonce, and for nothing but who it is (个人信息保护法 §6)', async () => {
    const out = await browser(app).get('/sign-in/identity')
    const asked = new URL(String(out.headers.location)).searchParams
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid',
      redirect_uri: 'http://localhost/sign-in/identity/back',
    })
    expect([asked.get('state'), asked.get('nonce'), asked.get('code_challenge')]).toEqual(
      Array(3).fill(expect.stringMatching(/^[\w-]{43}$/)),
    )
  })

  test('keeps the question sealed in a host-only cookie of ten minutes', async () => {
    const its = browser(app)
    const out = await its.get('/sign-in/identity')
    const state = new URL(String(out.headers.location)).searchParams.get('state') ?? ''
    const [cookie] = out.cookies
    expect(cookie).toMatchObject({
      name: '__Host-fahui-note-identity',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 600,
    })
    expect(cookie?.value).not.toContain(state)
  })

  test('opens a session; the same person is found again by issuer and subject, and no name is kept', async () => {
    provider.its.subject = 'returning'
    const first = browser(app)
    expect((await signsIn(first)).headers.location).toBe('/mine')
    expect((await first.get('/mine')).statusCode).toBe(200)
    expect((await signsIn(browser(app))).headers.location).toBe('/mine')
    expect((await accounts()).filter((one) => one.identity_subject === 'returning')).toMatchObject([{ name: null }])
  })

  test('works with a provider that signs by RSA', async () => {
    await using rsa = await identityProvider('RS256')
    const other = await appWith(rsa.oidc)
    expect((await signsIn(browser(other))).headers.location).toBe('/mine')
    await other.close()
  })

  test('writes the assurance to the audit; a level we cannot read counts as the lowest', async () => {
    for (const acr of ['L3', 'gold']) {
      provider.its.acr = acr
      await signsIn(browser(app))
    }
    const rows = await w.run(cast.clockwork, (tx) =>
      tx.db.selectFrom('audit').select('detail').where('kind', '=', 'signIn').orderBy('no', 'desc').limit(2).execute(),
    )
    expect(rows.map(({ detail }) => detail)).toMatchObject([
      { door: 'identity', assurance: 'L1' },
      { door: 'identity', assurance: 'L3' },
    ])
  })
})

describe('whose account it becomes', () => {
  test('an application begun without signing in is found again under the identity', async () => {
    provider.its.subject = 'began-nameless'
    const li = await signedIn(w, app, cast.li)
    const m = await w.open(cast.li)
    await signsIn(li)
    expect((await accounts()).find((one) => one.identity_subject === 'began-nameless')?.id).toBe(cast.li.id)
    expect((await li.get(`/m/${m.code}/next`)).statusCode).toBe(303)
  })

  test('an account that has an identity keeps it: somebody else at the same browser gets their own', async () => {
    const chen = await signedIn(w, app, cast.chen)
    provider.its.subject = 'chen'
    await signsIn(chen)
    provider.its.subject = 'the next in the queue'
    await signsIn(chen)
    const found = (await accounts()).filter((one) => one.identity_subject === 'chen' || one.identity_subject === 'the next in the queue')
    expect(found.map((one) => one.identity_subject === 'chen' && one.id === cast.chen.id).toSorted()).toEqual([false, true])
  })

  test('an identity that is somebody’s already takes over nobody else’s matters', async () => {
    provider.its.subject = 'settled'
    await signsIn(browser(app))
    const ma = await signedIn(w, app, cast.ma)
    const m = await w.open(cast.ma)
    await signsIn(ma)
    expect((await ma.get(`/m/${m.code}/next`)).statusCode).toBe(404)
  })

  test('the phone already known stays when the identity is added', async () => {
    const id = await w.run(cast.clockwork, (tx) => findOrAddCitizenByPhone(tx, '19900000031'))
    provider.its.subject = 'has a phone'
    await signsIn(await signedIn(w, app, { ...cast.chen, id }))
    expect((await accounts()).find((one) => one.identity_subject === 'has a phone')?.id).toBe(id)
    expect(await w.run(cast.clockwork, (tx) => findOrAddCitizenByPhone(tx, '19900000031'))).toBe(id)
  })

  test('the session that was here is over, and a village room is one still (TRUST T10)', async () => {
    provider.its.subject = 'at the tablet'
    const [its, before] = [browser(app), browser(app)]
    await its.post('/', { story: '工地上干了三个月没有拿到工钱', county: '630102', via: 'villageRoom' })
    before.jar.set('__Host-fahui', sessionOf(its) ?? '')
    await signsIn(its)
    const found = await Promise.all([its, before].map((one) => findSession(w.on, sessionOf(one) ?? '', w.now())))
    expect(found.map((session) => session?.channel)).toEqual(['villageRoom', undefined])
  })

  test('a staff session lends nothing', async () => {
    provider.its.subject = 'an officer off duty'
    await signsIn(await signedIn(w, app, cast.wang))
    expect((await accounts()).find((one) => one.identity_subject === 'an officer off duty')?.id).not.toBe(cast.wang.id)
  })
})

describe('nobody comes in', () => {
  const misdeeds: [string, Misdeed][] = [
    ['whose ID token is signed by nobody (alg none)', { alg: 'none' }],
    ['whose ID token is signed with a key the issuer does not publish', { foreignKey: true }],
    ['whose ID token names another algorithm than the issuer uses', { alg: 'RS256' }],
    ['whose ID token is another issuer’s', { claims: (honest) => ({ ...honest, iss: 'https://elsewhere.example' }) }],
    ['whose ID token is for another service', { claims: (honest) => ({ ...honest, aud: 'another service' }) }],
    ['whose ID token answers another question (nonce)', { claims: (honest) => ({ ...honest, nonce: 'a'.repeat(43) }) }],
    ['whose ID token has run out', { claims: (honest) => ({ ...honest, iat: 1_700_000_000, exp: 1_700_000_300 }) }],
    ['whose ID token names no subject', { claims: ({ sub: _, ...rest }) => rest }],
    ['who answers in another issuer’s name (RFC 9207 mix-up)', { answersAs: 'https://elsewhere.example' }],
    ['who pressed “no” at the provider', { denies: true }],
  ]
  test.each(misdeeds)('%s', async (_, misdeed) => {
    provider.its.misdeed = misdeed
    const its = browser(app)
    await isTurnedAway(its, await signsIn(its))
  })

  test('with a state that is not the one kept', async () => {
    const its = browser(app)
    const back = await asksProvider(its)
    await isTurnedAway(its, await its.get(back.replace(/state=[\w-]+/, `state=${'b'.repeat(43)}`)))
  })

  test('with somebody else’s answer, in a browser that asked nothing (login by forgery)', async () => {
    const victim = browser(app)
    await isTurnedAway(victim, await victim.get(await asksProvider(browser(app))))
  })

  test('with a code used before: the note is spent, and the provider refuses too', async () => {
    const its = browser(app)
    const back = await asksProvider(its)
    const note = its.jar.get('__Host-fahui-note-identity') ?? ''
    expect((await its.get(back)).headers.location).toBe('/mine')
    expect(its.jar.has('__Host-fahui-note-identity')).toBe(false)
    const again = browser(app)
    await isTurnedAway(again, await again.get(back))
    again.jar.set('__Host-fahui-note-identity', note)
    await isTurnedAway(again, await again.get(back))
  })

  test('later than ten minutes after asking', async () => {
    const its = browser(app)
    const back = await asksProvider(its)
    w.at('2026-04-01T09:11')
    await isTurnedAway(its, await its.get(back))
    w.at('2026-04-01T09:00')
  })

  test('with a note that was altered or made up', async () => {
    const its = browser(app)
    const back = await asksProvider(its)
    const [name, note] = [...its.jar][0] ?? ['', '']
    for (const forged of [`${note.slice(0, -1)}${note.endsWith('A') ? 'B' : 'A'}`, 'made up']) {
      its.jar.set(name, forged)
      await isTurnedAway(its, await its.get(back))
    }
  })

  test('while the provider is away, or describes itself as somebody else; the next to come is served when it is back', async () => {
    const away = await identityProvider()
    const other = await appWith(away.oidc)
    away.its.misdeed = { describesAs: 'https://elsewhere.example' }
    const its = browser(other)
    await isTurnedAway(its, await its.get('/sign-in/identity'))
    away.its.misdeed = {}
    expect((await its.get('/sign-in/identity')).statusCode).toBe(303)
    const gone = await appWith(away.oidc)
    await away[Symbol.asyncDispose]()
    await isTurnedAway(browser(gone), await browser(gone).get('/sign-in/identity'))
    await Promise.all([other.close(), gone.close()])
  })
})

describe('a note carried by the browser', () => {
  test('opens under its own name, until it is too old', () => {
    const note = sealNote(w.on.keyring, 'identity', 'text | 文字', w.now())
    const later = new Date(w.now().getTime() + 10 * 60_000)
    expect(openNote(w.on.keyring, 'identity', note, w.now())).toBe('text | 文字')
    expect([
      openNote(w.on.keyring, 'other', note, w.now()),
      openNote(w.on.keyring, 'identity', note, later),
      openNote(w.on.keyring, 'identity', undefined, w.now()),
    ]).toEqual([null, null, null])
  })
})

describe('the setting', () => {
  const production = {
    FAHUI_MODE: 'production',
    FAHUI_CONTROLLER_NAME: '演示市司法局',
    FAHUI_CONTROLLER_ADDRESS: '演示路 1 号',
    FAHUI_CONTROLLER_PHONE: '0971-8000000',
    DATABASE_URL: 'postgres://localhost/fahui',
    SMS_GATEWAY_URL: 'https://sms.example',
    OIDC_CLIENT_ID: 'fahui',
  }
  const read = (more: Record<string, string>) => () => readConfig({ ...production, ...more })
  test('plain http is for localhost in a trial', () => {
    expect(readConfig({ OIDC_ISSUER: 'http://localhost:9000', OIDC_CLIENT_ID: 'fahui' }).oidc?.issuer).toBe('http://localhost:9000')
    expect(() => readConfig({ OIDC_ISSUER: 'http://identity.example', OIDC_CLIENT_ID: 'fahui' })).toThrow(
      /OIDC_ISSUER: must be an https address/,
    )
    expect(read({ OIDC_ISSUER: 'http://localhost:9000', FAHUI_ORIGIN: 'https://fahui.example' })).toThrow(
      /OIDC_ISSUER: must be an https address/,
    )
  })
  test('production names the address people come back to', () => {
    expect(read({ OIDC_ISSUER: 'https://identity.example' })).toThrow(/FAHUI_ORIGIN: needed beside OIDC_ISSUER/)
    expect(read({ OIDC_ISSUER: 'https://identity.example', FAHUI_ORIGIN: 'https://fahui.example' })().oidc).toMatchObject({
      clientId: 'fahui',
    })
  })
})
