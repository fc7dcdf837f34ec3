import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { over, type Actor, type Duty } from '#kernel/actor.ts'
import { hashPassword } from '#platform/doors/credentials.ts'
import { addStaff } from '#records/accounts/accounts.ts'
import { ask, codeOf, confirmedBy, enrolled, halfIn, newcomerOf, password, totpAt, type Answer } from '#test/newcomers.ts'
import { officer } from '#test/planted.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const start = '2026-04-01T09:00'
const [first, second, distant] = [officer('63', 'administrator'), officer('6301', 'administrator'), officer('21', 'administrator')]
let w: World
let app: FastifyInstance
const desks = new Map<Actor, Browser>()
beforeAll(async () => {
  w = await world(`${start}:00+08:00`)
  app = await site(w)
})
beforeEach(async () => {
  w.at(start)
  for (const who of [first, second, distant]) desks.set(who, await signedIn(w, app, who))
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const as = (who: Actor, path: string, body?: object) => ask(desks.get(who), path, body)
const two = () => ({ by: desks.get(first), second: desks.get(second) })
const confirmBy = (who: Actor, id: string) => confirmedBy(desks.get(who), id)
const totpOf = (secret: unknown) => totpAt(w, secret)
const colleague = (over: object = {}) => enrolled({ w, app, ...two() }, over)
const detailsOf = async (kind: string, account: string): Promise<{ change: string }[]> =>
  w.run(cast.clockwork, async (tx) =>
    (await tx.db.selectFrom('audit').select('detail').where('kind', '=', kind).orderBy('no').execute())
      .map(({ detail }) => detail as { change: string; account: string })
      .filter((detail) => detail.account === account),
  )

describe('whoever manages accounts manages nothing else (三员分立)', () => {
  test('to an administrator no matter exists, whatever is asked of the database', async () => {
    await w.filed()
    const counts = await w.run(first, async (tx) => {
      const tables = ['matter', 'event', 'clock', 'person', 'answer', 'document', 'message', 'audit'] as const
      return Promise.all(tables.map(async (table) => (await tx.db.selectFrom(table).selectAll().execute()).length))
    })
    expect(counts).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect((await w.run(cast.he, (tx) => tx.db.selectFrom('matter').selectAll().execute())).length).toBe(1)
  })

  test('an administrator holds no other duty, whoever writes it down', async () => {
    expect(
      (await as(first, '/api/users', newcomerOf({ grants: over(county, 'administrator', 'intake') }))).body.detail?.issues,
    ).toMatchObject([{ path: 'grants' }])
    const both = w.run(cast.clockwork, (tx) =>
      addStaff(tx, { kind: 'staff', login: v7(), name: '演示', grants: over(county, 'administrator', 'auditor') }),
    )
    await expect(both).rejects.toMatchObject({ code: '23503' })
  })

  test('nobody is appointed outside the administrator’s region, and nobody outside it is found', async () => {
    const away = await as(second, '/api/users', newcomerOf({ grants: over('6302', 'intake') }))
    expect([away.status, away.body.detail?.issues?.[0]?.path]).toEqual([422, 'grants.0.region'])
    const { id } = await colleague()
    expect((await as(distant, `/api/users/${id}`)).status).toBe(404)
    expect(JSON.stringify((await as(distant, '/api/users')).body)).not.toContain(id)
    const moved = await as(first, `/api/users/${id}/rights`, {
      name: '演示新人',
      grants: over('21', 'intake'),
      seen: { grants: over(county, 'intake') },
    })
    expect(moved.status).toBe(422)
  })

  test('the row policy says the same as the page: an administrator writes no account, nobody’s and not their own', async () => {
    const within = w.run(second, (tx) => addStaff(tx, { kind: 'staff', login: v7(), name: '演示', grants: over('6301', 'intake') }))
    await expect(within).rejects.toThrow(/row-level security/)
    const own = await w.run(first, (tx) =>
      tx.db.updateTable('account').set({ region: '21' }).where('id', '=', first.id).returning('id').execute(),
    )
    expect(own).toEqual([])
    expect((await as(first, `/api/users/${first.id}/disable`, { reason: '试一试' })).body.code).toBe('own_account')
  })

  test('new duties end the sessions of the old ones, and two administrators do not undo each other', async () => {
    const { id, its } = await colleague()
    const change = (who: Actor, ...duties: Duty[]) =>
      as(who, `/api/users/${id}/rights`, {
        name: '演示新人',
        grants: over(county, ...duties),
        seen: { grants: over(county, 'intake') },
      })
    expect([(await change(first, 'reviewer')).status, (await change(second, 'director')).body.code]).toEqual([200, 'waits_already'])
    expect((await ask(its, '/api/me')).status).toBe(200)
    expect((await confirmBy(second, id)).status).toBe(200)
    expect([(await change(second, 'director')).body.code, (await ask(its, '/api/me')).status]).toEqual(['stale', 401])
  })

  test('a shut account is out at once with its reason, and comes back when it is opened', async () => {
    const { id, its } = await colleague()
    const shut = await as(first, `/api/users/${id}/disable`, { reason: '已经调离' })
    expect([shut.body['disabledBecause'], (await ask(its, '/api/me')).status]).toEqual(['已经调离', 401])
    expect((await as(first, `/api/users/${id}/enable`, {})).body['disabledAt']).not.toBe(null)
    expect((await confirmBy(second, id)).body).toMatchObject({ user: { disabledAt: null }, half: null })
    expect((await detailsOf('accountChanged', id)).map(({ change }) => change)).toEqual([
      'asked',
      'confirmed',
      'enrolled',
      'disabled',
      'asked',
      'confirmed',
    ])
  })
})

describe('an administrator’s open desk is not the administrator (TRUST §3.1)', () => {
  const deeds = (id: string): [string, object][] => [
    ['/api/users', newcomerOf()],
    [`/api/users/${id}/rights`, { name: '演示', grants: over(county, 'director'), seen: { grants: over(county, 'intake') } }],
    [`/api/users/${id}/code`, {}],
    [`/api/users/${id}/disable`, { reason: '已经调离' }],
    [`/api/users/${id}/enable`, {}],
    [`/api/users/${id}/end-sessions`, {}],
    [`/api/users/${id}/reset`, { reason: '手机丢了' }],
    [`/api/users/${id}/confirm`, { request: id }],
    [`/api/users/${id}/decline`, { request: id }],
  ]

  test('nothing is done to an account ten minutes after the last proof of who is there; looking goes on', async () => {
    const { id } = await colleague()
    w.at('2026-04-01T09:10')
    for (const [path, body] of deeds(id)) expect([path, (await as(first, path, body)).body.code]).toEqual([path, 'prove_again'])
    expect([(await as(first, '/api/users')).status, (await as(first, `/api/users/${id}`)).status]).toEqual([200, 200])
  })

  test('and it goes on once they have shown who they are', async () => {
    const boss = await colleague({ grants: over('6301', 'administrator') })
    w.at('2026-04-01T09:15')
    expect((await ask(boss.its, '/api/users', newcomerOf())).body.code).toBe('prove_again')
    expect((await ask(boss.its, '/api/account/prove', { password, totp: totpOf(boss.secret) })).status).toBe(200)
    expect((await ask(boss.its, '/api/users', newcomerOf())).status).toBe(200)
  })
})

describe('setting up an account by a code', () => {
  test('the code opens once, and the person is in with a password nobody else has seen', async () => {
    const { its, entered, code } = await colleague()
    expect([entered.status, (await ask(its, '/api/me')).status]).toEqual([200, 200])
    expect((await ask(browser(app), '/api/enrol/open', { code })).body.code).toBe('link_spent')
  })

  test('three days later, or once a new one was made, it opens nothing', async () => {
    const person = newcomerOf()
    const code = await codeOf(two(), person)
    const half = (await as(first, `/api/users/${person.id}/code`, {})).body['half']
    const renewed = `${String(half)}${halfIn(await confirmBy(second, person.id))}`
    const opens = async (its: string) => (await ask(browser(app), '/api/enrol/open', { code: its })).body.code ?? 'opens'
    expect([await opens(code), await opens(renewed)]).toEqual(['link_spent', 'opens'])
    w.at('2026-04-04T09:00')
    expect(await opens(renewed)).toBe('link_spent')
  })

  test.each([
    ['shorter', 'password'],
    ['演示新人演示新人演示新人', 'password'],
    ['password12345', 'password'],
  ])('the password %s is refused at its field, and the code stays good', async (weak, path) => {
    const code = await codeOf(two(), newcomerOf())
    const { secret } = (await ask(browser(app), '/api/enrol/open', { code })).body
    const refused = await ask(browser(app), '/api/enrol', { code, password: weak, totp: totpOf(secret) })
    expect([refused.status, refused.body.detail?.issues?.[0]?.path]).toEqual([422, path])
    expect((await ask(browser(app), '/api/enrol', { code, password, totp: totpOf(secret) })).status).toBe(200)
  })
})

describe('a lost authenticator takes two administrators (TRUST §3.1)', () => {
  test('the one who asks cannot approve; another can, and the old keys are void', async () => {
    const { id, its, login, secret } = await colleague()
    await as(first, `/api/users/${id}/reset`, { reason: '手机丢了' })
    expect((await confirmBy(first, id)).body.code).toBe('own_request')
    const approved = await confirmBy(second, id)
    expect([approved.status, halfIn(approved).length]).toEqual([200, 10])
    w.at('2026-04-01T09:05')
    const again = await ask(browser(app), '/api/sign-in', { login, password, totp: totpOf(secret) })
    expect([again.status, (await ask(its, '/api/me')).status]).toEqual([401, 401])
  })
})

describe('what is one’s own', () => {
  test('a password is changed only shortly after a proof of who is at the desk', async () => {
    const { its, secret } = await colleague()
    w.at('2026-04-01T09:15')
    const fresh = { password: '另外一句只有我知道的话吧' }
    expect((await ask(its, '/api/account/password', fresh)).body.code).toBe('prove_again')
    expect((await ask(its, '/api/account/prove', { password, totp: totpOf(secret) })).status).toBe(200)
    expect((await ask(its, '/api/account/password', fresh)).status).toBe(200)
  })

  test('a person sees their own sessions and ends the others', async () => {
    const { its, login, secret } = await colleague()
    w.at('2026-04-01T09:02')
    const other = browser(app)
    await ask(other, '/api/sign-in', { login, password, totp: totpOf(secret) })
    const before = (await ask(its, '/api/account')).body['sessions'] as { isThis: boolean }[]
    await ask(its, '/api/account/sessions/end', { id: null })
    expect([before.filter(({ isThis }) => isThis).length, before.length, (await ask(other, '/api/me')).status]).toEqual([1, 2, 401])
  })

  test('how the workbench looks follows the person, and what is not offered is refused', async () => {
    const { its } = await colleague()
    await ask(its, '/api/preferences', { theme: 'dark' })
    expect((await ask(its, '/api/preferences')).body).toEqual({ theme: 'dark', density: 'roomy', textSize: 'usual', keys: 'on' })
    expect((await ask(its, '/api/preferences', { theme: 'pink' })).status).toBe(422)
  })
})

test('whatever is tried and whenever, a login nobody has answers as one that somebody has (TRUST T9)', async () => {
  const passwordHash = await hashPassword(password)
  const waits = fc.array(fc.constantFrom(0, 0, 0, 1, 2, 16), { minLength: 4, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(waits, async (minutes) => {
      w.at(start)
      const known = `k${v7()}`
      await w.run(cast.clockwork, (tx) =>
        addStaff(tx, {
          kind: 'staff',
          login: known,
          name: '演示',
          passwordHash,
          totpSecret: 'JBSWY3DPEHPK3PXP',
          grants: over(county, 'intake'),
        }),
      )
      const logins = [known, `u${v7()}`]
      let at = 0
      for (const wait of minutes) {
        at += wait
        w.at(new Date(Date.parse(`${start}:00Z`) + at * 60_000).toISOString().slice(0, 16))
        const [one, other] = await Promise.all(
          logins.map((login) => ask(browser(app), '/api/sign-in', { login, password: 'not the password', totp: '000000' })),
        )
        const said = ({ status, body }: Answer) => [status, body.code, JSON.stringify(body.detail)]
        expect(said(one!)).toEqual(said(other!)) // two were asked
      }
    }),
    { numRuns: 12 },
  )
})

test('accounts are listed by place, then by duty, then by name, page after page', async () => {
  const place = '632521'
  const third = await signedIn(w, app, officer('63', 'administrator'))
  const add = (name: string, region: string, ...duties: Duty[]) =>
    codeOf({ ...two(), second: third }, newcomerOf({ name, grants: over(region, ...duties) }))
  await add('演示丁', place, 'reviewer')
  await add('演示丙', '6325', 'supervisor')
  await add('演示乙', place, 'intake')
  await add('演示甲', place, 'reviewer', 'director')
  await add('演示乙二', place, 'intake')
  const page = async (after = '') =>
    (await as(first, `/api/users?region=6325&limit=2${after && `&after=${after}`}`)).body as unknown as {
      rows: { name: string }[]
      next: string | null
    }
  const [one, names] = [await page(), [] as string[]]
  for (let at: typeof one | null = one; at; at = at.next ? await page(at.next) : null) names.push(...at.rows.map(({ name }) => name))
  expect(names).toEqual(['演示丙', '演示乙', '演示乙二', '演示丁', '演示甲'])
})
