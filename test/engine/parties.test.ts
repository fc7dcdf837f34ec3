import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { viewMatter } from '#api/matter/matter-view.ts'
import type { MatterId } from '#kernel/matter.ts'
import { clocksOf, eventsOf } from '#engine/matter-rows.ts'
import { recountProvisional } from '#engine/recount.ts'
import { flawOf } from '#engine/verify.ts'
import { lastDay } from '#test/scenarios/scene.ts'
import { readIcs } from '#test/desk/ics.ts'
import { signedIn, site } from '#test/site.ts'
import { respondents, twoSides } from '#test/two-sides.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
beforeAll(async () => {
  w = await world()
  w.on.lines = new Map([...w.on.lines, [twoSides.key, [twoSides]]])
  app = await site(w)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const [chen, ma] = respondents

async function opened(): Promise<MatterId> {
  w.at('2026-03-02')
  return w.open(cast.li, twoSides.key)
}
const serve = (m: MatterId, ...served: readonly string[]) => w.act(cast.wang, m, 'serve', { respondents: served })
const runs = async (m: MatterId) => (await w.run(cast.clockwork, (tx) => clocksOf(tx, m))).filter(({ limit }) => limit === 'answer')
const ends = async (m: MatterId) => Object.fromEntries((await runs(m)).map(({ party, dueAt }) => [party, lastDay(dueAt)]))
const passed = async (m: MatterId) =>
  (await w.run(cast.clockwork, (tx) => eventsOf(tx, m))).filter(({ action }) => action === 'defaulted').map(({ input }) => input)
const isProved = async (m: MatterId) => expect(await w.run(cast.clockwork, (tx) => flawOf(tx, m))).toBeNull()

test('two respondents served on different days keep their own limits; serving one never stops the other’s', async () => {
  const m = await opened()
  await serve(m, chen)
  w.at('2026-03-04')
  await serve(m, ma)
  expect(await ends(m)).toEqual({ [chen]: '2026-03-12', [ma]: '2026-03-16' })
  expect((await runs(m)).every(({ stoppedAt }) => stoppedAt === null)).toBe(true)
  await isProved(m)
})

test('served together, each is late by themselves, and the system records whose limit has passed', async () => {
  const m = await opened()
  await serve(m, chen, ma)
  w.at('2026-03-05')
  await w.act(cast.wang, m, 'prolong', { respondent: ma, days: 10 })
  w.at('2026-03-13')
  await w.sweep()
  expect(await passed(m)).toEqual([{ limit: 'answer', party: chen }])
  w.at('2026-03-24')
  await w.sweep()
  expect(await passed(m)).toEqual([
    { limit: 'answer', party: chen },
    { limit: 'answer', party: ma },
  ])
  await isProved(m)
})

test('late on the same day, each is recorded by themselves', async () => {
  const m = await opened()
  await serve(m, chen, ma)
  w.at('2026-03-13')
  await w.sweep()
  expect(new Set(await passed(m))).toEqual(new Set([chen, ma].map((party) => ({ limit: 'answer', party }))))
})

test('an answer on the last day keeps the one from being late, and not the other', async () => {
  const m = await opened()
  await serve(m, chen, ma)
  w.at('2026-03-12')
  await w.act(cast.wang, m, 'answer', { respondent: chen })
  w.at('2026-03-13')
  await w.sweep()
  expect(await passed(m)).toEqual([{ limit: 'answer', party: ma }])
})

test('a limit of nobody in particular records itself alone, as ever', async () => {
  const m = await opened()
  w.at('2026-03-04')
  await w.sweep()
  expect(await passed(m)).toEqual([{ limit: 'callBack' }])
})

test('pauses and extensions stand in the row as the log tells them', async () => {
  const m = await opened()
  await serve(m, chen, ma)
  await w.act(cast.wang, m, 'negotiate', { days: 30 })
  w.at('2026-03-06')
  await w.act(cast.wang, m, 'appraise', { respondent: ma, on: '2026-03-04' })
  w.at('2026-03-10')
  await w.act(cast.wang, m, 'appraised', { respondent: ma })
  await w.act(cast.wang, m, 'agree', { until: '2026-05-06' })
  expect(await ends(m)).toEqual({ [chen]: '2026-03-12', [ma]: '2026-03-18' })
  expect(await w.clock(m, 'negotiation')).toMatchObject({ extensions: [{ until: '2026-05-06', on: '2026-03-10' }] })
  await isProved(m)
})

test.each([
  ['a pause', `pauses = '[]'`],
  ['an extension', `extensions = '[{"count": 90, "unit": "calendarDay", "on": "2026-03-02"}]'`],
  ['whose run it is', `party = 'somebody else'`],
])('%s that the log does not tell is found by verify', async (_, change) => {
  const m = await opened()
  await serve(m, chen)
  await w.act(cast.wang, m, 'appraise')
  await isProved(m)
  await w.on.database.owner((db) => sql.raw(`update clock set ${change} where id = '${m.id}' and "limit" = 'answer'`).execute(db))
  expect(await w.run(cast.clockwork, (tx) => flawOf(tx, m))).toBe('the clocks are not what the log says')
})

test('a recount rebuilds what was paused and extended from the log, not from the row', async () => {
  const m = await opened()
  w.at('2026-12-18')
  await serve(m, chen, ma)
  await w.act(cast.wang, m, 'prolong', { respondent: ma, days: 5 })
  expect((await runs(m)).map(({ provisional }) => provisional)).toEqual([false, true])
  await w.on.database.owner((db) => sql.raw(`update clock set extensions = '[]', pauses = '[]' where id = '${m.id}'`).execute(db))
  await w.run(cast.clockwork, async (tx) => {
    await sql`insert into day_off (region, day, kind, name) values ('', '2027-01-04', 'off', '元旦')`.execute(tx.db)
    await w.on.settings.reload(tx.db)
  })
  await recountProvisional(w.on, w.now())
  expect(await ends(m)).toEqual({ [chen]: '2026-12-28', [ma]: '2027-01-05' })
  await isProved(m)
})

describe('whoever works on it sees a run of each party', () => {
  let m: MatterId
  beforeAll(async () => {
    m = await opened()
    await serve(m, chen, ma)
    await w.act(cast.wang, m, 'appraise', { respondent: ma, on: '2026-03-01' })
  })

  test('on the page of the matter, with the step that called for a pause', async () => {
    const { clocks } = await w.run(cast.wang, (tx) => viewMatter(tx, m))
    const title = twoSides.actions['appraise']?.title.zh
    expect(clocks.filter(({ limit }) => limit === 'answer')).toMatchObject([
      { party: chen, status: 'running', pauses: [] },
      { party: ma, status: 'paused', dueAt: null, pauses: [{ from: '2026-03-01', to: null, why: { title } }] },
    ])
  })

  test('in the calendar and in the feed, as entries of their own', async () => {
    await w.act(cast.wang, m, 'appraised', { respondent: ma })
    const its = await signedIn(w, app, cast.wang)
    const { rows } = (await its.json('GET', '/api/calendar?from=2026-03-01&to=2026-03-31')).json<{
      rows: { id: string; party: string }[]
    }>()
    expect(rows.flatMap(({ id, party }) => (id === m.id ? [party] : []))).toEqual([chen, ma])
    const { path } = (await its.json('POST', '/api/calendar/feeds', { scope: 'unit' })).json<{ path: string }>()
    const uids = readIcs((await its.get(path)).body).events.flatMap(({ UID }) => (UID?.value.includes(m.id) ? [UID.value] : []))
    expect(uids).toEqual([chen, ma].map((party) => `${m.region}.${m.id}.answer.${party}@fahui`))
  })
})
