import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { as, system } from '#platform/tx.ts'
import { eraseMatter, sweepUnheld } from '#records/privacy/erasure.ts'
import { failing } from '#test/failing.ts'
import { plantedCase } from '#test/planted.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let m: Matter
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  m = await plantedCase(w)
})
afterAll(() => w[Symbol.asyncDispose]())

const papers = () =>
  w.run(cast.clockwork, (tx) => tx.db.selectFrom('document').select(['hash', 'erased_at']).where('matter', '=', m.id).execute())
const bytes = async () => Promise.all((await papers()).map(({ hash }) => w.on.files.has(hash)))

test('papers whose erasure does not come to stand keep their bytes: no row points at nothing', async () => {
  await failing(w, sql`after update on document deferrable initially deferred for each row execute function fail()`, async () => {
    await expect(w.run(cast.clockwork, (tx) => eraseMatter(tx, m))).rejects.toThrow('the disk is gone')
  })
  expect((await papers()).map(({ erased_at }) => erased_at)).toEqual([null])
  expect(await bytes()).toEqual([true])
})

test('bytes that a process left that died once the erasure stood are gone after the sweep of the night', async () => {
  const dying = { ...w.on, files: { ...w.on.files, remove: () => Promise.reject(new Error('the process is gone')) } }
  await as(dying, system, w.now(), (tx) => eraseMatter(tx, m))
  expect((await papers()).every(({ erased_at }) => erased_at)).toBe(true)
  expect(await bytes()).toEqual([true])
  expect(await sweepUnheld({ ...w.on, wallClock: () => Date.now() + 2 * 3_600_000 }, w.now())).toBe(1)
  expect(await bytes()).toEqual([false])
})
