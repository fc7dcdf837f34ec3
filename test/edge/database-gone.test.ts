import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isGone } from '#platform/database/gone.ts'
import { signedIn, site, type Browser } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let app: FastifyInstance
let li: Browser
beforeAll(async () => {
  w = await world()
  app = await site(w)
  li = await signedIn(w, app, cast.li)
})
afterAll(async () => {
  await app.close()
  await w[Symbol.asyncDispose]()
})

/** Ends every connection of the service, and lets no new one in, while `work` goes on. */
async function without(work: () => Promise<void>): Promise<void> {
  const database = (limit: number) =>
    w.on.database.owner(async (db) => {
      const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db)
      await sql`alter database ${sql.id(rows[0]!.name)} connection limit ${sql.lit(limit)}`.execute(db) // it always names one
    })
  await database(0)
  await w.on.database.owner((db) =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename <> current_user`.execute(db),
  )
  try {
    await work()
  } finally {
    await database(-1)
  }
}

test('while the database is gone people are told to come back, when, and that nothing is lost (S-M11)', async ({ skip }) => {
  skip(w.on.database.engine === 'pglite', 'the embedded database is part of the process')
  await without(async () => {
    const page = await li.get('/')
    expect([page.statusCode, page.headers['retry-after'], page.body.includes('这会儿连不上')]).toEqual([503, '10', true])
    const api = await li.json('GET', '/api/health')
    expect([api.statusCode, api.json<{ code: string }>().code]).toEqual([503, 'unavailable'])
    const sent = await li.post('/', { story: '老板拖欠三个月工资', county: '630102' })
    expect([sent.statusCode, sent.body.includes('老板拖欠三个月工资')]).toEqual([503, true])
  })
  await expect.poll(async () => (await li.get('/')).statusCode).toBe(200)
})

test('what a database says of what it was asked is no sign that it is gone', () => {
  const said = (code: string) => Object.assign(new Error('x'), { code })
  for (const code of ['23505', '42501', '40001', '22P02', 'XX000']) expect(isGone(said(code))).toBe(false)
  for (const code of ['ECONNREFUSED', '53300', '57P03', '08006']) expect(isGone(said(code))).toBe(true)
  expect(isGone(new Error('Connection terminated unexpectedly'))).toBe(true)
  expect(isGone(new Error('timeout'))).toBe(false)
})
