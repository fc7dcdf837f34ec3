import { monitorEventLoopDelay } from 'node:perf_hooks'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { Facts } from '#lines/legal-aid/means/facts.ts'
import { assess } from '#lines/legal-aid/means/means.ts'
import { settingsFrom, type HardshipStandard } from '#lines/legal-aid/settings.ts'
import { seal, unseal, type Place } from '#platform/keys/crypto.ts'
import { loadRegions } from '#records/register/regions.ts'
import { runReplays } from '#lines/legal-aid/world/replay/run.ts'
import { findReplay, startReplay } from '#records/settings/replays.ts'
import { enterSettings, proposeSetting } from '#records/settings/setting-drafts.ts'
import { cast, world, type World } from '#test/world.ts'
import type { Cluster } from './cluster.ts'
import { madeUpFacts } from './made-up-facts.ts'

/** One replay over `count` assessments, and what one thread does of its parts in a second. */
export type ReplayFigures = {
  count: number
  distinct: number
  seconds: number
  flips: number
  /** Milliseconds a request waited for the serving thread while the replay ran: middle and 99th of a hundred. */
  wait: { median: number; p99: number }
  decisions: number
  opened: number
  read: number
}

const standard = (multiple: number): HardshipStandard => ({
  basis: 'minimumLivingAllowanceMultiple',
  multiple,
  inclusive: true,
  area: 'applicantResidence',
})
const place = (region: string, row: string): Place => ({ table: 'assessment', column: 'facts', row, region })

/** Measures a province's draft that lowers the standard from three allowances to two and a half. */
export async function benchReplay(cluster: Cluster, count: number): Promise<ReplayFigures> {
  process.env['TEST_DATABASE_URL'] = cluster.url // where `world` makes its database
  await using w = await world('2026-11-02T09:00:00+08:00')
  await w.run(cast.clockwork, async (tx) => {
    await loadRegions(tx, { provinces: ['63'], toLevel: 3 })
    await enterSettings(tx, [
      {
        region: '63',
        key: 'hardship.standard',
        validFrom: '2017-03-13',
        value: standard(3),
        decidedBy: 'bench',
        note: '',
      },
    ])
  })
  const distinct = await fill(w, count)
  const draft = { id: v7(), region: '63', key: 'hardship.standard', validFrom: '2027-01-01', value: standard(2.5), note: '演示依据' }
  await w.run(cast.he, async (tx) => {
    await proposeSetting(tx, draft)
    await startReplay(tx, draft.id, v7())
  })
  const { seconds, wait } = await timed(() => runReplays(w.on, 'bench', w.now))
  const result = await w.run(cast.he, (tx) => findReplay(tx, draft.id))
  if (result?.done !== count || !result.finishedAt)
    throw new Error(`The replay read ${result?.done} of ${count}. Is the filling seen by the reader?`)
  return { count, distinct, seconds, flips: result.flips, wait, ...parts(w), read: await readPerSecond(w, count) }
}

async function timed(work: () => Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const began = performance.now()
  await work()
  const seconds = (performance.now() - began) / 1000
  delay.disable()
  const ms = (q: number) => delay.percentile(q) / 1e6
  return { seconds, wait: { median: ms(50), p99: ms(99) } }
}

/** Rows written in one statement. */
const batch = 5000
/** Counties the filling is spread over. */
const counties = [
  '630102',
  '630103',
  '630104',
  '630105',
  '630106',
  '630121',
  '630123',
  '630202',
  '630203',
  '630222',
  '632221',
  '632521',
  '632621',
]

/** Filed matters with an assessment each, over three years and the counties of a province; returns how many different facts there are. */
async function fill(w: World, count: number): Promise<number> {
  const seen = new Set<string>()
  for (let from = 0; from < count; from += batch)
    await insert(
      w,
      Array.from({ length: Math.min(batch, count - from) }, (_, n) => rowOf(w, from + n, seen)),
    )
  await w.on.database.owner(async (db) => {
    await sql`vacuum analyze matter`.execute(db)
    await sql`vacuum analyze assessment`.execute(db)
  })
  return seen.size
}

function rowOf(w: World, n: number, seen: Set<string>) {
  const region = counties[n % counties.length] ?? ''
  const tail = n.toString(16).padStart(12, '0')
  const [id, matter] = [`0190a000-0000-7000-8000-${tail}`, `0190a000-0000-7000-9000-${tail}`]
  const facts = JSON.stringify(madeUpFacts(n))
  seen.add(facts)
  const at = new Date(Date.UTC(2023, 10, 1) + (n % 1095) * 86_400_000).toISOString()
  return { region, id, matter, at, facts: seal(w.on.keyring, facts, place(region, id)) }
}

const insert = (w: World, rows: readonly ReturnType<typeof rowOf>[]) =>
  w.on.database.owner(async (db) => {
    const planted = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(region text, id uuid, matter uuid, at timestamptz, facts text)`
    await sql`insert into matter (region, id, line, office, edition, code, number, state, version, opened_at, filed_at, waits_for)
      select region, matter, 'legal-aid', matter, '2023-09-01', matter::text, '（2026）演法援民' || matter || '号', 'archived', 5, at, at, 'nobody' from ${planted}`.execute(
      db,
    )
    await sql`insert into assessment (region, id, matter, facts, result, proposal, made_by, at)
      select region, id, matter, facts, '', 'grant', 'nobody', at from ${planted}`.execute(db)
  })

/** Decisions and opened values of one thread in a second, over facts it has not seen. */
function parts(w: World): Pick<ReplayFigures, 'decisions' | 'opened'> {
  const settings = settingsFrom((key) => (key === 'hardship.standard' ? standard(3) : undefined))
  const facts = Array.from({ length: 200_000 }, (_, n) => madeUpFacts(n))
  const sealed = facts.slice(0, 50_000).map((one) => seal(w.on.keyring, JSON.stringify(one), place('630102', 'x')))
  const decide = () => perSecond(facts, (one: Facts) => assess(one, settings))
  const open = () => perSecond(sealed, (one: string) => JSON.parse(unseal(w.on.keyring, one, place('630102', 'x'))))
  return { decisions: Math.max(decide(), decide(), decide()), opened: Math.max(open(), open(), open()) }
}

function perSecond<T>(all: readonly T[], work: (one: T) => unknown): number {
  const began = performance.now()
  for (const one of all) work(one)
  return (all.length * 1000) / (performance.now() - began)
}

/** Sealed facts a county's share of which one connection reads in a second, row policy on. */
async function readPerSecond(w: World, count: number): Promise<number> {
  const read = () =>
    w.run(cast.he, (tx) =>
      sql`select string_agg(facts, ' ') from (select facts from assessment where region = ${counties[0]} limit ${Math.min(count, 50_000)}) these`.execute(
        tx.db,
      ),
    )
  await read()
  const began = performance.now()
  await read()
  return (Math.min(count / counties.length, 50_000) * 1000) / (performance.now() - began)
}
