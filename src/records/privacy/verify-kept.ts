import { sql, type RawBuilder } from 'kysely'
import { matterPages, verifyAll, type Flaw, type Verdict } from '#engine/verify.ts'
import { silently, type Tell } from '#platform/backup/telling.ts'
import { audit } from '#platform/keys/audit.ts'
import { SealBroken } from '#platform/keys/crypto.ts'
import { keptDigest, keptName, noteKept, type KeptTable } from '#platform/keys/kept.ts'
import type { Platform } from '#platform/platform.ts'
import { as, inOneView, system, type Tx } from '#platform/tx.ts'
import { keptAnswer } from '#records/people/answers.ts'
import { keptParty, keptPerson } from '#records/people/people.ts'
import { keptShare } from '#records/referral/shares.ts'
import { keptSetting } from '#records/settings/setting-drafts.ts'
import { keptAssessment, keptPaper } from './kept-tables.ts'

type Row = { region: string; id?: string; matter?: string; salt?: string | null; erased_at?: Date | null }
/** A table whose kind of row is forgotten: what is read of it is what it asked for. */
type Table = KeptTable<Row>

const ofMatters = [keptAnswer, keptParty, keptAssessment, keptPaper, keptShare] as unknown as readonly Table[] // each is asked about its own rows alone
const ofRegions = [keptPerson, keptSetting] as unknown as readonly Table[] // likewise

/** The whole check: the log, its seals, and everything beside the log that the audit has a digest of. */
export async function verifyWhole(on: Platform, now: Date, tell: Tell = silently): Promise<Verdict> {
  const log = await verifyAll(on, now, tell)
  const wrong = [...log.wrong, ...(await flawsOfKept(on, now, tell))]
  return { ...log, ok: log.ok && wrong.length === 0, wrong }
}

/** What is kept beside the log and is not what was noted of it, and what was noted and is gone though nobody erased it. */
export async function flawsOfKept(on: Platform, now: Date, tell: Tell = silently): Promise<Flaw[]> {
  const isStrict = await as(on, system, now, isNotedWhole)
  const flaws: Flaw[] = []
  let done = 0
  for await (const shelf of shelves(on, now)) {
    flaws.push(...(await inOneView(on, system, now, (tx) => flawsOn(tx, shelf, isStrict))))
    tell('beside the log', (done += shelf.count))
  }
  return flaws
}

/** Notes what was there before anything was noted; from then on a row that nobody noted is a flaw. Done once. */
export async function noteAllKept(on: Platform, now: Date): Promise<void> {
  if (await as(on, system, now, isNotedWhole)) return
  for await (const shelf of shelves(on, now))
    await as(on, system, now, async (tx) => {
      const noted = await notedOn(tx, shelf)
      for (const { its, row } of await rowsOn(tx, shelf))
        if (!noted.has(nameIn(row, its)) && !row.erased_at)
          await noteKept(tx, { region: row.region, ...(row.matter && { matter: row.matter }) }, its, [row])
    })
  await as(on, system, now, (tx) => audit(tx, 'kept', { detail: { since: true } }))
}

const isNotedWhole = async (tx: Tx): Promise<boolean> =>
  (await sql`select from audit where kind = 'kept' and region is null and detail ? 'since' limit 1`.execute(tx.db)).rows.length > 0

/** What is checked at once: everything of some matters, or what belongs to a region and to no matter. `count` is of the matters. */
type Shelf = { count: number; tables: readonly Table[]; rows: RawBuilder<unknown>; entries: RawBuilder<unknown> }

async function* shelves(on: Platform, now: Date): AsyncGenerator<Shelf> {
  const regions = await as(
    on,
    system,
    now,
    async (tx) =>
      (
        await sql<{ region: string }>`select distinct region from person union select distinct region from setting
      union select distinct region from audit where kind = 'kept' and region is not null`.execute(tx.db)
      ).rows,
  )
  for (const { region } of regions)
    yield { count: 0, tables: ofRegions, rows: sql`x.region = ${region}`, entries: sql`a.region = ${region} and a.matter is null` }
  for await (const page of matterPages(on, now)) {
    const ids = page.map(({ id }) => id)
    const places = [...new Set(page.map(({ region }) => region))]
    yield {
      count: page.length,
      tables: ofMatters,
      // Every key begins with the region: without it each shelf would walk the whole table.
      rows: sql`x.region = any(${places}::text[]) and x.matter = any(${ids}::uuid[])`,
      entries: sql`a.matter = any(${ids}::uuid[])`,
    }
  }
}

const nameIn = (row: Row, its: Table) => `${row.region} ${keptName(its, row)}`

type Noted = { digest: string; matter: string | null; region: string }

/** The last digest that the audit has of each row. */
async function notedOn(tx: Tx, { entries }: Shelf): Promise<Map<string, Noted>> {
  const { rows } = await sql<{
    region: string
    matter: string | null
    rows: Record<string, string> | null
  }>`select a.region, a.matter, a.detail -> 'rows' as rows
    from audit a where a.kind = 'kept' and a.region is not null and ${entries} order by a.no`.execute(tx.db)
  return new Map(
    rows.flatMap(({ rows: digests, ...its }) =>
      Object.entries(digests ?? {}).map(([name, digest]) => [`${its.region} ${name}`, { ...its, digest }] as const),
    ),
  )
}

async function rowsOn(tx: Tx, { tables, rows: which }: Shelf): Promise<{ its: Table; row: Row }[]> {
  const found = []
  for (const its of tables) {
    const { rows } =
      await sql<Row>`select ${sql.join(its.columns.map((name) => sql.ref(name)))} from ${sql.table(its.table)} x where ${which}`.execute(
        tx.db,
      )
    found.push(...rows.map((row) => ({ its, row })))
  }
  return found
}

async function flawsOn(tx: Tx, shelf: Shelf, isStrict: boolean): Promise<Flaw[]> {
  const noted = await notedOn(tx, shelf)
  const erased = await erasedOn(tx, shelf)
  const flaws: Flaw[] = []
  for (const { its, row } of await rowsOn(tx, shelf)) {
    const name = nameIn(row, its)
    const what = flawOf(tx, {
      its,
      row,
      noted: noted.get(name)?.digest,
      isStrict,
      isErased: erased.has(row.matter ?? row.id ?? '') || erased.has(name),
    })
    noted.delete(name)
    if (what) flaws.push({ region: row.region, id: row.matter ?? keptName(its, row), what: `${keptName(its, row)} ${what}` })
  }
  const gone = Array.from(noted).filter(([name, { matter }]) => !erased.has(matter ?? '') && !erased.has(name))
  return [
    ...flaws,
    ...gone.map(([name, { region, matter }]) => ({ region, id: matter ?? '', what: `${name} is gone, and nobody erased it` })),
  ]
}

/** The matters and people on a shelf that were erased, and of matters kept for others the single rows, as the audit says. */
async function erasedOn(tx: Tx, { entries }: Shelf): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    id: string | null
  }>`select coalesce(a.matter::text, a.detail ->> 'person') as id from audit a where a.kind = 'erased' and ${entries}
    union all select a.region || ' ' || name from audit a, jsonb_array_elements_text(a.detail -> 'rows') name where a.kind = 'partErased' and ${entries}`.execute(
    tx.db,
  )
  return new Set(rows.flatMap(({ id }) => id ?? []))
}

type Look = { its: Table; row: Row; noted: string | undefined; isStrict: boolean; isErased: boolean }

function flawOf(tx: Tx, { its, row, noted, isStrict, isErased }: Look): string | null {
  if (row.erased_at) return isErased ? null : 'is erased, and the audit does not say so'
  if (noted === undefined) return isStrict ? 'was never noted' : null
  try {
    return keptDigest(tx.on.keyring, its, row) === noted ? null : 'is not what was noted of it'
  } catch (error) {
    if (error instanceof SealBroken || error instanceof SyntaxError) return 'does not open'
    throw error
  }
}
