import type { CompiledQuery, QueryResult } from 'kysely'

/**
 * Sends a statement of a transaction, at once: it runs before any that is made later. Its answer need not be awaited, since the transaction hears
 * every one before it is told done; a failure that nobody awaited is then what it fails by.
 */
export type Send = <Row>(statement: CompiledQuery) => Promise<Row[]>

/** A `send` over `run`, which must hand over the statement before it returns, and `heard`: waits for all that was sent, and then for `last`; throws the first failure. */
export function hearing(run: <Row>(statement: CompiledQuery) => Promise<QueryResult<Row>>): {
  send: Send
  heard(last?: Promise<unknown>): Promise<void>
} {
  const sent: Promise<unknown>[] = []
  const send: Send = <Row>(statement: CompiledQuery) => {
    if (!statement.parameters.every(isPlain)) throw new Error(`A value of ${statement.sql} is an object. Is it not yet JSON text?`)
    const rows = run<Row>(statement).then((its) => its.rows)
    rows.catch(() => {}) // told by `heard`
    sent.push(rows)
    return rows
  }
  return {
    send,
    async heard(last) {
      const outcomes = await Promise.allSettled([...sent, last])
      const failed = outcomes.find((one) => one.status === 'rejected')
      if (failed) throw failed.reason
    },
  }
}

/** What the driver writes without fail. A value it could not write would be a statement PostgreSQL never gets, and whose lack does not stop the commit behind it. */
const isPlain = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || value instanceof Date || (Array.isArray(value) && value.every(isPlain))
