import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { seedBeforeStart } from '#api/seeding.ts'
import type { Platform } from '#platform/platform.ts'
import { startCluster } from '#test/bench/cluster.ts'
import { bringKeys, contentOf, fileOne, opened, serialOf } from '#test/engine/backup-drill.ts'
import { place, type Place } from '#test/engine/crash-place.ts'
import { runCommand } from '#test/service.ts'

/** Matters that are told step by step; the others are made of them by the database, each with its log, limits, seats and number. */
const told = 500

/**
 * The drill: so many matters are backed up on one PostgreSQL and restored on a younger one with durable commits; the first argument says how many, 100,000 where
 * there is none. Prints what was counted, and seconds. What was restored is verified after it went on: most of the time goes there.
 */
export async function prove([count = '100000']: readonly string[]): Promise<boolean> {
  await using older = await startCluster()
  await using from = await place(older.url)
  const seconds: Record<string, number> = {}
  const lastSerial = await timed(seconds, 'filling', () => fill(from, Number(count)))
  const before = await timed(seconds, 'reading', () => contentAt(from))
  const backup = join(await mkdtemp(join(tmpdir(), 'fh-backup-')), 'backup')
  const made = await timed(seconds, 'backup', () => runCommand('backup', from.dir, from.url, [backup]))
  await using younger = await startCluster()
  await using to = await place(younger.url)
  await bringKeys(from, to)
  const named = await timed(seconds, 'flippedByte', () => isNamed(backup, to))
  const restored = await timed(seconds, 'restore', () => runCommand('restore', to.dir, to.url, [backup]))
  const after = await contentAt(to)
  const next = await goOn(to)
  const verdict = await timed(seconds, 'verify', () => runCommand('verify', to.dir, to.url))
  const same = Object.keys(before.rows).filter((name) => !growing.has(name) && before.rows[name] !== after.rows[name])
  const figures = {
    backup: made.code === 0 ? JSON.parse(made.printed) : made.said,
    megabytes: Math.round((await sizeOf(backup)) / 2 ** 20),
    restore: restored.code === 0 ? 'restored' : restored.said,
    differing: same,
    numbers: [before.numbers.length, after.numbers.length, before.numbers.join() === after.numbers.join()],
    files: [before.files.length, after.files.length, before.files.join() === after.files.join()],
    transactionIds: [await transactionOf(from), await transactionOf(to)],
    serials: { last: lastSerial, next },
    verify: shortly(verdict),
    flippedByteIsNamed: named,
    seconds,
  }
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
  await rm(join(backup, '..'), { recursive: true, force: true })
  return (
    [made, restored, verdict].every(({ code }) => code === 0) &&
    same.length === 0 &&
    before.numbers.join() === after.numbers.join() &&
    before.files.join() === after.files.join() &&
    next === lastSerial + 1 &&
    named
  )
}

/** What `verify` found, with the first few of what is wrong. */
function shortly({ printed }: { printed: string }) {
  const { wrong, ...rest } = JSON.parse(printed) as { wrong: unknown[] } // a verdict
  return { ...rest, wrong: wrong.slice(0, 3) }
}

/** What opening and sealing adds to. */
const growing = new Set(['audit', 'audit_seal', 'collected', 'uncollected'])

async function timed<T>(seconds: Record<string, number>, name: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const done = await work()
  seconds[name] = Math.round((performance.now() - began) / 100) / 10
  process.stderr.write(`${name}: ${seconds[name]} s\n`)
  return done
}

async function contentAt(at: Place) {
  await using on = await opened(at)
  return await contentOf(on)
}

async function goOn(at: Place): Promise<number> {
  await using on = await opened(at)
  return serialOf(await fileOne(on))
}

/** Returns the last serial of the county. */
async function fill(at: Place, count: number): Promise<number> {
  await using on = await opened(at)
  await seedBeforeStart(on, ['63'], new Date())
  for (let done = 0; done < told; done += 10) await Promise.all(Array.from({ length: 10 }, () => fileOne(on)))
  await multiply(on, Math.ceil(count / told) - 1)
  const { rows } = await on.database.owner((db) => sql<{ last: number }>`select max(last) as last from number_counter`.execute(db))
  return rows[0]?.last ?? 0
}

/** Of each matter `times` others, told to the same letter but for who they are. */
async function multiply(on: Platform, times: number): Promise<void> {
  // The serial a copy gets stands where that of its model stands, in the row and in the log.
  const copies = sql`(select m.*, k, md5(m.id::text || k)::uuid as its, m.code || '-' || k as its_code, c.last + row_number() over (order by k, m.id) as n
    from matter m cross join generate_series(1, ${times}) k cross join (select max(last) as last from number_counter) c where m.number is not null)`
  const number = sql`regexp_replace(number, '\\d+号$', lpad(n::text, greatest(5, length(n::text)), '0') || '号')`
  await on.database.owner(async (db) => {
    await sql`create table copy as select region, id, its, number, code, its_code, ${number} as its_number, n from ${copies} x`.execute(db)
    await sql`create table copied_event as select c.region, c.its as id, seq, action, actor, at, "from", "to",
        replace(replace(replace(input::text, c.number, c.its_number), c.code, c.its_code), c.id::text, c.its::text)::jsonb as input, holder
      from copy c join event e on e.region = c.region and e.id = c.id`.execute(db)
    const columnsOf = async (table: string, without: readonly string[]) => {
      const { rows } = await sql<{
        name: string
      }>`select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attname <> all (${[...without]}::text[])`.execute(
        db,
      )
      return sql.join(rows.map(({ name }) => sql.id(name)))
    }
    const matter = await columnsOf('matter', ['region', 'id', 'code', 'number', 'data'])
    await sql`insert into matter (region, id, code, number, data, ${matter}) select c.region, c.its, c.its_code, c.its_number, replace(x.data::text, c.number, c.its_number)::jsonb, m.*
      from copy c join matter x on x.region = c.region and x.id = c.id cross join lateral (select ${matter} from matter where region = c.region and id = c.id) m`.execute(
      db,
    )
    const clock = await columnsOf('clock', ['region', 'id'])
    await sql`insert into clock (region, id, ${clock}) select c.region, c.its, x.* from copy c cross join lateral (select ${clock} from clock where region = c.region and id = c.id) x`.execute(
      db,
    )
    const standing = await columnsOf('standing', ['region', 'matter'])
    await sql`insert into standing (region, matter, ${standing}) select c.region, c.its, x.* from copy c cross join lateral (select ${standing} from standing where region = c.region and matter = c.id) x`.execute(
      db,
    )
    await sql`insert into event (region, id, seq, action, actor, at, "from", "to", input, holder) select * from copied_event`.execute(db)
    await sql`insert into uncollected (kind, region, id, seq) select 'event', region, id, seq from copied_event`.execute(db)
    await sql`insert into matter_code (code, region, matter) select its_code, region, its from copy`.execute(db)
    await sql`update number_counter set last = (select max(n) from copy)`.execute(db)
    await sql`drop table copy, copied_event`.execute(db)
  })
}

async function transactionOf(at: Place): Promise<number> {
  await using on = await opened(at)
  const { rows } = await on.database.owner((db) => sql<{ id: number }>`select pg_current_xact_id()::text::bigint as id`.execute(db))
  return rows[0]?.id ?? 0
}

/** One byte in the middle of the largest part, put back afterwards. */
async function isNamed(backup: string, to: Place): Promise<boolean> {
  const part = 'tables/public.event'
  const whole = await readFile(join(backup, part))
  const turned = Buffer.from(whole)
  turned[whole.length >> 1] = turned[whole.length >> 1]! ^ 1 // the middle is within
  await rm(join(backup, part))
  await writeFile(join(backup, part), turned)
  const { code, said } = await runCommand('restore', to.dir, to.url, [backup, '--check'])
  await writeFile(join(backup, part), whole)
  const named = code === 1 && said.includes(part)
  if (!named) process.stderr.write(`With a byte turned, \`restore --check\` ended with ${code} and said:\n${said}\n`)
  return named
}

async function sizeOf(backup: string): Promise<number> {
  const { tables, files } = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8')) as {
    tables: { bytes: number }[]
    files: { bytes: number }
  } // a backup's own
  return tables.reduce((sum, { bytes }) => sum + bytes, files.bytes + (await stat(join(backup, 'manifest.json'))).size)
}
