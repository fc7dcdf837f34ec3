import { v5 } from 'uuid'
import { dayOf } from '#kernel/calendar.ts'
import type { Matter } from '#kernel/matter.ts'
import type { EffectJob } from '#platform/jobs.ts'
import { matterOf } from '#platform/matter-rows.ts'
import { languageFrom } from '#platform/languages.ts'
import { fill, pick } from '#platform/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { letters, type Letter, type LetterKey } from './letters.ts'
import { safePhone } from './safe-contact.ts'

/** Sends one letter once: its id is made from the event, so that a job run again finds it sent. */
export async function deliver(tx: Tx, key: LetterKey, job: EffectJob): Promise<void> {
  const matter = await matterOf(tx, job)
  const letter: Letter = letters[key]
  if (!matter || letter.holds?.(matter.data) === false) return
  const account = addressee(matter, letters[key].to)
  if (!account) return
  const id = v5(`${job.id}/${job.seq}/${key}`, namespace)
  const params = { code: matter.code, until: untilOf(matter) }
  const fresh = await tx.db
    .insertInto('message')
    .values({
      region: matter.region,
      id,
      matter: matter.id,
      account,
      template: key,
      params: JSON.stringify(params),
      channel: 'page',
      status: 'shown',
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['region', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (fresh && (await sendText(tx, matter, account, id, key, params)))
    await tx.db
      .updateTable('message')
      .set({ channel: 'sms', status: 'sent', sent_at: tx.now })
      .where('region', '=', matter.region)
      .where('id', '=', id)
      .execute()
}

/** Names message ids; any fixed UUID would do. */
const namespace = '6f2d1c1e-5b0f-4c69-9c7e-2a6a3f0d7b11'

function addressee(matter: Matter, to: (typeof letters)[LetterKey]['to']): string | null {
  if (to === 'applicant') return matter.applicant
  if (to === 'assignee') return matter.assignee
  return `${to}@${matter.region}`
}

const untilOf = (matter: Matter): string => {
  const fixed = (matter.data['urgentAid'] ?? matter.data['asked']) as { until?: string } | undefined // written by `ask` and `urgentAid` alone
  return fixed?.until ?? dayOf(matter.openedAt)
}

/** To the phone only where the person's word at this moment allows it, and never the desk's notices. */
async function sendText(
  tx: Tx,
  matter: Matter,
  account: string,
  id: string,
  key: LetterKey,
  params: Record<string, string>,
): Promise<boolean> {
  const to = account.includes('@') ? null : await safePhone(tx, matter, account)
  if (!to) return false
  const row = await tx.db.selectFrom('account').select('language').where('id', '=', account).executeTakeFirst()
  const language = languageFrom(row?.language)
  await tx.on.gateway.send({ id, to, text: fill(language, pick(letters[key].text, language), params) })
  return true
}
