import type { DB } from '../../../db/types.ts'
import { pipelined } from './pipeline.ts'
import { poolFor, type Login } from './postgres-pool.ts'
import { opening, type Tx } from '#platform/tx.ts'

/** Runs `work` in a transaction that shows the rows of whom the signed context names. */
export type UnderContext = <T>(context: string, work: (tx: Pick<Tx, 'send'>) => Promise<T>) => Promise<T>

/** Connections of a thread's own to PostgreSQL, in the service's low role; they end with the thread. */
export async function connectThread(login: Login, connections: number): Promise<UnderContext> {
  const { transaction } = await pipelined<DB>(poolFor(login, connections))
  return (context, work) => transaction(opening('postgres', context), (_, send) => work({ send }))
}
