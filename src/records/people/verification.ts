import type { Matter, MatterId } from '#kernel/matter.ts'
import { no, Refusal, refuse, type No } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import { lockMatter } from '#engine/matter-rows.ts'
import { isRecused } from '#engine/traits.ts'
import { lineOf } from '#platform/platform.ts'
import { noteKept } from '#platform/keys/kept.ts'
import type { Tx } from '#platform/tx.ts'
import { keptAnswer, keptColumns } from './answers.ts'
import { isUseStopped } from '#records/privacy/erasure.ts'
import { relationsTo } from '#engine/standing.ts'

/** How an answer is checked: the original seen, asked of an official source, or confirmed by telephone. */
export const checks = ['originalSeen', 'dataQuery', 'phoned'] as const
export type Check = (typeof checks)[number]

/** Why this actor may not note that an answer was checked, or null: it is for those who may decide on the matter, and not on one that has ended. */
export function whyNotCheck(tx: Tx, matter: Matter): No | null {
  const is = relationsTo(tx, matter)
  if (!is.has('reviewer') && !is.has('director')) return no('not_permitted', { action: 'verify', by: ['reviewer', 'director'] })
  if (isRecused(tx.on, matter, tx.actor.id)) return no('recused')
  return lineOf(tx.on, matter.line, matter.edition).states[matter.state]?.final ? no('wrong_state') : null
}

/** An answer as the officer saw it: a newer one is another answer, and nobody checked it; so is another holder's to the same question. `holder` is empty at a table with one side. */
export type Seen = { question: string; holder: string; seq: number }

/** Notes how the answer that holds was checked. Again by the same officer changes nothing; refuses what was answered or checked anew meanwhile. */
export async function verifyAnswer(tx: Tx, at: MatterId, { question, holder, seq }: Seen, how: Check): Promise<void> {
  const { verified_by: by, verified_how: was } = await heldFor(tx, at, { question, holder, seq })
  if (by === tx.actor.id && was === how) return
  if (by && by !== tx.actor.id) refuse('stale')
  await mark(tx, at, { question, holder, seq }, { verified_by: tx.actor.id, verified_at: tx.now, verified_how: how })
  await audit(tx, 'factVerified', { region: at.region, matter: at.id, detail: { question, ...(holder && { holder }), seq, how } })
}

/** Takes one's own check back, with the reason. */
export async function unverifyAnswer(tx: Tx, at: MatterId, { question, holder, seq }: Seen, reason: string): Promise<void> {
  const { verified_by: by } = await heldFor(tx, at, { question, holder, seq })
  if (!by) return
  if (by !== tx.actor.id) refuse('not_permitted', { action: 'unverify' })
  await mark(tx, at, { question, holder, seq }, { verified_by: null, verified_at: null, verified_how: null })
  await audit(tx, 'factUnverified', {
    region: at.region,
    matter: at.id,
    detail: { question, ...(holder && { holder }), seq },
    words: { reason },
  })
}

async function heldFor(tx: Tx, at: MatterId, { question, holder, seq }: Seen) {
  const matter = (await lockMatter(tx, at)) ?? refuse('not_found')
  const refusal = whyNotCheck(tx, matter)
  if (refusal) throw new Refusal(refusal)
  if (await isUseStopped(tx, at)) refuse('use_stopped')
  const held =
    (await tx.db
      .selectFrom('answer')
      .select(['seq', 'verified_by', 'verified_how'])
      .where('region', '=', at.region)
      .where('matter', '=', at.id)
      .where('question', '=', question)
      .where('holder', '=', holder)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()) ?? refuse('not_found', { question })
  return held.seq === seq ? held : refuse('stale')
}

type Marks = { verified_by: string | null; verified_at: Date | null; verified_how: Check | null }

async function mark(tx: Tx, at: MatterId, { question, holder, seq }: Seen, marks: Marks): Promise<void> {
  const marked = await tx.db
    .updateTable('answer')
    .set(marks)
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .where('question', '=', question)
    .where('holder', '=', holder)
    .where('seq', '=', seq)
    .returning(keptColumns)
    .execute()
  await noteKept(tx, { region: at.region, matter: at.id }, keptAnswer, marked)
}
