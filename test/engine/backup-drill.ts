import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { Matter } from '#kernel/matter.ts'
import { account } from '#kernel/seat.ts'
import { act, open } from '#engine/act.ts'
import { addDocument } from '#api/matter/documents.ts'
import { openPlatform } from '#api/open-platform.ts'
import { leftOut } from '#platform/backup/copied-tables.ts'
import { readConfig } from '#platform/config.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import type { Platform } from '#platform/platform.ts'
import { as } from '#platform/tx.ts'
import { handedIn } from '#test/handed-in.ts'
import { cast, county } from '#test/world.ts'
import type { Place } from './crash-place.ts'

/** Opens a folder and its database as a command does. */
export const opened = ({ dir, url }: Pick<Place, 'dir' | 'url'>) =>
  openPlatform(readConfig({ FAHUI_DATA: dir, DATABASE_URL: url, LOG_LEVEL: 'silent' }), Date.now)

/** Keys are saved and brought back apart from the rest. */
export const bringKeys = (from: Place, to: Place): Promise<void> => cp(join(from.dir, 'keys'), join(to.dir, 'keys'), { recursive: true })

/** An application of Li's with a paper of its own, filed now. */
export async function fileOne(on: Platform, name = '工资条.pdf'): Promise<Matter> {
  const now = new Date()
  const m = await as(on, cast.li, now, (tx) =>
    open(
      tx,
      'legal-aid',
      { region: county, id: v7() },
      { code: newMatterCode(), seats: { applicant: [account(cast.li.id)] }, parent: null, data: {} },
    ),
  )
  const paper = Buffer.from(`%PDF-1.4\n% ${m.id}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`)
  await as(on, cast.li, now, (tx) => addDocument(tx, m, { kind: 'evidence', key: v7(), upload: handedIn(name, paper) }))
  return as(on, cast.li, now, (tx) => act(tx, m, 'submit', { ...filing, recipient: v7() }))
}

const filing = {
  matterCode: 'M31-5',
  forWhom: 'self',
  route: 'exempt',
  channel: 'web',
  isPrivate: false,
  isUnder14: false,
  hasGuardianConsent: false,
  topic: 'unpaidWages',
  contact: 'page',
}

/** The serial in a file number. */
export const serialOf = ({ number }: Pick<Matter, 'number'>): number => Number(/(\d+)号$/.exec(number ?? '')?.[1])

/** What a place holds: a digest of the rows of every table, the legal numbers, and the files with their content. */
export async function contentOf(on: Platform): Promise<{ rows: Record<string, string>; numbers: string[]; files: string[] }> {
  const rows: Record<string, string> = {}
  const numbers = await on.database.owner(async (db) => {
    const tables = await sql<{
      name: string
    }>`select tablename as name from pg_tables where schemaname = 'public' and tablename <> all (${Object.keys(leftOut)}::text[]) order by 1`.execute(
      db,
    )
    for (const { name } of tables.rows) {
      const { rows: found } = await sql<{
        digest: string
      }>`select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as digest from ${sql.table(name)} t`.execute(
        db,
      )
      rows[name] = found[0]?.digest ?? ''
    }
    const found = await sql<{ number: string }>`select number from matter where number is not null order by number`.execute(db)
    return found.rows.map(({ number }) => number)
  })
  const files: string[] = []
  for await (const hash of on.files.list()) {
    await on.files.read(hash) // throws where it does not open, or is not what its name says
    files.push(hash)
  }
  return { rows, numbers, files: files.toSorted() }
}
