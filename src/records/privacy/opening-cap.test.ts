import { sql } from 'kysely'
import { act } from '#engine/act.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import type { FastifyInstance } from 'fastify'
import { signedIn, site, type Browser } from '#test/site.ts'
import type { Actor } from '#kernel/actor.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let filed: Matter[]
let wang: Browser
let guo: Browser
beforeAll(async () => {
  w = await world()
  app = await site(w)
  filed = [await w.filed(), await w.filed(), await w.filed(), await w.filed(), await w.filed()]
  const setting = { region: '63', key: 'opening.dailyMatters', valid_from: '2026-03-01', value: '4', decided_by: 'test' }
  await w.run(cast.clockwork, async (tx) => {
    await tx.db.insertInto('setting').values(setting).execute()
    await tx.on.settings.reload(tx.db)
  })
  ;[wang, guo] = [await signedIn(w, app, cast.wang), await signedIn(w, app, cast.guo)]
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

const opens = async (its: Browser, n: number) => {
  const { statusCode, json } = await its.json('GET', `/api/matters/${filed[n]!.region}/${filed[n]!.id}`)
  return statusCode === 200 ? 200 : json<{ code: string }>().code
}
const alarms = (who: Actor) =>
  w.run(
    cast.ding,
    async (tx) =>
      (await sql<{ n: number }>`select count(*)::int as n from audit where kind = 'manyOpened' and actor = ${who.id}`.execute(tx.db))
        .rows[0]?.n,
  )

describe('how many matters an officer opens in a day (个人信息保护法 §51)', () => {
  test('has an end; again is free, a colleague goes on, and tomorrow is another day', async () => {
    for (const n of [0, 1, 2, 3]) expect(await opens(wang, n)).toBe(200)
    expect(await opens(wang, 4)).toBe('opened_enough')
    expect(await opens(wang, 0)).toBe(200)
    expect(await opens(guo, 4)).toBe(200)
    w.at('2026-03-03')
    wang = await signedIn(w, app, cast.wang)
    expect(await opens(wang, 4)).toBe(200)
  })

  test('is put before the auditors once at half of it', async () => {
    expect([await alarms(cast.wang), await alarms(cast.guo)]).toEqual([1, 0])
  })
})

test('work is not counted: a matter an officer took a step in is free', async () => {
  w.at('2026-03-04')
  guo = await signedIn(w, app, cast.guo)
  for (const n of [0, 1, 2]) expect(await opens(guo, n)).toBe(200)
  await w.run(cast.guo, (tx) => act(tx, filed[2]!, 'ask', { missing: ['identity'], until: '2026-03-10' }))
  for (const n of [3, 4]) expect(await opens(guo, n)).toBe(200)
})
