import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { answersOf } from '#records/people/answers.ts'
import { onePage, plantedCase, putInto } from '#test/planted.ts'
import { filled, filledType as form, problem, rawTo, refusedBy, written } from '#test/refusing.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let li: Browser
let filed: Matter
let draft: Matter

beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  app = await site(w)
  li = await signedIn(w, app, cast.li)
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

const refused = (ask: () => Promise<LightMyRequestResponse>) => refusedBy(w, ask)
const raw: ReturnType<typeof rawTo> = (...sent) => rawTo(app)(...sent)
const why = '根据现有材料，理由已经书面说明清楚。'
const question = (key: string) => `/m/${draft.code}/q/${key}`
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

  test.each(['-100', '-0.01', '百八', '两三千', '1e9', 'NaN'])('%s is no amount', async (fen) => {
    await li.post(question('kind'), { kind: 'wages' })
    const page = await refused(() => li.post(question('amount'), { fen, since: '2026-01-05' }))
    expect([page.statusCode, page.body.includes('请写一个数')]).toEqual([422, true])
    expect(page.body).toContain(`value="${fen}"`)
  })

  test.each(['百县'.repeat(9000), '县'.repeat(100_000), '9'.repeat(10_000)])(
    'an amount without end is refused before it is read',
    async (fen) => {
      await li.post(question('kind'), { kind: 'wages' })
      const page = await refused(() => li.post(question('amount'), { fen, since: '2026-01-05' }))
      expect([page.statusCode, page.body.includes('2026-01-05')]).toEqual([422, true])
    },
  )

  describe('a day on the wrong side of today, which is the first of April', () => {
    const custody = { heldAt: '看守所', organ: '公安局' }
    const whyNoId = { name: '演示·马建国', whyNoId: '丢了' }
    const cases = [
      { key: 'amount', typed: {}, field: 'since', wrong: '2026-04-02', words: '这一天还没到' },
      { key: 'deadline', typed: { what: 'hearing' }, field: 'day', wrong: '2026-03-31', words: '已经过去的日子不用填在这里' },
      { key: 'person', typed: whyNoId, field: 'birthDate', wrong: '2026-04-02', words: '这一天还没到' },
      { key: 'custody', typed: custody, field: 'heldSince', wrong: '2026-04-02', words: '这一天还没到' },
    ]

    test.each(cases)('$key', async ({ key, typed, field, wrong, words }) => {
      await li.post(question('forWhom'), { who: key === 'custody' ? 'custody' : 'self' })
      await li.post(question('kind'), { kind: 'wages' })
      const page = await refused(() => li.post(question(key), { ...typed, [field]: wrong }))
      expect([page.statusCode, page.body.includes(`id="f-${field}-error">${words}`)]).toEqual([422, true])
      expect(page.body).toContain(`value="${wrong}"`)
      expect((await li.post(question(key), { ...typed, [field]: '2026-04-01' })).statusCode).toBe(303)
    })
  })

  test('a choice nobody offered', async () => {
    const page = await refused(() => li.post(question('kind'), { kind: 'constructor' }))
    expect([page.statusCode, page.body.includes('请选一项')]).toEqual([422, true])
  })

  test('a NUL and half a character, wherever they stand: the rest of the form is given back', async () => {
    const page = await refused(() =>
      raw(
        li,
        question('person'),
        `name=%E9%A9%AC%00&whyNoId=${encodeURIComponent('证件被扣了')}&key=${v7()}`,
        'application/x-www-form-urlencoded',
      ),
    )
    expect([page.statusCode, page.body.includes('认不出的字符'), page.body.includes('证件被扣了'), page.body.includes('\0')]).toEqual([
      422,
      true,
      true,
      false,
    ])
  })

  test('what was typed while the session ran out is given back', async () => {
    const page = await refused(() =>
      app.inject({
        method: 'POST',
        url: question('person'),
        payload: `whyNoId=${encodeURIComponent('证件被扣了')}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      }),
    )
    expect([page.statusCode, page.body.includes('证件被扣了')]).toEqual([401, true])
  })

  test('a reason without end, on the matter’s page', async () => {
    await putInto(w, filed, { state: 'handling', assignee: cast.zhao.id })
    const page = await refused(() => li.post(`/m/${filed.code}/do/requestReplacement`, { reason: '不好'.repeat(1001), key: v7() }))
    expect([page.statusCode, page.body.includes('不好'.repeat(1001))]).toEqual([422, true])
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
    const page = await refused(() =>
      raw(li, question('documents'), filled({ key: v7() }, [{ name: 'a.jpg', bytes: large }], 'files'), form),
    )
    expect([page.statusCode, page.body.includes('这份太大了'), page.body.includes('id="f-files-error"')]).toEqual([413, true, true])
    const answer = await refused(() =>
      raw(
        li,
        `/api/matters/${county}/${filed.id}/documents`,
        filled({ key: v7(), kind: 'evidence' }, [{ name: 'a.jpg', bytes: large }]),
        form,
      ),
    )
    expect(problem(answer)).toEqual([413, 'file_too_large', 'file'])
  })

  test.each([
    ['a program renamed to a photo', exe, 'photo.jpg'],
    ['a drawing that can carry a script', svg, 'a.svg'],
    ['a page that says it is a photo', Buffer.from('<html><script>alert(1)</script>'), 'a.jpg'],
  ])('%s is not taken (TRUST T14)', async (_, bytes, name) => {
    const page = await refused(() => raw(li, question('documents'), filled({ key: v7() }, [{ name, bytes }], 'files'), form))
    expect([page.statusCode, page.body.includes('请传照片或者 PDF')]).toEqual([415, true])
    const own = await refused(() => raw(li, `/m/${filed.code}/add/evidence`, filled({ key: v7() }, [{ name, bytes }]), form))
    expect(own.statusCode).toBe(415)
    const answer = await refused(() =>
      raw(li, `/api/matters/${county}/${filed.id}/documents`, filled({ key: v7(), kind: 'evidence' }, [{ name, bytes }]), form),
    )
    expect(problem(answer)).toEqual([415, 'file_type', 'file'])
  })

  test('a bad file among good ones leaves none of them behind', async () => {
    await refused(() =>
      raw(
        li,
        question('documents'),
        filled(
          { key: v7() },
          [
            { name: 'a.pdf', bytes: onePage },
            { name: 'b.jpg', bytes: exe },
          ],
          'files',
        ),
        form,
      ),
    )
  })

  test('no file, a kind that does not exist, a form cut short', async () => {
    const to = `/api/matters/${county}/${filed.id}/documents`
    expect(problem(await refused(() => raw(li, to, filled({ key: v7(), kind: 'evidence' }, []), form)))).toEqual([422, 'invalid', 'file'])
    for (const kind of ['constructor', '__proto__', '欠条'])
      expect(problem(await refused(() => raw(li, to, filled({ key: v7(), kind }, [{ name: 'a.pdf', bytes: onePage }]), form)))).toEqual([
        422,
        'invalid',
        'kind',
      ])
    expect(
      problem(
        await refused(() =>
          raw(li, to, filled({ key: v7(), kind: 'evidence' }, [{ name: 'a.pdf', bytes: onePage }]).subarray(0, 150), form),
        ),
      ),
    ).toEqual([422, 'invalid', 'body'])
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
    expect([page.body.includes('<script>alert'), page.body.includes('&lt;script&gt;alert(&quot;马&quot;)&lt;/script&gt;')]).toEqual([
      false,
      true,
    ])
    const stored = await w.run(cast.li, (tx) => answersOf(tx, draft))
    expect(stored.get('person')?.value).toEqual({ name, whyNoId: '丢了' })
  })

  test('a quote in a search of the address goes nowhere', async () => {
    for (const url of [
      '/?county=%22%3E%3Cscript%3E',
      '/?kind=constructor',
      '/return?code=%22%3E%3Cscript%3E',
      '/places?county=__proto__',
      '/?county=630102&county=630104',
    ]) {
      const page = await li.get(url)
      expect([url, page.statusCode, page.body.includes('<script>')]).toEqual([url, 200, false])
    }
  })

  test.each([
    '//evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '//fahui.invalid//evil.example',
    '/%2e//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example/',
    '/a\r\nset-cookie: a=b',
    '/我的',
  ])('a way back to %j stays with us', async (back) => {
    const { statusCode, headers, cookies } = await li.get(`/set?language=zh&back=${encodeURIComponent(back)}`)
    expect(statusCode).toBe(303)
    const to = new URL(String(headers.location), 'https://fahui.example')
    expect([to.origin, cookies.map(({ name: set }) => set)]).toEqual(['https://fahui.example', ['language']])
  })
})

describe('a page’s form sent twice', () => {
  test('a page’s form twice is one answer, one event and one paper', async () => {
    const key = v7()
    const send = () => raw(li, `/m/${filed.code}/add/evidence`, filled({ key }, [{ name: 'a.pdf', bytes: onePage }]), form)
    expect((await send()).statusCode).toBe(303)
    const after = await written(w)
    expect([(await send()).statusCode, await written(w)]).toEqual([303, after])
  })

  test('a key that was tampered with does not fail the form', async () => {
    await putInto(w, filed, { state: 'handling', assignee: cast.zhao.id })
    expect((await li.post(`/m/${filed.code}/do/requestReplacement`, { reason: why, key: '-'.repeat(36) })).statusCode).toBe(303)
  })
})

test('a damaged address is answered as one where nothing is, not as a form filled in wrongly', async () => {
  const wang = await signedIn(w, app, cast.wang)
  for (const path of [`/api/matters/${county}/abc`, `/api/matters/no/${filed.id}`])
    expect([(await wang.json('GET', path)).statusCode, (await wang.json('GET', path)).json<{ code: string }>().code]).toEqual([
      404,
      'not_found',
    ])
})
