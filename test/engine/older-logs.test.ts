import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMark } from '#platform/keys/words.ts'
import { sealAudit } from '#platform/keys/audit.ts'
import { verifyWhole } from '#records/privacy/verify-kept.ts'
import { toldOf } from '#engine/words.ts'
import { why } from '#test/scenarios/scene.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

test('a log from before words stood beside it is read as it is, and verify holds over it', async () => {
  const m = await w.filed()
  await w.assessed(m, 'refuse')
  const { data } = await w.act(cast.wang, m, 'refuse', { reason: why })
  const { reason: mark } = data['refusal'] as { reason: string } // as the line's schema has it
  expect(isMark(mark)).toBe(true)
  await w.on.database.owner(async (db) => {
    await sql`update event set input = replace(input::text, ${mark}, ${why})::jsonb where id = ${m.id}`.execute(db)
    await sql`update matter set data = replace(data::text, ${mark}, ${why})::jsonb where id = ${m.id}`.execute(db)
    await sql`delete from said_text where matter = ${m.id}`.execute(db)
  })
  await sealAudit(w.on, w.now())
  expect(await verifyWhole(w.on, w.now())).toMatchObject({ ok: true, wrong: [] })
  const { events } = await w.run(cast.clockwork, (tx) => toldOf(tx, m, 'zh'))
  expect(events.at(-1)?.input).toEqual({ reason: why })
})
