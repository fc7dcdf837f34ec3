import { sql } from 'kysely'
import { refuse } from '#kernel/refusal.ts'
import type { Tally } from '#lines/legal-aid/tally.ts'
import type { Step } from '#lines/legal-aid/trace.ts'
import { SealBroken, unseal } from '#platform/keys/crypto.ts'
import type { Tx } from '#platform/tx.ts'
import { heldDraft } from './draft-rows.ts'
import { turnedPlace, type Flip } from './replay-deciding.ts'

/** How far a replay is; `total` is null until the assessments are counted, `tally` until it is over. */
export type Progress = {
  id: string
  askedBy: string
  askedAt: Date
  total: number | null
  done: number
  flips: number
  tally: Tally | null
  finishedAt: Date | null
  cancelledAt: Date | null
}

/** Asks for a replay of an open draft; the work is `runReplays`'s. One runs at a time: asked for again meanwhile, it answers the one that runs. */
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

/** Which flips of a replay: of one county, in one direction, after one already seen. */
export type FlipsAsked = {
  county?: string | undefined
  from?: string | undefined
  to?: string | undefined
  after?: string | undefined
  limit: number
}
export type FlipSeen = Omit<Flip, 'turned'> & { number: string | null; turned: Step | null }

/** A page of flips in the order of county and assessment; `next` asks for the page after. Numbers of matters come by the actor's own rights. */
export async function listFlips(
  tx: Tx,
  replay: string,
  { county, from, to, after, limit }: FlipsAsked,
): Promise<{ rows: FlipSeen[]; next: string | null }> {
  const [region, assessment] = after?.split('.') ?? []
  const rows = await tx.db
    .selectFrom('replay_flip as f')
    .leftJoin('matter as m', (on) => on.onRef('m.region', '=', 'f.region').onRef('m.id', '=', 'f.matter'))
    .select(['f.region', 'f.assessment', 'f.matter', 'f.from', 'f.to', 'f.turned', 'm.number'])
    .where('f.replay', '=', replay)
    .$if(county !== undefined, (q) => q.where('f.region', '=', county ?? ''))
    .$if(from !== undefined, (q) => q.where('f.from', '=', from ?? ''))
    .$if(to !== undefined, (q) => q.where('f.to', '=', to ?? ''))
    .$if(assessment !== undefined, (q) => q.where(sql<boolean>`(f.region, f.assessment) > (${region}, ${assessment}::uuid)`))
    .orderBy('f.region')
    .orderBy('f.assessment')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    rows: page.map((row) => ({ ...row, turned: openTurned(tx, replay, row) })),
    next: last ? `${last.region}.${last.assessment}` : null,
  }
}

/** One that does not open must not hide the others of its page. */
function openTurned(tx: Tx, replay: string, flip: Flip): Step | null {
  try {
    return JSON.parse(unseal(tx.on.keyring, flip.turned, turnedPlace(replay, flip))) as Step // sealed by `decideLine`
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
