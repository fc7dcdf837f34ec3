import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { site } from '#test/site.ts'
import { cast, world, type World } from '#test/world.ts'

const onPostgres = Boolean(process.env['TEST_DATABASE_URL'])

describe.runIf(onPostgres)('a login of the service whose password somebody has changed, as PostgreSQL lets every role (S-M10)', () => {
  let w: World
  beforeAll(async () => {
    w = await world()
  })
  afterAll(() => w[Symbol.asyncDispose]())
  const health = async () => {
    const app = await site(w)
    const { loginChangedAt } = (await app.inject('/api/health')).json<{ loginChangedAt: string | null }>()
    await app.close()
    return loginChangedAt
  }
  const asCitizen = (text: string) => w.run(cast.li, (tx) => sql.raw(text).execute(tx.db))
  const user = async () => (await asCitizen('select current_user as name')).rows as { name: string }[]

  test('is found, set again and told, with its settings', async () => {
    expect([await w.on.database.logins.keep(), await health()]).toEqual([[], null])
    const [{ name } = { name: '' }] = await user()
    await asCitizen(`alter role ${name} password 'another'`)
    await asCitizen(`alter role ${name} set default_transaction_read_only = on`)
    expect(await w.on.database.logins.keep()).toEqual([name])
    expect(Date.parse((await health()) ?? '')).toBeGreaterThan(0)
    expect(await w.on.database.logins.keep()).toEqual([])
    const { rows } = await w.on.database.owner((db) =>
      sql<{ set: string[] }>`select rolconfig as set from pg_roles where rolname = ${name}`.execute(db),
    )
    expect(rows[0]?.set.some((one) => one.startsWith('default_transaction'))).toBe(false)
  })
})
