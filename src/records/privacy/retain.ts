import { sql, type RawBuilder } from 'kysely'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { MatterId } from '#kernel/matter.ts'
import { audit } from '#platform/keys/audit.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { eraseMatter } from './erasure.ts'
import { retention, retentionSettings, type EndingClass, type Retention } from './retention.ts'
import { has, keysIn, rowsIn } from '#kernel/keyed.ts'

/** What one run found of a class, and what it did: nothing where it only counted, or where the class waits for a second person. */
export type Retained = { class: EndingClass; found: number; done: number; waits: boolean }

/** A second person's word that a class over the threshold may go; both by account. */
export type Release = { class: EndingClass; by: string; second: string }

/** More rows than this at once is more likely a wrong setting than a busy year (TRUST §3.8). */
export const releaseAbove = 1000

/** `isDaily`: so many of them come and go each day that their number tells nothing of a wrong setting. */
type Work = { count(tx: Tx): Promise<number>; carryOut(on: Platform, now: Date): Promise<number>; isDaily?: true }

/** By class, for every class that ends by itself. The log and the audit are in none. */
const works: Readonly<Record<EndingClass, Work>> = {
  draft: matters(
    'draft',
    () => sql`m.filed_at is null`,
    sql`greatest(m.opened_at, (select max(x.at) from answer x where x.region = m.region and x.matter = m.id))`,
  ),
  noFile: ended('noFile'),
  advice: ended('advice'),
  oneTimeCode: rows('oneTimeCode', sql`one_time_code`, sql`expires_at`),
  session: rows('session', sql`session`, sql`expires_at`),
  link: rows('link', sql`seat_link`, sql`expires_at`),
  idempotency: rows('idempotency', sql`idempotency`, sql`seen`),
  source: { ...rows('source', sql`audit_source`, sql`at`), isDaily: true },
}

/** Counts what each class holds past its time; changes nothing. */
export const countOverdue = (on: Platform, now: Date): Promise<Retained[]> => eachClass((key) => counted(on, now, key))

/** Carries out what the table says, class by class, and leaves one entry with the counts in the audit. A crash half-way is made good by the next run. */
export async function retain(on: Platform, now: Date, release?: Release): Promise<Retained[]> {
  const report = await eachClass(async (key) => {
    const { found } = await counted(on, now, key)
    const waits = isMany(key, found) && release?.class !== key
    return { class: key, found, done: found && !waits ? await works[key].carryOut(on, now) : 0, waits }
  })
  await as(on, system, now, (tx) => audit(tx, 'retained', { detail: { report, ...(release && { release }) } }))
  return report
}

async function eachClass(work: (key: EndingClass) => Promise<Retained>): Promise<Retained[]> {
  const report = []
  for (const key of keysIn(works)) report.push(await work(key))
  return report
}

const counted = async (on: Platform, now: Date, key: EndingClass): Promise<Retained> => {
  const found = await as(on, system, now, (tx) => works[key].count(tx))
  return { class: key, found, done: 0, waits: isMany(key, found) }
}

const isMany = (key: EndingClass, found: number): boolean => found > releaseAbove && !works[key].isDaily

/** The moment before which a class has had its time in a region. */
function endOf(tx: Tx, key: EndingClass, region: string): Date {
  return new Date(tx.now.getTime() - daysOf(tx, key, region) * 86_400_000)
}

function daysOf(tx: Tx, key: EndingClass, region: string): number {
  const { schema } = retentionSettings[`retention.${key}Days`]
  return schema.parse(tx.on.settings.at(`retention.${key}Days`, region, dayOf(tx.now)) ?? retention[key].days)
}

/** The whole table as it stands in a region, for the page that tells people of it. */
export const keptFor = (tx: Tx, region: string): (Retention & { days: number | null })[] =>
  rowsIn<keyof typeof retention, Retention>(retention).map(([key, its]) => ({
    ...its,
    days: has(works, key) ? daysOf(tx, key, region) : null,
  }))

/** Rows that belong to no county's discretion: gone, whole. */
function rows(key: EndingClass, table: RawBuilder<unknown>, at: RawBuilder<unknown>): Work {
  return {
    async count(tx) {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${table} where ${at} < ${endOf(tx, key, '')}`.execute(tx.db)
      return rows[0]?.n ?? 0
    },
    carryOut: (on, now) =>
      as(on, system, now, async (tx) => {
        const gone = await sql`delete from ${table} where ${at} < ${endOf(tx, key, '')}`.execute(tx.db)
        return Number(gone.numAffectedRows ?? 0)
      }),
  }
}

/** Matters whose words and papers are erased, each in a transaction of its own; the row, the number and the log stay. */
function matters(key: EndingClass, which: (tx: Tx) => RawBuilder<unknown>, since: RawBuilder<unknown>): Work {
  const find = async (tx: Tx): Promise<MatterId[]> => {
    const { rows: regions } = await sql<{
      region: string
    }>`select distinct m.region from matter m where m.erased_at is null and ${which(tx)}`.execute(tx.db)
    const found = []
    for (const { region } of regions)
      found.push(
        ...(
          await sql<MatterId>`select m.region, m.id from matter m where m.region = ${region} and m.erased_at is null and ${which(tx)}
          and ${since} < ${endOf(tx, key, region)} order by m.id`.execute(tx.db)
        ).rows,
      )
    return found
  }
  return {
    count: async (tx) => (await find(tx)).length,
    async carryOut(on, now) {
      const due = await as(on, system, now, find)
      for (const at of due) await as(on, system, now, (tx) => eraseMatter(tx, at))
      return due.length
    },
  }
}

/** Matters that left no file, of the lines that keep them by this class. */
function ended(key: EndingClass): Work {
  return matters(key, (tx) => endedWithoutFile(tx, key), sql`(select max(x.at) from event x where x.region = m.region and x.id = m.id)`)
}

function endedWithoutFile(tx: Tx, kept: EndingClass): RawBuilder<unknown> {
  const ended = [...tx.on.lines.values()]
    .flat()
    .filter(({ retention: its = 'noFile' }) => its === kept)
    .flatMap(({ key, states }) => Object.entries(states).flatMap(([state, its]) => (its.leavesNoFile ? [`${key} ${state}`] : [])))
  return sql`m.filed_at is not null and m.line || ' ' || m.state = any(${ended}::text[])`
}
