import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  Transaction,
  type ConnectionProvider,
  type DatabaseConnection,
  type Driver,
} from 'kysely'
import type pg from 'pg'
import { hearing, type Send } from './sending.ts'

/** Whether each statement of a transaction sees what others have committed by then, or all see what they had when it began. */
export type View = 'ofEachStatement' | 'ofOneMoment'

/** Runs `work` in a transaction that begins with the statement `context`. What it sends need not be awaited: nothing is answered before all of it was heard. */
export type Transact<Schema> = <T>(context: CompiledQuery, work: (db: Kysely<Schema>, send: Send) => Promise<T>, view?: View) => Promise<T>

const beginnings: Readonly<Record<View, CompiledQuery>> = {
  ofEachStatement: CompiledQuery.raw('begin'),
  ofOneMoment: CompiledQuery.raw('begin isolation level repeatable read'),
}

/**
 * PostgreSQL over a pool of pipelined connections. In `transaction`, statements leave as they are made and run in that order, so those
 * asked for together share a round trip: the first ones that of `begin`, and those whose answer the work did not wait for that of `commit`. Where
 * one of them fails PostgreSQL undoes the whole, and answers that `commit` with ROLLBACK. Kysely's own transactions wait for every answer.
 * `end` closes the pool, which `db.destroy` leaves open where nothing was asked of `db` itself: the process would then stay until its connections had idled out.
 */
export async function pipelined<Schema>(
  pool: pg.Pool,
): Promise<{ db: Kysely<Schema>; transaction: Transact<Schema>; end(): Promise<void> }> {
  const dialect = new PostgresDialect({ pool })
  const driver: Driver = new PostgresDriver({ pool })
  await driver.init()
  const db = new Kysely<Schema>({ dialect })
  const over = (provider: ConnectionProvider) =>
    new Transaction<Schema>({ config: { dialect }, dialect, driver, executor: db.getExecutor().withConnectionProvider(provider) })
  const transaction: Transact<Schema> = async (context, work, view = 'ofEachStatement') => {
    const connection = await driver.acquireConnection()
    const lent = lend(connection)
    const { send, heard } = hearing((statement) => lent.provideConnection((its) => its.executeQuery(statement)))
    try {
      for (const one of [beginnings[view], context]) void send(one)
      const result = await work(over(lent), send)
      lent.takeBack()
      await heard(driver.commitTransaction(connection))
      return result
    } catch (error) {
      lent.takeBack()
      await driver.rollbackTransaction(connection).catch(() => {}) // the driver then discards the connection; the first error is the cause
      await heard()
      throw error
    } finally {
      await driver.releaseConnection(connection)
    }
  }
  return { db, transaction, end: () => driver.destroy() }
}

/** A connection that can be taken back, so that nothing is written through a transaction that is over. */
function lend(connection: DatabaseConnection): ConnectionProvider & { takeBack(): void } {
  let isOver = false
  return {
    async provideConnection(consumer) {
      if (isOver) throw new Error('This transaction is over. Was a statement made without awaiting it, or a `tx` kept after its work?')
      return consumer(connection)
    },
    takeBack() {
      isOver = true
    },
  }
}
