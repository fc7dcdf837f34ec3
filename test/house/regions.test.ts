import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '#platform/database/database.ts'
import { nationalTables } from '#platform/database/national-tables.ts'
import { world, type World } from '#test/world.ts'
import { crossings, hotStatements, statementsIn } from './hot-statements.ts'

const ownMatters = 'One account’s own matters, wherever they are: read by account from `standing`, the list of where somebody sits.'
const inOrder = 'The one order over all that this database wrote is read on, for every county at once.'
const walked =
  '`queue-walk.ts` and `calendar-entries.ts` go from county to county, or from office to office, by a list; a provider has their own few.'

/** Hot statements that go beyond one region, each with the reason. */
const crossing: Readonly<Record<string, string>> = {
  'audit.place': 'Entries are numbered over the whole database, and each waits for its place in its one order.',
  collect: 'The one order over all that this database wrote.',
  'consume.late': inOrder,
  'consume.reach': inOrder,
  'consume.entries': inOrder,
  'count.days': 'Steps are found by their keys, as the order names them, and each is counted in its own county.',
  'listen.end': inOrder,
  'listen.touched': `${inOrder} An entry of the audit is found by its number.`,
  floods:
    'What came in one flood goes to many counties: how much, and to how many, is told to whoever works or manages accounts in some of them.',
  mine: ownMatters,
  unfinished: ownMatters,
  'start.about': ownMatters,
  story: 'What grew from one matter, from county to county as it was referred: each step by the key of a share.',
  known: ownMatters,
  contact: ownMatters,
  'viewed.regions': `${ownMatters} This one makes the list of counties the next goes by.`,
  'person.matters': ownMatters,
  'notices.confided': 'What was opened to one account by name, by the index of those names by account.',
  notices: 'What was sent to one account, by the index of messages by account.',
  queue: walked,
  'queue.count': walked,
  calendar: walked,
  'search.matter': 'A code, a number or a blind index names no county; each is found by its own index.',
  caseload: 'How many matters an account works on in all counties: only the number is told.',
  'provider.accounts': 'Accounts are national.',
  urgent: 'What one officer asked for or may decide on lies wherever their grants do: the askings of thirty days, of which there are few.',
  'reveal.cap': 'The cap of a day is an officer’s, whichever counties they looked into.',
  'replay.mark': 'A slice and its replay are kept whole with the draft.',
  'presence.leave': 'A page that is closed, and whatever ran out: a sweep over a small table.',
}

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

/** What the schema has without `region`: a table, a unique key, or a reference to a table that is divided. */
const unplaced = async (db: Db): Promise<{ table: string; what: string }[]> =>
  (
    await sql<{ table: string; what: string }>`with placed as (
      select c.oid, n.nspname in ('public', 'sec') as is_ours, c.oid::regclass::text as "table",
        (select attnum from pg_attribute where attrelid = c.oid and attname = 'region' and not attisdropped) as region
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p'))
    select "table", 'names no region' as what from placed where is_ours and region is null
    union all select "table", indexrelid::regclass::text from placed join pg_index on indrelid = oid
      where is_ours and indisunique and not coalesce(region = any (indkey), false)
    union all select "table", conname from placed p join pg_constraint c on conrelid = p.oid
      where is_ours and contype = 'f' and not coalesce(region = any (conkey), false) and confrelid::regclass::text <> all (${Object.keys(nationalTables)}::text[])
    order by 1, 2`.execute(db)
  ).rows

const undeclared = (found: Awaited<ReturnType<typeof unplaced>>) =>
  found.filter(({ table }) => !Object.hasOwn(nationalTables, table)).map(({ table, what }) => `${table}: ${what}`)

const withRegion = async (): Promise<ReadonlySet<string>> => {
  const { rows } = await w.on.database.owner((db) =>
    sql<{
      name: string
    }>`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'region'`.execute(db),
  )
  return new Set(rows.map(({ name }) => name))
}

test('every table and every key names the region, or is declared national with its reason', async () => {
  expect(undeclared(await w.on.database.owner(unplaced))).toEqual([])
})

test('no table is declared national that need not be', async () => {
  const found = new Set((await w.on.database.owner(unplaced)).map(({ table }) => table))
  expect(Object.keys(nationalTables).filter((table) => !found.has(table))).toEqual([])
})

test('a table without a region, a key without it, and a reference without it are found', async () => {
  const planted = w.on.database.owner(async (db) => {
    await sql`create table planted_visit (id uuid primary key)`.execute(db)
    await sql`create table planted_call (region text, id uuid unique, visit uuid references planted_visit, primary key (region, id))`.execute(
      db,
    )
    const found = undeclared(await unplaced(db))
    await sql`drop table planted_call, planted_visit`.execute(db)
    return found
  })
  expect(await planted).toEqual([
    'planted_call: planted_call_id_key',
    'planted_call: planted_call_visit_fkey',
    'planted_visit: names no region',
    'planted_visit: planted_visit_pkey',
  ])
})

test('no hot statement crosses regions but by a list, or with its reason', async () => {
  const [statements, divided] = [await hotStatements(), await withRegion()]
  expect(statements.length).toBeGreaterThan(40)
  const crossed = statements.filter((one) => crossings(one, divided).length > 0).map(({ name }) => name)
  expect(crossed.toSorted()).toEqual(Object.keys(crossing).toSorted())
})

/** Some tables that are divided by region. */
const some = new Set(['matter', 'event', 'clock', 'answer', 'office', 'note'])

test.each([
  ['a read by id alone', 'select m.state from matter m where m.id = ${id}', ['matter']],
  ['a change of everybody’s rows', 'update clock set breached_at = ${now} where due_at < ${now}', ['clock']],
  ['a second table joined by id alone', 'select from matter m join event e on e.id = m.id where m.region = ${region}', ['event']],
  ['tables that only lean on each other', 'select from matter m join event e on e.region = m.region', ['matter', 'event']],
  ['a second table after a comma', 'select from matter m, answer a where m.region = ${region}', ['answer']],
  ['the region among the columns, not the conditions', 'select m.region from matter m limit 9', ['matter']],
  [
    'a look into the same table by id, inside one by region',
    'select from matter m where m.region = ${r} and m.parent in (select m.id from matter m)',
    ['matter'],
  ],
  ['a piece of another file', 'select * from (${walk(tx)}) few', ['hidden']],
  ['a function that is told no region', 'select * from sec.caseloads(${ids})', ['sec.caseloads']],
])('%s is found', async (_, text, found) => {
  expect(statementsIn(`sql\`/*planted*/ ${text}\``).flatMap((one) => crossings(one, some))).toEqual(found)
})

test.each([
  ['a place', 'select from matter m join event e on e.region = m.region and e.id = m.id where m.region = ${region}'],
  [
    'a list of places',
    'select from unnest(${all}::text[], ${ids}::uuid[]) x (region, id) join matter m on m.region = x.region and m.id = x.id',
  ],
  ['all below a place', 'select from office o where starts_with(o.region, ${under})'],
  ['a new row of a place', 'insert into note (region, id) values (${region}, ${id})'],
])('%s is not', async (_, text) => {
  expect(statementsIn(`sql\`/*planted*/ ${text}\``).flatMap((one) => crossings(one, some))).toEqual([])
})
