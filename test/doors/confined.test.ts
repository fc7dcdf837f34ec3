import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { flawOf } from '#engine/verify.ts'
import { colleaguesOf, confine, confinedCounts, openAgain, type Naming } from '#records/privacy/confinement.ts'
import { eraseMatter } from '#records/privacy/erasure.ts'
import { planted, plantedCase } from '#test/planted.ts'
import { seat } from '#test/seating.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

const { li, wang, guo, liu, bai, he, ding, zhao, qian, sun, clockwork } = cast
const because = { because: 'danger', reason: '对方在找她，只让两个人经手。' } as const

let w: World
let app: FastifyInstance
let m: Matter
const browsers = new Map<Actor, Browser>()
beforeAll(async () => {
  w = await world()
  app = await site(w)
  for (const who of [li, wang, guo, liu, bai, he, ding, zhao, sun]) browsers.set(who, await signedIn(w, app, who))
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})
beforeEach(async () => {
  m = await plantedCase(w)
  await w.assessed(m)
})

const confines = (who: Actor, over: Partial<Naming> = {}) =>
  w.run(who, (tx) => confine(tx, m, { accounts: [wang.id], ...because, ...over }))

/** A computation on file; which one is no matter here. */
const computed = () =>
  w.run(clockwork, (tx) =>
    sql`insert into assessment (region, id, matter, facts, result, proposal, made_by, at)
      values (${m.region}, gen_random_uuid(), ${m.id}, 'x', 'x', 'grant', ${wang.id}, ${tx.now})`.execute(tx.db),
  )

/** Rows of the matter, or that hang on it, that PostgreSQL shows somebody. */
const rowsFor = (who: Actor) =>
  w.run(who, async (tx) => {
    const tables = [
      'answer',
      'document',
      'party',
      'note',
      'clock',
      'event',
      'message',
      'assessment',
      'standing',
      'presence',
      'confidant',
      'confinement',
    ]
    const column = (table: string) => (table === 'clock' || table === 'event' ? 'id' : 'matter')
    const count = async (table: string, key: string) =>
      (
        await sql<{
          n: number
        }>`select count(*)::int as n from ${sql.table(table)} where region = ${m.region} and ${sql.ref(key)} = ${m.id}`.execute(tx.db)
      ).rows[0]!.n // a count has its row
    const found: string[] = []
    for (const table of tables) if (await count(table, column(table))) found.push(table)
    if (await count('matter', 'id')) found.push('matter')
    return found
  })

/** Where a desk could come upon a matter. */
const views = (): ['GET' | 'POST', string, object?][] => [
  ['GET', '/api/queue?purpose=all&limit=100'],
  ['GET', '/api/queue?purpose=today&limit=100'],
  ['GET', `/api/queue/choices`],
  ['GET', '/api/notices'],
  ['GET', '/api/calendar?from=2026-03-01&to=2026-06-30'],
  ['POST', '/api/search', { term: m.code }],
  ['POST', '/api/search', { term: m.number }],
  ['POST', '/api/search', { term: planted.phone }],
  ['POST', '/api/bulk/preview', { matters: [{ region: m.region, id: m.id }] }],
  ['GET', `/api/matters/${m.region}/${m.id}`],
  ['GET', `/api/live/matter.${m.region}.${m.id}`],
  ['GET', `/api/matters/${m.region}/${m.id}/people`],
]
const isNamed = (body: string) => [m.id, m.code, m.number!].some((one) => body.includes(one)) // it was filed

async function comesUpon(who: Actor): Promise<string[]> {
  const found: string[] = []
  for (const [method, url, asked] of views()) {
    if (url.startsWith('/api/live')) continue
    const { body } = await browsers.get(who)!.json(method, url, asked) // signed in above
    // A form sent back names what was asked for.
    if (isNamed(url.includes('bulk') ? body.replaceAll(m.id, '') : body)) found.push(url)
  }
  return found
}

describe('a confined matter is there for the officers named, and for nobody else whose grant covers it (个人信息保护法 §51)', () => {
  const others = [
    ['the clerk of the county', liu],
    ['the supervisor of the city', bai],
    ['the manager of the province', he],
    ['the auditor of the province', ding],
  ] as const

  test.each(others)('before, %s sees that it is there', async (_, who) => {
    expect(await rowsFor(who)).toContain('matter')
    expect(await comesUpon(who)).toContain('/api/queue?purpose=all&limit=100')
  })

  test.each(others)('PostgreSQL shows %s not one row of it', async (_, who) => {
    await computed()
    await confines(guo)
    expect(await rowsFor(who)).toEqual([])
  })

  test.each(others)('no queue, search, calendar, notice or page names it to %s', async (_, who) => {
    await confines(guo)
    expect(await comesUpon(who)).toEqual([])
    expect((await browsers.get(who)!.get(`/api/matters/${m.region}/${m.id}`)).statusCode).toBe(404) // signed in above
  })

  test('counts leave it out: of a queue, and of what is measured', async () => {
    const counts = (who: Actor) =>
      w.run(who, async (tx) => [
        (await sql<{ n: number }>`select count(*)::int as n from matter m where m.region = ${county} and m.is_open`.execute(tx.db)).rows[0]!
          .n,
        (await sql<{ n: number }>`select count(*)::int as n from clock_fact where region = ${county} and id = ${m.id}`.execute(tx.db))
          .rows[0]!.n,
      ])
    const [before] = await counts(liu)
    await confines(guo)
    expect(await counts(liu)).toEqual([before! - 1, 0])
  })

  test('the officers named, whoever was sent, the person and the system find it as before', async () => {
    await seat(w, m, { assignee: zhao.id })
    const all = [wang, guo, zhao, li, clockwork]
    expect(await comesUpon(wang)).toContain(`/api/matters/${m.region}/${m.id}`)
    await computed()
    const before = await Promise.all(all.map(rowsFor))
    await confines(guo)
    const after = await Promise.all(all.map(rowsFor))
    expect(after.map((rows, n) => before[n]!.filter((row) => !rows.includes(row)))).toEqual(all.map(() => []))
    expect(await comesUpon(wang)).toEqual(expect.arrayContaining(['/api/queue?purpose=all&limit=100', '/api/search']))
    await expect(confines(zhao)).rejects.toMatchObject({ code: 'not_permitted' })
  })

  test('the log stays whole: its officers act in it, limits pass in it', async () => {
    await confines(guo)
    const asks = { missing: ['means'], until: '2026-03-16', explain: '工牌拍一张就行，看得清名字。' }
    await expect(w.act(liu, m, 'ask', asks)).rejects.toMatchObject({ code: 'not_found' })
    await w.act(wang, m, 'ask', asks)
    expect(await w.run(clockwork, (tx) => flawOf(tx, m))).toBeNull()
  })

  test('a policy that forgets it is seen', async () => {
    await confines(guo)
    const before = await w.on.database.owner(
      async (db) => (await sql<{ text: string }>`select pg_get_functiondef('sec.confides'::regproc) as text`.execute(db)).rows[0]!.text,
    )
    await w.on.database.owner((db) =>
      sql`create or replace function sec.confides(of_region text, of_matter uuid, who text[]) returns boolean language sql stable as $$ select true $$`.execute(
        db,
      ),
    )
    expect(await rowsFor(liu)).toEqual(expect.arrayContaining(['matter', 'answer', 'standing']))
    await w.on.database.owner((db) => sql.raw(before).execute(db))
    expect(await rowsFor(liu)).toEqual([])
  })
})

describe('who names, and whom', () => {
  test.each([
    ['a clerk', liu, 'not_permitted'],
    ['a reviewer', wang, 'not_permitted'],
    ['the supervisor', bai, 'not_permitted'],
    ['the manager', he, 'not_permitted'],
    ['the person', li, 'not_permitted'],
    ['the director elsewhere', sun, 'not_found'],
  ] as const)('%s confines nothing', async (_, who, code) => {
    await expect(confines(who)).rejects.toMatchObject({ code })
  })

  test('those who may be named are officers who work on matters here; nobody else can be', async () => {
    const people = (await w.run(guo, (tx) => colleaguesOf(tx, m))).map(({ account }) => account)
    expect(people.toSorted()).toEqual([wang.id, guo.id, liu.id, bai.id].toSorted())
    for (const who of [sun, he, qian, li]) await expect(confines(guo, { accounts: [who.id] })).rejects.toMatchObject({ code: 'invalid' })
    expect(await w.run(he, (tx) => colleaguesOf(tx, m))).not.toEqual([])
    expect(await w.run(sun, (tx) => colleaguesOf(tx, m))).toEqual([])
  })

  test('others are named in their place, and whoever is no longer named finds it no more', async () => {
    await confines(guo)
    await confines(guo, { accounts: [liu.id] })
    expect([await rowsFor(wang), (await rowsFor(liu)).includes('matter')]).toEqual([[], true])
    await confines(guo)
    expect([await rowsFor(liu), (await rowsFor(wang)).includes('matter')]).toEqual([[], true])
  })

  test('opened again, it is there for everybody whose grant covers it', async () => {
    await confines(guo)
    await expect(w.run(wang, (tx) => openAgain(tx, m, '已经没有危险了。'))).rejects.toMatchObject({ code: 'not_permitted' })
    await w.run(guo, (tx) => openAgain(tx, m, '已经没有危险了。'))
    for (const who of [liu, bai, he, ding, wang, guo]) expect(await rowsFor(who)).toContain('matter')
  })

  test('each time is in the audit by kind, its words are sealed, and go with what people said', async () => {
    await confines(guo)
    await w.run(guo, (tx) => openAgain(tx, m, '已经没有危险了。'))
    const read = () =>
      w.run(clockwork, async (tx) => ({
        audits: (
          await sql<{
            actor: string
            detail: unknown
          }>`select actor, detail from audit where kind = 'confinement' and matter = ${m.id} order by no`.execute(tx.db)
        ).rows,
        reasons: (await sql<{ reason: string | null }>`select reason from confinement where matter = ${m.id}`.execute(tx.db)).rows.map(
          ({ reason }) => reason,
        ),
      }))
    const { audits, reasons } = await read()
    expect(audits).toEqual([
      { actor: guo.id, detail: { change: 'confined', because: 'danger', accounts: [wang.id, guo.id] } },
      { actor: guo.id, detail: { change: 'opened', because: 'over', accounts: [] } },
    ])
    expect(reasons.join('')).not.toContain('她')
    await w.run(clockwork, (tx) => eraseMatter(tx, m))
    expect((await read()).reasons).toEqual([null, null])
  })
})

describe('who is told', () => {
  test('those who were named, beside whatever else they are told of it; not who named them', async () => {
    await confines(guo)
    const kinds = async (who: Actor) =>
      (await browsers.get(who)!.get('/api/notices'))
        .json<{ notices: { kind: string; matter: { id: string } }[] }>()
        .notices.filter(({ matter }) => matter.id === m.id)
        .map(({ kind }) => kind) // signed in above
    expect(await kinds(wang)).toContain('confided')
    expect(await kinds(guo)).not.toContain('confided')
    expect(await kinds(liu)).toEqual([])
  })

  test('the manager, how many there are and not which; nobody else', async () => {
    const counted = async () => (await w.run(he, confinedCounts)).find(({ region }) => region === county)?.matters ?? 0
    const before = await counted()
    await confines(guo)
    expect(await counted()).toBe(before + 1)
    for (const who of [guo, liu, ding, li, zhao]) expect(await w.run(who, confinedCounts)).toEqual([])
    const { body } = await browsers.get(he)!.get('/api/confined') // signed in above
    expect(body).toContain('"matters"')
    expect(isNamed(body)).toBe(false)
  })

  test('the person reads on their page how many officers see it', async () => {
    await confines(guo)
    const page = async () => (await browsers.get(li)!.get(`/m/${m.code}`)).body // signed in above
    expect(await page()).toContain('只有指定的 2 位工作人员能看')
    await w.run(guo, (tx) => openAgain(tx, m, '已经没有危险了。'))
    expect(await page()).not.toMatch(/只有指定的|>0</)
  })

  test('the desk’s page names them, and offers its director to open it again', async () => {
    await confines(guo)
    const view = async (who: Actor) =>
      (await browsers.get(who)!.get(`/api/matters/${m.region}/${m.id}`)).json<{
        confined: { people: unknown[] } | null
        mayConfine: boolean
      }>() // signed in above
    expect(await view(wang)).toMatchObject({ confined: { people: [{ account: wang.id }, { account: guo.id }] }, mayConfine: false })
    expect((await view(guo)).mayConfine).toBe(true)
    const asked = (await browsers.get(guo)!.get(`/api/matters/${m.region}/${m.id}/colleagues`)).json<{ people: { account: string }[] }>() // signed in above
    expect(asked.people.map(({ account }) => account).toSorted()).toEqual([wang.id, liu.id, bai.id].toSorted())
  })
})
