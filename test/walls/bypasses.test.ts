import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { opening, signContext, system, visitor } from '#platform/tx.ts'
import { roles } from '#test/roles.ts'
import { cast, world, type World } from '#test/world.ts'
import { plantEverywhere, type Prey } from './planted-rows.ts'

/** TRUST §3.4: what is tried where one has got a statement into the service, beside asking a table outright. */

let w: World
let prey: Prey
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  prey = await plantEverywhere(w)
  if (onPostgres) await w.on.database.owner((db) => sql`analyze`.execute(db))
})
afterAll(() => w[Symbol.asyncDispose]())

const onPostgres = Boolean(process.env['TEST_DATABASE_URL'])
const forbidden = '42501'
const { stranger } = roles

/** What becomes of one statement: its rows, or the code by which it is refused. */
const said = (context: string, ...statements: string[]): Promise<unknown> =>
  w.on.database
    .transaction(opening(w.on.database.engine, context), async (db) => {
      let rows: unknown[] = []
      for (const statement of statements) ({ rows } = await db.executeQuery(CompiledQuery.raw(statement)))
      return rows
    })
    .catch((error: { code?: string }) => error.code)
const contextOf = (who: Actor, at = Date.now()) => signContext(w.on.keyring.contextKey, who, at)
const as = (who: Actor, ...statements: string[]) => said(contextOf(who), ...statements)

const matters = `select id from matter`
const seen = async (context: string) => {
  const rows = await said(context, matters)
  return Array.isArray(rows) ? rows.length : rows
}

describe('a context is nobody’s', () => {
  const signed = () => contextOf(system)
  test.each([
    ['that was never signed', () => 'system|system|99999999999|' + '0'.repeat(64)],
    ['that was signed with another key', () => signContext(Buffer.alloc(32, 1), system, Date.now())],
    ['whose name was changed under its signature', () => signed().replace('system|system', 'systen|system')],
    ['that was given another’s signature', () => `system|system|99999999999|${contextOf(visitor).slice(-64)}`],
    ['that was cut short', () => signed().slice(0, -1)],
    ['that was cut to nothing but a signature', () => signed().slice(-64)],
    ['that was given a key more', () => signed().replace(/\|([0-9a-f]{64})$/, '|@63|$1')],
    ['that is an hour old, and comes again', () => contextOf(system, Date.now() - 3_600_000)],
    ['that is no context at all', () => '|||'],
    ['that is empty', () => ''],
  ])('%s', async (_, context) => {
    expect(await seen(context())).toBe(0)
  })

  test('and one that is as it should be shows what is its', async () => {
    expect(await seen(signed())).toBeGreaterThan(3)
  })
})

describe('whoever has a statement in the service stays who they are', () => {
  test.each([
    ['reads no file', `select pg_read_file('/etc/passwd')`],
    ['lists no folder', `select pg_ls_dir('.')`],
    ['writes no file', `copy matter to '/tmp/fahui-walls'`],
    ['starts no program', `copy matter to program 'true'`],
    ['reads no password', 'select rolpassword from pg_authid'],
    ['reads no key of a context', 'select * from sec.context_key'],
    ['reads no statistics below the policies', 'select stavalues1 from pg_statistic'],
    ['makes no operator', 'create operator === (leftarg = text, rightarg = text, function = texteq)'],
    ['makes no function', `create function public.sha256(bytea) returns bytea language sql as 'select $1'`],
    ['makes no schema', 'create schema planted'],
    ['makes no role', 'create role planted'],
    ['loads no extension', 'create extension file_fdw'],
    ['changes no policy', 'alter table matter disable row level security'],
    ['drops no policy', 'drop policy sees on matter'],
    ['changes no settings of the server', `alter system set log_statement = 'all'`],
    ['makes no other login more than it is', 'alter role fahui_app superuser'],
  ])('%s', async (_, statement) => {
    for (const who of [visitor, stranger, roles.manager, system]) expect(await as(who, statement)).toSatisfy(isRefused)
  })

  /** A role that is not there, an extension that is not installed and a server that takes no such order are refusals too. */
  const isRefused = (code: unknown) => [forbidden, '42501', '22023', '0A000', '58P01', '25001', '42704', '3F000'].includes(String(code))

  test('turns no row policy off: what would need it is refused rather than answered', async () => {
    expect(await as(stranger, 'set local row_security = off', matters)).toBe(forbidden)
  })

  test.runIf(onPostgres)('does not get back to the owner, whom it never was', async () => {
    for (const other of ['set role fahui', 'set role fahui_jobs', 'set session authorization fahui', 'set role pg_read_all_data'])
      expect(await as(stranger, other)).toSatisfy(isRefused)
    for (const back of ['reset role', 'set local role none', 'reset session authorization'])
      expect(await as(stranger, back, `select id from matter where id = '${prey.case.id}'`)).toEqual([])
  })

  test('sees nothing of a hidden row in the planner’s statistics', async () => {
    const rows = await as(
      stranger,
      `select tablename, most_common_vals from pg_stats where schemaname = 'public' and most_common_vals is not null
      and tablename in ('matter', 'person', 'answer', 'event', 'account', 'audit')`,
    )
    expect(rows).toEqual([])
  })

  test.runIf(onPostgres)('sees no context of another in what the server says is going on', async () => {
    const rows = await as(stranger, `select query from pg_stat_activity where query ~ '[0-9a-f]{64}'`)
    expect(rows).toEqual([])
  })

  test.each([
    ['an error that is thrown where a row is so', `select 1 / (case when id = '$id' then 0 else 1 end) from matter`],
    ['an error in a condition', `select 1 from matter where 1 / (case when id = '$id' then 0 else 1 end) = 1`],
    ['a cast that fails on what a row holds', `select 1 from matter where id = '$id' and state::int = 1`],
    ['an order by what fails', `select 1 from matter order by 1 / (case when id = '$id' then 0 else 1 end)`],
    [
      'a row it would meet with its key',
      `insert into matter select * from jsonb_populate_record(null::matter, '{"region":"630102","id":"$id"}')`,
    ],
    [
      'a reference to it',
      `insert into note (region, id, matter, text, written_by, at) values ('630102', gen_random_uuid(), '$id', 'x', '${stranger.id}', now())`,
    ],
  ])('%s tells a stranger nothing of it', async (_, statement) => {
    const asked = (id: string) => as(stranger, statement.replaceAll('$id', id))
    expect(await asked(prey.case.id)).toEqual(await asked('0190a000-0000-7000-8000-00000000dead'))
  })

  test('a context that is set for longer than a transaction is not the next one’s', async () => {
    await as(cast.li, `select set_config('app.ctx', current_setting('app.ctx'), false)`)
    for (let n = 0; n < 20; n++) expect(await as(visitor, matters)).toEqual([])
  })
})
