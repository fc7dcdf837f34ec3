import type { FastifyInstance, InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { over, type Grant } from '#kernel/actor.ts'
import { replaceGrants } from '#records/accounts/grants.ts'
import { demoController } from '#platform/config.ts'
import type { Matter } from '#kernel/matter.ts'
import { documentPage } from '#api/matter/documents.ts'
import { styleSource } from '#portal/frame/assets.ts'
import { portalPages } from '#api/portal/pages.tsx'
import { routes } from '#api/serve.ts'
import { disableAccount } from '#records/accounts/accounts.ts'
import { plantedCase } from '#test/planted.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const start = '2026-04-01T09:00'
const doors = [
  ...routes,
  ...portalPages({ provinces: ['63', '21'], controller: demoController, oidc: null, origin: undefined }),
  documentPage,
]

let w: World
let app: FastifyInstance
let li: Browser
let filed: Matter
let document: string

beforeAll(async () => {
  w = await world(`${start}:00+08:00`)
  app = await site(w)
  li = await signedIn(w, app, cast.li)
  filed = await plantedCase(w)
  document = await w.run(
    cast.li,
    async (tx) => (await tx.db.selectFrom('document').select('id').where('matter', '=', filed.id).executeTakeFirstOrThrow()).id,
  )
})
beforeEach(() => w.at(start))
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const cookieOf = (who: Browser) => [...who.jar].map(([name, value]) => `${name}=${value}`).join('; ')

/** The address of a route in Li's case. */
function addressOf(path: string): string {
  const named: Record<string, string> = {
    region: county,
    id: path.includes('document') || path.includes('/file/') ? document : filed.id,
    code: filed.code,
    kind: 'evidence',
    question: 'person',
    action: 'withdraw',
  }
  return path.replaceAll(/:(\w+)/g, (_, name: string) => named[name] ?? name)
}

describe('another site may write nothing in our visitors’ names (TRUST T8)', () => {
  const written = () =>
    w.run(
      cast.clockwork,
      async (tx) =>
        (
          await sql`select (select count(*) from event) as event, (select count(*) from matter) as matter, (select count(*) from session) as session, (select count(*) from audit) as audit, (select count(*) from account) as account, (select count(*) from one_time_code) as code`.execute(
            tx.db,
          )
        ).rows,
    )
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const elsewhere: Record<string, InjectOptions> = {
    'a form on another site': { headers: { ...form, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, payload: 'story=x' },
    'a form on another site, from an old browser': { headers: { ...form, origin: 'https://evil.example' }, payload: 'story=x' },
    'a form of a neighbouring host': {
      headers: { ...form, origin: 'https://www.localhost', 'sec-fetch-site': 'same-site' },
      payload: 'story=x',
    },
    'a fetch from another site': {
      headers: { 'content-type': 'application/json', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      payload: '{}',
    },
    'a fetch as plain text': {
      headers: { 'content-type': 'text/plain', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      payload: '{}',
    },
    'a request that does not say whence': { headers: form, payload: 'story=x' },
    'an origin of null': { headers: { ...form, origin: 'null' }, payload: 'story=x' },
    'an origin of null that claims to be ours': {
      headers: { ...form, origin: 'null', 'sec-fetch-site': 'same-origin' },
      payload: 'story=x',
    },
    'a host nobody can read': {
      headers: { ...form, host: 'a b[', origin: 'http://a b[', 'sec-fetch-site': 'same-origin' },
      payload: 'story=x',
    },
  }

  test.each(doors.filter(({ method }) => method === 'POST').map(({ id, path }) => [id, path]))('%s', async (_, path) => {
    const before = await written()
    for (const [whence, request] of Object.entries(elsewhere)) {
      const { statusCode } = await app.inject({
        method: 'POST',
        url: addressOf(path),
        ...request,
        headers: { ...request.headers, cookie: cookieOf(li) },
      })
      expect([whence, statusCode]).toEqual([whence, 403])
    }
    expect(await written()).toEqual(before)
  })
})

describe('what every answer carries (TRUST §3.2)', () => {
  const always = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'geolocation=(), microphone=(), camera=()',
    'strict-transport-security': 'max-age=31536000',
  }
  const portal = `default-src 'none'; script-src 'self'; style-src ${styleSource}; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'`
  const desk = portal.replace(styleSource, "'self' 'nonce-…'").replace("connect-src 'self'", "connect-src 'self'; worker-src 'self'")
  // Leaving is among the routes tried.
  beforeEach(async () => {
    li = await signedIn(w, app, cast.li)
  })
  const policyOf = (url: string) => (url.startsWith('/desk') ? desk : portal)

  async function carried(request: InjectOptions, policy: string, cache = 'no-store') {
    const { headers } = await app.inject({ ...request, headers: { ...request.headers, cookie: cookieOf(li) } })
    const named = Object.fromEntries(Object.keys(always).map((name) => [name, headers[name]]))
    const csp = String(headers['content-security-policy']).replace(/'nonce-[^']+'/, "'nonce-…'")
    expect([request.url, named, csp, headers['cache-control']]).toEqual([request.url, always, policy, cache])
  }

  test.each(doors.map(({ id, method, path }) => [id, method, path] as const))('%s', async (_, method, path) => {
    const url = addressOf(path)
    const isFile = path === documentPage.path || path.includes('/file/')
    await carried(
      { method, url, headers: { 'sec-fetch-site': 'same-origin' } },
      isFile ? 'sandbox' : policyOf(url),
      url === '/portal.js' ? 'public, max-age=31536000, immutable' : 'no-store',
    )
    if (method === 'POST') await carried({ method, url }, policyOf(url))
  })

  test.each([
    '/none',
    '/api/none',
    '/api/openapi.json',
    '/desk',
    '/desk/anything',
    '/desk/icon.svg',
    '/desk/assets/none.js',
    '/%E0%A4%A',
    '/api/%zz',
    `/m/${'A'.repeat(300)}`,
    '/m/%00',
    '/api/queue?limit=x',
  ])('%s, which is no route or goes wrong', (url) => carried({ method: 'GET', url }, policyOf(url)))

  test('a file comes as an attachment of a fixed kind, and may run nothing', async () => {
    const { headers } = await li.get(`/m/${filed.code}/file/${document}`)
    expect([
      headers['content-type'],
      String(headers['content-disposition']).startsWith('attachment;'),
      headers['content-security-policy'],
    ]).toEqual(['application/pdf', true, 'sandbox'])
  })

  test('every cookie of ours goes to this host alone, over a secure line, and out of reach of scripts (S-L3)', async () => {
    const answer = await browser(app).post('/', { story: '工地上干了三个月没有拿到工钱', county })
    const { cookies } = answer
    expect(cookies.map(({ name }) => name).toSorted()).toEqual(['__Host-fahui', '__Host-fahui-secret', 'county'])
    for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, secure: true, path: '/', sameSite: 'Lax' })
    for (const cookie of cookies) expect(cookie.domain).toBeUndefined()
  })
})

describe('a session (TRUST T10)', () => {
  const me = async (who: Browser) => (await who.json('GET', '/api/me')).statusCode
  const grant = (id: string, grants: Grant[]) => w.run(cast.clockwork, (tx) => replaceGrants(tx, id, grants))

  test('a duty that is taken away is gone at the next request', async () => {
    const guo = await signedIn(w, app, cast.guo)
    const ask = async () => (await guo.json('GET', `/api/matters/${county}/${filed.id}/panels/candidates`)).statusCode
    expect(await ask()).toBe(200)
    await grant(cast.guo.id, over(county, 'intake'))
    expect(await ask()).toBe(404)
    await grant(cast.guo.id, over('630202', 'director'))
    expect(await ask()).toBe(404)
    await grant(cast.guo.id, over(county, 'director'))
    expect(await ask()).toBe(200)
  })

  test('an account that is shut is out at the next request', async () => {
    const sun = await signedIn(w, app, cast.sun)
    expect(await me(sun)).toBe(200)
    await w.run(cast.clockwork, (tx) => disableAccount(tx, cast.sun.id, cast.he.id))
    expect(await me(sun)).toBe(401)
  })

  test('ends after thirty minutes unused, and lives while it is used', async () => {
    const wang = await signedIn(w, app, cast.wang)
    for (const moment of ['2026-04-01T09:29', '2026-04-01T09:58']) {
      w.at(moment)
      expect(await me(wang)).toBe(200)
    }
    w.at('2026-04-01T10:28')
    expect(await me(wang)).toBe(401)
  })

  test.each([
    ['staff', cast.wang, 12],
    ['a provider', cast.zhao, 12],
    ['a citizen', cast.chen, 24],
  ] as const)('of %s ends in time however busy they are', async (_, who, hours) => {
    const its = await signedIn(w, app, who)
    for (let minutes = 25; minutes < hours * 60; minutes += 25) {
      w.at(new Date(Date.parse(`${start}:00Z`) + minutes * 60_000).toISOString().slice(0, 16))
      expect([minutes, await me(its)]).toEqual([minutes, 200])
    }
    w.at(new Date(Date.parse(`${start}:00Z`) + hours * 3_600_000).toISOString().slice(0, 16))
    expect(await me(its)).toBe(401)
  })

  test('is over when its person leaves, for whoever kept a copy of it', async () => {
    const zhao = await signedIn(w, app, cast.zhao)
    const kept = browser(app)
    for (const [name, value] of zhao.jar) kept.jar.set(name, value)
    expect((await zhao.json('POST', '/api/sign-out')).headers['clear-site-data']).toBe('"cache"')
    expect([zhao.jar.size, await me(kept)]).toEqual([0, 401])
  })

  test('of a desk opens nothing on the portal, put in whichever cookie', async () => {
    const wang = await signedIn(w, app, cast.wang)
    const token = wang.jar.get('__Host-fahui-desk') ?? ''
    const tries = [
      { jar: '__Host-fahui-desk', status: 303 },
      { jar: '__Host-fahui', status: 404 },
    ]
    for (const { jar, status } of tries) {
      const its = browser(app)
      its.jar.set(jar, token)
      expect((await its.get(`/m/${filed.code}`)).statusCode).toBe(status)
    }
  })

  test('that is made up, cut or changed is nobody’s', async () => {
    const token = li.jar.get('__Host-fahui') ?? ''
    for (const value of ['', 'x', token.slice(1), `${token}x`, token.toLowerCase(), v7(), '%00', "' or 1=1 --"]) {
      const its = browser(app)
      its.jar.set('__Host-fahui', value)
      expect([value, await me(its)]).toEqual([value, 401])
    }
  })
})
