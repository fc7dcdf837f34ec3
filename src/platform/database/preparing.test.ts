import { afterAll, beforeAll, expect, test } from 'vitest'
import { PreparingPGlite } from './preparing.ts'

let db: PreparingPGlite
beforeAll(async () => {
  db = new PreparingPGlite()
  await db.exec(`create table paper (id int primary key, holder text); insert into paper values (1, 'li'), (2, 'chen');
    create role reader; grant select on paper to reader; alter table paper enable row level security;
    create policy own on paper for select using (holder = current_setting('app.who', true))`)
})
afterAll(() => db.close())

const kept = async (): Promise<number> =>
  (await db.query<{ n: number }>('select count(*)::int as n from pg_prepared_statements')).rows[0]?.n ?? 0
const thrice = async <T>(work: () => Promise<T>): Promise<T[]> => [await work(), await work(), await work()]

test('a statement that comes again is kept, and answers as before', async () => {
  const before = await thrice(kept)
  const found = await thrice(async () => (await db.query('select id, holder from paper where id = $1', [2])).rows)
  expect(found).toEqual([0, 1, 2].map(() => [{ id: 2, holder: 'chen' }]))
  expect((await kept()) - (before[2] ?? 0)).toBe(1)
})

test('a kept statement shows each their own rows, and the owner all', async () => {
  const holders = async () => (await db.query<{ holder: string }>('select holder from paper order by id')).rows.map(({ holder }) => holder)
  const as = (who: string) =>
    db.transaction(async (tx) => {
      await tx.query(`select set_config('role', 'reader', true), set_config('app.who', $1, true)`, [who])
      return (await tx.query<{ holder: string }>('select holder from paper order by id')).rows.map(({ holder }) => holder)
    })
  for (let n = 0; n < 8; n++) expect([await holders(), await as('li'), await as('chen')]).toEqual([['li', 'chen'], ['li'], ['chen']])
})

test('what is wrong with a kept statement is said, and does not stay', async () => {
  const add = (id: number) => db.query('insert into paper values ($1, $2) returning id', [id, 'ma'])
  for (const id of [3, 4]) await add(id)
  await expect(add(4)).rejects.toMatchObject({ code: '23505' })
  expect((await add(5)).rows).toEqual([{ id: 5 }])
})

test('a table that changed under a kept statement is read anew', async () => {
  const all = () => db.query<object>('select * from paper where id = 1')
  await thrice(all)
  await db.exec('alter table paper add column kind text')
  await expect(all()).rejects.toMatchObject({ code: '0A000' })
  expect((await all()).rows).toEqual([{ id: 1, holder: 'li', kind: null }])
})

test('lists of any length do not fill it up', async () => {
  for (let length = 1; length <= 600; length++) await thrice(() => db.query(`select ${'1 + '.repeat(length)}1 as n`))
  expect(await kept()).toBeLessThanOrEqual(500)
})
