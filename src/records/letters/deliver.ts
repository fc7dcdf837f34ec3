import { v5 } from 'uuid'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Addressee, Letter } from '#kernel/letter.ts'
import type { Matter } from '#kernel/matter.ts'
import { seatedIn } from '#kernel/seat.ts'
import { queueEffect, type EffectJob } from '#engine/jobs.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { traitsOf } from '#engine/traits.ts'
import { partiesIn, principalIn, workersIn } from '#engine/standing.ts'
import type { Tx } from '#platform/tx.ts'
import { safePhone } from './safe-contact.ts'

/** Writes one letter once: its id is made from the event, so that a job run again finds it written. Where the person's word allows a text, that is a job of its own. */
export async function deliver(tx: Tx, letter: Letter, key: string, job: EffectJob): Promise<void> {
  const matter = await matterOf(tx, job)
  if (!matter || letter.holds?.(matter.data) === false) return
  const principal = principalIn(tx, matter)
  for (const account of letter.to === 'named' ? await namedIn(tx, matter, job) : addressees(tx, matter, letter.to)) {
    // Of everybody on both sides only the person the matter is for was asked where a text may go: the rest read it on their page.
    const isForPage = (letter.to === 'parties' || letter.to === 'named') && account !== principal
    const id = messageOf(isForPage ? `${key}/${account}` : key, job)
    const isText = !isForPage && (await phoneOf(tx, matter, account)) !== null
    const isNew = await write(tx, matter, { id, account, template: key, status: isText ? 'queued' : 'shown' })
    if (isNew && isText) queueEffect(tx, { ...job, effect: textEffect(key) })
  }
}

type Message = { id: string; account: string; template: string; status: 'queued' | 'shown' }

/** Whether it was not written before. */
async function write(tx: Tx, matter: Matter, message: Message): Promise<boolean> {
  const { region, id, code } = matter
  const params = JSON.stringify({ code, until: untilOf(tx, matter) })
  const fresh = await tx.db
    .insertInto('message')
    .values({ ...message, region, matter: id, params, channel: 'page', created_at: tx.now })
    .onConflict((conflict) => conflict.columns(['region', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return fresh !== undefined
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

/** By account, or the desk's own name. */
function addressees(tx: Tx, matter: Matter, to: Exclude<Addressee, 'named'>): string[] {
  if (to === 'parties') return [...new Set(partiesIn(tx, matter))]
  if (to === 'applicant') return [principalIn(tx, matter) ?? []].flat()
  if (to === 'assignee') return workersIn(tx, matter).slice(0, 1)
  return [`${to}@${matter.region}`]
}

/** The account of the holder a step was told to; none where they have none yet. */
async function namedIn(tx: Tx, matter: Matter, { seq }: EffectJob): Promise<string[]> {
  const { region, id } = matter
  const step = await tx.db
    .selectFrom('event')
    .select('holder')
    .where('region', '=', region)
    .where('id', '=', id)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return seatedIn(matter).flatMap(({ id, account }) => (account && id === step?.holder ? [account] : []))
}

const untilOf = (tx: Tx, matter: Matter): string => traitsOf(tx.on, matter).until?.(matter.data) ?? dayOf(matter.openedAt)
