import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { MatterId } from '#kernel/matter.ts'
import { act } from '#engine/act.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { as, signContext, system } from '#platform/tx.ts'
import { loadRegions } from '#records/register/regions.ts'
import { takeAction } from '#api/matter/matters.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { socketWrites } from '#test/socket-writes.ts'
import { cast, county, world, type World } from '#test/world.ts'
import type { Cluster } from './cluster.ts'
import { meanCpu, withCpu, type CpuShares } from './cpu.ts'
import { captured, pgbenchScript } from './pgbench-script.ts'
import { profiled, type Profiled } from './profile.ts'
import { spread, type Spread } from './spread.ts'

const clients = 8 // as many as `world` opens connections
const matters = 4000
/** Every copy stands at this version, a number no other parameter of the statements has. */
const firstVersion = 1000
const idPrefix = '0190a000-0000-7000-8000-'
const firstId = 100_000_000_000
const idOf = (n: number) => `${idPrefix}${firstId + n}`
const progress = { kind: 'interview', on: '2026-03-02' }

/** Transactions a second of `act` and of pgbench, in turn, and what one is of the other; writes to the socket of a step, and of a whole request; who had the processor in the rounds of each; where the time of the serving thread went. */
export type ActFigures = {
  statements: number
  writes: { step: number; request: number }
  act: Spread
  pgbench: Spread
  ratio: Spread
  cpu: { act: CpuShares; pgbench: CpuShares }
  busy: number
  profile: Profiled
}

/** Rounds that are counted, those before them that are not, and how long each is of either. */
export type ActPace = { warmUp: number; rounds: number; seconds: number }
type Round = Awaited<ReturnType<Awaited<ReturnType<typeof contest>>['round']>>

/** Measures `act` (a lawyer recording progress, with an idempotency key) beside pgbench sending the very same statements. */
export async function benchAct(cluster: Cluster, { warmUp, rounds, seconds }: ActPace): Promise<ActFigures> {
  process.env['TEST_DATABASE_URL'] = cluster.url // where `world` makes its database
  await using w = await world()
  const model = await handled(w)
  await copyMatters(w, model)
  await using its = await contest(w, cluster)
  for (let n = 0; n < warmUp; n++) await its.round(seconds)
  const measured: Round[] = []
  for (let n = 0; n < rounds; n++) measured.push(await its.round(seconds))
  return {
    statements: its.statements,
    writes: await writesOf(w),
    act: spread(measured.map((one) => one.act)),
    pgbench: spread(measured.map((one) => one.pgbench)),
    ratio: spread(measured.map((one) => one.act / one.pgbench)),
    cpu: { act: meanCpu(measured.map((one) => one.cpu.act)), pgbench: meanCpu(measured.map((one) => one.cpu.pgbench)) },
    busy: spread(measured.map((one) => one.busy)).median,
    profile: await profiled(() => actPerSecond(w, seconds)),
  }
}

/** A round of one, then of the other. */
async function contest(w: World, cluster: Cluster) {
  const statements = await captured(() => once(w, { region: county, id: idOf(0) }, sampleKey))
  const context = signContext(w.on.keyring.contextKey, cast.zhao, w.on.wallClock() + 86_400_000)
  const { number } = await w.run(cast.zhao, async (tx) => (await matterOf(tx, { region: county, id: idOf(0) }))!) // just copied
  const varying = { id: idOf(0), number: number ?? '', key: sampleKey, next: firstVersion + 1, signedFor: cast.zhao.id, context }
  const script = await pgbenchScript(statements, varying, { prefix: idPrefix, first: firstId, last: firstId + matters - 1 })
  const { rows } = await w.on.database.owner((db) => sql<{ name: string }>`select current_database() as name`.execute(db))
  const database = rows[0]?.name ?? ''
  return {
    statements: statements.length,
    async round(seconds: number) {
      const before = performance.eventLoopUtilization()
      const ours = await withCpu(cluster.pid, () => actPerSecond(w, seconds))
      const busy = performance.eventLoopUtilization(before).utilization
      const theirs = await withCpu(cluster.pid, () => script.perSecond(cluster, { database, clients, seconds }))
      return { act: ours.result, pgbench: theirs.result, cpu: { act: ours.cpu, pgbench: theirs.cpu }, busy }
    },
    [Symbol.asyncDispose]: () => script[Symbol.asyncDispose](),
  }
}
const sampleKey = '0190a000-0000-7000-8000-00000000beef'

/** Writes to the socket of a step alone, and of all that the route does: looking the matter up, the step, and the matter as it then is. */
async function writesOf(w: World): Promise<ActFigures['writes']> {
  const asked = () => ({ key: v7(), input: progress })
  const request = (at: MatterId) =>
    as(w.on, cast.zhao, w.now(), async (tx) => {
      await takeAction(tx, at, 'progress', asked())
      return viewMatter(tx, at)
    })
  await as(w.on, system, w.now(), (tx) => loadRegions(tx, { provinces: [county.slice(0, 2)], toLevel: 3 }))
  await request(randomMatter())
  const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0)
  return {
    step: sum(await socketWrites(() => once(w, randomMatter(), v7()))),
    request: sum(await socketWrites(() => request(randomMatter()))),
  }
}

async function handled(w: World): Promise<MatterId> {
  const m = await w.filed()
  await w.assessed(m)
  await w.act(cast.wang, m, 'grant')
  await w.assigned(m)
  await w.attached(cast.zhao, m, 'agreement')
  return w.act(cast.zhao, m, 'engage')
}

async function copyMatters(w: World, model: MatterId): Promise<void> {
  await w.on.database.owner(async (db) => {
    await sql
      .raw(`insert into matter (region, id, line, office, edition, code, number, state, version, seats, is_staffed, documents, parent, opened_at, filed_at, data, waits_for, due_at, is_open)
      select m.region, ('${idPrefix}' || (${firstId} + n))::uuid, m.line, m.office, m.edition, 'B' || n, m.number || n, m.state, ${firstVersion}, m.seats, m.is_staffed, m.documents, m.parent, m.opened_at, m.filed_at, m.data, m.waits_for, m.due_at, m.is_open
      from matter m, generate_series(0, ${matters - 1}) n where m.id = '${model.id}'`)
      .execute(db)
    await sql
      .raw(`insert into standing (region, matter, seat, holder, account, party, side, sees_all, is_principal, since, seq)
      select s.region, ('${idPrefix}' || (${firstId} + n))::uuid, s.seat, s.holder, s.account, s.party, s.side, s.sees_all, s.is_principal, s.since, s.seq
      from standing s, generate_series(0, ${matters - 1}) n where s.matter = '${model.id}' and s.until is null`)
      .execute(db)
    await sql
      .raw(`insert into clock (region, id, "limit", party, started_by, started_on, pauses, extensions, length, due_at, target_at, provisional, stopped_at, is_duty)
      select c.region, ('${idPrefix}' || (${firstId} + n))::uuid, c."limit", c.party, c.started_by, c.started_on, c.pauses, c.extensions, c.length, c.due_at, c.target_at, c.provisional, c.stopped_at, c.is_duty
      from clock c, generate_series(0, ${matters - 1}) n where c.id = '${model.id}'`)
      .execute(db)
    await sql`analyze`.execute(db)
  })
}

const randomMatter = (): MatterId => ({ region: county, id: idOf(Math.floor(Math.random() * matters)) })
const once = (w: World, at: MatterId, key: string) => as(w.on, cast.zhao, w.now(), (tx) => act(tx, at, 'progress', progress, { key }))

async function actPerSecond(w: World, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000
  let done = 0
  const worker = async () => {
    for (; performance.now() < end; done++) await once(w, randomMatter(), v7())
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: clients }, worker))
  return done / ((performance.now() - began) / 1000)
}
