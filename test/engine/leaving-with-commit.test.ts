import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { act } from '#engine/act.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { takeAction } from '#api/matter/matters.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { loadRegions } from '#records/register/regions.ts'
import { actionsOf } from '#test/scenarios/scene.ts'
import { socketWrites } from '#test/socket-writes.ts'
import { cast, world, type World } from '#test/world.ts'

/** A step's last statements leave with the commit, unheard: whatever becomes of them, nobody is told "done" of what does not stand. */

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => owner('alter table event drop constraint if exists refusing', 'drop trigger if exists cutting on event'))
afterAll(() => w[Symbol.asyncDispose]())

const onPostgres = Boolean(process.env['TEST_DATABASE_URL'])
const paper = () => ({ kind: 'evidence', document: v7(), hash: 'a'.repeat(64) })
const attach = (m: Matter, key: string, input = paper()) => w.act(cast.li, m, 'attach', input, { key })
/** The office asks for what is missing, which a letter tells: a job. */
const ask = (m: Matter) => w.act(cast.wang, m, 'ask', { missing: ['identity'], until: '2026-03-10' }, { key: v7() })
const owner = (...texts: string[]) =>
  w.on.database.owner(async (db) => {
    for (const text of texts) await sql.raw(text).execute(db)
  })
/** The server ends the connection in the midst of the commit. */
const cutInCommit = () =>
  owner(
    `create or replace function cut() returns trigger language plpgsql security definer as 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'`,
    `create constraint trigger cutting after insert on event deferrable initially deferred for each row execute function cut()`,
  )
/** From here on no event of an `attach` can be written. */
const refuseToSave = () => owner(`alter table event add constraint refusing check (action <> 'attach') not valid`)
const queued = async (m: Matter) =>
  (
    await w.on.database.owner((db) =>
      sql<{ n: number }>`select count(*)::int as n from pgboss.job where data ->> 'id' = ${m.id} and data ->> 'seq' = '2'`.execute(db),
    )
  ).rows[0]?.n

describe('a step that cannot be written', () => {
  test('is told to whoever asked for it, and leaves no event, no row and no key', async () => {
    const [m, key] = [await w.filed(), v7()]
    await refuseToSave()
    await expect(attach(m, key)).rejects.toMatchObject({ code: '23514' })
    expect([await actionsOf(w, m), (await w.run(cast.li, (tx) => matterOf(tx, m)))?.version]).toEqual([['open', 'submit'], 1])
    await owner('alter table event drop constraint refusing')
    expect((await attach(m, key)).version).toBe(2)
  })

  test('leaves no job either, though its job was on the way', async () => {
    const m = await w.filed()
    await owner(`alter table event add constraint refusing check (action <> 'ask') not valid`)
    await expect(ask(m)).rejects.toMatchObject({ code: '23514' })
    expect(await queued(m)).toBe(0)
    await owner('alter table event drop constraint refusing')
    await ask(m)
    expect(await queued(m)).toBeGreaterThan(0)
  })

  test('is told by its own failure, not by that of what was read after it', async () => {
    const m = await w.filed()
    await refuseToSave()
    const read = w.run(cast.li, async (tx) => {
      await act(tx, m, 'attach', paper())
      return matterOf(tx, m)
    })
    await expect(read).rejects.toMatchObject({ code: '23514' })
  })
})

test('what is read after a step in its transaction is the matter as the step left it', async () => {
  const m = await w.filed()
  const read = await w.run(cast.li, async (tx) => {
    await act(tx, m, 'attach', paper())
    return matterOf(tx, m)
  })
  expect(read?.version).toBe(2)
})

describe.runIf(onPostgres)('on PostgreSQL', () => {
  test('a step is two writes to the socket: what is read, then what is written with its jobs and the commit', async () => {
    const [m, next] = [await w.filed(), await w.filed()]
    await ask(m)
    expect(await socketWrites(() => ask(next))).toEqual([2])
  })

  test('a request to act, with the matter looked up before and answered after, is ten writes at most: what a page needs is asked for together', async () => {
    await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
    const asked = async (m: Matter) =>
      w.run(cast.li, async (tx) => {
        await takeAction(tx, m, 'withdraw', { key: v7(), input: {} })
        return viewMatter(tx, m)
      })
    await asked(await w.filed())
    const m = await w.filed()
    const [writes = 0, ...others] = await socketWrites(() => asked(m))
    expect(others).toEqual([])
    expect(writes).toBeLessThanOrEqual(10)
  })

  test('a connection that ends before the commit is done is no "done", and the repeat does it once', async () => {
    const [m, key, input] = [await w.filed(), v7(), paper()]
    await cutInCommit()
    await expect(attach(m, key, input)).rejects.toBeInstanceOf(Error)
    await owner('drop trigger cutting on event')
    expect(await actionsOf(w, m)).toEqual(['open', 'submit'])
    expect((await attach(m, key, input)).version).toBe(2)
  })

  test('a connection that ends before the answer to the commit is no "done" either, and the repeat does nothing twice', async () => {
    const [m, key, input] = [await w.filed(), v7(), paper()]
    await attach(await w.filed(), v7())
    const cut = socketWrites(
      () => attach(m, key, input),
      (socket, n) => void (n === 2 && socket.destroy()),
    )
    await expect(cut).rejects.toBeInstanceOf(Error)
    expect((await attach(m, key, input)).version).toBe(2)
    expect(await actionsOf(w, m)).toEqual(['open', 'submit', 'attach'])
  })
})
