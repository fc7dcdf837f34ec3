import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { loadRegions } from '#records/register/regions.ts'
import type { Actor } from '#kernel/actor.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let filed: Matter[]
beforeAll(async () => {
  w = await world()
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
  filed = [await w.filed(), await w.filed(), await w.filed(), await w.filed(), await w.filed()]
  const setting = { region: '63', key: 'opening.dailyMatters', valid_from: '2026-03-01', value: '4', decided_by: 'test' }
  await w.run(cast.clockwork, async (tx) => {
    await tx.db.insertInto('setting').values(setting).execute()
    await tx.on.settings.reload(tx.db)
  })
})
afterAll(() => w[Symbol.asyncDispose]())

const opens = (who: Actor, n: number) => w.run(who, (tx) => viewMatter(tx, filed[n]!))
const alarms = (who: Actor) =>
  w.run(
    cast.ding,
    async (tx) =>
      (await sql<{ n: number }>`select count(*)::int as n from audit where kind = 'manyOpened' and actor = ${who.id}`.execute(tx.db))
        .rows[0]?.n,
  )

describe('how many matters an officer opens in a day (个人信息保护法 §51)', () => {
  test('has an end; again is free, a colleague goes on, and tomorrow is another day', async () => {
    for (const n of [0, 1, 2, 3]) await opens(cast.wang, n)
    await expect(opens(cast.wang, 4)).rejects.toMatchObject({ code: 'opened_enough', detail: { most: 4 } })
    expect(await opens(cast.wang, 0)).toMatchObject({ id: filed[0]?.id })
    expect(await opens(cast.guo, 4)).toMatchObject({ id: filed[4]?.id })
    w.at('2026-03-03')
    expect(await opens(cast.wang, 4)).toMatchObject({ id: filed[4]?.id })
  })

  test('is put before the auditors once at half of it', async () => {
    expect([await alarms(cast.wang), await alarms(cast.guo)]).toEqual([1, 0])
  })
})
