import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { inOneView, type Tx } from '#platform/tx.ts'
import { cast, world, type World } from '#test/world.ts'

const onPostgres = Boolean(process.env['TEST_DATABASE_URL'])

let w: World
beforeAll(async () => {
  w = await world()
})

const mattersIn = async (tx: Tx) => (await sql<{ n: number }>`select count(*)::int as n from matter`.execute(tx.db)).rows[0]?.n

// The embedded database has one connection: nobody writes beside it.
test.runIf(onPostgres)('what a check reads one after the other is as it stood at one moment, whatever others do meanwhile', async () => {
  const [before, after] = await inOneView(w.on, cast.clockwork, w.now(), async (tx) => {
    const first = await mattersIn(tx)
    await w.open(cast.li, 'legal-aid')
    return [first, await mattersIn(tx)]
  })
  expect(after).toBe(before)
  expect(await w.run(cast.clockwork, mattersIn)).toBe((before ?? 0) + 1)
})
