import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flaws } from '#kernel/proof/prove.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { lines } from '#lines/services.ts'
import { lawyers, registered } from '#test/planted.ts'
import { actionsOf, granted, notified, refused } from '#test/scenarios/scene.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let guo: Browser
let sun: Browser
let first: Matter
let second: Matter
let waiting: Matter
let notice: Matter

beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  app = await site(w)
  await lawyers(w)
  ;[first, second, waiting, notice] = [await granted(w), await granted(w), await w.filed(), await notified(w)]
  guo = await signedIn(w, app, cast.guo)
  sun = await signedIn(w, app, cast.sun)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

type Row = { id: string; version: number; path: string; allowed: boolean; why: string | null; will: string | null }
type Preview = { actions: { line: string; key: string; allowed: number }[]; rows: Row[] }
const at = ({ region, id }: Matter) => ({ region, id })
const preview = async (desk: Browser, matters: Matter[], more: object = {}) =>
  desk.json('POST', '/api/bulk/preview', { matters: matters.map(at), ...more })
const seen = async (...asked: Parameters<typeof preview>) => (await preview(...asked)).json() as Preview
const assign = { action: { line: 'legal-aid', key: 'assign' } }
const choice = { practitioner: registered.zhao }

describe('an action is looked at for many before it is taken for each', () => {
  test('what is offered is what at least one of them is open to, most first', async () => {
    const { actions, rows } = await seen(guo, [first, second, waiting, notice])
    expect(actions.map(({ line, key, allowed }) => [line, key, allowed])).toEqual([
      ['legal-aid', 'assign', 2],
      ['criminal-notice', 'assign', 1],
    ])
    expect(rows).toEqual([])
  })

  test('each says where it would stand, or why not', async () => {
    const { rows } = await seen(guo, [first, waiting, notice], assign)
    expect(rows.map(({ allowed, why, will }) => ({ allowed, why, will }))).toEqual([
      { allowed: true, why: null, will: '已指派，待签协议' },
      { allowed: false, why: '现在是“审查中”，不能这样办', will: null },
      { allowed: false, why: '这是刑事通知辩护，不在这一批里办', will: null },
    ])
  })

  test('with the form filled in, each is weighed by itself: who may not take one may take another (法律援助法 §43)', async () => {
    await w.run(cast.clockwork, (tx) =>
      tx.db
        .insertInto('conflict_fact')
        .values({
          region: county,
          id: v7(),
          matter: second.id,
          practitioner: registered.zhao,
          code: 'C1',
          noted_by: cast.guo.id,
          at: w.now(),
        })
        .execute(),
    )
    const { rows } = await seen(guo, [first, second], { ...assign, input: choice })
    expect(rows.map(({ allowed }) => allowed)).toEqual([true, false])
    expect(rows[1]?.why).toContain('换一位律师')
  })

  test('nothing is done by looking', async () => {
    await seen(guo, [first], { ...assign, input: choice })
    expect(await actionsOf(w, first)).not.toContain('assign')
  })

  test('a form filled in wrongly is refused at its field, once for all', async () => {
    const { matters, ...rest } = { matters: [await refused(w)], action: { line: 'legal-aid', key: 'serveRefusal' } }
    const answer = await preview(guo, matters, { ...rest, input: { servedOn: '2026-03-09' } })
    expect([answer.statusCode, answer.json()]).toMatchObject([422, { detail: { issues: [{ path: 'servedOn' }] } }])
  })

  test('a day that is wrong for one matter alone is said at that matter, and the others go on (法律援助法 §49(1))', async () => {
    w.at('2026-03-01')
    const earlier = await refused(w)
    w.at('2026-03-02T09:00')
    const later = await refused(w)
    const serve = { action: { line: 'legal-aid', key: 'serveRefusal' }, input: { servedOn: '2026-03-01' } }
    const { rows } = await seen(guo, [earlier, later], serve)
    expect(rows.map(({ allowed, why }) => [allowed, why])).toEqual([
      [true, null],
      [false, '不能早于作出决定的日子（2026-03-02）'],
    ])
  })

  test('only what a line declares for many is taken for many', async () => {
    expect((await preview(guo, [waiting], { action: { line: 'legal-aid', key: 'refuse' } })).statusCode).toBe(404)
  })

  test('what does not exist for a reader is not in the list', async () => {
    expect((await preview(sun, [first])).statusCode).toBe(404)
  })
})

test('each is then taken by its own route, key and version; sent again it is done once', async () => {
  const { rows } = await seen(guo, [first], { ...assign, input: choice })
  const { path, version } = rows[0]! // asked for one
  const body = { version, key: v7(), input: choice }
  expect((await guo.json('POST', path, body)).statusCode).toBe(200)
  expect((await guo.json('POST', path, body)).statusCode).toBe(200)
  expect((await actionsOf(w, first)).filter((action) => action === 'assign')).toHaveLength(1)
})

test('a line that takes in bulk what has a page of its own is not sound', () => {
  const line = lines[0]! // there is a first line
  const broken: Line = { ...line, actions: { ...line.actions, attach: { ...line.actions['attach']!, bulk: true } } } // an action of it
  expect(flaws(broken)).toEqual(['attach is taken in bulk, yet has a page of its own or nobody to take it'])
})
