import { createPublicKey, hkdfSync } from 'node:crypto'
import { sql } from 'kysely'
import type { Keyring } from '#platform/keys/keyring.ts'
import type { Database } from './database.ts'

type Marked = Pick<Database, 'owner'>
type Marks = ReadonlyMap<string, string>

/** Refuses keys other than those the stored values need: a process that lacks one would show faults, and one that has others would seal what nobody else opens. The first start leaves their fingerprints. */
export const matchKeys = (database: Marked, ring: Keyring): Promise<void> =>
  database.owner(async (db) => {
    const { rows } = await sql<{ name: string; mark: string }>`select name, mark from sec.key_mark`.execute(db)
    const ours = marksOf(ring)
    const odd = rows.find(({ name, mark }) => ours.get(name) !== mark)
    if (odd)
      throw new Error(
        `The key ${odd.name} in the data folder is missing or is not the one this database was used with. Copy the keys folder from where it was last rotated, or restore it from the key backup.`,
      )
    if (!rows.length) await addMarks(database, ours)
  })

/** Writes down that values are sealed under the current key from now on. */
export const markCurrent = (database: Marked, { current }: Keyring): Promise<void> => addMarks(database, new Map([dataMark(current)]))

/** Writes down that nothing is sealed under any data key but the current one: the others may leave the folder. */
export const forgetOldKeys = (database: Marked, { current }: Keyring): Promise<void> =>
  database.owner(
    async (db) =>
      void (await sql`delete from sec.key_mark where starts_with(name, 'data-') and name <> ${dataMark(current)[0]}`.execute(db)),
  )

const addMarks = (database: Marked, marks: Marks): Promise<void> =>
  database.owner(async (db) => {
    for (const [name, mark] of marks) await sql`insert into sec.key_mark values (${name}, ${mark}) on conflict do nothing`.execute(db)
  })

/** What tells each key of a ring from any other, and says nothing of it. */
export const marksOf = ({ blind, auditKey, keys }: Keyring): Marks =>
  new Map([
    ['blind.key', fingerprint(blind)],
    ['audit.key', fingerprint(createPublicKey(auditKey).export({ type: 'spki', format: 'der' }))],
    ...Array.from(keys.keys(), dataMark),
  ])

/** A data key's id is its fingerprint already. */
const dataMark = (kid: string): [name: string, mark: string] => [`data-${kid}.key`, kid]

/** Says nothing of the key: it is derived for this alone. */
const fingerprint = (key: Buffer): string => Buffer.from(hkdfSync('sha256', key, '', 'fahui:mark', 16)).toString('hex')
