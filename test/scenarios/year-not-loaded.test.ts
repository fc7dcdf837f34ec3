import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#kernel/calendar/calendar.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { recountProvisional } from '#engine/recount.ts'
import { flawOf } from '#engine/verify.ts'
import { cast, world, type World } from '#test/world.ts'
import { dueOn, refused, targetOn } from './scene.ts'

// A file of its own: loading a year changes the calendar of the whole world.
let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

/** Refused and served on Friday 18 December 2026: fifteen days end on Saturday 2 January 2027. */
async function served() {
  w.at('2026-12-18')
  const m = await refused(w)
  return w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-12-18' })
}

/** The 2027 notice: New Year off from 1 to 4 January, as nobody knew in December. */
const load2027 = () =>
  w.run(cast.clockwork, async (tx) => {
    for (const day of [0, 1, 2, 3].map((n) => addDays('2027-01-01', n)))
      await sql`insert into day_off (region, day, kind, name) values ('', ${day}, 'off', '元旦') on conflict do nothing`.execute(tx.db)
    await w.on.settings.reload(tx.db)
  })

test('before next year’s holidays are published, a limit that ends there is provisional: weekends known, New Year not (行政诉讼法 §101, 节假日办法; AC-31)', async () => {
  const m = await served()
  expect([await targetOn(w, m, 'objection'), await dueOn(w, m, 'objection')]).toEqual(['2027-01-02', '2027-01-04'])
  expect(await w.clock(m, 'objection')).toMatchObject({ provisional: true })
})

test('when the notice is loaded, the running limit is reckoned again and no longer provisional (行政诉讼法 §101; AC-31)', async () => {
  const m = await served()
  await load2027()
  expect(await recountProvisional(w.on, w.now())).toBeGreaterThan(0)
  expect(await w.clock(m, 'objection')).toMatchObject({ provisional: false })
  expect(await dueOn(w, m, 'objection')).toBe('2027-01-05')
  const last = await w.run(cast.clockwork, async (tx) => (await eventsOf(tx, m)).at(-1))
  expect(last).toMatchObject({ action: 'recount', actor: 'system', input: { limits: ['objection'] } })
  expect(await w.run(cast.clockwork, (tx) => flawOf(tx, m))).toBeNull()
  expect(await recountProvisional(w.on, w.now())).toBe(0)
})

test('once the year is known, a limit that ends there is certain from the start (行政诉讼法 §101; AC-31)', async () => {
  await load2027()
  const m = await served()
  expect(await dueOn(w, m, 'objection')).toBe('2027-01-05')
  expect(await w.clock(m, 'objection')).toMatchObject({ provisional: false })
})
