import { v5 } from 'uuid'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Addressee, Letter } from '#kernel/letter.ts'
import type { Matter } from '#kernel/matter.ts'
import { queueEffect, type EffectJob } from '#engine/jobs.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { traitsOf } from '#engine/traits.ts'
import { principalIn, workersIn } from '#engine/standing.ts'
import type { Tx } from '#platform/tx.ts'
import { safePhone } from './safe-contact.ts'

/** Writes one letter once: its id is made from the event, so that a job run again finds it written. Where the person's word allows a text, that is a job of its own. */
export async function deliver(tx: Tx, letter: Letter, key: string, job: EffectJob): Promise<void> {
  const matter = await matterOf(tx, job)
  if (!matter || letter.holds?.(matter.data) === false) return
  const account = addressee(tx, matter, letter.to)
  if (!account) return
  const isText = (await phoneOf(tx, matter, account)) !== null
  const params = { code: matter.code, until: untilOf(tx, matter) }
  const fresh = await tx.db
    .insertInto('message')
    .values({
      region: matter.region,
      id: messageOf(key, job),
      matter: matter.id,
      account,
      template: key,
      params: JSON.stringify(params),
      channel: 'page',
      status: isText ? 'queued' : 'shown',
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['region', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (fresh && isText) queueEffect(tx, { ...job, effect: textEffect(key) })
}

/** The effect that sends a letter's text. */
export const textEffect = (key: string): string => `${key}.text`

/** The message an event's letter is. */
export const messageOf = (key: string, { id, seq }: Pick<EffectJob, 'id' | 'seq'>): string => v5(`${id}/${seq}/${key}`, namespace)

/** Names message ids; any fixed UUID would do. */
const namespace = '6f2d1c1e-5b0f-4c69-9c7e-2a6a3f0d7b11'

/** Where a text may go at this moment; null where the person's word forbids it, and for the desk's notices always. */
export const phoneOf = async (tx: Tx, matter: Matter, account: string): Promise<string | null> =>
  account.includes('@') ? null : safePhone(tx, matter, account)

function addressee(tx: Tx, matter: Matter, to: Addressee): string | null {
  if (to === 'applicant') return principalIn(tx, matter)
  if (to === 'assignee') return workersIn(tx, matter)[0] ?? null
  return `${to}@${matter.region}`
}

const untilOf = (tx: Tx, matter: Matter): string => traitsOf(tx.on, matter).until?.(matter.data) ?? dayOf(matter.openedAt)
