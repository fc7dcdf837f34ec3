import { sql } from 'kysely'
import type { Relation } from '#kernel/actor.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { no, Refusal, refuse, type No } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { isRecused } from '#engine/traits.ts'
import type { Tx } from '#platform/tx.ts'
import { isUseStopped } from './erasure.ts'
import { openField, partyRows, type PartyRole, type SealedField } from '#records/people/people.ts'
import { oneAtATime } from './opening-cap.ts'
import { recordSettings } from '#records/settings/settings.ts'
import { isOwn, isPartyTo, relationsTo, worksOn } from '#engine/standing.ts'
import { workingSeat } from '#kernel/seat.ts'
import { lineOf } from '#platform/platform.ts'

export type Reveal = { person: string; field: SealedField; reason: string }

/** As few characters as say something: 电话通知. */
const shortestReason = 5

/**
 * One value of a person in full, for a reason. Who looked, at what and why is written in the same transaction, so that nothing is shown
 * unrecorded; the value itself is never written. Refuses strangers, citizens other than the applicant, and an officer past the day's cap.
 */
export async function reveal(tx: Tx, at: MatterId, { person, field, reason }: Reveal): Promise<string> {
  const matter = (await matterOf(tx, at)) ?? refuse('not_found')
  if (!isPartyTo(tx, matter) && !worksOn(tx, matter)) refuse('not_permitted', { action: 'reveal' })
  const row = (await partyRows(tx, [at])).find(({ id }) => id === person) ?? refuse('not_found')
  const relation = readerOf(tx, matter, row.role) ?? refuse('not_permitted', { action: 'reveal' })
  if (await isUseStopped(tx, at)) refuse('use_stopped')
  const flaw = flawOf(reason) ?? (await capOf(tx, at.region, person))
  if (flaw) throw new Refusal(flaw)
  const value = openField(tx, row, field) ?? refuse('not_found', { field })
  await audit(tx, 'reveal', { region: at.region, matter: at.id, detail: { person, field, relation }, words: { reason: reason.trim() } })
  return value
}

/** Who may look, most responsible first. Managers and auditors work with figures and records, not with people. */
const officers = ['director', 'reviewer', 'intake', 'supervisor'] as const satisfies Relation[]

/** Applicants see in full what they told us of their own side; the other side's numbers may have come from elsewhere. */
const ownSide: ReadonlySet<PartyRole> = new Set(['recipient', 'representative', 'proxy'])

function readerOf(tx: Tx, matter: Matter, role: PartyRole): Relation | undefined {
  const is = relationsTo(tx, matter)
  const line = lineOf(tx.on, matter.line, matter.edition)
  if (tx.actor.kind === 'citizen') return isOwn(tx, matter) && ownSide.has(role) ? line.principal : undefined
  return isRecused(tx.on, matter, tx.actor.id) ? undefined : [workingSeat(line), ...officers].find((relation) => is.has(relation))
}

const flawOf = (reason: string): No | null =>
  Array.from(reason.trim()).length < shortestReason
    ? no('invalid', { issues: [{ path: 'reason', code: 'too_small', message: 'too_small' }] })
    : null

/** Looking again at someone already seen today is free: the cap is on people, to stop whoever pages through the neighbours (TRUST T1). */
async function capOf(tx: Tx, region: string, person: string): Promise<No | null> {
  if (tx.actor.kind === 'citizen') return null
  const today = dayOf(tx.now)
  const most = recordSettings['reveal.dailyPersons'].schema.parse(
    tx.on.settings.at('reveal.dailyPersons', region, today) ?? recordSettings['reveal.dailyPersons'].default,
  )
  const count = sql<{ seen: number; isNew: boolean }>`/*reveal.cap*/
    select count(distinct detail ->> 'person') as seen, not coalesce(bool_or(detail ->> 'person' = ${person}), false) as "isNew"
    from audit where kind = 'reveal' and actor = ${tx.actor.id} and at >= ${new Date(`${today}T00:00:00+08:00`)}`
  const [, { rows }] = await Promise.all([oneAtATime(tx, 'reveal'), count.execute(tx.db)])
  return rows[0]?.isNew && rows[0].seen >= most ? no('too_many_tries', { most }) : null
}
