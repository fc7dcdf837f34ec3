import { sql } from 'kysely'
import { refuse } from '#kernel/refusal.ts'
import type { Tx } from '#platform/tx.ts'
import { heldDraft } from './draft-rows.ts'

/** How far a replay is; `total` is null until the readings are counted, `tally`, which the service reads, until it is over. */
export type Progress = {
  id: string
  askedBy: string
  askedAt: Date
  total: number | null
  done: number
  flips: number
  tally: unknown
  finishedAt: Date | null
  cancelledAt: Date | null
}

/** Asks for a replay of an open draft; the work is the service's. One runs at a time: asked for again meanwhile, it answers the one that runs. */
export async function startReplay(tx: Tx, draft: string, id: string): Promise<Progress> {
  const { region, publishedAt, withdrawnAt } = await heldDraft(tx, draft)
  const last = await findReplay(tx, draft)
  if (last && (last.id === id || isRunning(last))) return last
  if (publishedAt || withdrawnAt) refuse('wrong_state')
  await tx.db.insertInto('replay').values({ id, draft, region, asked_by: tx.actor.id, asked_at: tx.now, tally: null }).execute()
  return (await findReplay(tx, draft)) ?? refuse('not_found')
}

/** Stops the replay that runs; what it found so far stays with it. */
export async function cancelReplay(tx: Tx, draft: string): Promise<Progress> {
  await heldDraft(tx, draft)
  await cancelReplays(tx, draft)
  return (await findReplay(tx, draft)) ?? refuse('not_found')
}

/** The same for a draft that is held already. */
export async function cancelReplays(tx: Tx, draft: string): Promise<void> {
  const running = tx.db.updateTable('replay').where('draft', '=', draft).where('finished_at', 'is', null).where('cancelled_at', 'is', null)
  await running.set({ cancelled_at: tx.now }).execute()
}

const isRunning = ({ finishedAt, cancelledAt }: Progress): boolean => !finishedAt && !cancelledAt

/** The last replay of a draft. */
export async function findReplay(tx: Tx, draft: string): Promise<Progress | undefined> {
  const { rows } =
    await sql<Progress>`select r.id, r.asked_by as "askedBy", r.asked_at as "askedAt", r.total, r.tally, r.finished_at as "finishedAt", r.cancelled_at as "cancelledAt",
      (select coalesce(sum(size), 0) from replay_slice s where s.replay = r.id and s.tally is not null)::int as done,
      (select count(*) from replay_flip f where f.replay = r.id)::int as flips
    from replay r where r.draft = ${draft} order by r.asked_at desc, r.id desc limit 1`.execute(tx.db)
  return rows[0]
}

/** A replay of this draft that came to its end. A draft never changes, so it is one of exactly this value. */
export const findFinishedReplay = (tx: Tx, draft: string) =>
  tx.db.selectFrom('replay').select('id').where('draft', '=', draft).where('finished_at', 'is not', null).limit(1).executeTakeFirst()
