import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashToken, newEnrolmentCode } from '#platform/doors/credentials.ts'
import { makeEnrolmentCode } from '#records/accounts/enrolment.ts'
import { ask, enrolled, newcomerOf, password, totpAt } from '#test/newcomers.ts'
import { officer } from '#test/planted.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

const administrator = officer('63', 'administrator')
let w: World
let app: FastifyInstance
let desk: Browser
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  desk = await signedIn(w, app, administrator)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const add = (person: object) => ask(desk, '/api/users', person)
const renew = (id: string) => ask(desk, `/api/users/${id}/code`, {})
const open = (code: unknown) => ask(browser(app), '/api/enrol/open', { code })

describe('one administrator alone makes a code only for whoever has no keys yet (TRUST §3.1)', () => {
  test('whoever has set up their account gets no second code from one administrator alone, by whichever way it is asked', async () => {
    const { id, login } = await enrolled({ w, app, by: desk })
    expect((await renew(id)).body.code).toBe('not_applicable')
    expect((await add(newcomerOf({ id, login }))).body.code).toBe('not_applicable')
    await expect(w.run(administrator, (tx) => makeEnrolmentCode(tx, id))).rejects.toMatchObject({ code: 'not_applicable' })
  })

  test('whoever is shut out gets none either, though they never used theirs', async () => {
    const person = newcomerOf()
    await add(person)
    await ask(desk, `/api/users/${person.id}/disable`, { reason: '不来了' })
    expect((await renew(person.id)).body.code).toBe('not_applicable')
    expect((await add(person)).body.code).toBe('not_applicable')
  })

  test('a newcomer sent twice is one, with a code that opens', async () => {
    const person = newcomerOf()
    await add(person)
    const { code } = (await add(person)).body
    expect((await open(code)).status).toBe(200)
  })

  test('once it is set up no code opens an account, not even one made at that moment', async () => {
    const person = newcomerOf()
    const { code } = (await add(person)).body
    const late = newEnrolmentCode()
    await w.run(cast.clockwork, (tx) =>
      tx.db
        .insertInto('enrolment')
        .values({
          code_hash: hashToken(late),
          account: person.id,
          made_by: administrator.id,
          made_at: w.now(),
          expires_at: new Date('2026-04-03T01:00:00Z'),
        })
        .execute(),
    )
    const { secret } = (await open(code)).body
    expect((await ask(browser(app), '/api/enrol', { code, password, totp: totpAt(w, secret) })).status).toBe(200)
    expect((await open(late)).body.code).toBe('link_spent')
  })
})
