import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { lawyers, planted, plantedCase, putInto } from '#test/planted.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let wang: Browser
let he: Browser
let sun: Browser
let zhao: Browser
let filed: Matter

beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  app = await site(w)
  await lawyers(w)
  filed = await plantedCase(w)
  ;[wang, he, sun, zhao] = [
    await signedIn(w, app, cast.wang),
    await signedIn(w, app, cast.he),
    await signedIn(w, app, cast.sun),
    await signedIn(w, app, cast.zhao),
  ]
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Group = { group: string; hits: { title: string; aside: string; matter: { id: string } | null; queue: string | null }[] }
const search = async (desk: Browser, term: string) => (await desk.json('POST', '/api/search', { term })).json() as Group[]
const hits = async (desk: Browser, group: string, term: string) => (await search(desk, term)).find((one) => one.group === group)?.hits ?? []
const ids = async (desk: Browser, group: string, term: string) => (await hits(desk, group, term)).map(({ matter }) => matter?.id)

describe('a matter is found', () => {
  test('by its code, in small letters too', async () => {
    expect(await ids(wang, 'matter', filed.code.toLowerCase())).toEqual([filed.id])
  })

  test('by its number, in half-width brackets too', async () => {
    expect(await ids(wang, 'matter', filed.number ?? '')).toEqual([filed.id])
    expect(await ids(wang, 'matter', (filed.number ?? '').replace('（', '(').replace('）', ')'))).toEqual([filed.id])
  })

  test('by the beginning of its number, the year left out or not', async () => {
    expect(await ids(wang, 'matter', (filed.number ?? '').slice(0, 10))).toEqual([filed.id])
    expect(await ids(wang, 'matter', (filed.number ?? '').slice(6, 14))).toEqual([filed.id])
  })

  test('by its serial alone', async () => {
    const serial = String(Number(/(\d+)号/.exec(filed.number ?? '')?.[1]))
    expect(await ids(wang, 'matter', serial)).toEqual([filed.id])
    expect(await ids(wang, 'matter', `民${serial}`)).toEqual([filed.id])
    expect(await ids(wang, 'matter', `刑${serial}`)).toEqual([])
  })

  test('by the person’s identity number or telephone in full, and not by a part of it', async () => {
    expect(await ids(wang, 'person', planted.idNumber.toLowerCase())).toEqual([filed.id])
    expect(await ids(wang, 'person', planted.phone)).toEqual([filed.id])
    // Who works with figures looks up nobody.
    expect(await ids(he, 'person', planted.phone)).toEqual([])
    expect(await search(wang, planted.idNumber.slice(0, 17))).toEqual([])
  })

  test('by nobody to whom it does not exist', async () => {
    for (const term of [filed.code, filed.number ?? '', planted.idNumber, planted.phone]) {
      expect(await search(sun, term)).toEqual([])
      expect(await search(zhao, term)).toEqual([])
    }
  })

  test('by the lawyer it was given to', async () => {
    await putInto(w, filed, { assignee: cast.zhao.id })
    expect(await ids(zhao, 'matter', filed.number ?? '')).toEqual([filed.id])
    expect(await ids(zhao, 'person', planted.phone)).toEqual([filed.id])
    await putInto(w, filed, { assignee: null })
  })
})

test('a name is sealed and finds nobody, and no answer shows a person in full (个人信息保护法 §51)', async () => {
  expect(await search(wang, planted.name)).toEqual([])
  const text = JSON.stringify([await search(wang, planted.phone), await search(wang, filed.code)])
  for (const value of [planted.name, planted.idNumber, planted.phone]) expect(text).not.toContain(value)
})

test('looking somebody up is audited, with the index and never the number', async () => {
  await search(wang, planted.phone)
  const row = await w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('audit').select(['actor', 'detail']).where('kind', '=', 'search').orderBy('no', 'desc').executeTakeFirstOrThrow(),
  )
  expect(row).toMatchObject({ actor: cast.wang.id, detail: { by: 'phone', found: 1 } })
  expect(JSON.stringify(row)).not.toContain(planted.phone)
})

describe('and what else the desk looks up', () => {
  test('a practitioner of the register, with what they have in hand', async () => {
    expect(await hits(wang, 'practitioner', '演示zhao')).toEqual([
      {
        title: '演示zhao',
        aside: '律师 · 演示律师事务所',
        matter: null,
        entry: { of: 'people', region: county, id: expect.any(String) as string },
        queue: `purpose=all&assignee=${cast.zhao.id}`,
      },
    ])
    expect(await hits(sun, 'practitioner', '演示zhao')).toEqual([])
  })

  test('an office with its page of the register, and a place with its queue', async () => {
    expect(await hits(wang, 'office', '演示律师')).toMatchObject([
      { title: '演示律师事务所', entry: { of: 'offices', region: county }, queue: null },
    ])
    expect(await hits(he, 'region', '城东区')).toEqual([
      { title: '青海省西宁市城东区', aside: county, matter: null, entry: null, queue: `purpose=all&region=${county}` },
    ])
  })

  test.each(['法律援助法43', '援助法第四十三条', '《法律援助法》 第43条'])(
    'an article, typed as %s, and where the lines rely on it',
    async (term) => {
      const [first] = await hits(wang, 'article', term)
      expect(first?.title).toBe('《法律援助法》第四十三条')
      expect(first?.aside).toContain('决定给予法律援助')
    },
  )

  test('what was typed is never part of an address', async () => {
    expect((await wang.json('GET', `/api/search?term=${planted.phone}`)).statusCode).toBe(404)
  })
})
