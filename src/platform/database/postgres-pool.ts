import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import pg from 'pg'
import { endFrozen } from './frozen.ts'

/** Where the database is, and who the service is there. */
export type Login = { host: string; port: number; database: string; user: string; password: string }

/** Days come as 'YYYY-MM-DD' and counts as numbers on both engines: no driver may turn a date into a moment. Fen stay far below 2^53. */
export const parsers = { [pg.types.builtins.DATE]: (text: string) => text, [pg.types.builtins.INT8]: Number }
for (const [oid, parse] of Object.entries(parsers)) pg.types.setTypeParser(Number(oid), parse)

/** Host, port and name of the database at `url`. */
export const placeOf = (url: string): Pick<Login, 'host' | 'port' | 'database'> => {
  const { hostname, port, pathname, searchParams } = new URL(url)
  return {
    host: searchParams.get('host') ?? decodeURIComponent(hostname),
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)),
  }
}

/** Pipelined connections of one of the service's logins. */
export const poolFor = (login: Login, max: number): pg.Pool => pool({ ...login, max, pipeline: true })

/** Whoever waits for a connection is told so after this long, rather than left waiting. */
export const connectWithinMs = 5000

/** Every pool is made here: a lost connection without an `error` listener ends the process. */
export function pool(config: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({ connectionTimeoutMillis: connectWithinMs, ...config, Client: NamingClient as unknown as typeof pg.Client })
  made.on('error', () => {})
  made.on('connect', (client) => client.on('error', () => {}))
  endFrozen(made, config)
  return made
}

/**
 * Statements that begin with a comment are hot: they are prepared once per connection, under a name made from their text. Those made in one turn
 * leave in one write to the socket: a write costs the serving thread more than all it writes.
 */
class NamingClient extends pg.Client {
  #isGathering = false

  // oxlint-disable-next-line typescript/no-explicit-any -- pg overloads `query` nine ways; only the (text, values) form is touched
  override query(config: any, values?: any, callback?: any): any {
    this.#gather()
    if (typeof config === 'string' && config.startsWith('/*') && Array.isArray(values))
      return super.query({ name: nameOf(config), text: config, values }, callback)
    return super.query(config, values, callback)
  }

  #gather(): void {
    if (this.#isGathering) return
    this.#isGathering = true
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection // which its types leave out
    stream.cork()
    process.nextTick(() => {
      this.#isGathering = false
      stream.uncork()
    })
  }
}

const names = new Map<string, string>()
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha1').update(text).digest('hex')
  names.set(text, name)
  return name
}
