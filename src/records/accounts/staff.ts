import { sql } from 'kysely'
import { duties as allDuties, hasDuty, reachOf, type Duty, type Grant } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import { closeSessions, inForce } from '#platform/doors/sessions.ts'
import type { Tx } from '#platform/tx.ts'
import { noteChange } from './accounts.ts'
import { checkGrants, holdsJust, replaceGrants } from './grants.ts'

/** Everything here runs as an administrator: the row policies let nobody else see these rows, and them no row outside their region. */
export type Staff = {
  id: string
  kind: 'staff' | 'provider'
  login: string
  name: string
  region: string
  grants: (Grant & { officeName: string | null })[]
  practitioner: string | null
  createdAt: Date
  disabledAt: Date | null
  disabledBecause: string | null
  isEnrolled: boolean
  passkeys: number
  sessions: number
  seenAt: Date | null
  reset: { id: string; reason: string; askedBy: string; askedAt: Date } | null
}

export type StaffQuery = {
  region?: string | undefined
  duty?: Duty | 'provider' | undefined
  name?: string | undefined
  after?: string | undefined
  limit: number
}

const columns = (now: Date) => sql`${fixed},
  coalesce((select json_agg(json_build_object('duty', g.duty, 'region', g.region, 'office', g.office, 'officeName', o.name, 'lines', g.lines) order by g.id)
    from duty_grant g left join office o on o.region = g.region and o.id = g.office where g.account = a.id and ${inForce(now)}), '[]') as grants`
const fixed = sql.raw(`a.id, a.kind, a.login, coalesce(a.name, '') as name, coalesce(nullif(a.region, ''), p.region, '') as region,
  a.practitioner, a.created_at as "createdAt", a.disabled_at as "disabledAt", a.disabled_because as "disabledBecause",
  a.totp_secret is not null as "isEnrolled",
  (select count(*)::int from passkey k where k.account = a.id) as passkeys,
  (select count(*)::int from session s where s.account = a.id) as sessions,
  (select max(s.seen_at) from session s where s.account = a.id) as "seenAt",
  (select json_build_object('id', r.id, 'reason', r.reason, 'askedBy', r.asked_by, 'askedAt', r.asked_at)
    from reset_request r where r.account = a.id and r.decided_at is null) as reset`)
const from = sql.raw(`account a left join practitioner p on p.id = a.practitioner`)

const placed = sql.raw(`coalesce(nullif(a.region, ''), p.region, '')`)
/** The first of somebody's duties in the order of `duties`; providers come after. */
const ranked = (now: Date) =>
  sql`coalesce((select min(array_position(${[...allDuties]}::text[], g.duty)) from duty_grant g where g.account = a.id and ${inForce(now)}), ${sql.lit(allDuties.length + 1)})`
const inOrder = (now: Date) => sql`${placed}, ${ranked(now)}, coalesce(a.name, ''), a.id`

/** Staff and providers of the administrator's region, by place, then duty, then name, narrowed by region, duty and part of a name or login. */
export async function listStaffPage(tx: Tx, { region = '', duty, name = '', after, limit }: StaffQuery): Promise<Staff[]> {
  const byDuty =
    duty === undefined
      ? sql`true`
      : duty === 'provider'
        ? sql`a.kind = 'provider'`
        : sql`exists (select from duty_grant g where g.account = a.id and g.duty = ${duty} and ${inForce(tx.now)})`
  const { rows } = await sql<Staff>`select ${columns(tx.now)} from ${from} where a.kind <> 'citizen'
    and starts_with(${placed}, ${region}) and ${byDuty}
    and (strpos(coalesce(a.name, ''), ${name}) > 0 or strpos(a.login, lower(${name})) > 0)
    and ${after === undefined ? sql`true` : sql`(${inOrder(tx.now)}) > (select ${inOrder(tx.now)} from ${from} where a.id = ${after}::uuid)`}
    order by ${inOrder(tx.now)} limit ${limit}`.execute(tx.db)
  return rows
}

/** One person's account; refuses one that is not there for this administrator. */
export async function staffOf(tx: Tx, id: string): Promise<Staff> {
  const { rows } = await sql<Staff>`select ${columns(tx.now)} from ${from} where a.id = ${id}::uuid and a.kind <> 'citizen'`.execute(tx.db)
  return rows[0] ?? refuse('not_found')
}

/** What somebody is granted, as a whole. */
export type Rights = { grants: readonly Grant[] }

/**
 * Grants somebody other things, or names them otherwise; `seen` is what the administrator saw, so that two do not undo each other. Their sessions
 * end. An officer's account does not become an administrator's, nor the other way round: what was granted stays on record with its account.
 */
export async function changeRights(tx: Tx, id: string, { grants, name }: Rights & { name: string }, seen: Rights): Promise<void> {
  await checkGrants(tx, grants)
  const held = await tx.db
    .selectFrom('account')
    .select('is_administrator')
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .forUpdate()
    .executeTakeFirst()
  if (!held || !(await holdsJust(tx, id, seen.grants))) refuse('stale')
  if (held.is_administrator !== hasDuty({ grants }, 'administrator'))
    refuse('invalid', { issues: [{ path: 'grants', code: 'apart', message: 'account.administratorApart' }] })
  await replaceGrants(tx, id, grants)
  const changed = await tx.db
    .updateTable('account')
    .set({ name, region: reachOf({ grants }) })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!changed) refuse('stale')
  await closeSessions(tx, id)
  await noteChange(tx, id, 'rights', { grants, before: seen.grants })
}

/** Opens a shut account again. */
export async function enableAccount(tx: Tx, id: string): Promise<void> {
  const opened = await tx.db
    .updateTable('account')
    .set({ disabled_at: null, disabled_because: null })
    .where('id', '=', id)
    .where('disabled_at', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  if (opened) await noteChange(tx, id, 'enabled')
}

/** Ends every session of a person, as when a computer is lost. */
export async function endSessions(tx: Tx, id: string): Promise<void> {
  await closeSessions(tx, id)
  await noteChange(tx, id, 'sessionsEnded')
}
