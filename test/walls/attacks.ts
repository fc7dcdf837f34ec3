import { sql } from 'kysely'
import type { Db } from '#platform/database/database.ts'
import type { Prey } from './planted-rows.ts'

/** What is tried on every table: seeing rows, adding one in one's own name and as somebody else's, changing one, taking one to another province, deleting one. */
export const operations = ['select', 'insert', 'forge', 'update', 'move', 'delete'] as const
export type Operation = (typeof operations)[number]

/** A table of the database's own schemas with the rows that stand in it. */
export type Table = { name: string; oid: number; rows: readonly Row[] }
/** A row by its place in the table, and as JSON text. */
export type Row = { ctid: string; text: string }

/** What the owner sees: every table of the schemas a service has, none forgotten, pieces of a divided one by themselves. */
export async function everyTable(db: Db): Promise<Table[]> {
  const { rows: tables } = await sql<
    Pick<Table, 'name' | 'oid'>
  >`select c.oid::regclass::text as name, c.oid::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'sec', 'pgboss') and c.relkind in ('r', 'p') order by 1`.execute(db)
  const found: Table[] = []
  for (const its of tables) {
    const rows = await sql<Row>`select t.ctid::text as ctid, to_jsonb(t)::text as text from ${sql.raw(its.name)} t order by 2`.execute(db)
    found.push({ ...its, ...rows })
  }
  return found
}

/** What a row is to an attacker: of which matter, their own, or of which place. */
export function labelOf({ text }: Row, prey: Prey, attacker: string): string {
  const matter = Object.entries(prey).find(([, { id }]) => text.includes(id))
  if (matter) return matter[0]
  if (text.includes(attacker)) return 'own'
  const [, region = ''] = /"region": "(\d+)"/.exec(text) ?? []
  return region.startsWith('21') ? 'far' : 'other'
}

/** What one attacker gets of one table, by operation: the labels of the rows, with a `~` where it is some of that label and not all. */
export type Got = Readonly<Record<Operation, string>>

type Its = { table: Table; prey: Prey; attacker: string }

/** Tries everything on one table in the transaction of `db`, and undoes all of it. */
export async function attack(db: Db, its: Its): Promise<Got> {
  const columns = await columnsOf(db, its.table.oid)
  const got = {} as Record<Operation, string> // filled below, one by one
  for (const operation of operations)
    got[operation] = told(its, await hits(db, its, tries[operation]({ table: its.table.name, attacker: its.attacker }, columns)))
  return got
}

/** The columns somebody may write, by what they may do with them; a generated one is nobody's. */
type Columns = { insert: readonly string[]; update: readonly string[]; actors: readonly string[] }

async function columnsOf(db: Db, oid: number): Promise<Columns> {
  const { rows } = await sql<{
    name: string
    inserts: boolean
    updates: boolean
    names: boolean
  }>`select quote_ident(attname) as name, atttypid in ('text'::regtype, 'uuid'::regtype) as names,
      has_column_privilege(attrelid, attnum, 'insert') and attidentity <> 'a' as inserts, has_column_privilege(attrelid, attnum, 'update') as updates
    from pg_attribute where attrelid = ${oid} and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`.execute(db)
  const names = (may: (row: (typeof rows)[number]) => boolean) => rows.filter(may).map(({ name }) => name)
  return {
    insert: names(({ inserts }) => inserts),
    update: names(({ updates }) => updates),
    actors: names(({ name, names }) => names && isActor(name)),
  }
}

/** Where a row says who wrote it. */
const isActor = (column: string): boolean => /_by$|^(?:by|actor|account|asker)$/.test(column)

/** Statements that are tried on one row, which stands at $1 and whose JSON is $2; one that changes something is a hit, and so is one that no wall stops but a key or a check. */
type Tries = (its: { table: string; attacker: string }, columns: Columns) => readonly string[]

const tries: Record<Operation, Tries> = {
  select: ({ table }) => [`select from ${table} where ctid = $1`],
  insert: ({ table, attacker }, { insert, actors }) =>
    added(table, insert, `$2 || jsonb_build_object(${actors.map((name) => `'${name}', '${attacker}'`)})`),
  forge: ({ table, attacker }, { insert, actors }) =>
    actors.length ? added(table, insert, '$2').map((its) => `${its} where $2::text not like '%${attacker}%'`) : [],
  update: ({ table, attacker }, { update, actors }) => {
    if (!update.length) return []
    const set = (value: (name: string) => string) =>
      `update ${table} set ${update.map((name) => `${name} = ${value(name)}`)} where ctid = $1`
    return [set((name) => name), set((name) => (actors.includes(name) ? `'${attacker}'` : name))]
  },
  move: ({ table }, { update }) => (update.includes('region') ? [`update ${table} set region = '310101' where ctid = $1`] : []),
  delete: ({ table }) => [`delete from ${table} where ctid = $1`],
}

const added = (table: string, columns: readonly string[], row: string): string[] =>
  columns.length ? [`insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, ${row})`] : []

/** Which rows are hit, by their place: all of them are tried in one go inside the database, as somebody would who has got a statement in. */
async function hits(db: Db, { table: { rows } }: Its, statements: readonly string[]): Promise<ReadonlySet<string>> {
  if (!rows.length || !statements.length) return new Set()
  const given = JSON.stringify(rows.map(({ ctid, text }) => ({ ctid, row: JSON.parse(text) as unknown })))
  await sql
    .raw(
      `do $walls$ declare _one jsonb; _at tid; _row jsonb; _n bigint; _hit text[] := '{}'; begin
      for _one in select * from jsonb_array_elements($given$${given}$given$::jsonb) loop
        _at := (_one ->> 'ctid')::tid; _row := _one -> 'row';
        ${statements.map(tryOne).join('\n')}
      end loop;
      perform set_config('walls.hit', array_to_string(_hit, ' '), true); end $walls$`,
    )
    .execute(db)
  const { rows: said } = await sql<{ hit: string }>`select current_setting('walls.hit') as hit`.execute(db)
  return new Set(said[0]?.hit.split(' ').filter(Boolean))
}

/** What has no privilege or is stopped by a policy says 42501; what went through is undone, and whatever else stops it stands behind the wall. */
const tryOne = (statement: string): string => `begin
  execute '${statement.replaceAll(`'`, `''`)}' using _at, _row; get diagnostics _n = row_count;
  if _n > 0 then raise sqlstate 'WALLS'; end if;
exception when insufficient_privilege or invalid_text_representation then null; when others then _hit := _hit || _at::text; end;`

function told({ table: { rows }, prey, attacker }: Its, hit: ReadonlySet<string>): string {
  const labels = new Map<string, boolean[]>()
  for (const row of rows) {
    const label = labelOf(row, prey, attacker)
    labels.set(label, [...(labels.get(label) ?? []), hit.has(row.ctid)])
  }
  const seen = [...labels].filter(([, its]) => its.includes(true)).map(([label, its]) => (its.includes(false) ? `${label}~` : label))
  return labels.size > 1 && seen.length === labels.size && seen.every((label) => !label.endsWith('~')) ? 'all' : seen.toSorted().join(' ')
}
