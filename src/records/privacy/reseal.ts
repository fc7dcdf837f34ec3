import { sql } from 'kysely'
import { audit } from '#platform/keys/audit.ts'
import { reseal, seal, type Place } from '#platform/keys/crypto.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { holdBytes } from './erasure.ts'
import { isPlainName } from './paper-names.ts'
import { answerRow } from '#records/people/answers.ts'

type Shelf = {
  table: string
  key: readonly string[]
  columns: readonly string[]
  rowOf(row: Row): string
  /** What an older version kept in the clear. */
  isPlain?(value: string): boolean
}
type Row = Record<string, string>

/** Every sealed column the service may rewrite, with the name its values are bound to. */
const shelves: readonly Shelf[] = [
  { table: 'person', key: ['region', 'id'], columns: ['name', 'id_number', 'phone', 'address'], rowOf: (row) => row['id'] ?? '' },
  {
    table: 'answer',
    key: ['region', 'matter', 'question', 'holder', 'seq'],
    columns: ['value'],
    rowOf: ({ matter = '', question = '', holder = '', seq }) => answerRow(matter, { question, holder, seq: Number(seq) }),
  },
  { table: 'assessment', key: ['region', 'id'], columns: ['facts', 'result'], rowOf: (row) => row['id'] ?? '' },
  { table: 'document', key: ['region', 'id'], columns: ['name'], rowOf: (row) => row['id'] ?? '', isPlain: isPlainName },
  { table: 'note', key: ['region', 'id'], columns: ['text'], rowOf: (row) => row['id'] ?? '' },
  { table: 'urgent_access', key: ['region', 'id'], columns: ['reason'], rowOf: (row) => row['id'] ?? '' },
  { table: 'confinement', key: ['region', 'id'], columns: ['reason'], rowOf: (row) => row['id'] ?? '' },
  { table: 'said_text', key: ['region', 'mark'], columns: ['text'], rowOf: (row) => row['mark'] ?? '' },
  {
    table: 'replay_flip',
    key: ['replay', 'region', 'assessment'],
    columns: ['turned'],
    rowOf: (row) => `${row['replay']}/${row['assessment']}`,
  },
  { table: 'audit_source', key: ['id'], columns: ['address'], rowOf: (row) => row['id'] ?? '' },
  { table: 'account', key: ['id'], columns: ['phone', 'totp_secret'], rowOf: (row) => row['id'] ?? '' },
]

/** How much was brought under the current key. */
export type Resealed = { rows: number; files: number }

/**
 * Brings every sealed value and every kept file under the current key, and seals what an older version kept in the clear. The id of the key
 * stands in each, so what is kept is itself the checkpoint: after a crash, run it again. Old values stay readable meanwhile.
 */
export async function resealAll(on: Platform, now: Date, batch = 500): Promise<Resealed> {
  const done = { rows: await resealRows(on, now, batch), files: await resealFiles(on, now) }
  if (done.rows || done.files) await as(on, system, now, (tx) => audit(tx, 'keyRotated', { detail: { ...done, kid: on.keyring.current } }))
  return done
}

async function resealRows(on: Platform, now: Date, batch: number): Promise<number> {
  let done = 0
  for (const shelf of shelves)
    for (let moved = batch; moved === batch; done += moved) moved = await as(on, system, now, (tx) => resealBatch(tx, shelf, batch))
  return done
}

async function resealFiles(on: Platform, now: Date): Promise<number> {
  let done = 0
  for await (const hash of on.files.list()) if (await as(on, system, now, (tx) => resealFile(tx, hash))) done++
  return done
}

/** Whoever erases the file meanwhile waits, or it would be written again after it was taken away. */
async function resealFile(tx: Tx, hash: string): Promise<boolean> {
  await holdBytes(tx, hash)
  return (await tx.on.files.has(hash)) && tx.on.files.reseal(hash)
}

async function resealBatch(tx: Tx, shelf: Shelf, batch: number): Promise<number> {
  const { suite, current } = tx.on.keyring
  const behind = shelf.columns.map(
    (column) => sql`${sql.ref(column)} <> '' and not starts_with(${sql.ref(column)}, ${`${suite}|${current}|`})`,
  )
  const names = [...shelf.key, ...shelf.columns].map((name) => sql.ref(name))
  const { rows } = await sql<Row>`select ${sql.join(names)} from ${sql.table(shelf.table)} where ${sql.join(behind, sql` or `)}
    order by ${sql.join(shelf.key.map((name) => sql.ref(name)))} limit ${batch} for update`.execute(tx.db)
  for (const row of rows) await rewrite(tx, shelf, row)
  return rows.length
}

async function rewrite(tx: Tx, shelf: Shelf, row: Row): Promise<void> {
  const place = (column: string) => ({ table: shelf.table, column, row: shelf.rowOf(row), region: row['region'] ?? '' })
  const fresh = shelf.columns.flatMap((column) => {
    const value = row[column] ? freshOf(tx, shelf, row[column], place(column)) : null
    return value === null ? [] : [sql`${sql.ref(column)} = ${value}`]
  })
  const its = shelf.key.map((name) => sql`${sql.ref(name)} = ${row[name]}`)
  await sql`update ${sql.table(shelf.table)} set ${sql.join(fresh)} where ${sql.join(its, sql` and `)}`.execute(tx.db)
}

const freshOf = (tx: Tx, { isPlain }: Shelf, value: string, place: Place): string | null =>
  isPlain?.(value) ? seal(tx.on.keyring, value, place) : reseal(tx.on.keyring, value, place)
