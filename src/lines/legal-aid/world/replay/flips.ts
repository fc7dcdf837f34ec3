import { sql } from 'kysely'
import { SealBroken, unseal } from '#platform/keys/crypto.ts'
import type { Tx } from '#platform/tx.ts'
import type { FlipsAsked } from '../../../service.ts'
import type { Step } from '../../means/trace.ts'
import { turnedPlace, type Flip } from './deciding.ts'

/** A flip as it is listed; `turned` is null where it could not be opened. */
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
