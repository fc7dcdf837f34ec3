import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'
import { seat } from '#test/seating.ts'

let w: World
let app: FastifyInstance
let desks: Record<'wang' | 'bai' | 'he' | 'sun' | 'zhao' | 'liu', Browser>
let submitted: Matter[]
let given: Matter
let nextDoor: Matter

beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  app = await site(w)
  submitted = []
  for (let day = 2; day < 9; day++) {
    w.at(`2026-03-0${day}`)
    submitted.push(await w.filed())
  }
  given = submitted[6]! // seven were filed
  await w.run(cast.clockwork, (tx) =>
    tx.db.updateTable('matter').set({ state: 'handling', waits_for: 'assignee' }).where('id', '=', given.id).execute(),
  )
  await seat(w, given, { assignee: cast.zhao.id })
  nextDoor = await w.filed({}, '630103')
  w.at('2026-03-10')
  const who = { wang: cast.wang, bai: cast.bai, he: cast.he, sun: cast.sun, zhao: cast.zhao, liu: cast.liu } satisfies Record<string, Actor>
  desks = Object.fromEntries(
    await Promise.all(Object.entries(who).map(async ([name, one]) => [name, await signedIn(w, app, one)])),
  ) as typeof desks // the same names
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Page = { rows: { id: string }[]; next: string | null; previous: string | null; found: number | null; counts: Record<string, number> }
const page = async (desk: Browser, query: string) => (await desk.json('GET', `/api/queue?${query}`)).json() as Page
const ids = ({ rows }: Page) => rows.map(({ id }) => id)

describe('a queue is narrowed by what stands in its address', () => {
  test('to one line', async () => {
    expect(ids(await page(desks.wang, 'purpose=all&line=objection'))).toEqual([])
    expect(ids(await page(desks.wang, 'purpose=all&line=legal-aid'))).toHaveLength(7)
  })

  test('to one state of it', async () => {
    expect(ids(await page(desks.wang, 'purpose=all&line=legal-aid&state=handling'))).toEqual([given.id])
  })

  test('to what nobody has been given', async () => {
    expect(ids(await page(desks.wang, 'purpose=all&assignee=none')).toSorted()).toEqual(
      submitted
        .slice(0, 6)
        .map(({ id }) => id)
        .toSorted(),
    )
  })

  test('to one colleague’s', async () => {
    expect(ids(await page(desks.wang, `purpose=all&assignee=${cast.zhao.id}`))).toEqual([given.id])
    expect(ids(await page(desks.wang, `purpose=all&assignee=${cast.qian.id}`))).toEqual([])
  })

  test('a lawyer’s own are theirs whoever the address names', async () => {
    expect(ids(await page(desks.zhao, `purpose=all&assignee=${cast.qian.id}`))).toEqual([given.id])
  })

  test('to one county of a city’s', async () => {
    expect(ids(await page(desks.bai, 'purpose=all&region=630103'))).toEqual([nextDoor.id])
    expect(ids(await page(desks.he, 'purpose=all&region=6301'))).toHaveLength(8)
  })

  test('to what is due within so many days, what passed among it', async () => {
    const late = ids(await page(desks.wang, 'purpose=all&due=late'))
    const soon = ids(await page(desks.wang, 'purpose=all&due=2'))
    expect(late).toEqual([submitted[0]?.id]) // filed on the 2nd: seven days end on the 9th
    expect(soon).toEqual(submitted.slice(0, 4).map(({ id }) => id))
  })

  test('and says how many it leaves', async () => {
    expect((await page(desks.wang, 'purpose=all&due=2')).found).toBe(4)
    expect((await page(desks.wang, 'purpose=all')).found).toBeNull()
  })

  test('a place elsewhere has nothing for a reader, and is no way round their own', async () => {
    expect(ids(await page(desks.sun, 'purpose=all&region=630102'))).toEqual([])
    expect((await page(desks.sun, 'purpose=all&region=630102')).found).toBe(0)
    expect(ids(await page(desks.wang, 'purpose=all&region=63'))).toHaveLength(7)
  })

  test('what cannot be a filter is refused at its place', async () => {
    expect((await desks.wang.json('GET', '/api/queue?due=soon')).statusCode).toBe(422)
    expect((await desks.wang.json('GET', '/api/queue?before=x')).json()).toMatchObject({ detail: { issues: [{ path: 'before' }] } })
  })
})

describe('a queue is turned page by page, both ways', () => {
  const first = () => page(desks.wang, 'purpose=all&limit=3')

  test('forwards through every matter once', async () => {
    const seen: string[] = []
    let at: Page | null = await first()
    for (; at; at = at.next ? await page(desks.wang, `purpose=all&limit=3&after=${at.next}`) : null) seen.push(...ids(at))
    expect(seen).toEqual(ids(await page(desks.wang, 'purpose=all')))
  })

  test('and back to what was read before', async () => {
    const one = await first()
    const two = await page(desks.wang, `purpose=all&limit=3&after=${one.next}`)
    const three = await page(desks.wang, `purpose=all&limit=3&after=${two.next}`)
    const back = await page(desks.wang, `purpose=all&limit=3&before=${three.previous}`)
    expect(ids(back)).toEqual(ids(two))
    expect(ids(await page(desks.wang, `purpose=all&limit=3&after=${back.next}`))).toEqual(ids(three))
    const start = await page(desks.wang, `purpose=all&limit=3&before=${back.previous}`)
    expect([ids(start), start.previous]).toEqual([ids(one), null])
  })
})

describe('what a queue may be narrowed to', () => {
  type Choices = Record<'lines' | 'assignees' | 'places', { value: string; title: string }[]>
  const choices = async (desk: Browser) => (await desk.json('GET', '/api/queue/choices')).json() as Choices

  test('a county has no places to choose from, a city its counties, a province its cities with theirs', async () => {
    expect((await choices(desks.wang)).places).toEqual([])
    const city = (await choices(desks.bai)).places.map(({ value }) => value)
    expect([city.includes('630102'), city.every((one) => one.startsWith('6301'))]).toEqual([true, true])
    expect((await choices(desks.he)).places.map(({ value }) => value)).toEqual(expect.arrayContaining(['6301', '630102', '6326']))
  })

  test('a lawyer, who sees their own alone, is offered nobody else', async () => {
    expect(await choices(desks.zhao)).toMatchObject({ assignees: [], places: [] })
  })
})

describe('a filter is kept under a name', () => {
  const kept = async (desk: Browser) => (await desk.json('GET', '/api/filters')).json() as { id: string; name: string; search: string }[]
  const save = (desk: Browser, body: object) => desk.json('POST', '/api/filters', body)

  test('renamed under the same id, dropped, and brought back by saving it again', async () => {
    const mine = { id: v7(), name: '快到期的', search: 'purpose=risk&line=legal-aid' }
    expect((await save(desks.wang, mine)).json()).toEqual([mine])
    expect((await save(desks.wang, { ...mine, name: '三天内' })).json()).toEqual([{ ...mine, name: '三天内' }])
    expect((await desks.wang.json('POST', '/api/filters/drop', { id: mine.id })).json()).toEqual([])
    expect((await save(desks.wang, mine)).json()).toEqual([mine])
  })

  test('and is its keeper’s alone', async () => {
    const mine = { id: v7(), name: '我的', search: 'purpose=all' }
    await save(desks.liu, mine)
    expect((await kept(desks.sun)).map(({ id }) => id)).not.toContain(mine.id)
    await desks.sun.json('POST', '/api/filters/drop', { id: mine.id })
    expect((await kept(desks.liu)).map(({ id }) => id)).toContain(mine.id)
  })

  test('nothing but an address of a queue is kept', async () => {
    for (const search of ['purpose=all&q=张三', 'purpose=all&after=abc', 'https://example.org', 'purpose=mine'])
      expect((await save(desks.wang, { id: v7(), name: '别的', search })).statusCode).toBe(422)
  })

  test('twelve are enough', async () => {
    for (let n = 0; n < 12; n++) await save(desks.bai, { id: v7(), name: `第${n}个`, search: 'purpose=all' })
    const refused = await save(desks.bai, { id: v7(), name: '第十三个', search: 'purpose=all' })
    expect(refused.json()).toMatchObject({ detail: { issues: [{ path: 'name', message: '最多保存 12 个筛选。请先删掉一个不用的。' }] } })
  })
})
