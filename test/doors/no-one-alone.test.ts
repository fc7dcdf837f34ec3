import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { over, type Actor, type Duty } from '#kernel/actor.ts'
import { addStaff } from '#records/accounts/accounts.ts'
import { recordSettings } from '#records/settings/settings.ts'
import { ask, codeOf, confirmedBy, enrolled, halfIn, newcomerOf, password, totpAt, waitingFor } from '#test/newcomers.ts'
import { officer } from '#test/planted.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { walk } from './hostile-walk.ts'

const start = '2026-04-01T09:00:00+08:00'
const [first, other, third] = [officer('63', 'administrator'), officer('63', 'administrator'), officer('6302', 'administrator')]
let w: World
let app: FastifyInstance
let by: Browser
let second: Browser
let elsewhere: Browser
beforeAll(async () => {
  w = await world(start)
  app = await site(w)
  ;[by, second, elsewhere] = [await signedIn(w, app, first), await signedIn(w, app, other), await signedIn(w, app, third)]
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const two = () => ({ w, app, by, second })
/** By the clock of the database, which is the one that counts. */
const aWeekLater = (id: string) =>
  w.on.database.owner((db) => sql`update account set confirmed_at = confirmed_at - interval '8 days' where id = ${id}::uuid`.execute(db))
/** Another administrator, made by the first and confirmed by the second, and no longer new. */
async function made(): Promise<Awaited<ReturnType<typeof enrolled>>> {
  const its = await enrolled(two(), { grants: over('63', 'administrator') })
  await aWeekLater(its.id)
  return its
}
const grantsOf = (id: string) =>
  w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('duty_grant').select(['duty', 'region']).where('account', '=', id).where('valid_to', 'is', null).execute(),
  )

describe('nothing is given to an account by one person (三员分立, S-H2)', () => {
  test('who is added is granted nothing and is let in by nothing until another administrator confirms', async () => {
    const person = newcomerOf({ grants: over('63', 'supervisor') })
    const half = halfIn(await ask(by, '/api/users', person))
    expect([half.length, await grantsOf(person.id)]).toEqual([10, []])
    for (const code of [half + half, half.padEnd(20, 'A')])
      expect((await ask(browser(app), '/api/enrol/open', { code })).body.code).toBe('link_spent')
    expect(halfIn(await confirmedBy(second, person.id)).length).toBe(10)
    expect(await grantsOf(person.id)).toEqual([{ duty: 'supervisor', region: '63' }])
  })

  test('each of the two sees half of the code, and whoever has both halves sets up the account', async () => {
    const { entered, its } = await enrolled(two())
    expect([entered.status, (await ask(its, '/api/me')).status]).toEqual([200, 200])
  })

  test('a wider grant gives no sight until it is confirmed; what is only taken away is gone at once', async () => {
    const m = await w.filed()
    const { id, its, login, secret } = await enrolled(two(), { grants: over('630104', 'intake', 'reviewer') })
    const change = (grants: object[], seen: object[]) =>
      ask(by, `/api/users/${id}/rights`, { name: '演示新人', grants, seen: { grants: seen } })
    const both = over('630104', 'intake', 'reviewer')
    await change([...both, ...over(county, 'reviewer')], both)
    expect((await ask(its, `/api/matters/${m.region}/${m.id}`)).status).toBe(404)
    await confirmedBy(second, id)
    w.at('2026-04-01T09:02')
    const again = browser(app)
    await ask(again, '/api/sign-in', { login, password, totp: totpAt(w, secret) })
    expect((await ask(again, `/api/matters/${m.region}/${m.id}`)).status).toBe(200)
    await change(both, [...both, ...over(county, 'reviewer')])
    expect((await grantsOf(id)).map(({ region }) => region)).toEqual(['630104', '630104'])
    w.at('2026-04-01T09:00')
  })

  test('a new name waits as well: by it the second person knows whom they confirm', async () => {
    const { id } = await enrolled(two())
    const grants = over(county, 'intake')
    const renamed = await ask(by, `/api/users/${id}/rights`, { name: '何敬之', grants, seen: { grants } })
    expect(renamed.body).toMatchObject({ name: '演示新人', waiting: { kind: 'rights', name: '何敬之', isMine: true } })
  })

  test('who was not confirmed is no account, and their login is free again', async () => {
    const person = newcomerOf()
    await ask(by, '/api/users', person)
    const waiting = await waitingFor(second, person.id)
    expect((await ask(second, `/api/users/${person.id}/decline`, { request: waiting?.id })).status).toBe(200)
    expect((await ask(by, '/api/users', newcomerOf({ login: person.login }))).status).toBe(200)
  })

  test('what is confirmed is what was seen: another request in its place is not', async () => {
    const { id } = await enrolled(two())
    await ask(by, `/api/users/${id}/reset`, { reason: '手机丢了' })
    const seen = await waitingFor(second, id)
    await ask(by, `/api/users/${id}/decline`, { request: seen?.id })
    await ask(by, `/api/users/${id}/rights`, { name: '演示新人', grants: over('63', 'director'), seen: { grants: over(county, 'intake') } })
    expect((await ask(second, `/api/users/${id}/confirm`, { request: seen?.id })).body.code).toBe('stale')
  })
})

describe('the second person is another, and not one the first has made', () => {
  const why = async (desk: Browser, id: string) => (await waitingFor(desk, id))?.why

  test('whoever asked does not confirm, and neither does the one it is about', async () => {
    const boss = await made()
    await ask(by, `/api/users/${boss.id}/reset`, { reason: '手机丢了' })
    expect((await confirmedBy(by, boss.id)).body.code).toBe('own_request')
    expect((await confirmedBy(boss.its, boss.id)).body.code).toBe('own_account')
  })

  test('an administrator does not confirm for their maker, nor the maker for them, nor two of one maker for each other', async () => {
    const [one, two] = [await made(), await made()]
    const grandchild = await enrolled({ w, app, by: one.its, second }, { grants: over('63', 'administrator') })
    await aWeekLater(grandchild.id)
    const desks = [by, one.its, two.its, grandchild.its]
    for (const asker of desks) {
      const person = newcomerOf()
      await ask(asker, '/api/users', person)
      for (const desk of desks.filter((its) => its !== asker)) expect((await confirmedBy(desk, person.id)).body.code).toBe('same_origin')
      expect(
        await why(
          desks.find((its) => its !== asker)!,
          person.id,
        ),
      ).toContain('同一位最初的管理员') // there are four
      expect((await confirmedBy(second, person.id)).status).toBe(200)
    }
  })

  test('whoever is new among the administrators confirms nothing for some days, by the clock of the database', async () => {
    const its = await enrolled({ w, app, by: second, second: by }, { grants: over('63', 'administrator') })
    const person = newcomerOf()
    await ask(by, '/api/users', person)
    expect((await confirmedBy(its.its, person.id)).body.code).toBe('too_new')
    w.at('2027-04-01T09:00')
    expect(await w.run({ ...third, id: its.id, grants: over('63', 'administrator') }, flawFor(person.id))).toBe('too_new')
    w.at('2026-04-01T09:00')
    await aWeekLater(its.id)
    expect((await confirmedBy(its.its, person.id)).status).toBe(200)
  })

  test('for how many days is a setting, and the database counts as many as are declared where nobody has set it', async () => {
    const days = (region: string) =>
      w.run(
        cast.clockwork,
        async (tx) => (await sql<{ n: number }>`select sec.new_administrator_days(${region}) as n`.execute(tx.db)).rows[0]?.n,
      )
    expect(await days('630102')).toBe(recordSettings['accounts.newAdministratorDays'].default)
    const set = { key: 'accounts.newAdministratorDays', valid_from: '2026-01-01', value: '30', decided_by: '演示' }
    await w.run(cast.clockwork, (tx) =>
      tx.db
        .insertInto('setting')
        .values({ region: '6301', ...set })
        .execute(),
    )
    expect([await days('630102'), await days('63')]).toEqual([30, 7])
  })

  test('nobody confirms more than they administer, nor what somebody asked who is shut out by now', async () => {
    const { id } = await enrolled(two(), { grants: over('630202', 'intake') })
    await ask(by, `/api/users/${id}/rights`, {
      name: '演示新人',
      grants: over('63', 'director'),
      seen: { grants: over('630202', 'intake') },
    })
    expect((await confirmedBy(elsewhere, id)).body.code).toBe('beyond_region')
    const boss = await made()
    const person = newcomerOf()
    await ask(boss.its, '/api/users', person)
    await ask(second, `/api/users/${boss.id}/disable`, { reason: '不来了' })
    expect((await confirmedBy(second, person.id)).body.code).toBe('asker_gone')
  })
})

const flawFor = (id: string) => async (tx: Parameters<Parameters<World['run']>[1]>[0]) =>
  (
    await sql<{
      flaw: string | null
    }>`select sec.confirm_flaw(account, asked_by, grants, sec.who()) as flaw from account_request where account = ${id}::uuid`.execute(
      tx.db,
    )
  ).rows[0]?.flaw

describe('administrator, auditor and officer are three', () => {
  const pairs: [Duty, Duty][] = [
    ['administrator', 'auditor'],
    ['administrator', 'intake'],
    ['auditor', 'manager'],
  ]
  test.each(pairs)('no account is %s and %s, whoever writes it down', async (one, other) => {
    const grants = over('63', one, other)
    expect((await ask(by, '/api/users', newcomerOf({ grants }))).body.detail?.issues).toMatchObject([{ path: 'grants' }])
    const both = w.run(cast.clockwork, (tx) => addStaff(tx, { kind: 'staff', login: v7(), name: '演示', grants }))
    await expect(both).rejects.toMatchObject({ code: '23503' })
  })

  test.each(pairs)('who is %s becomes no %s by being edited, not even in the database', async (one, other) => {
    const { id } = await enrolled(two(), { grants: over('63', one) })
    const change = { name: '演示新人', grants: over('63', other), seen: { grants: over('63', one) } }
    expect((await ask(by, `/api/users/${id}/rights`, change)).body.detail?.issues).toMatchObject([{ path: 'grants' }])
    const branch = other === 'auditor' ? other : 'officer'
    const edited = w.on.database.owner((db) => sql`update account set branch = ${branch} where id = ${id}::uuid`.execute(db))
    await expect(edited).rejects.toMatchObject({ code: '23503' })
  })
})

describe('with the service’s own login and their own signed context an administrator writes no more than on the page', () => {
  const counted = async (who: Actor, statement: ReturnType<typeof sql>) =>
    w
      .run(
        who,
        async (tx) =>
          (await sql<{ n: number }>`with done as (${statement} returning 1) select count(*)::int as n from done`.execute(tx.db)).rows[0]?.n,
      )
      .catch((error: { code?: string }) => error.code)

  test('no account, grant, key, code or session, not even what they may see', async () => {
    const { id } = await enrolled(two())
    const written = [
      sql`update account set password_hash = 'x', disabled_at = null, made_by = null where id = ${id}::uuid`,
      sql`update duty_grant set valid_to = null where account = ${id}::uuid`,
      sql`delete from passkey where account = ${id}::uuid`,
      sql`update enrolment set used_at = null where account = ${id}::uuid`,
    ]
    for (const statement of written) expect(await counted(first, statement)).toBe(0)
    const added = [
      sql`insert into account (id, kind, login, created_at, confirmed_at) values (${v7()}, 'staff', ${v7()}, now(), now())`,
      sql`insert into duty_grant (id, account, duty, region, valid_from, granted_by, branch) values (${v7()}, ${id}::uuid, 'director', '63', now(), ${first.id}, 'officer')`,
      sql`insert into enrolment (code_hash, account, made_by, made_at, expires_at) values ('x', ${id}::uuid, ${first.id}, now(), now() + interval '1 day')`,
      sql`insert into session (token_hash, account, created_at, seen_at, expires_at) values ('x', ${id}::uuid, now(), now(), now() + interval '1 day')`,
      sql`insert into passkey (id, account, name, public_key, counter, added_at) values ('x', ${id}::uuid, 'x', 'x', 0, now())`,
    ]
    for (const statement of added) expect(await counted(first, statement)).toBe('42501')
  })

  test('a request is nobody’s to confirm who asked, or whose account stems from whoever asked', async () => {
    const boss = await made()
    const person = newcomerOf()
    await ask(by, '/api/users', person)
    const confirmAs = (who: string) =>
      counted(
        { ...first, id: who },
        sql`update account_request set decided_by = ${who}, decided_at = now(), is_confirmed = true where account = ${person.id}::uuid`,
      )
    expect([await confirmAs(first.id), await confirmAs(boss.id)]).toEqual(['42501', '42501'])
    expect(await counted(first, sql`update account_request set asked_by = ${other.id} where account = ${person.id}::uuid`)).toBe('42501')
    const forged = sql`insert into account_request (id, account, kind, asked_by, asked_at) values (${v7()}, ${boss.id}::uuid, 'reset', ${other.id}, now())`
    expect(await counted(first, forged)).toBe('42501')
    expect(await confirmAs(other.id)).toBe(1)
  })

  test('nor in the name of the system: what one person asked is confirmed by nobody there', async () => {
    const person = newcomerOf()
    await ask(by, '/api/users', person)
    const decided = sql`update account_request set decided_by = 'system', decided_at = now(), is_confirmed = true where account = ${person.id}::uuid`
    expect(await counted(cast.clockwork, decided)).toBe(0)
  })
})

describe('one hostile administrator of three, whatever they do', () => {
  /** A province of its own: the walk shuts and makes as it goes. */
  async function walked(seed: number, steps: number, weakened?: string) {
    await using its = await world(start)
    const at = await site(its)
    if (weakened) await its.on.database.owner((db) => sql.raw(weakened).execute(db))
    const found = await walk(its, at, { steps, seed })
    await at.close()
    return found
  }

  test('three hundred deeds of all kinds give them no sight of a matter and nobody’s account', async () => {
    const { broken, steps, did } = await walked(7, 160)
    expect([broken, steps]).toEqual([[], 160])
    expect(Object.keys(did)).toEqual(expect.arrayContaining(['hostileConfirms: same_origin', 'enter: entered', 'write: refused']))
  })

  test.each([
    [
      'who stems from whom',
      `create or replace function sec.origin_of(of_account uuid) returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$ begin return of_account; end $$`,
    ],
    ['who wrote it', `create policy loose on account_request for update using (true) with check (true)`],
  ])('and where nobody asks %s, the walk tells', async (_, weakened) => {
    expect((await walked(7, 600, weakened)).broken).not.toEqual([])
  })
})

test('the audit says who asked, who confirmed, and what', async () => {
  const person = newcomerOf()
  await codeOf(two(), person)
  const rows = await w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('audit').select(['actor', 'detail', 'region']).where('kind', '=', 'accountChanged').orderBy('no').execute(),
  )
  const its = rows.filter(({ detail }) => (detail as { account?: string }).account === person.id)
  expect(its).toMatchObject([
    { actor: first.id, region: county, detail: { change: 'asked', kind: 'add', grants: over(county, 'intake') } },
    { actor: other.id, region: county, detail: { change: 'confirmed', kind: 'add', askedBy: first.id } },
  ])
})
