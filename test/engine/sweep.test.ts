import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal.ts'
import type { Matter } from '#kernel/matter.ts'
import { act } from '#engine/act.ts'
import { lockMatter } from '#engine/matter-rows.ts'
import { sweep } from '#engine/sweep.ts'
import { actionsOf, lettersOf, refused } from '#test/scenarios/scene.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())
// The scenes go back and forth in time, and a lease taken in a later year would keep everyone else out.
beforeEach(() =>
  w.run(cast.clockwork, (tx) =>
    tx.db
      .updateTable('lease')
      .set({ until: new Date('2020-01-01T00:00:00Z') })
      .execute(),
  ),
)

/** An application received on 2 March and due on the 9th; it is now the 10th. */
async function late(): Promise<Matter> {
  w.at('2026-03-02')
  const m = await w.filed()
  w.at('2026-03-10')
  return m
}

const overdues = async (m: Matter) => (await actionsOf(w, m)).filter((action) => action === 'overdue').length
const times = (count: number) => Array.from({ length: count }, (_, n) => n)

describe('a limit that has passed', () => {
  test('is an event by the system, once, however often it looks (法律援助法 §61)', async () => {
    const m = await late()
    await w.sweep()
    await w.sweep()
    w.at('2026-04-10')
    await w.sweep()
    expect(await overdues(m)).toBe(1)
    expect((await w.read(m)).data['lateFor']).toEqual(['review'])
  })

  test('has not passed until midnight in Shanghai of its last day (民法典 §203)', async () => {
    const m = await late()
    w.at('2026-03-09T23:59')
    await w.sweep()
    expect(await overdues(m)).toBe(0)
    w.at('2026-03-10T00:00')
    await w.sweep()
    expect(await overdues(m)).toBe(1)
  })

  test('is seen once by two sweepers: one of them stands back', async () => {
    const m = await late()
    w.at('2026-03-10T12:00')
    const acted = await Promise.all([sweep(w.on, 'one', w.now()), sweep(w.on, 'two', w.now())])
    expect(acted.filter((count) => count === 0)).toHaveLength(1)
    expect(await overdues(m)).toBe(1)
  })

  test('is seen once even by two that believe to hold the same lease', async () => {
    const m = await late()
    w.at('2026-03-10T13:00')
    await Promise.all([sweep(w.on, 'one', w.now()), sweep(w.on, 'one', w.now())])
    expect(await overdues(m)).toBe(1)
  })

  test('is not one while the limit is paused: the review waits for the applicant (法律援助法 §43(2))', async () => {
    w.at('2026-03-02')
    const m = await w.filed()
    await w.act(cast.wang, m, 'ask', { missing: ['means'], until: '2026-03-17' })
    w.at('2026-03-16')
    await w.sweep()
    expect(await overdues(m)).toBe(0)
    expect((await w.read(m)).state).toBe('supplementing')
  })

  test('alerts the supervisor and never grants, however late the agency is (法律援助法 §61)', async () => {
    const m = await late()
    await w.sweep()
    await w.settle()
    expect(await lettersOf(w, m)).toContainEqual(expect.objectContaining({ template: 'alertSupervisor', account: `supervisor@${county}` }))
    w.at('2027-03-10')
    await w.sweep()
    expect((await w.read(m)).state).toBe('submitted')
    expect(await actionsOf(w, m)).toEqual(['open', 'submit', 'overdue'])
  })

  test('of a right is nobody’s lateness: the time to object lapses without an event (法律援助法 §49)', async () => {
    w.at('2026-04-17')
    const m = await refused(w)
    await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
    w.at('2026-06-17')
    await w.sweep()
    expect(await overdues(m)).toBe(0)
  })

  test('does not stop an officer who decides in the same moment, nor the sweeper (法律援助法 §43)', async () => {
    w.at('2026-03-02')
    const matters: Matter[] = []
    for (const _ of times(12)) matters.push(await w.filed())
    for (const m of matters) await w.assessed(m)
    w.at('2026-03-10T15:00')
    const outcomes = await Promise.allSettled([sweep(w.on, 'one', w.now(), 1000), ...matters.map((m) => w.act(cast.wang, m, 'grant'))])
    const faults = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' && !(outcome.reason instanceof Refusal) ? [String(outcome.reason)] : [],
    )
    expect(faults).toEqual([])
    for (const m of matters) expect((await w.read(m)).state).toBe('granted')
  })

  test('is seen even behind one that cannot be handled: a broken matter holds up nobody else (法律援助法 §61)', async () => {
    w.at('2026-03-01')
    const broken = await w.filed()
    const setEdition = (edition: string) =>
      w.run(cast.clockwork, (tx) => tx.db.updateTable('matter').set({ edition }).where('id', '=', broken.id).execute())
    await setEdition('lost')
    const m = await late()
    await w.sweep()
    await setEdition(broken.edition)
    expect([await overdues(broken), await overdues(m)]).toEqual([0, 1])
    await w.sweep()
    expect(await overdues(broken)).toBe(1)
  })

  test('finds the officer’s hand on the matter and waits for it: neither waits for the other for ever (法律援助法 §43)', async ({
    skip,
  }) => {
    skip(w.on.database.engine === 'pglite', 'the embedded database has one connection, where nobody can wait for another')
    const m = await late()
    await w.assessed(m)
    w.at('2026-03-10T16:00')
    const waiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    const isWaiting = () => w.on.database.owner(async (db) => (await waiting.execute(db)).rows.length > 0)
    let sweeping: Promise<number> | undefined
    const decided = await w.run(cast.wang, async (tx) => {
      await lockMatter(tx, m)
      sweeping = sweep(w.on, 'one', w.now(), 1000)
      await expect.poll(isWaiting, { timeout: 10_000 }).toBe(true)
      return act(tx, m, 'grant', {})
    })
    await sweeping
    expect(decided.state).toBe('granted')
    expect(await overdues(m)).toBe(0)
  })
})
