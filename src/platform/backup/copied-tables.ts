import { sql } from 'kysely'
import type { Db } from '#platform/database/database.ts'
import type { Table } from './manifest.ts'

/** Tables of which a backup takes no rows, each with the reason. Of the job library it takes the jobs; its other tables, and all in `sec`, are made anew. */
export const leftOut: Readonly<Record<string, string>> = {
  session: 'Whoever had signed out since would be signed in again.',
  seat_link: 'A link that was used or withdrawn since would be good again: links are sent anew.',
  challenge: 'A passkey answers within minutes.',
  one_time_code: 'A code is good for minutes.',
  presence: 'Who is looking right now.',
  lease: 'Which process is at what right now.',
  kysely_migration: 'The manifest says it.',
  kysely_migration_lock: 'Nothing is said there.',
}

/** The tables there are, with the columns a row is given by. */
export async function tablesOf(db: Db): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select n.nspname || '.' || c.relname as name, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where (n.nspname = 'public' or n.nspname = 'pgboss' and c.relname = 'job') and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all (${Object.keys(leftOut)}::text[]) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by 1 order by 1`.execute(db)
  return rows
}

/** Every value is given as the text PostgreSQL writes and reads it by, the same in every session: what stands there is put back to the letter on either engine. */
export async function spellOut(db: Db): Promise<void> {
  for (const setting of [
    `timezone = 'UTC'`,
    `datestyle = 'ISO'`,
    `intervalstyle = 'postgres'`,
    `bytea_output = 'hex'`,
    'extra_float_digits = 1',
  ])
    await sql.raw(`set local ${setting}`).execute(db)
}

/** The rows of a table, a line each: a JSON array of its values as text. Within a transaction. */
export async function* linesOf(db: Db, { name, columns }: Table): AsyncGenerator<string[]> {
  const values = sql.join(columns.map((column) => sql`${sql.id(column.name)}::text`))
  await sql`declare copied no scroll cursor for select json_build_array(${values})::text as line from ${sql.table(name)}`.execute(db)
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch 1000 from copied`.execute(db)
    if (!rows.length) break
    yield rows.map(({ line }) => line)
  }
  await sql`close copied`.execute(db)
}

/** Puts rows back as they were. */
export async function putLines(db: Db, { name, columns }: Table, lines: readonly string[]): Promise<void> {
  const into = sql.join(columns.map((column) => sql.id(column.name)))
  const values = sql.join(columns.map(({ type }, n) => sql`(line ->> ${sql.lit(n)})::${sql.raw(type)}`))
  await sql`insert into ${sql.table(name)} (${into}) overriding system value
    select ${values} from jsonb_array_elements(${`[${lines.join(',')}]`}::jsonb) line`.execute(db)
}

/** The last number each counter of a column gave. */
export async function sequencesOf(db: Db): Promise<Record<string, string>> {
  const { rows } = await sql<{
    name: string
    last: string
  }>`select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public' and last_value is not null`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]))
}

export async function setSequences(db: Db, last: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(last)) await sql`select setval(${`public.${name}`}::regclass, ${value}::bigint)`.execute(db)
}

type ForeignKey = { table: string; name: string; definition: string }

/** Tables are filled one after the other; that all rows find those they point at is asked when all are there. */
export async function withoutForeignKeys(db: Db, work: () => Promise<void>): Promise<void> {
  const { rows } = await sql<ForeignKey>`
    select c.conrelid::regclass::text as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace where c.contype = 'f' and n.nspname = 'public'`.execute(db)
  for (const { table, name } of rows) await sql`alter table ${sql.raw(table)} drop constraint ${sql.id(name)}`.execute(db)
  await work()
  for (const { table, name, definition } of rows)
    await sql`alter table ${sql.raw(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(db)
}
