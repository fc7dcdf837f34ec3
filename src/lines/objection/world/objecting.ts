import { z } from 'zod'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { lastDecided } from '#kernel/decide.ts'
import { ownWords } from '#kernel/form.ts'
import { refuse } from '#kernel/refusal.ts'
import { isContestable } from '#kernel/remedy.ts'
import { grounds as question } from '../grounds.ts'
import { standingObjection } from '../standing.ts'
import { act, open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { clocksOf, eventsOf, lockMatter, matterOf } from '#engine/matter-rows.ts'
import { isPrivate } from '#engine/traits.ts'
import { privacy } from '#parts/traits.ts'
import { lineOf } from '#platform/platform.ts'
import { system, type Tx } from '#platform/tx.ts'
import { saveAnswers } from '#records/people/answers.ts'
import { familyOf } from '#records/people/family.ts'
import { addParty, partyRows } from '#records/people/people.ts'
import { holdersIn } from '#kernel/seat.ts'
import { isOwn, principalIn } from '#engine/standing.ts'
import type { Opening } from '../../service.ts'

const asks = z.object({ parent: z.uuid(), grounds: ownWords(question.title).optional() })

/** An objection, as it is asked for at the desk and on the page of the decision. */
export const opening: Opening = {
  summary: 'Object to a refusal or termination',
  by: ['citizen', 'intake', 'supervisor'],
  asks,
  standing: standingObjection,
  fromAnswer: ({ words }) => ({ grounds: words }),
  open: (tx, at, asked, channel) => openObjection(tx, at, { ...asks.parse(asked), channel }),
}

/** What is objected to, and why, in the person's own words; `channel` is where they said it. */
export type Objecting = { parent: string; grounds?: string | undefined; channel?: string | undefined; code?: string }

/** Opens an objection to a refused or terminated matter. Late ones are opened too and marked so: the bureau rejects them, and the courts stay open (法律援助法 art. 49). */
export async function openObjection(tx: Tx, at: MatterId, { parent, grounds, channel, code }: Objecting): Promise<Matter> {
  const against = (await lockMatter(tx, { region: at.region, id: parent })) ?? refuse('not_found')
  const line = lineOf(tx.on, against.line, against.edition)
  if (!line.remedy || !isContestable(line, against)) refuse('wrong_state', { state: against.state })
  // A proxy was let into the first matter only, and an objection is the applicant's own to make.
  if (tx.actor.kind === 'citizen' && !isOwn(tx, against)) refuse('not_permitted', { action: 'open', by: [line.principal] })
  const others = (await familyOf(tx, against)).filter(({ id }) => id !== at.id)
  const decision = lastDecided(line, await eventsOf(tx, against))
  if (standingObjection(against, decision, others)) refuse('once_only')
  const right = (await clocksOf(tx, against)).findLast((clock) => clock.limit === 'objection')
  const inTime = !right?.dueAt || tx.now < right.dueAt
  const isRepeat = (await matterOf(tx, at)) !== undefined
  const subject = line.subject?.(against.data)
  const objection = await open(tx, line.remedy.line, at, {
    code: code ?? newMatterCode(),
    seats: { applicant: holdersIn(against, line.principal) },
    parent,
    data: { inTime, against: decision, ...(subject && { subject }), ...(isPrivate(tx.on, against) && privacy.privately) },
  })
  // In the same transaction and for the system, since the time to object stands still from the moment somebody objected.
  if (inTime && !isRepeat) await act({ ...tx, actor: system }, against, line.remedy.taken, { objection: objection.id })
  for (const { id, role } of await partyRows(tx, [against])) if (role === 'recipient') await addParty(tx, objection, id, role)
  if (grounds) await saveAnswers(tx, objection, { [question.key]: { words: grounds } }, sourceOf(tx, against, channel))
  return objection
}

/** An officer writes down what the person said at the counter. */
const sourceOf = (tx: Tx, against: Matter, channel = 'web') =>
  tx.actor.kind === 'staff' ? { channel: 'window', saidBy: principalIn(tx, against) ?? tx.actor.id } : { channel }
