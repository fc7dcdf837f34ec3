import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '#test/world.ts'
import { namesIn, rules } from './catalogue.ts'
import { definers } from './definers.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

describe('what the catalogue says of the database’s own walls (TRUST §3.4)', () => {
  test.each(rules)('$title', async (rule) => {
    expect(await w.on.database.owner((db) => namesIn(db, rule))).toEqual([])
  })

  test.each(rules)('and a fault is found: $title', async (rule) => {
    const undo = new Error('undone')
    const found: string[] = []
    const planting = w.on.database.owner((db) =>
      db.transaction().execute(async (trx) => {
        for (const statement of rule.planted) await sql.raw(statement).execute(trx)
        found.push(...(await namesIn(trx, rule)))
        throw undo
      }),
    )
    await expect(planting).rejects.toBe(undo)
    expect(found.length).toBeGreaterThanOrEqual(rule.planted.length > 1 && rule.title.startsWith('a view') ? 2 : 1)
  })

  test('the list of functions that run as the owner names none that is gone', async () => {
    const there = await w.on.database.owner((db) =>
      sql<{ name: string }>`select distinct p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname in ('public', 'sec')`.execute(db),
    )
    expect(there.rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(definers).toSorted())
  })
})
