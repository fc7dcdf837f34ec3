import type { Socket } from 'node:net'
import pg from 'pg'

/** A connection that hears nothing for so long is suspected. Together with the question below a request is answered, if only that the database is gone, within eight seconds. */
const silentMs = 3000
/** How long the database may take to answer somebody new before it counts as frozen. */
const answersWithinMs = 4000
const lookEveryMs = 500

/** A connection in use: what it had read when it was last looked at, and since when that is so. */
type Use = { read: number; since: number }

/**
 * Ends the connections of a pool that wait for a database which has stopped answering without going: a frozen machine, a cable that was pulled. A long
 * question looks the same from here, so somebody new knocks first: where they are answered, by whatever, the silence is left alone.
 */
export function endFrozen(pool: pg.Pool, config: pg.PoolConfig): void {
  const inUse = new Map<pg.PoolClient, Use>()
  pool.on('acquire', (client) => inUse.set(client, { read: streamOf(client).bytesRead, since: performance.now() }))
  pool.on('release', (_, client) => inUse.delete(client))
  pool.on('remove', (client) => inUse.delete(client))
  const endUnanswered = async (silent: readonly [pg.PoolClient, Use][]): Promise<void> => {
    const does = await answers(config)
    for (const [client, use] of silent)
      if (does) use.since = performance.now()
      else if (inUse.get(client) === use) streamOf(client).destroy()
  }
  let asking = false
  const timer = setInterval(() => {
    if (pool.ended) return clearInterval(timer)
    const silent = silentIn(inUse)
    if (asking || !silent.length) return
    asking = true
    void endUnanswered(silent).finally(() => (asking = false))
  }, lookEveryMs)
  timer.unref()
}

/** Notes what each connection has read by now, and returns those that have long read nothing. */
function silentIn(inUse: ReadonlyMap<pg.PoolClient, Use>): [pg.PoolClient, Use][] {
  const now = performance.now()
  return [...inUse].filter(([client, use]) => {
    const { bytesRead } = streamOf(client)
    if (bytesRead !== use.read) Object.assign(use, { read: bytesRead, since: now })
    return now - use.since >= silentMs
  })
}

const streamOf = (client: pg.PoolClient): Socket => (client as unknown as { connection: { stream: Socket } }).connection.stream // which its types leave out

/** Whether the database says anything at all to somebody who connects: that it has no place left is an answer too. */
async function answers(config: pg.PoolConfig): Promise<boolean> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: answersWithinMs })
  client.on('error', () => {}) // without a listener a lost connection ends the process
  try {
    await client.connect()
    return true
  } catch (error) {
    return error instanceof pg.DatabaseError
  } finally {
    void client.end().catch(() => {})
  }
}
