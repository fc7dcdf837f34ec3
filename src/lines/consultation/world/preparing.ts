import type { Matter } from '#kernel/matter.ts'
import { accountIn } from '#kernel/seat.ts'
import { eventsTold } from '#engine/words.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import type { Preparer } from '../../service.ts'
import { its } from '../data.ts'

type Reply = { reply: string; mayQualify?: boolean | undefined }

/** An answer as it is recorded: to a citizen it points out the right to aid, whoever writes it, and of whoever is on the register it says the licence. */
export function answering(tx: Tx, matter: Matter, { reply, mayQualify }: Reply): Record<string, unknown> {
  const { asker, adviser, guide } = its(matter.data)
  const as = [
    { seat: 'adviser', its: adviser },
    { seat: 'guide', its: guide },
  ].find(({ seat }) => accountIn(matter, seat) === tx.actor.id)
  const licence = as?.its?.licence
  return { reply, mayQualify: mayQualify === true, pointedOutAid: asker !== 'organisation', ...(licence && { licence }) }
}

export const prepareAnswer: Preparer<Reply> = async (tx, matter, asked) => answering(tx, matter, asked)

/** What was handed in, or what it was changed to, leaves as the answer. */
export const prepareApproval: Preparer<{ reply?: string | undefined; mayQualify?: boolean | undefined }> = async (tx, matter, asked) => {
  const written = (await eventsTold(tx, matter, 'zh')).findLast(({ action }) => action === 'draftAnswer')?.input ?? {}
  const reply = asked.reply || String(written['reply'] ?? '')
  return answering(tx, matter, { reply, mayQualify: asked.mayQualify ?? written['mayQualify'] === true })
}

/** Asked once more: on the channel it came by, and first where danger is told now. */
export const prepareAgain: Preparer<{ question: string }> = async (tx, { data, region }, { question }) => {
  const { channel = 'web', isUrgent } = its(data)
  return { question, channel, isUrgent: isUrgent === true || tellsViolence(question), ...replyBy(tx, region, channel) }
}

/** Till when somebody in a live chat is to have a reply. */
export function replyBy(tx: Tx, region: string, channel: string): { replyBy?: string } {
  if (channel !== 'chat') return {}
  const minutes = Number(lawOf(tx, region).setting('consultation.liveMinutes'))
  return { replyBy: new Date(tx.now.getTime() + minutes * 60_000).toISOString() }
}
