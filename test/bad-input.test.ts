import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { answersOf } from '#records/answers.ts'
import { onePage, plantedCase, putInto } from './planted.ts'
import { signedIn, site, type Browser } from './site.ts'
import { cast, county, world, type World } from './world.ts'

let w: World
let app: FastifyInstance
let li: Browser
let wang: Browser
let he: Browser
let filed: Matter
let draft: Matter

beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  ;[li, wang, he] = [await signedIn(w, app, cast.li), await signedIn(w, app, cast.wang), await signedIn(w, app, cast.he)]
  filed = await plantedCase(w)
})
beforeEach(async () => {
  draft = await w.open(cast.li)
  await putInto(w, filed, { state: 'submitted' })
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** How much is written of what a person can write. */
const written = async (): Promise<unknown> =>
  (await w.run(cast.clockwork, (tx) => sql`select (select count(*) from event) as event, (select count(*) from matter) as matter, (select count(*) from answer) as answer, (select count(*) from document) as document, (select count(*) from person) as person`.execute(tx.db))).rows[0]

type Problem = { code: string; message: string; detail: { version?: number; issues?: { path: string; message: string }[] } }
const chinese = /[\u4e00-\u9fff]/

/** Asks, and asserts what every refusal is: no fault, said in Chinese, and nothing written. */
async function refused(ask: () => Promise<LightMyRequestResponse>): Promise<LightMyRequestResponse> {
  const before = await written()
  const answer = await ask()
  expect(answer.statusCode, answer.body.slice(0, 500)).toBeGreaterThanOrEqual(400)
  expect(answer.statusCode, answer.body.slice(0, 500)).toBeLessThan(500)
  expect(answer.body).toMatch(chinese)
  expect(await written()).toEqual(before)
  return answer
}

/** Status, code, and each field with its words. */
function problem(answer: LightMyRequestResponse): [number, string, ...string[]] {
  const { code, message, detail } = answer.json<Problem>()
  expect(message).toMatch(chinese)
  for (const issue of detail.issues ?? []) expect(issue.message).toMatch(chinese)
  return [answer.statusCode, code, ...(detail.issues ?? []).map(({ path }) => path)]
}

const raw = (who: Browser, url: string, payload: string | Buffer, type = 'application/json', method: 'POST' | 'GET' = 'POST') =>
  app.inject({ method, url, payload, headers: { 'content-type': type, 'sec-fetch-site': 'same-origin', cookie: cookieOf(who) } } satisfies InjectOptions)
const cookieOf = (who: Browser) => [...who.jar].map(([name, value]) => `${name}=${value}`).join('; ')
const at = (action: string, line = 'legal-aid', id = filed.id) => `/api/${line}/${county}/${id}/${action}`
const question = (key: string) => `/m/${draft.code}/q/${key}`
const version = async () => (await w.read(filed)).version
const why = '根据现有材料，理由已经书面说明清楚。'

type Sent = { name: string; bytes: Buffer }
/** A form as a browser sends it when there are files in it. */
function filled(fields: Record<string, string>, files: readonly Sent[], field = 'file'): Buffer {
  const text = Object.entries(fields).map(([name, value]) => Buffer.from(`--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`))
  const sent = files.flatMap(({ name, bytes }) => [Buffer.from(`--b\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n`), bytes, Buffer.from('\r\n')])
  return Buffer.concat([...text, ...sent, Buffer.from('--b--\r\n')])
}
const form = 'multipart/form-data; boundary=b'
const exe = Buffer.concat([Buffer.from('MZ\x90\x00\x03\x00\x00\x00', 'latin1'), Buffer.alloc(400)])
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
const large = Buffer.alloc(30 * 1024 * 1024, 'x')

describe('on the pages, what is wrong is said beside its field and everything typed is still there', () => {
  const wrong = { name: '演示·马建国', idNumber: '110105194912310021', whyNoId: '证件被老板扣了', birthDate: '1949-12-31' }

  test('an identity number whose check digit is wrong (RULEBOOK §6.1)', async () => {
    const page = await refused(() => li.post(question('person'), wrong))
    expect([page.statusCode, page.body.includes('这个身份证号不对')]).toEqual([422, true])
    for (const typed of Object.values(wrong)) expect(page.body).toContain(typed)
  })

  test('the thirty-first of February', async () => {
    const typed = { name: '演示·马建国', whyNoId: '丢了', birthDate: '2026-02-31' }
    const page = await refused(() => li.post(question('person'), typed))
    expect([page.statusCode, page.body.includes('没有这一天')]).toEqual([422, true])
    for (const value of Object.values(typed)) expect(page.body).toContain(value)
  })

  test('a story over four thousand characters comes back whole', async () => {
    const story = '讨'.repeat(4001)
    const page = await refused(() => li.post('/', { story, county }))
    expect([page.statusCode, page.body.includes('写得太长了'), page.body.includes(story)]).toEqual([422, true, true])
  })

  test.each(['-100', '-0.01', '一百', '1e9', 'NaN'])('%s is no amount', async (fen) => {
    await li.post(question('kind'), { kind: 'wages' })
    const page = await refused(() => li.post(question('amount'), { fen, since: '2026-01-05' }))
    expect([page.statusCode, page.body.includes('请写数字')]).toEqual([422, true])
    expect(page.body).toContain(`value="${fen}"`)
  })

  test('a choice nobody offered', async () => {
    const page = await refused(() => li.post(question('kind'), { kind: 'constructor' }))
    expect([page.statusCode, page.body.includes('请选一项')]).toEqual([422, true])
  })

  test('a NUL and half a character, wherever they stand: the rest of the form is given back', async () => {
    const page = await refused(() => raw(li, question('person'), `name=%E9%A9%AC%00&whyNoId=${encodeURIComponent('证件被扣了')}&key=${v7()}`, 'application/x-www-form-urlencoded'))
    expect([page.statusCode, page.body.includes('认不出的字符'), page.body.includes('证件被扣了'), page.body.includes('\0')]).toEqual([422, true, true, false])
  })

  test('what was typed while the session ran out is given back', async () => {
    const page = await refused(() => app.inject({ method: 'POST', url: question('person'), payload: `whyNoId=${encodeURIComponent('证件被扣了')}`, headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' } }))
    expect([page.statusCode, page.body.includes('证件被扣了')]).toEqual([401, true])
  })

  test('a reason of a word, on the matter’s page', async () => {
    await putInto(w, filed, { state: 'handling', assignee: cast.zhao.id })
    const page = await refused(() => li.post(`/m/${filed.code}/do/requestReplacement`, { reason: '不好', key: v7() }))
    expect([page.statusCode, page.body.includes('不好')]).toEqual([422, true])
  })

  test('a page that has been overtaken says so and keeps the words', async () => {
    await putInto(w, filed, { state: 'handling', assignee: cast.zhao.id })
    const page = await refused(() => li.post(`/m/${filed.code}/do/requestReplacement`, { reason: why, key: v7(), version: '77' }))
    expect([page.statusCode, page.body.includes(why), page.body.includes('这件事有了变化')]).toEqual([409, true, true])
    expect(page.body).not.toContain('value="77"')
  })
})

describe('files', () => {
  test('thirty megabytes are too large, which is said beside the field, and the rest of the form is still there (TRUST T14)', async () => {
    const page = await refused(() => raw(li, question('documents'), filled({ key: v7() }, [{ name: 'a.jpg', bytes: large }], 'files'), form))
    expect([page.statusCode, page.body.includes('这份太大了'), page.body.includes('id="f-files-error"')]).toEqual([413, true, true])
    const answer = await refused(() => raw(li, `/api/matters/${county}/${filed.id}/documents`, filled({ key: v7(), kind: 'evidence' }, [{ name: 'a.jpg', bytes: large }]), form))
    expect(problem(answer)).toEqual([413, 'file_too_large', 'file'])
  })

  test.each([['a program renamed to a photo', exe, 'photo.jpg'], ['a drawing that can carry a script', svg, 'a.svg'], ['a page that says it is a photo', Buffer.from('<html><script>alert(1)</script>'), 'a.jpg']])('%s is not taken (TRUST T14)', async (_, bytes, name) => {
    const page = await refused(() => raw(li, question('documents'), filled({ key: v7() }, [{ name, bytes }], 'files'), form))
    expect([page.statusCode, page.body.includes('请传照片或者 PDF')]).toEqual([415, true])
    const own = await refused(() => raw(li, `/m/${filed.code}/add/evidence`, filled({ key: v7() }, [{ name, bytes }]), form))
    expect(own.statusCode).toBe(415)
    const answer = await refused(() => raw(li, `/api/matters/${county}/${filed.id}/documents`, filled({ key: v7(), kind: 'evidence' }, [{ name, bytes }]), form))
    expect(problem(answer)).toEqual([415, 'file_type', 'file'])
  })

  test('a bad file among good ones leaves none of them behind', async () => {
    await refused(() => raw(li, question('documents'), filled({ key: v7() }, [{ name: 'a.pdf', bytes: onePage }, { name: 'b.jpg', bytes: exe }], 'files'), form))
  })

  test('no file, a kind that does not exist, a form cut short', async () => {
    const to = `/api/matters/${county}/${filed.id}/documents`
    expect(problem(await refused(() => raw(li, to, filled({ key: v7(), kind: 'evidence' }, []), form)))).toEqual([422, 'invalid', 'file'])
    for (const kind of ['constructor', '__proto__', '欠条']) expect(problem(await refused(() => raw(li, to, filled({ key: v7(), kind }, [{ name: 'a.pdf', bytes: onePage }]), form)))).toEqual([422, 'invalid', 'kind'])
    expect(problem(await refused(() => raw(li, to, filled({ key: v7(), kind: 'evidence' }, [{ name: 'a.pdf', bytes: onePage }]).subarray(0, 150), form)))).toEqual([422, 'invalid', 'body'])
    expect(problem(await refused(() => raw(li, to, 'none', 'multipart/form-data')))[0]).toBe(422)
    expect(problem(await refused(() => raw(li, to, '{}')))).toEqual([415, 'media_type'])
  })

  test('a name of a file cannot carry a NUL', async () => {
    await refused(() => raw(li, `/m/${filed.code}/add/evidence`, filled({ key: v7() }, [{ name: 'a\0.pdf', bytes: onePage }]), form))
  })
})

describe('text is text', () => {
  const name = '<script>alert("马")</script>'

  test('a script in a name comes back escaped and is stored as typed (TRUST T7)', async () => {
    expect((await li.post(question('person'), { name, whyNoId: '丢了' })).statusCode).toBe(303)
    const page = await li.get(question('person'))
    expect([page.body.includes('<script>alert'), page.body.includes('&lt;script&gt;alert(&quot;马&quot;)&lt;/script&gt;')]).toEqual([false, true])
    const stored = await w.run(cast.li, (tx) => answersOf(tx, draft))
    expect(stored.get('person')?.value).toEqual({ name, whyNoId: '丢了' })
  })

  test('a quote in a search of the address goes nowhere', async () => {
    for (const url of ['/?county=%22%3E%3Cscript%3E', '/?kind=constructor', '/return?code=%22%3E%3Cscript%3E', '/places?county=__proto__', '/?county=630102&county=630104']) {
      const page = await li.get(url)
      expect([url, page.statusCode, page.body.includes('<script>')]).toEqual([url, 200, false])
    }
  })

  test.each(['//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example/', '/a\r\nset-cookie: a=b', '/我的'])('a way back to %j stays with us', async (back) => {
    const { statusCode, headers, cookies } = await li.get(`/set?language=zh&back=${encodeURIComponent(back)}`)
    expect(statusCode).toBe(303)
    const to = new URL(String(headers.location), 'https://fahui.example')
    expect([to.origin, cookies.map(({ name: set }) => set)]).toEqual(['https://fahui.example', ['language']])
  })
})

describe('over the API, the field is named', () => {
  const ask = async (input: object, more: object = {}) => refused(async () => wang.json('POST', at('ask'), { version: await version(), key: v7(), input, ...more }))
  const right = { missing: ['identity'], until: '2026-04-10' }

  test('a field the form does not have', async () => {
    const outer = await ask(right, { colour: 'blue' })
    expect([problem(outer).slice(0, 2), outer.json<Problem>().detail.issues?.[0]?.message]).toEqual([[422, 'invalid'], '这里不收这一项：colour'])
    const inner = await ask({ ...right, colour: 'blue' })
    expect([problem(inner), inner.json<Problem>().detail.issues?.[0]?.message]).toEqual([[422, 'invalid', 'input'], '这里不收这一项：colour'])
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
    const answer = await refused(async () => guo.json('POST', at('paySubsidy'), { version: await version(), key: v7(), input: { amountFen, unconfirmed: why } }))
    expect(problem(answer)).toEqual([422, 'invalid', 'input.amountFen'])
  })

  test('a version that has passed is answered with the one that holds', async () => {
    const answer = await refused(() => wang.json('POST', at('ask'), { version: 0, key: v7(), input: right }))
    expect([answer.statusCode, answer.json<Problem>().code, answer.json<Problem>().detail.version]).toEqual([409, 'stale', await version()])
  })

  test('a NUL and half a surrogate pair, in a value or a key (TRUST 0.10)', async () => {
    for (const explain of ['a\0b', '\ud800', 'b\udc00c']) expect(problem(await ask({ ...right, explain })).slice(0, 2)).toEqual([422, 'bad_text'])
    expect(problem(await ask({ ...right, 'a\0': 1 })).slice(0, 2)).toEqual([422, 'bad_text'])
    expect(problem(await refused(() => wang.json('GET', '/api/regions?parent=%00'))).slice(0, 2)).toEqual([422, 'bad_text'])
    expect((await refused(() => wang.json('GET', '/api/matters/630102/%00'))).statusCode).toBe(422)
  })

  test('what is no JSON, half of it, too much of it, or not said to be JSON', async () => {
    expect(problem(await refused(() => raw(wang, at('ask'), '{"version":')))).toEqual([422, 'invalid', 'body'])
    expect(problem(await refused(() => raw(wang, at('ask'), '')))).toEqual([422, 'invalid', 'body'])
    expect(problem(await refused(() => raw(wang, at('ask'), '{"__proto__":{"duties":["manager"]}}')))[0]).toBe(422)
    expect(problem(await refused(() => raw(wang, at('ask'), JSON.stringify({ explain: 'x'.repeat(2 * 1024 * 1024) }))))).toEqual([413, 'file_too_large', 'body'])
    for (const type of ['text/plain', 'application/xml', 'text/html']) expect(problem(await refused(() => raw(wang, at('ask'), 'x', type)))).toEqual([415, 'media_type'])
    for (const body of ['null', '1', '"text"', '[]']) expect(problem(await refused(() => raw(wang, at('ask'), body))).slice(0, 2)).toEqual([422, 'invalid'])
  })

  test('ten thousand arrays in one another', async () => {
    const nested = '['.repeat(10_000) + ']'.repeat(10_000)
    expect(problem(await refused(() => raw(wang, at('ask'), nested))).slice(0, 2)).toEqual([422, 'invalid'])
    expect(problem(await refused(() => raw(wang, at('ask'), `{"version":1,"key":"${v7()}","input":${nested}}`)))[0]).toBe(422)
    expect(problem(await refused(() => raw(he, '/api/settings', `{"region":"63","key":"closing.fileDays","validFrom":"2026-05-01","note":"演示","value":${nested}}`)))[0]).toBe(422)
  })

  test('addresses that lead nowhere', async () => {
    for (const url of ['/api/none', '/none', '/api/matters', '/desk/assets/none.js', '/m/NOTACODE', `/m/${'A'.repeat(300)}`, '/%E0%A4%A', '/api/%zz', `/m/${filed.code}/add/none-such-thing/more`])
      expect([url, (await refused(() => li.get(url))).statusCode]).toEqual([url, 404])
    expect((await refused(() => li.post(`/m/${filed.code}/do/constructor`, { key: v7() }))).statusCode).toBe(404)
    expect((await refused(() => li.post(`/m/${filed.code}/do/__proto__`, { key: v7() }))).statusCode).toBe(404)
    expect((await li.get(`/m/${filed.code}/add/constructor`)).statusCode).toBe(303)
    expect((await refused(() => app.inject({ method: 'DELETE', url: `/api/matters/${county}/${filed.id}`, headers: { 'sec-fetch-site': 'same-origin' } }))).statusCode).toBe(404)
  })

  test('wrong identifiers and codes of places in the address', async () => {
    for (const url of ['/api/matters/630102/1', '/api/matters/630102/constructor', `/api/matters/63/${v7()}`, `/api/matters/63010a/${v7()}`, '/api/regions?parent=x', '/api/offices', '/api/offices?region=%25', '/api/queue?limit=0', '/api/queue?limit=x', '/api/queue?purpose=constructor'])
      expect([url, (await refused(() => wang.json('GET', url))).statusCode]).toEqual([url, 422])
    for (const url of [`/api/matters/999999/${v7()}`, '/api/documents/63/1', `/api/documents/630102/${v7()}`, `/m/${filed.code}/file/${v7()}`]) expect([url, (await refused(() => li.get(url))).statusCode]).toEqual([url, 404])
    expect((await refused(() => li.get(`/m/${filed.code}/file/1`))).statusCode).toBe(404)
  })

  test('a place in the list that was never given, and days the calendar does not have', async () => {
    for (const due of ['0000-01-01T00:00:00Z', '2026-13-01T00:00:00Z', '', 'infinity\0']) {
      const after = Buffer.from(JSON.stringify({ due, id: v7() })).toString('base64url')
      expect(problem(await refused(() => wang.json('GET', `/api/queue?after=${after}`))).slice(0, 2)).toEqual([422, 'invalid'])
    }
    for (const day of ['0000-01-01', '2026-02-30', '26-1-1']) expect([day, (await refused(() => wang.json('GET', `/api/measures?from=${day}`))).statusCode]).toEqual([day, 422])
    expect((await refused(() => he.json('POST', '/api/settings', { region: '63', key: 'closing.fileDays', validFrom: '0000-01-01', value: 30, note: '演示' }))).statusCode).toBe(422)
  })

  test('a setting nobody declared, by any name', async () => {
    for (const key of ['constructor', '__proto__', 'toString', 'none']) expect(problem(await refused(() => he.json('POST', '/api/settings', { region: '63', key, validFrom: '2026-05-01', value: 1, note: '演示' })))).toEqual([422, 'invalid', 'key'])
  })

  test('a county that does not exist opens no matter', async () => {
    expect(problem(await refused(() => li.json('POST', '/api/legal-aid', { region: '999999', id: v7() })))).toEqual([422, 'invalid', 'region'])
  })

  test('one line’s route does not act in another line’s matter', async () => {
    expect(problem(await refused(async () => li.json('POST', at('withdraw', 'objection'), { version: await version(), key: v7(), input: {} })))).toEqual([404, 'not_found'])
  })
})

describe('sent twice', () => {
  test('the same key is answered the same and leaves one event (TRUST T16)', async () => {
    const body = { version: await version(), key: v7(), input: { missing: ['identity'], until: '2026-04-10' } }
    const first = await wang.json('POST', at('ask'), body)
    expect(first.statusCode).toBe(200)
    const after = await written()
    const again = await wang.json('POST', at('ask'), body)
    const [one, two] = [first.json<{ version: number; state: string }>(), again.json<{ version: number; state: string }>()]
    expect([again.statusCode, two.version, two.state, await written()]).toEqual([200, one.version, one.state, after])
    expect(problem(await refused(() => wang.json('POST', at('ask'), { ...body, input: { ...body.input, until: '2026-04-11' } })))).toEqual([409, 'key_reused'])
    expect(problem(await refused(() => wang.json('POST', at('refer'), { ...body, input: { to: '演示机构', reason: why } })))).toEqual([409, 'key_reused'])
  })

  test('a key somebody else used is refused as used, not as a fault', async () => {
    const key = v7()
    expect((await wang.json('POST', at('recuse'), { version: await version(), key, input: { reason: why } })).statusCode).toBe(200)
    expect(problem(await refused(async () => li.json('POST', at('withdraw'), { version: await version(), key, input: {} })))).toEqual([409, 'key_reused'])
  })

  test('a page’s form twice is one answer, one event and one paper', async () => {
    const key = v7()
    const send = () => raw(li, `/m/${filed.code}/add/evidence`, filled({ key }, [{ name: 'a.pdf', bytes: onePage }]), form)
    expect((await send()).statusCode).toBe(303)
    const after = await written()
    expect([(await send()).statusCode, await written()]).toEqual([303, after])
  })

  test('a key that was tampered with does not fail the form', async () => {
    await putInto(w, filed, { state: 'handling', assignee: cast.zhao.id })
    expect((await li.post(`/m/${filed.code}/do/requestReplacement`, { reason: why, key: '-'.repeat(36) })).statusCode).toBe(303)
  })
})
