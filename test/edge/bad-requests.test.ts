import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { plantedCase, putInto } from '#test/planted.ts'
import { problem, rawTo, refusedBy, written, type Refused } from '#test/refusing.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let li: Browser
let wang: Browser
let he: Browser
let filed: Matter

beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  ;[li, wang, he] = [await signedIn(w, app, cast.li), await signedIn(w, app, cast.wang), await signedIn(w, app, cast.he)]
  filed = await plantedCase(w)
})
beforeEach(async () => {
  await putInto(w, filed, { state: 'submitted' })
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const refused = (ask: () => Promise<LightMyRequestResponse>) => refusedBy(w, ask)
const raw: ReturnType<typeof rawTo> = (...sent) => rawTo(app)(...sent)
const why = '根据现有材料，理由已经书面说明清楚。'
const at = (action: string, line = 'legal-aid', id = filed.id) => `/api/${line}/${county}/${id}/${action}`
const version = async () => (await w.read(filed)).version

describe('over the API, the field is named', () => {
  const ask = async (input: object, more: object = {}) =>
    refused(async () => wang.json('POST', at('ask'), { version: await version(), key: v7(), input, ...more }))
  const right = { missing: ['identity'], until: '2026-04-10' }

  test('a field the form does not have', async () => {
    const outer = await ask(right, { colour: 'blue' })
    expect([problem(outer).slice(0, 2), outer.json<Refused>().detail.issues?.[0]?.message]).toEqual([
      [422, 'invalid'],
      '这里不收这一项：colour',
    ])
    const inner = await ask({ ...right, colour: 'blue' })
    expect([problem(inner), inner.json<Refused>().detail.issues?.[0]?.message]).toEqual([
      [422, 'invalid', 'input'],
      '这里不收这一项：colour',
    ])
  })

  test.each([
    ['31 February', { ...right, until: '2026-02-31' }, 'input.until'],
    ['a day that has passed', { ...right, until: '2026-03-31' }, 'until'],
    ['a paper nobody asks for', { ...right, missing: ['constructor'] }, 'input.missing.0'],
    ['nothing missing', { ...right, missing: [] }, 'input.missing'],
    ['a text of six hundred characters', { ...right, explain: '长'.repeat(600) }, 'input.explain'],
    ['a number for a day', { ...right, until: 20260410 }, 'input.until'],
  ])('%s', async (_, input, path) => {
    expect(problem(await ask(input))).toEqual([422, 'invalid', path])
  })

  test.each([-1, 0.5, 1e13, '100', null])('%j is no amount in fen', async (amountFen) => {
    await putInto(w, filed, { state: 'fileApproved' })
    const guo = await signedIn(w, app, cast.guo)
    const answer = await refused(async () =>
      guo.json('POST', at('paySubsidy'), { version: await version(), key: v7(), input: { amountFen, unconfirmed: why } }),
    )
    expect(problem(answer)).toEqual([422, 'invalid', 'input.amountFen'])
  })

  test('a version that has passed is answered with the one that holds', async () => {
    const answer = await refused(() => wang.json('POST', at('ask'), { version: 0, key: v7(), input: right }))
    expect([answer.statusCode, answer.json<Refused>().code, answer.json<Refused>().detail.version]).toEqual([409, 'stale', await version()])
  })

  test('a NUL and half a surrogate pair, in a value or a key (TRUST 0.10)', async () => {
    for (const explain of ['a\0b', '\ud800', 'b\udc00c'])
      expect(problem(await ask({ ...right, explain })).slice(0, 2)).toEqual([422, 'bad_text'])
    expect(problem(await ask({ ...right, 'a\0': 1 })).slice(0, 2)).toEqual([422, 'bad_text'])
    expect(problem(await refused(() => wang.json('GET', '/api/regions?parent=%00'))).slice(0, 2)).toEqual([422, 'bad_text'])
    expect((await refused(() => wang.json('GET', '/api/matters/630102/%00'))).statusCode).toBe(422)
  })

  test('what is no JSON, half of it, too much of it, or not said to be JSON', async () => {
    expect(problem(await refused(() => raw(wang, at('ask'), '{"version":')))).toEqual([422, 'invalid', 'body'])
    expect(problem(await refused(() => raw(wang, at('ask'), '')))).toEqual([422, 'invalid', 'body'])
    expect(problem(await refused(() => raw(wang, at('ask'), '{"__proto__":{"duties":["manager"]}}')))[0]).toBe(422)
    expect(problem(await refused(() => raw(wang, at('ask'), JSON.stringify({ explain: 'x'.repeat(2 * 1024 * 1024) }))))).toEqual([
      413,
      'file_too_large',
      'body',
    ])
    for (const type of ['text/plain', 'application/xml', 'text/html'])
      expect(problem(await refused(() => raw(wang, at('ask'), 'x', type)))).toEqual([415, 'media_type'])
    for (const body of ['null', '1', '"text"', '[]'])
      expect(problem(await refused(() => raw(wang, at('ask'), body))).slice(0, 2)).toEqual([422, 'invalid'])
  })

  test('ten thousand arrays in one another', async () => {
    const nested = '['.repeat(10_000) + ']'.repeat(10_000)
    expect(problem(await refused(() => raw(wang, at('ask'), nested))).slice(0, 2)).toEqual([422, 'invalid'])
    expect(problem(await refused(() => raw(wang, at('ask'), `{"version":1,"key":"${v7()}","input":${nested}}`)))[0]).toBe(422)
    expect(
      problem(
        await refused(() =>
          raw(
            he,
            '/api/settings/drafts',
            `{"id":"${v7()}","region":"63","key":"closing.fileDays","validFrom":"2026-05-01","note":"演示","value":${nested}}`,
          ),
        ),
      )[0],
    ).toBe(422)
  })

  test('addresses that lead nowhere', async () => {
    for (const url of [
      '/api/none',
      '/none',
      '/api/matters',
      '/desk/assets/none.js',
      '/m/NOTACODE',
      `/m/${'A'.repeat(300)}`,
      '/%E0%A4%A',
      '/api/%zz',
      `/m/${filed.code}/add/none-such-thing/more`,
    ])
      expect([url, (await refused(() => li.get(url))).statusCode]).toEqual([url, 404])
    expect((await refused(() => li.post(`/m/${filed.code}/do/constructor`, { key: v7() }))).statusCode).toBe(404)
    expect((await refused(() => li.post(`/m/${filed.code}/do/__proto__`, { key: v7() }))).statusCode).toBe(404)
    expect((await li.get(`/m/${filed.code}/add/constructor`)).statusCode).toBe(303)
    expect(
      (
        await refused(() =>
          app.inject({ method: 'DELETE', url: `/api/matters/${county}/${filed.id}`, headers: { 'sec-fetch-site': 'same-origin' } }),
        )
      ).statusCode,
    ).toBe(404)
  })

  test('wrong identifiers and codes of places in the address', async () => {
    for (const url of [
      '/api/regions?parent=x',
      '/api/offices',
      '/api/offices?region=%25',
      '/api/queue?limit=0',
      '/api/queue?limit=x',
      '/api/queue?purpose=constructor',
    ])
      expect([url, (await refused(() => wang.json('GET', url))).statusCode]).toEqual([url, 422])
    for (const url of [
      '/api/matters/630102/1',
      '/api/matters/630102/constructor',
      `/api/matters/63/${v7()}`,
      `/api/matters/63010a/${v7()}`,
      `/api/matters/999999/${v7()}`,
      '/api/documents/63/1',
      `/api/documents/630102/${v7()}`,
      `/m/${filed.code}/file/${v7()}`,
    ])
      expect([url, (await refused(() => li.get(url))).statusCode]).toEqual([url, 404])
    expect((await refused(() => li.get(`/m/${filed.code}/file/1`))).statusCode).toBe(404)
  })

  test('a place in the list that was never given, and days the calendar does not have', async () => {
    for (const due of ['0000-01-01T00:00:00Z', '2026-13-01T00:00:00Z', '', 'infinity\0']) {
      const after = Buffer.from(JSON.stringify({ due, id: v7() })).toString('base64url')
      expect(problem(await refused(() => wang.json('GET', `/api/queue?after=${after}`))).slice(0, 2)).toEqual([422, 'invalid'])
    }
    for (const day of ['0000-01-01', '2026-02-30', '26-1-1'])
      expect([day, (await refused(() => wang.json('GET', `/api/measures?from=${day}`))).statusCode]).toEqual([day, 422])
    expect(
      (
        await refused(() =>
          he.json('POST', '/api/settings/drafts', {
            id: v7(),
            region: '63',
            key: 'closing.fileDays',
            validFrom: '0000-01-01',
            value: 30,
            note: '演示',
          }),
        )
      ).statusCode,
    ).toBe(422)
  })

  test('a setting nobody declared, by any name', async () => {
    for (const key of ['constructor', '__proto__', 'toString', 'none'])
      expect(
        problem(
          await refused(() =>
            he.json('POST', '/api/settings/drafts', { id: v7(), region: '63', key, validFrom: '2026-05-01', value: 1, note: '演示' }),
          ),
        ),
      ).toEqual([422, 'invalid', 'key'])
  })

  test('a county that does not exist opens no matter', async () => {
    expect(problem(await refused(() => li.json('POST', '/api/legal-aid', { region: '999999', id: v7() })))).toEqual([
      422,
      'invalid',
      'region',
    ])
  })

  test('what is no application is not assessed as one', async () => {
    const objection = await w.open(cast.li, 'objection', { inTime: true }, { parent: filed.id })
    const answer = await refused(() =>
      wang.json('POST', `/api/legal-aid/${county}/${objection.id}/assess`, { version: 0, key: v7(), input: {} }),
    )
    expect(answer.statusCode).toBe(404)
  })

  test('one line’s route does not act in another line’s matter', async () => {
    expect(
      problem(await refused(async () => li.json('POST', at('withdraw', 'objection'), { version: await version(), key: v7(), input: {} }))),
    ).toEqual([404, 'not_found'])
  })
})

describe('sent twice', () => {
  test('the same key is answered the same and leaves one event (TRUST T16)', async () => {
    const body = { version: await version(), key: v7(), input: { missing: ['identity'], until: '2026-04-10' } }
    const first = await wang.json('POST', at('ask'), body)
    expect(first.statusCode).toBe(200)
    const after = await written(w)
    const again = await wang.json('POST', at('ask'), body)
    const [one, two] = [first.json<{ version: number; state: string }>(), again.json<{ version: number; state: string }>()]
    expect([again.statusCode, two.version, two.state, await written(w)]).toEqual([200, one.version, one.state, after])
    expect(problem(await refused(() => wang.json('POST', at('ask'), { ...body, input: { ...body.input, until: '2026-04-11' } })))).toEqual([
      409,
      'key_reused',
    ])
    expect(problem(await refused(() => wang.json('POST', at('refer'), { ...body, input: { to: '演示机构', reason: why } })))).toEqual([
      409,
      'key_reused',
    ])
  })

  test('a key somebody else used is refused as used, not as a fault', async () => {
    const key = v7()
    expect((await wang.json('POST', at('recuse'), { version: await version(), key, input: { reason: why } })).statusCode).toBe(200)
    expect(problem(await refused(async () => li.json('POST', at('withdraw'), { version: await version(), key, input: {} })))).toEqual([
      409,
      'key_reused',
    ])
  })
})

describe('who may not knock is told so before anything of what they sent is judged (S-L10)', () => {
  const sent = (its: object) => app.inject({ headers: { 'sec-fetch-site': 'same-origin' }, ...its })

  test.each(['{"version":', '{}', '{"colour":"blue"}', '"\\u0000"'])('a visitor, whatever they send: %s', async (payload) => {
    const answer = await sent({
      method: 'POST',
      url: at('ask'),
      payload,
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    })
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'sign_in_first'])
    expect((await sent({ method: 'GET', url: '/api/queue?limit=x' })).statusCode).toBe(401)
  })

  test('what programs may ask of the desk is told to the desk alone', async () => {
    const document = '/api/openapi.json'
    expect((await sent({ method: 'GET', url: document })).statusCode).toBe(401)
    expect((await li.json('GET', document)).statusCode).toBe(404)
    expect((await wang.json('GET', document)).json<{ openapi: string }>().openapi).toBe('3.1.0')
  })
})
