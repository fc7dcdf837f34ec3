import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashEnrolmentCode, newEnrolmentCode } from '#platform/doors/credentials.ts'
import { makeEnrolmentCode } from '#records/accounts/enrolment.ts'
import { ask, codeOf, confirmedBy, enrolled, halfIn, newcomerOf, password, totpAt } from '#test/newcomers.ts'
import { officer } from '#test/planted.ts'
import { browser, signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

const [administrator, another] = [officer('63', 'administrator'), officer('63', 'administrator')]
let w: World
let app: FastifyInstance
let desk: Browser
let second: Browser
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  desk = await signedIn(w, app, administrator)
  second = await signedIn(w, app, another)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const add = (person: object) => ask(desk, '/api/users', person)
const renew = (id: string) => ask(desk, `/api/users/${id}/code`, {})
const open = (code: unknown) => ask(browser(app), '/api/enrol/open', { code })

describe('a code is only for whoever has no keys yet (TRUST §3.1)', () => {
  test('whoever has set up their account gets no second code but by a reset, by whichever way it is asked', async () => {
    const { id, login } = await enrolled({ w, app, by: desk, second })
    expect((await renew(id)).body.code).toBe('not_applicable')
    expect((await add(newcomerOf({ id, login }))).body.code).toBe('not_applicable')
    await expect(w.run(cast.clockwork, (tx) => makeEnrolmentCode(tx, id))).rejects.toMatchObject({ code: 'not_applicable' })
  })

  test('whoever is shut out gets none either, though they never used theirs', async () => {
    const person = newcomerOf()
    await codeOf({ by: desk, second }, person)
    await ask(desk, `/api/users/${person.id}/disable`, { reason: '不来了' })
    expect((await renew(person.id)).body.code).toBe('not_applicable')
    expect((await add(person)).body.code).toBe('not_applicable')
  })

  test('a newcomer sent twice is one, with a code that opens', async () => {
    const person = newcomerOf()
    const first = halfIn(await add(person))
    expect(halfIn(await add(person))).toBe(first)
    expect((await open(first + halfIn(await confirmedBy(second, person.id)))).status).toBe(200)
  })

  test('once it is set up no code opens an account, not even one made at that moment', async () => {
    const person = newcomerOf()
    const code = await codeOf({ by: desk, second }, person)
    const late = newEnrolmentCode()
    await w.run(cast.clockwork, (tx) =>
      tx.db
        .insertInto('enrolment')
        .values({
          code_hash: hashEnrolmentCode(w.on.keyring.blind, late),
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
