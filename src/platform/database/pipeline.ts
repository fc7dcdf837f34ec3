import {
  Kysely,
  PostgresDialect,
  PostgresDriver,
  Transaction,
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  type Driver,
} from 'kysely'
import type pg from 'pg'

/** Runs `work` in a transaction that begins with the statement `context`. */
export type Transact<Schema> = <T>(context: CompiledQuery, work: (db: Kysely<Schema>) => Promise<T>) => Promise<T>

/**
 * PostgreSQL over a pool of pipelined connections. In `transaction`, statements leave as they are made and run in that order, so those
 * asked for together share a round trip, and the first ones share that of `begin`. Kysely's own transactions wait for every answer.
 */
export async function pipelined<Schema>(pool: pg.Pool): Promise<{ db: Kysely<Schema>; transaction: Transact<Schema> }> {
  const dialect = new PostgresDialect({ pool })
  const driver: Driver = new PostgresDriver({ pool })
  await driver.init()
  const db = new Kysely<Schema>({ dialect })
  const over = (provider: ConnectionProvider) =>
    new Transaction<Schema>({ config: { dialect }, dialect, driver, executor: db.getExecutor().withConnectionProvider(provider) })
  const transaction: Transact<Schema> = async (context, work) => {
    const connection = await driver.acquireConnection()
    const lent = lend(connection)
    try {
      const begun = Promise.all([driver.beginTransaction(connection, {}), connection.executeQuery(context)])
      begun.catch(() => {}) // told below; until then every statement fails because of it
      const result = await work(over(lent))
      lent.takeBack()
      await begun
      await driver.commitTransaction(connection)
      return result
    } catch (error) {
      lent.takeBack()
      await driver.rollbackTransaction(connection).catch(() => {}) // the driver then discards the connection; the first error is the cause
      throw error
    } finally {
      await driver.releaseConnection(connection)
    }
  }
  return { db, transaction }
}

/** A connection that can be taken back, so that nothing is written through a transaction that is over. */
function lend(connection: DatabaseConnection): ConnectionProvider & { takeBack(): void } {
  let isOver = false
  return {
    provideConnection(consumer) {
      if (isOver) throw new Error('This transaction is over. Was a statement made without awaiting it, or a `tx` kept after its work?')
      return consumer(connection)
    },
    takeBack() {
      isOver = true
    },
  }
}
