import { createHmac } from 'node:crypto'
import { audit } from './audit.ts'
import { subkey, type Keyring } from './crypto.ts'
import { canonicalJson } from './merkle.ts'
import type { Tx } from '#platform/tx.ts'

/** A table whose rows can be erased, or changed by those who may, so that the log cannot hold them: the audit holds the digest of each. */
export type KeptTable<R> = {
  table: string
  /** What is read of a row to check it. */
  columns: readonly string[]
  /** How the audit calls a row, within its table and region. */
  name(row: R): string
  /** All that may not be changed unseen, sealed values opened. Throws `SealBroken`. */
  holds(ring: Keyring, row: R): Record<string, unknown>
}

type Salted = { salt?: string | null }

/** How the audit calls a row. */
export const keptName = <R>({ table, name }: KeptTable<R>, row: R): string => keptRow(table, name(row))

/** The same of a row of which only its name in its table is known. */
export const keptRow = (table: string, name: string): string => `${table}/${name}`

/** The digest of a row under a key outside the database: it says nothing without its salt, and nobody makes another. */
export const keptDigest = <R extends Salted>(ring: Keyring, its: KeptTable<R>, row: R): string =>
  createHmac('sha256', subkey(ring, 'kept'))
    .update(canonicalJson([keptName(its, row), row.salt ?? '', its.holds(ring, row)]))
    .digest('base64url')

/** Notes in the audit what rows hold from now on, in the transaction that writes them. */
export const noteKept = async <R extends Salted>(
  tx: Tx,
  at: { region: string; matter?: string },
  its: KeptTable<R>,
  rows: readonly R[],
): Promise<void> => {
  const digests = Object.fromEntries(rows.map((row) => [keptName(its, row), keptDigest(tx.on.keyring, its, row)]))
  if (rows.length) await audit(tx, 'kept', { ...at, detail: { rows: digests } })
}
