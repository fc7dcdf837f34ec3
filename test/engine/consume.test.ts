import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { replay } from '#kernel/decide.ts'
import type { MatterId } from '#kernel/matter.ts'
import { consume, flawsOfConsumers, listWatermarks, startAnew, type Consumer, type Entry } from '#engine/consume.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import { audit } from '#platform/keys/audit.ts'
import { lineOf } from '#platform/platform.ts'
import { consumers } from '#api/consumers.ts'
import { granted } from '#test/scenarios/scene.ts'
import { cast, county, world, type World } from '#test/world.ts'

const testUrl = process.env['TEST_DATABASE_URL']
const [actions] = consumers

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

type Sums = Record<string, number>

const taken = () => consume(w.on, consumers, w.now())

/** The sums as they are kept. */
const kept = (): Promise<Sums> =>
  w.run(cast.clockwork, async (tx) => {
    const rows = await tx.db.selectFrom('day_count').selectAll().execute()
    return sumsOf(rows.map(({ region, office, line, counted, what, day, n }) => [[region, office, line, counted, what, day], Number(n)]))
  })

/** The sums as the kernel has them, which folds each log step by step. */
const folded = (): Promise<Sums> =>
  w.run(cast.clockwork, async (tx) => {
    const { rows: matters } = await sql<MatterId>`select region, id from matter`.execute(tx.db)
    const changes: Change[] = []
    for (const at of matters) {
      const events = await eventsOf(tx, at)
      const { line: key, edition } = events[0]!.input as { line: string; edition: string } // the opening names its line
      const line = lineOf(w.on, key, edition)
      for (const [n, event] of events.entries()) {
        const [day, after] = [dayOf(event.at), replay(line, events.slice(0, n + 1))]
        const before = n > 0 ? replay(line, events.slice(0, n)) : undefined
        changes.push([[at.region, after.office, key, 'action', event.action, day], 1])
        changes.push([[at.region, after.office, key, 'state', after.state, day], 1])
        if (before) changes.push([[at.region, before.office, key, 'state', before.state, day], -1])
      }
    }
    return sumsOf(changes)
  })

type Change = readonly [group: readonly string[], n: number]

function sumsOf(changes: readonly Change[]): Sums {
  const sums = new Map<string, number>()
  for (const [group, n] of changes) sums.set(group.join(' '), (sums.get(group.join(' ')) ?? 0) + n)
  return Object.fromEntries([...sums].filter(([, n]) => n !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** One who keeps what it was given, in the order it came. */
const listener = (key: string, reads: Consumer['reads']) => {
  const heard: Entry[] = []
  const its: Consumer = {
    key,
    reads,
    take: async (_, entries) => heard.push(...entries),
    wipe: async () => heard.splice(0),
    flaw: async () => null,
  }
  return { its, heard }
}

describe('the figures of a day', () => {
  test('are what the kernel makes of every log, whoever may see the matters', async () => {
    w.at('2026-05-06')
    const m = await granted(w)
    w.at('2026-05-07')
    await w.assigned(m)
    await w.filed({}, '630202')
    await w.open(cast.li)
    await taken()
    expect(await kept()).toEqual(await folded())
    expect(Object.keys(await kept()).length).toBeGreaterThan(10)
  })

  test('are the same in whatever pieces the order is taken in', async () => {
    for (const consumer of consumers) await startAnew(w.on, consumer, w.now())
    await consume(w.on, consumers, w.now(), { atOnce: 1 })
    expect(await kept()).toEqual(await folded())
  })

  test('count a step by the office that handled the matter then, be it none', async () => {
    const draft = await w.open(cast.li, 'legal-aid', {}, { region: '120101' })
    await taken()
    const office = {
      region: '120101',
      id: v7(),
      kind: 'legalAidAgency',
      name: '法律援助中心（演示）',
      short: '津法援',
      valid_from: '2000-01-01',
    }
    await w.run(cast.clockwork, (tx) => tx.db.insertInto('office').values(office).execute())
    await w.act(cast.li, draft, 'submit', w.filing)
    await taken()
    expect(await kept()).toEqual(await folded())
    expect(Object.keys(await kept()).filter((group) => group.includes(office.id))).not.toEqual([])
  })
})

describe('a consumer', () => {
  test('that is added later begins at the first place, and hears all there is, once and in its order', async () => {
    const { its, heard } = listener('late', ['event', 'audit'])
    await w.run(cast.wang, (tx) => audit(tx, 'search', { region: county }))
    await consume(w.on, [its], w.now(), { atOnce: 7 })
    expect(heard.map(({ position }) => position)).toEqual(heard.map((_, n) => n + 1))
    const { rows } = await w.run(cast.clockwork, (tx) =>
      sql<{ all: number }>`select (select count(*) from event)::int + (select count(*) from audit)::int as all`.execute(tx.db),
    )
    expect(heard.length).toBe(rows[0]?.all)
  })

  test('hears only what it reads, and comes to the end all the same', async () => {
    const { its, heard } = listener('audits', ['audit'])
    await w.filed()
    await consume(w.on, [its], w.now())
    const [mark] = await w.run(cast.clockwork, (tx) => listWatermarks(tx, [its]))
    expect([new Set(heard.map(({ kind }) => kind)), mark?.position]).toEqual([new Set(['audit']), mark?.end])
  })

  test('that fails leaves neither result nor watermark, and holds up no other', async () => {
    await taken()
    const before = await kept()
    await w.filed()
    const failing: Consumer = {
      ...actions!,
      take: async (tx, entries) => {
        await actions!.take(tx, entries)
        throw new Error('no further')
      },
    }
    const { its, heard } = listener('beside', ['event'])
    await expect(consume(w.on, [failing, its], w.now())).rejects.toThrow('no further')
    expect([await kept(), heard.length > 0]).toEqual([before, true])
    await taken()
    expect(await kept()).toEqual(await folded())
  })

  test('begun anew ends with the same sums', async () => {
    const before = await kept()
    await startAnew(w.on, actions!, w.now())
    const sums = await kept()
    expect(Object.keys(sums).filter((group) => group.includes(' action '))).toEqual([])
    await taken()
    expect(await kept()).toEqual(before)
  })

  test('takes nothing in twice where several processes are at it', async () => {
    for (let n = 0; n < 6; n++) await w.filed()
    for (const consumer of consumers) await startAnew(w.on, consumer, w.now())
    await Promise.all(Array.from({ length: 4 }, () => consume(w.on, consumers, w.now(), { atOnce: 3 })))
    expect(await kept()).toEqual(await folded())
  })

  test.runIf(testUrl)('does not skip what a transaction begun before commits after it has read on (PostgreSQL)', async () => {
    const held = Promise.withResolvers<void>()
    const written = Promise.withResolvers<void>()
    const early = w.run(cast.clockwork, async (tx) => {
      await audit(tx, 'search', { region: county, detail: { n: 1 } })
      written.resolve()
      await held.promise
    })
    await written.promise
    const { its, heard } = listener('patient', ['audit'])
    await w.run(cast.clockwork, (tx) => audit(tx, 'search', { region: county, detail: { n: 2 } }))
    await consume(w.on, [its], w.now())
    const before = heard.length
    held.resolve()
    await early
    await consume(w.on, [its], w.now())
    const [late, last] = [heard.at(-1)!, heard.at(-2)!] // one came before the hold was over, one after
    expect([heard.length, late.seq < last.seq, late.position]).toEqual([before + 1, true, last.position + 1])
  })
})

describe('verify names a consumer', () => {
  const flawsAfter = async (statement: ReturnType<typeof sql>): Promise<string[]> => {
    await taken()
    await w.on.database.owner((db) => statement.execute(db))
    const flaws = await flawsOfConsumers(w.on, consumers, w.now())
    for (const consumer of consumers) await startAnew(w.on, consumer, w.now())
    return flaws
  }

  test('and none where all sums are right', async () => {
    expect(await flawsAfter(sql`select 1`)).toEqual([])
  })

  test.each([
    ['one sum is another', sql`update day_count set n = n + 1 where counted = 'action' and what = 'submit'`],
    ['a sum is gone', sql`delete from day_count where counted = 'action' and what = 'submit'`],
    [
      'there is a sum of nothing',
      sql`insert into day_count select region, office, line, counted, 'invented', day, 1 from day_count where counted = 'action' limit 1`,
    ],
    ['its watermark stands further back than its result', sql`update watermark set position = position - 20 where consumer = 'action'`],
    ['its watermark is gone', sql`delete from watermark where consumer = 'action'`],
    ['its watermark is beyond the end', sql`update watermark set position = position + 1 where consumer = 'action'`],
  ])('where %s', async (_, statement) => {
    const flaws = await flawsAfter(statement)
    expect([flaws.length, flaws[0]]).toEqual([1, expect.stringContaining('action: ')])
  })
})
