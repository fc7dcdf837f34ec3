import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, world, type World } from '#test/world.ts'
import type { Tx } from '#platform/tx.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const put = (tx: Tx, name: string) => sql`insert into lease (name, holder, until) values (${name}, 'test', now())`.execute(tx.db)
const names = (tx: Tx, like: string) => tx.db.selectFrom('lease').select('name').where('name', 'like', like).execute()

test('statements asked for together run in the order they were asked', async () => {
  const found = await w.run(cast.clockwork, async (tx) => {
    const [, first, , second] = await Promise.all([put(tx, 'order-1'), names(tx, 'order-%'), put(tx, 'order-2'), names(tx, 'order-%')])
    return [first.length, second.length]
  })
  expect(found).toEqual([1, 2])
})

test('when one of them fails nothing of the transaction stands, and the first failure is told', async () => {
  const both = w.run(cast.clockwork, (tx) => Promise.all([put(tx, 'fails-1'), sql`select 1 / 0`.execute(tx.db), put(tx, 'fails-2')]))
  await expect(both).rejects.toMatchObject({ code: '22012' })
  expect(await w.run(cast.clockwork, (tx) => names(tx, 'fails-%'))).toEqual([])
})

test('a failure that was caught still undoes the whole: a transaction is never half done', async () => {
  const caught = w.run(cast.clockwork, async (tx) => {
    await put(tx, 'caught')
    await sql`select 1 / 0`.execute(tx.db).catch(() => {})
  })
  await expect(caught).rejects.toBeInstanceOf(Error)
  expect(await w.run(cast.clockwork, (tx) => names(tx, 'caught'))).toEqual([])
})

test('a transaction that is over takes no more statements', async () => {
  const kept = await w.run(cast.clockwork, async (tx) => tx)
  await expect(sql`select 1`.execute(kept.db)).rejects.toBeInstanceOf(Error)
})

const send = (tx: Tx, name: string, until: unknown = '2026-03-02') =>
  tx.send(CompiledQuery.raw(`insert into lease (name, holder, until) values ($1, 'test', $2)`, [name, until]))

test('what was sent and not waited for stands once the transaction is told done, and runs before what is made later', async () => {
  const seen = await w.run(cast.clockwork, async (tx) => {
    void send(tx, 'sent-1')
    const before = await names(tx, 'sent-%')
    void send(tx, 'sent-2')
    return before.length
  })
  expect([seen, await w.run(cast.clockwork, (tx) => names(tx, 'sent-%'))]).toEqual([1, [{ name: 'sent-1' }, { name: 'sent-2' }]])
})

test('when it fails nothing of the transaction stands, and its failure is told, not what failed because of it', async () => {
  const failing = w.run(cast.clockwork, async (tx) => {
    void send(tx, 'unheard-1')
    void send(tx, 'unheard-2', 'no day')
    await names(tx, 'unheard-%')
  })
  await expect(failing).rejects.toMatchObject({ code: '22007' })
  const last = w.run(cast.clockwork, async (tx) => void (send(tx, 'unheard-3'), send(tx, 'unheard-4', 'no day')))
  await expect(last).rejects.toMatchObject({ code: '22007' })
  expect(await w.run(cast.clockwork, (tx) => names(tx, 'unheard-%'))).toEqual([])
})

test('a value the driver might not be able to write is refused before anything is committed', async () => {
  const failing = w.run(cast.clockwork, async (tx) => {
    void send(tx, 'object-1')
    void send(tx, 'object-2', { n: 1n })
  })
  await expect(failing).rejects.toThrow('is an object')
  expect(await w.run(cast.clockwork, (tx) => names(tx, 'object-%'))).toEqual([])
})
