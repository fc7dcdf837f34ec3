import { sql } from 'kysely'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import type { Tx } from '#platform/tx.ts'
import { recordSettings } from '#records/settings/settings.ts'

/**
 * What an officer is counted by they do one after another: of many at once each sees what the one before it wrote. It is asked for in the same write as the count that
 * follows, which PostgreSQL begins when it has the lock.
 */
export const oneAtATime = async (tx: Tx, what: string): Promise<void> =>
  void (await sql`/*own.turn*/ select pg_advisory_xact_lock(hashtext(${`${what} ${tx.actor.id}`}))`.execute(tx.db))

/**
 * Lets an officer open no more different matters a day than is set, and puts it before the auditors once half of that is reached: whoever pages through
 * the neighbours opens many (TRUST T1). Opening one again is free, and so is one they took a step in: work is not what is counted. Refuses with
 * `opened_enough`.
 */
export async function countOpening(tx: Tx, { region, id }: MatterId): Promise<void> {
  if (tx.actor.kind !== 'staff') return
  const today = dayOf(tx.now)
  const { schema, default: usual } = recordSettings['opening.dailyMatters']
  const most = schema.parse(tx.on.settings.at('opening.dailyMatters', region, today) ?? usual)
  const count = sql<{ opened: number; isNew: boolean }>`/*opening.cap*/
    select count(distinct (a.region, a.matter))::int as opened, not coalesce(bool_or(a.region = ${region} and a.matter = ${id}), false) as "isNew"
    from audit a where a.kind in ('viewMatter', 'download') and a.actor = ${tx.actor.id} and a.at >= ${new Date(`${today}T00:00:00+08:00`)}
      and not exists (select from event e where e.region = a.region and e.id = a.matter and e.actor = a.actor)`
  const [, { rows }] = await Promise.all([oneAtATime(tx, 'opening'), count.execute(tx.db)])
  const { opened, isNew } = rows[0]! // an aggregate has its row
  if (!isNew) return
  if (opened >= most) refuse('opened_enough', { most })
  if (opened + 1 === Math.ceil(most / 2)) await audit(tx, 'manyOpened', { region, matter: id, detail: { opened: opened + 1, most } })
}
