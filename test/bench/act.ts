import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { v7 } from 'uuid'
import type { MatterId } from '#kernel/matter.ts'
import { act } from '#engine/act.ts'
import { as, signContext } from '#platform/tx.ts'
import { cast, county, world, type World } from '#test/world.ts'
import type { Cluster } from './cluster.ts'
import { spread, type Spread } from './spread.ts'

const clients = 8 // as many as `world` opens connections
const matters = 4000
/** Every copy stands at this version, a number no other parameter of the statements has. */
const firstVersion = 1000
const idPrefix = '0190a000-0000-7000-8000-'
const firstId = 100_000_000_000
const idOf = (n: number) => `${idPrefix}${firstId + n}`
const progress = { kind: 'interview', on: '2026-03-02' }

/** Transactions a second of `act` and of pgbench, in turn, and what one is of the other. */
export type ActFigures = { statements: number; act: Spread; pgbench: Spread; ratio: Spread }

/** Measures `act` (a lawyer recording progress, with an idempotency key) beside pgbench sending the very same statements. */
export async function benchAct(cluster: Cluster, { rounds, seconds }: { rounds: number; seconds: number }): Promise<ActFigures> {
  process.env['TEST_DATABASE_URL'] = cluster.url // where `world` makes its database
  await using w = await world()
  const model = await handled(w)
  await copyMatters(w, model)
  const statements = await captured(w, { region: county, id: idOf(0) })
  await using script = await pgbenchScript(w, statements)
  const pairs: { act: number; pgbench: number }[] = []
  await actPerSecond(w, 2)
  for (let round = 0; round < rounds; round++)
    pairs.push({ act: await actPerSecond(w, seconds), pgbench: await script.perSecond(cluster, seconds) })
  return {
    statements: statements.length,
    act: spread(pairs.map((one) => one.act)),
    pgbench: spread(pairs.map((one) => one.pgbench)),
    ratio: spread(pairs.map((one) => one.act / one.pgbench)),
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
      select m.region, ('${idPrefix}' || (${firstId} + n))::uuid, m.line, m.office, m.edition, 'B' || n, m.number, m.state, ${firstVersion}, m.seats, m.is_staffed, m.documents, m.parent, m.opened_at, m.filed_at, m.data, m.waits_for, m.due_at, m.is_open
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

type Statement = { text: string; values: readonly unknown[] }
const key = '0190a000-0000-7000-8000-00000000beef'

/** What one `act` sends to PostgreSQL, word for word. */
async function captured(w: World, at: MatterId): Promise<Statement[]> {
  const sent: Statement[] = []
  const query = pg.Client.prototype.query
  // oxlint-disable-next-line typescript/no-explicit-any -- pg overloads `query` nine ways; only text and values are read
  pg.Client.prototype.query = function (this: pg.Client, config: any, values?: any, ...rest: any[]): any {
    sent.push(
      typeof config === 'string'
        ? { text: config, values: Array.isArray(values) ? values : [] }
        : { text: config.text, values: config.values ?? [] },
    )
    return Reflect.apply(query, this, [config, values, ...rest])
  }
  await once(w, at, key)
  pg.Client.prototype.query = query
  return sent
}

/**
 * The captured statements as a pgbench script. Matter and key are drawn by the first statement after `begin`, whose answer pgbench
 * keeps, and the version is the one the locked row answers with; everything else is bound as it was.
 */
async function pgbenchScript(w: World, statements: readonly Statement[]) {
  const dir = await mkdtemp(join(tmpdir(), 'fh-bench-'))
  const constants = new Map<string, string>()
  const context = signContext(w.on.keyring.contextKey, cast.zhao, w.on.wallClock() + 86_400_000)
  const text = statements.map((one, n) => statementText(one, n, constants, context)).join('\n')
  const path = join(dir, 'act.sql')
  await writeFile(path, `\\set n random(${firstId}, ${firstId + matters - 1})\n${text}\n`)
  const { rows } = await w.on.database.owner((db) => sql<{ name: string }>`select current_database() as name`.execute(db))
  const name = rows[0]?.name ?? ''
  const options = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(clients),
    '-j',
    '2',
    '-f',
    path,
    '-U',
    `fahui_${name}`,
    ...[...constants].flatMap(([variable, value]) => ['-D', `${variable}=${value}`]),
  ]
  const perSecond = async (cluster: Cluster, seconds: number) =>
    tpsOf(
      await output(join(cluster.bin, 'pgbench'), [
        ...options,
        '-h',
        cluster.host,
        '-p',
        String(cluster.port),
        '-T',
        String(seconds),

        name,
      ]),
    )
  return { perSecond, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) }
}

function statementText({ text, values }: Statement, n: number, constants: Map<string, string>, context: string): string {
  const bound = text.replace(/\$(\d+)/g, (_, place: string) => placeholder(values[Number(place) - 1], `s${n}p${place}`, constants, context))
  if (text.startsWith('/*as*/')) return `${bound}, ('${idPrefix}' || :n) as id, gen_random_uuid() as key \\gset`
  if (text.startsWith('/*act.lock*/')) return `${bound} \\gset\n\\set next :version + 1`
  return `${bound};`
}

function placeholder(value: unknown, variable: string, constants: Map<string, string>, context: string): string {
  if (value === null || value === undefined) return 'null'
  if (value === idOf(0)) return ':id'
  if (value === key) return ':key'
  if (value === firstVersion + 1) return ':next'
  const isContext = typeof value === 'string' && value.startsWith(`${cast.zhao.id}|`)
  constants.set(variable, isContext ? context : literal(value))
  return `:${variable}`
}

const literal = (value: unknown): string =>
  value instanceof Date
    ? value.toISOString()
    : Array.isArray(value)
      ? `{${value.map((one) => JSON.stringify(one)).join(',')}}`
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)

async function output(program: string, args: string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => chunks.push(text))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${chunks.join('')}`)
  return chunks.join('')
}

function tpsOf(report: string): number {
  const tps = /^tps = ([\d.]+)/m.exec(report)?.[1]
  const failed = /number of failed transactions: (\d+)/.exec(report)?.[1]
  if (!tps || (failed ?? '0') !== '0') throw new Error(`pgbench did not do what was asked:\n${report}`)
  return Number(tps)
}
