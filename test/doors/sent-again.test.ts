import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { over } from '#kernel/actor.ts'
import { changeEntry } from '#records/register/register.ts'
import { confine } from '#records/privacy/confinement.ts'
import { approve, askUrgently, urgentAccesses } from '#records/privacy/urgent-access.ts'
import { ask, enrolled, halfIn, newcomerOf, password, totpAt, waitingFor } from '#test/newcomers.ts'
import { lawyers, officer, plantedCase, registered } from '#test/planted.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const administrators = [officer('63', 'administrator'), officer('63', 'administrator')] as const
let w: World
let app: FastifyInstance
let by: Browser
let second: Browser
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  for (const who of [cast.guo, cast.liu, cast.bai]) await signedIn(w, app, who)
  ;[by, second] = [await signedIn(w, app, administrators[0]), await signedIn(w, app, administrators[1])]
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

test('a matter confined by the same words to the same people is confined once', async () => {
  const m = await plantedCase(w)
  const confines = (reason: string) => w.run(cast.guo, (tx) => confine(tx, m, { accounts: [], because: 'danger', reason }))
  for (const reason of ['对方在找她。', '对方在找她。', '又有人来问。']) await confines(reason)
  const changes = await w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('confinement').select('change').where('matter', '=', m.id).orderBy('id').execute(),
  )
  expect(changes.map(({ change }) => change)).toEqual(['confined', 'renamed'])
})

test('an urgent access asked for and approved once is so, however often either is sent', async () => {
  const m = await plantedCase(w)
  const asks = { code: m.code, because: 'safety', reason: '家属说她被锁在家里。' } as const
  const seen = async () => (await w.run(cast.bai, urgentAccesses)).filter(({ matter }) => matter === m.id)
  await w.run(cast.guo, (tx) => confine(tx, m, { accounts: [], because: 'danger', reason: '对方在找她。' }))
  for (let n = 0; n < 2; n++) await w.run(cast.liu, (tx) => askUrgently(tx, asks))
  const [access, ...more] = await seen()
  expect(more).toEqual([])
  for (let n = 0; n < 2; n++) await w.run(cast.guo, (tx) => approve(tx, access!)) // just asked for
  const { rows } = await w.run(cast.clockwork, (tx) =>
    sql<{ n: number }>`select count(*)::int as n from audit where kind = 'urgentAccess' and matter = ${m.id}`.execute(tx.db),
  )
  expect(rows).toEqual([{ n: 2 }])
})

test('an entry of the register that is changed already as it is asked for stays as it is', async () => {
  await lawyers(w)
  const at = { region: county, id: registered.office }
  const change = () => w.run(cast.guo, (tx) => changeEntry(tx, 'office', at, 1, { values: { phone: '0971-1234567' }, basis: '来电告知' }))
  for (let n = 0; n < 2; n++) await change()
  const row = await w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('office').select(['phone', 'version']).where('id', '=', at.id).executeTakeFirst(),
  )
  expect(row).toEqual({ phone: '0971-1234567', version: 2 })
})

describe('an answer that was lost is asked for again, and nothing happens twice (STYLE 30)', () => {
  const two = () => ({ w, app, by, second })
  const dutiesOf = async (id: string) =>
    (
      await w.run(cast.clockwork, (tx) =>
        tx.db.selectFrom('duty_grant').select('duty').where('account', '=', id).where('valid_to', 'is', null).execute(),
      )
    ).map(({ duty }) => duty)
  const asked = async (path: string, body: object, by_ = second) => {
    const [heard, again] = [await ask(by_, path, body), await ask(by_, path, body)]
    return { heard, again }
  }

  test('who confirmed is told the same half of the code, and the code they handed over still opens', async () => {
    const person = newcomerOf()
    const first = halfIn(await ask(by, '/api/users', person))
    const request = (await waitingFor(second, person.id))?.id
    const { heard, again } = await asked(`/api/users/${person.id}/confirm`, { request })
    expect([again.status, again.body]).toEqual([200, heard.body])
    expect((await ask(browser(app), '/api/enrol/open', { code: first + halfIn(heard) })).status).toBe(200)
  })

  test('once the person has set themselves up, the same word again takes their keys from nobody and tells no half', async () => {
    const { id } = await enrolled(two())
    const first = halfIn(await ask(by, `/api/users/${id}/reset`, { reason: '手机丢了' }))
    const request = (await waitingFor(second, id))?.id
    const code = first + halfIn(await ask(second, `/api/users/${id}/confirm`, { request }))
    const its = browser(app)
    const { secret } = (await ask(its, '/api/enrol/open', { code })).body
    await ask(its, '/api/enrol', { code, password, totp: totpAt(w, secret) })
    const again = await ask(second, `/api/users/${id}/confirm`, { request })
    expect([again.status, halfIn(again), (await ask(its, '/api/me')).body]).toMatchObject([200, '', { id }])
  })

  test('who declined has declined, and what was narrowed is as narrow as it was asked to be', async () => {
    const { id } = await enrolled(two(), { grants: over(county, 'intake', 'reviewer') })
    const change = { name: '演示新人', grants: over(county, 'intake'), seen: { grants: over(county, 'intake', 'reviewer') } }
    const narrowed = await asked(`/api/users/${id}/rights`, change, by)
    expect([narrowed.heard.status, narrowed.again.status, await dutiesOf(id)]).toEqual([200, 200, ['intake']])
    await ask(by, `/api/users/${id}/reset`, { reason: '手机丢了' })
    const declined = await asked(`/api/users/${id}/decline`, { request: (await waitingFor(second, id))?.id })
    expect([declined.heard.status, declined.again.status]).toEqual([200, 200])
  })
})
