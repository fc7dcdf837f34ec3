import { sql, type RawBuilder } from 'kysely'
import type { Relation } from '#kernel/actor.ts'
import { joinAccount } from '#kernel/own-steps/joining-account.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { traitsOf } from '#engine/traits.ts'
import type { Tx } from '#platform/tx.ts'
import { recordSettings } from '#records/settings/settings.ts'
import { speltEntries } from '#platform/keys/said.ts'
import { isFor } from '#engine/standing.ts'

/** Somebody looked at a matter: in what role, on which day and why, never by name. `purpose` is null where nothing was asked to be given, or the matter is one of which only the role is told. */
export type Reading = {
  matter: string
  relation: Relation | null
  day: string
  kind: 'reveal' | 'viewMatter' | 'download' | 'urgentAccess' | 'oneTimeLink'
  purpose: string | null
  at: Date
  times: number
}

/** Who looked at one matter, for the person's own page; the reader's own visits are left out, and what is too fresh to be told. Newest first. */
export const readingsIn = (tx: Tx, { region, id }: MatterId): Promise<Reading[]> => listed(tx, region, sql`m.id = ${id}`)

/** The same over all matters the reader asked in. */
export async function readingsOfMine(tx: Tx): Promise<Reading[]> {
  const { rows } = await sql<{
    region: string
  }>`/*viewed.regions*/ select distinct m.region from matter m where ${isFor(tx.actor.id)}`.execute(tx.db)
  const found = await Promise.all(rows.map(({ region }) => listed(tx, region, isFor(tx.actor.id))))
  return found.flat().toSorted((a, b) => b.at.getTime() - a.at.getTime())
}

/** Of some matters only the role is told (TRUST §3.6): a reason may say too much to whoever stands beside the reader. */
async function listed(tx: Tx, region: string, which: ReturnType<typeof sql>): Promise<Reading[]> {
  const { rows: matters } = await sql<Pick<Matter, 'id' | 'line' | 'edition' | 'data'>>`/*viewed.matters*/
    select m.id, m.line, m.edition, m.data from matter m where ${which} and m.region = ${region}`.execute(tx.db)
  const reticent = matters.filter((matter) => traitsOf(tx.on, matter).isReticent?.(matter.data)).map(({ id }) => id)
  const { rows } = await sql<Reading>`/*viewed*/
    select m.id as matter, a.detail ->> 'relation' as relation, to_char(a.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, a.kind,
      case when m.id = any(${reticent}::uuid[]) then null else coalesce(a.detail ->> 'reason', a.detail ->> 'because') end as purpose,
      max(a.at) as at, count(*)::int as times
    from audit a join matter m on m.region = a.region and m.id = a.matter
    where ${which} and m.region = ${region} and (${ownLink(tx)} or ((a.kind in ('reveal', 'viewMatter', 'download') or (a.kind = 'urgentAccess' and a.detail ->> 'step' = 'approved'))
      and a.actor <> ${tx.actor.id} and a.at <= ${toldBefore(tx, region)}
      and not exists (select from event e where e.region = m.region and e.id = m.id and e.action = ${joinAccount} and e.input ->> 'from' = a.actor)))
    group by 1, 2, 3, 4, 5 order by max(a.at) desc limit 100`.execute(tx.db)
  const told = await speltEntries(
    tx,
    rows.map((row) => ({ ...row, region })),
    erased,
  )
  return together(told.map(({ region: _, ...reading }) => reading))
}

/** A one-time link that was sent to the reader was opened: told to nobody else at the table, and at once, since it may not have been they. */
const ownLink = ({
  actor,
}: Tx): RawBuilder<boolean> => sql`(a.kind = 'oneTimeLink' and a.detail ->> 'change' = 'opened' and (a.actor = ${actor.id} or exists (
  select from standing s where s.region = a.region and s.matter = a.matter and s.holder = a.actor and s.account = ${actor.id} and s.until is null)))`

/** In place of a reason that was erased with what was said in the matter. */
export const erased = ''

/** Looks of one day and one kind for the same reason are told together: each has words of its own, which say the same. */
function together(readings: readonly Reading[]): Reading[] {
  const alike = Map.groupBy(readings, ({ matter, relation, day, kind, purpose }) => JSON.stringify([matter, relation, day, kind, purpose]))
  return Array.from(alike.values(), (all) => ({ ...all[0]!, times: all.reduce((sum, { times }) => sum + times, 0) })) // not empty; the newest is the first
}

/** The moment up to which it is told who looked; what came after is not told yet. */
export function toldBefore(tx: Tx, region: string): Date {
  const { schema, default: usual } = recordSettings['readings.delayHours']
  const hours = schema.parse(tx.on.settings.at('readings.delayHours', region, dayOf(tx.now)) ?? usual)
  return new Date(tx.now.getTime() - hours * 3_600_000)
}
