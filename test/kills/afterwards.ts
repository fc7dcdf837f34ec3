import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { sql, type RawBuilder } from 'kysely'
import { openPlatform } from '#api/open-platform.ts'
import { drainJobs } from '#engine/jobs.ts'
import { effects } from '#lines/services.ts'
import { readConfig } from '#platform/config.ts'
import { sweepSpool } from '#platform/files/spool.ts'
import { sealAudit } from '#platform/keys/audit.ts'
import type { Platform } from '#platform/platform.ts'
import { sweepUnheld } from '#records/privacy/erasure.ts'
import type { Place } from '#test/engine/crash-place.ts'

/** What is left behind, counted before and after the sweeps: bytes without a row, rows without their bytes, halves of files, forms that were coming in. */
export type Left = { orphans: number; bytesGone: string[]; drafts: number; spooled: number }

/** The platform as a command of the operator opens it, in the service's own `environment`. */
export const openAt = ({ dir, url }: Place, environment: Readonly<Record<string, string>>) =>
  openPlatform(readConfig({ FAHUI_DATA: dir, DATABASE_URL: url, LOG_LEVEL: 'silent', ...environment }), Date.now)

/** Looks through the files and the rows that point at them. */
export async function leftIn(on: Platform, dir: string, spoolDir: string): Promise<Left> {
  const held = await on.database.owner((db) => db.selectFrom('document').select('hash').distinct().where('erased_at', 'is', null).execute())
  const pointedAt = new Set(held.map(({ hash }) => hash))
  let orphans = 0
  for await (const hash of on.files.list()) if (!pointedAt.has(hash)) orphans++
  const bytesGone: string[] = []
  // Reading checks the hash.
  for (const hash of pointedAt) await on.files.read(hash).catch((error: unknown) => bytesGone.push(`${hash}: ${String(error)}`))
  const names = (await readdir(dir, { recursive: true })).map((path) => basename(path))
  return {
    orphans,
    bytesGone,
    drafts: names.filter((name) => name.includes('.draft-')).length,
    spooled: (await readdir(spoolDir)).filter((name) => name.startsWith('fahui-')).length,
  }
}

const twoHoursMs = 2 * 3_600_000

/** The sweeps of the night, two hours later: what is younger than one may still be under way. */
export async function sweepLater(on: Platform, spoolDir: string): Promise<void> {
  const later = { ...on, wallClock: () => Date.now() + twoHoursMs }
  await on.files.sweep(new Date(later.wallClock()))
  await sweepSpool(new Date(later.wallClock()), spoolDir)
  await sweepUnheld(later, new Date())
}

/** Jobs that are not done, by effect and state, once every one was worked off that can be. What a killed process had fetched is given back as when its heart has not beaten for its while. */
export async function jobsLeft(on: Platform): Promise<string[]> {
  const failures: string[] = []
  const run = (statement: RawBuilder<unknown>) => on.database.owner((db) => statement.execute(db))
  const notDone = async () =>
    (await run(sql`select from pgboss.job where name = 'effect' and state in ('created', 'retry', 'active')`)).rows.length
  for (let round = 0; round < 10 && (await notDone()); round++) {
    await run(
      sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour', started_on = started_on - interval '1 hour' where state = 'active'`,
    )
    await run(sql`update pgboss.queue set monitor_on = null, maintain_on = null`) // or it has been looked through a moment ago
    await on.jobs.supervise('effect')
    await run(sql`update pgboss.job set start_after = now() where name = 'effect' and state in ('created', 'retry')`)
    await drainJobs(on, effects, new Date()).catch((error: unknown) => failures.push(String(error)))
  }
  const { rows } = await on.database.owner((db) =>
    sql<{
      job: string
    }>`select (data ->> 'effect') || ' ' || state as job from pgboss.job where name = 'effect' and state <> 'completed'`.execute(db),
  )
  return [...failures, ...rows.map(({ job }) => job)]
}

/** Legal numbers that are given twice or left out, by the words before their digits. */
export async function numbersAmiss(on: Platform): Promise<string[]> {
  const { rows } = await on.database.owner((db) =>
    sql<{ kind: string; given: number; different: number; highest: number }>`
      select regexp_replace(number, '[0-9]+号$', '') as kind, count(*)::int as given, count(distinct number)::int as different,
        max(substring(number from '([0-9]+)号$')::int) as highest
      from matter where number ~ '[0-9]+号$' group by 1`.execute(db),
  )
  return rows.filter(({ given, different, highest }) => given !== different || given !== highest).map((row) => JSON.stringify(row))
}

/** Texts of the matters of these codes that are marked as sent and came to no carrier, and any that came and belong to no message or still wait. The demo's texts, told meanwhile, come to nobody. */
export async function textsAmiss(on: Platform, carried: ReadonlySet<string>, codes: ReadonlySet<string>): Promise<string[]> {
  const messages = await on.database.owner((db) =>
    db
      .selectFrom('message as t')
      .innerJoin('matter as m', (join) => join.onRef('m.region', '=', 't.region').onRef('m.id', '=', 't.matter'))
      .select(['t.id', 't.status', 'm.code'])
      .execute(),
  )
  const known = new Set(messages.map(({ id }) => id))
  return [
    ...messages
      .filter(({ id, status, code }) => status === 'sent' && codes.has(code) && !carried.has(id))
      .map(({ id }) => `sent to nobody: ${id}`),
    ...messages.filter(({ status }) => status === 'queued' || status === 'failed').map(({ id, status }) => `${status}: ${id}`),
    ...[...carried].filter((id) => !known.has(id)).map((id) => `of no message: ${id}`),
  ]
}

/** Whether a seal is made over what is not sealed yet. */
export async function sealsGoOn(on: Platform): Promise<boolean> {
  const last = () =>
    on.database.owner(
      async (db) => (await sql<{ no: number }>`select coalesce(max(no), 0)::int as no from audit_seal`.execute(db)).rows[0]?.no ?? 0,
    )
  const before = await last()
  await sealAudit(on, new Date())
  return (await last()) > before
}
