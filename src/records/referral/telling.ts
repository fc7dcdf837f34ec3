import { dayOf } from '#kernel/calendar/calendar.ts'
import type { MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { holdersIn } from '#kernel/seat.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { isPartyTo } from '#engine/standing.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { saveAnswers } from '../people/answers.ts'
import { questionsOf } from '../people/questions.ts'
import { isUseStopped } from '../privacy/erasure.ts'
import { judged, type Told } from './opening-for.ts'

/** What somebody answers by word, written down for them: as theirs, on the channel it came by. Refuses whoever takes nothing in, and what no question takes. */
export async function tellFor(
  tx: Tx,
  at: MatterId,
  { said, channel, holder }: { said: Told; channel: string; holder?: string | undefined },
): Promise<void> {
  const matter = (await matterOf(tx, at)) ?? refuse('not_found')
  if (isPartyTo(tx, matter)) refuse('not_permitted', { action: 'answer' })
  if (await isUseStopped(tx, at)) refuse('use_stopped')
  const line = lineOf(tx.on, matter.line, matter.edition)
  if (line.states[matter.state]?.final || matter.state === line.receives) refuse('wrong_state', { state: matter.state })
  const told = judged(await questionsOf(tx, matter, dayOf(tx.now)), said)
  const whose = holder ?? holdersIn(matter, line.principal)[0]?.id
  await saveAnswers(tx, at, told, { channel, ...(whose && { saidBy: whose, holder: whose }) })
}
