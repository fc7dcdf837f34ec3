import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Cluster } from './cluster.ts'

type Statement = { text: string; values: readonly unknown[] }

/** What `work` sends to PostgreSQL, word for word. */
export async function captured(work: () => Promise<unknown>): Promise<Statement[]> {
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
  await work()
  pg.Client.prototype.query = query
  return sent
}

/** What of the captured statements differs from one run to the next: the matter, its legal number, which no other has, the key, the version after, and the signed context, of which `context` is one that holds for the whole benchmark. */
export type Varying = { id: string; number: string; key: string; next: number; signedFor: string; context: string }
/** The matters drawn from: their ids are `prefix` and a number. */
export type Drawn = { prefix: string; first: number; last: number }

/**
 * The captured statements as a pgbench script. Matter and key are drawn by the first statement after `begin`, whose answer pgbench
 * keeps; version and legal number are those the locked row answers with; everything else is bound as it was.
 */
export async function pgbenchScript(statements: readonly Statement[], varying: Varying, drawn: Drawn) {
  const dir = await mkdtemp(join(tmpdir(), 'fh-bench-'))
  const constants = new Map<string, string>()
  const text = statements.map((one, n) => statementText(one, n, { constants, varying, drawn })).join('\n')
  const path = join(dir, 'act.sql')
  await writeFile(path, `\\set n random(${drawn.first}, ${drawn.last})\n${text}\n`)
  const bound = [...constants].flatMap(([variable, value]) => ['-D', `${variable}=${value}`])
  /** Transactions a second over so many connections, as the service's low login of a database. */
  const perSecond = async ({ bin, host, port }: Cluster, its: { database: string; clients: number; seconds: number }) => {
    const where = ['-h', host, '-p', String(port), '-U', `fahui_${its.database}`]
    const how = ['-n', '-M', 'prepared', '-c', String(its.clients), '-j', '2', '-T', String(its.seconds), '-f', path]
    return tpsOf(await output(join(bin, 'pgbench'), [...how, ...bound, ...where, its.database]))
  }
  return { perSecond, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) }
}

type Binding = { constants: Map<string, string>; varying: Varying; drawn: Drawn }

function statementText({ text, values }: Statement, n: number, its: Binding): string {
  const bound = text.replace(/\$(\d+)/g, (_, place: string) => placeholder(values[Number(place) - 1], `s${n}p${place}`, its))
  if (text.startsWith('/*as*/')) return `${bound}, ('${its.drawn.prefix}' || :n) as id, gen_random_uuid() as key \\gset`
  if (text.startsWith('/*act.lock*/')) return `${bound} \\gset\n\\set next :version + 1`
  return `${bound};`
}

function placeholder(value: unknown, variable: string, { constants, varying }: Binding): string {
  if (value === null || value === undefined) return 'null'
  if (value === varying.id) return ':id'
  if (value === varying.key) return ':key'
  if (value === varying.number) return ':number'
  if (value === varying.next) return ':next'
  if (value === '') return `''` // pgbench takes no empty variable
  const isContext = typeof value === 'string' && value.startsWith(`${varying.signedFor}|`)
  constants.set(variable, isContext ? varying.context : literal(value))
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
