import type { Letter } from '#kernel/letter.ts'
import type { Matter } from '#kernel/matter.ts'
import { matterOf } from '#engine/matter-rows.ts'
import type { Outgoing } from '#platform/gateway.ts'
import type { Effect, EffectJob } from '#engine/jobs.ts'
import { languageFrom } from '#platform/messages/languages.ts'
import { fill, pick } from '#platform/messages/messages.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { messageOf, phoneOf } from './deliver.ts'

/**
 * Sends one letter's text, at no time within a transaction, which a carrier would hold up. A crash before it is marked as sent sends it again
 * under the same id, by which the carrier drops the repeat.
 */
export const sendText =
  (key: string, letterFor: LetterFor): Effect =>
  async (on, job, { now, isLastTry }) => {
    const inTx = <T>(work: (tx: Tx) => Promise<T>) => as(on, system, now, work)
    const text = await inTx((tx) => dueText(tx, letterFor, key, job))
    if (!text) return
    try {
      await on.gateway.send(text)
    } catch (error) {
      if (isLastTry) await inTx((tx) => mark(tx, key, job, { status: 'failed' }))
      throw error
    }
    await inTx((tx) => markSent(tx, key, job))
  }

/** The letter of that name, as the matter's own line words it. */
export type LetterFor = (matter: Matter, key: string) => Letter | undefined

/** The text still to be sent, by the person's word at this moment; where that forbids it now, the message stays on the page alone. */
export async function dueText(tx: Tx, letterFor: LetterFor, key: string, job: EffectJob): Promise<Outgoing | undefined> {
  const id = messageOf(key, job)
  const row = await tx.db
    .selectFrom('message')
    .select(['account', 'params'])
    .where('region', '=', job.region)
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'failed'])
    .executeTakeFirst()
  const matter = row && (await matterOf(tx, job))
  const letter = matter && letterFor(matter, key)
  if (!letter) return undefined
  const to = await phoneOf(tx, matter, row.account)
  if (!to) return void (await mark(tx, key, job, { status: 'shown' }))
  const account = await tx.db.selectFrom('account').select('language').where('id', '=', row.account).executeTakeFirst()
  const language = languageFrom(account?.language)
  return { id, to, text: fill(language, pick(letter.text, language), row.params) }
}

/** Notes that the carrier took it. */
export const markSent = (tx: Tx, key: string, job: EffectJob): Promise<void> =>
  mark(tx, key, job, { channel: 'sms', status: 'sent', sent_at: tx.now })

type Fate = { status: 'shown' | 'failed' } | { channel: 'sms'; status: 'sent'; sent_at: Date }

const mark = async (tx: Tx, key: string, job: EffectJob, fate: Fate): Promise<void> =>
  void (await tx.db
    .updateTable('message')
    .set(fate)
    .where('region', '=', job.region)
    .where('id', '=', messageOf(key, job))
    .where('status', 'in', ['queued', 'failed'])
    .execute())
