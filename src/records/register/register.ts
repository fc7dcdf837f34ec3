import { sql, type RawBuilder } from 'kysely'
import { holdsAround } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import { speltEntries } from '#platform/keys/said.ts'
import type { Tx } from '#platform/tx.ts'

/** The register's two kinds of entry. */
export type RegisterTable = 'office' | 'practitioner'
export type EntryAt = { region: string; id: string }
type Values = Readonly<Record<string, unknown>>

/** Changes an entry where it still is as the editor saw it, and keeps what was and what is in the audit; `stale` tells the second of two. */
export async function changeEntry(
  tx: Tx,
  table: RegisterTable,
  at: EntryAt,
  seen: number,
  change: { values: Values; basis: string },
): Promise<void> {
  if (!holdsAround(tx.actor, at.region, 'director', 'manager')) refuse('not_permitted')
  const { rows } = await sql<
    Values & { version: number }
  >`select * from ${sql.table(table)} where region = ${at.region} and id = ${at.id} for update`.execute(tx.db)
  const before = rows[0] ?? refuse('not_found')
  const changed = Object.keys(change.values).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(change.values[name]))
  // Sent again because the first answer was lost, or by somebody who wants what another has done: it stands.
  if (!changed.length) return
  if (before.version !== seen) refuse('stale', { version: before.version })
  const assignments = changed.map((name) => sql`${sql.ref(name)} = ${change.values[name]}`)
  await sql`update ${sql.table(table)} set ${sql.join(assignments)}, version = version + 1 where region = ${at.region} and id = ${at.id}`.execute(
    tx.db,
  )
  const only = (its: Values) => Object.fromEntries(changed.map((name) => [name, its[name] ?? null]))
  await audit(tx, 'registerChanged', {
    region: at.region,
    detail: { of: at.id, version: seen + 1 },
    words: { basis: change.basis, before: only(before), after: only(change.values) },
  })
}

export type RegisterChange = {
  region: string
  at: Date
  actor: string
  detail: { version: number; basis: string; before: Values; after: Values }
}

/** The changes of an entry, latest first, as far as whoever asks may read the audit. */
export async function changesOf(tx: Tx, { region, id }: EntryAt): Promise<RegisterChange[]> {
  const { rows } = await sql<RegisterChange>`select region, at, actor, detail from audit
    where kind = 'registerChanged' and region = ${region} and detail ->> 'of' = ${id} order by no desc limit 50`.execute(tx.db)
  return (await speltEntries(tx, rows, '')).filter(isWhole)
}

/** Words that were erased, or are not for the reader, are a mark's place filled with nothing. */
const isWhole = ({ detail }: RegisterChange): boolean => typeof detail.before === 'object'

/** A licence that counts today: held, begun, not over, not suspended. Table alias `p`. */
export const isAvailable = (day: string): RawBuilder<boolean> => sql<boolean>`(p.licence is not null and p.licence_from <= ${day}::date
  and coalesce(p.licence_to >= ${day}::date, true) and not coalesce(p.suspended_from <= ${day}::date and coalesce(p.suspended_to >= ${day}::date, true), false))`
