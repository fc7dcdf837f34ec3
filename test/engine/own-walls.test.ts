import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { visitor } from '#platform/tx.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const forbidden = '42501'
const codeAs = (who: Actor, statement: string) =>
  w
    .run(who, (tx) => sql.raw(statement).execute(tx.db))
    .then(
      () => 'it was done',
      (error: { code?: string }) => error.code,
    )

/** What the catalogue says, one text a line. */
const catalogue = (query: ReturnType<typeof sql<{ name: string }>>): Promise<string[]> =>
  w.on.database.owner(async (db) => (await query.execute(db)).rows.map(({ name }) => name))

describe('the database’s own walls (S-M9, TRUST §3.4)', () => {
  test.each([
    ['a visitor', visitor],
    ['a citizen', cast.li],
    ['an officer', cast.wang],
    ['the system', cast.clockwork],
  ] as const)('%s makes no table that would be found before ours', async (_, who) => {
    expect(await codeAs(who, 'create temporary table account (id uuid)')).toBe(forbidden)
    expect(await codeAs(who, 'create table account_too (id uuid)')).toBe(forbidden)
    expect(await codeAs(who, 'create or replace view matter_too as select 1')).toBe(forbidden)
  })

  test('every function that runs as the owner says where it looks, and looks among temporary tables last', async () => {
    const loose = await catalogue(
      sql<{ name: string }>`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname in ('public', 'sec')
          and not exists (select from unnest(p.proconfig) c where c like 'search_path=%' and c like '%pg\\_temp')`,
    )
    expect(loose).toEqual([])
  })

  test('none of them is anybody’s to call but the service’s', async () => {
    const open = await catalogue(
      sql<{ name: string }>`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname in ('public', 'sec') and has_function_privilege('public', p.oid, 'execute') and has_schema_privilege('public', n.oid, 'usage')`,
    )
    expect(open).toEqual([])
  })

  test('every table the service may read is under row policies, and every view asks them of whoever reads it', async () => {
    const bare = await catalogue(
      sql<{ name: string }>`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and (has_table_privilege('fahui_app', c.oid, 'select') or has_table_privilege('fahui_app', c.oid, 'insert'))
          and (c.relkind in ('r', 'p') and not c.relrowsecurity or c.relkind = 'm'
            or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false)) order by 1`,
    )
    expect(bare).toEqual([])
  })
})
