import { sql } from 'kysely'
import { branchesOf, duties as allDuties, holdsOver, type Branch, type Duty, type Grant } from '#kernel/actor.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { refuse, type RefusalCode } from '#kernel/refusal.ts'
import { closeSessions, inForce } from '#platform/doors/sessions.ts'
import { recordSettings } from '#records/settings/settings.ts'
import { asSystem, type Tx } from '#platform/tx.ts'
import { ask, findWaiting, setRights, type RequestKind, type Waiting } from './account-requests.ts'
import { addWaitingStaff, noteChange, type NewStaff } from './accounts.ts'
import { checkGrants, holdsJust, isWithin } from './grants.ts'

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
  /** Whether a second person has ever confirmed that it is an account. */
  isConfirmed: boolean
  waiting: StaffRequest | null
}

/** What waits for a second person; `flaw` is why the administrator who reads this is not that person. */
export type StaffRequest = {
  id: string
  kind: RequestKind
  reason: string | null
  name: string | null
  grants: Staff['grants']
  askedBy: string
  askedByName: string
  askedAt: string
  flaw: RefusalCode | null
}

export type StaffQuery = {
  region?: string | undefined
  duty?: Duty | 'provider' | undefined
  name?: string | undefined
  /** Those alone for whom something waits. */
  isWaiting?: boolean | undefined
  after?: string | undefined
  limit: number
}

const columns = (now: Date) => sql`${fixed},
  coalesce((select json_agg(json_build_object('duty', g.duty, 'region', g.region, 'office', g.office, 'officeName', o.name, 'lines', g.lines) order by g.id)
    from duty_grant g left join office o on o.region = g.region and o.id = g.office where g.account = a.id and ${inForce(now)}), '[]') as grants`
const fixed =
  sql.raw(`a.id, a.kind, coalesce(a.login, '') as login, coalesce(a.name, '') as name, coalesce(nullif(a.region, ''), p.region, '') as region,
  a.practitioner, a.created_at as "createdAt", a.disabled_at as "disabledAt", a.disabled_because as "disabledBecause",
  a.totp_secret is not null as "isEnrolled",
  (select count(*)::int from passkey k where k.account = a.id) as passkeys,
  (select count(*)::int from session s where s.account = a.id) as sessions,
  (select max(s.seen_at) from session s where s.account = a.id) as "seenAt",
  a.confirmed_at is not null as "isConfirmed",
  (select json_build_object('id', r.id, 'kind', r.kind, 'reason', r.reason, 'name', r.name, 'askedBy', r.asked_by, 'askedAt', r.asked_at,
      'askedByName', (select n.name from sec.staff_names(array[r.asked_by]) n), 'flaw', sec.confirm_flaw(r.account, r.asked_by, r.grants, sec.who()),
      'grants', coalesce((select json_agg(g || jsonb_build_object('officeName', o.name)) from jsonb_array_elements(r.grants) g
        left join office o on o.region = g ->> 'region' and o.id::text = g ->> 'office'), '[]'))
    from account_request r where r.account = a.id and r.decided_at is null) as waiting`)
const from = sql.raw(`account a left join practitioner p on p.id = a.practitioner`)

/** Who was to be added and was not confirmed is on no list. */
const waits = sql.raw(`exists (select from account_request r where r.account = a.id and r.decided_at is null)`)
const placed = sql.raw(`coalesce(nullif(a.region, ''), p.region, '')`)
/** The first of somebody's duties in the order of `duties`; providers come after. */
const ranked = (now: Date) =>
  sql`coalesce((select min(array_position(${[...allDuties]}::text[], g.duty)) from duty_grant g where g.account = a.id and ${inForce(now)}), ${sql.lit(allDuties.length + 1)})`
const inOrder = (now: Date) => sql`${placed}, ${ranked(now)}, coalesce(a.name, ''), a.id`

/** Staff and providers of the administrator's region, by place, then duty, then name, narrowed by region, duty and part of a name or login. */
export async function listStaffPage(
  tx: Tx,
  { region = '', duty, name = '', isWaiting = false, after, limit }: StaffQuery,
): Promise<Staff[]> {
  const byDuty =
    duty === undefined
      ? sql`true`
      : duty === 'provider'
        ? sql`a.kind = 'provider'`
        : sql`exists (select from duty_grant g where g.account = a.id and g.duty = ${duty} and ${inForce(tx.now)})`
  const { rows } =
    await sql<Staff>`select ${columns(tx.now)} from ${from} where a.kind <> 'citizen' and (a.confirmed_at is not null or ${waits})
    and ${isWaiting ? waits : sql`true`} and starts_with(${placed}, ${region}) and ${byDuty}
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
 * Asks that somebody be added; their account opens once another administrator confirms. Sent again it is the same request. Refuses grants and
 * practitioners beyond the administrator's region, and a login that is taken.
 */
export async function askToAdd(tx: Tx, staff: NewStaff & { id: string; grants: readonly Grant[] }): Promise<Waiting> {
  await checkGrants(tx, staff.grants)
  if (staff.practitioner) await needPractitioner(tx, staff.practitioner)
  const known = await asSystem(tx, (own) =>
    own.db.selectFrom('account').select(['login', 'made_by', 'confirmed_at']).where('id', '=', staff.id).executeTakeFirst(),
  )
  if (known && (known.login !== staff.login || known.made_by !== tx.actor.id)) refuse('key_reused')
  if (known?.confirmed_at) refuse('not_applicable')
  if (!known) await asSystem(tx, (own) => addWaitingStaff(own, staff, tx.actor.id))
  return ask(tx, staff.id, { kind: 'add', name: staff.name, grants: staff.grants })
}

async function needPractitioner(tx: Tx, id: string): Promise<void> {
  const found = await tx.db.selectFrom('practitioner').select('region').where('id', '=', id).executeTakeFirst()
  if (!found || !holdsOver(tx.actor, found.region, 'administrator'))
    refuse('invalid', { issues: [{ path: 'practitioner', code: 'invalid_value', message: 'account.outside' }] })
}

/** Asks for a code for whoever has not used theirs; refuses whoever has keys. */
export async function askCode(tx: Tx, id: string): Promise<Waiting> {
  const { isEnrolled, disabledAt } = await staffOf(tx, id)
  if (isEnrolled || disabledAt) refuse('not_applicable')
  return ask(tx, id, { kind: 'code' })
}

/** Asks that lost keys be replaced. */
export async function askReset(tx: Tx, id: string, reason: string): Promise<Waiting> {
  if (!(await staffOf(tx, id)).isConfirmed) refuse('not_applicable')
  return ask(tx, id, { kind: 'reset', reason })
}

/** Asks that a shut account open again; does nothing where it is open. */
export async function askToOpen(tx: Tx, id: string): Promise<void> {
  const { disabledAt, isConfirmed } = await staffOf(tx, id)
  if (!isConfirmed) refuse('not_applicable')
  if (disabledAt) await ask(tx, id, { kind: 'open' })
}

/**
 * Asks that somebody be granted other things, or named otherwise; `seen` is what the administrator saw, so that two do not undo each other. What is only
 * taken away is taken away at once, by one person. What they are granted and called already is asked for again in vain. An account stays what it is of the three (三员分立): what was granted stays on record with it.
 */
export async function changeRights(tx: Tx, id: string, { grants, name }: Rights & { name: string }, seen: Rights): Promise<void> {
  await checkGrants(tx, grants)
  const held = await asSystem(tx, (own) => hold(own, id))
  if (name === held?.name && (await holdsJust(tx, id, grants))) return
  if (!held || !(await holdsJust(tx, id, seen.grants))) refuse('stale')
  if (branchesOf({ grants }).some((branch) => branch !== held.branch))
    refuse('invalid', { issues: [{ path: 'grants', code: 'apart', message: 'account.threeApart' }] })
  if (name !== held.name || !isWithin(grants, seen.grants)) await ask(tx, id, { kind: 'rights', name, grants })
  else if (await findWaiting(tx, id)) refuse('waits_already')
  else await narrow(tx, id, { name, grants }, seen)
}

/** The account, held until the transaction ends. Runs as the system. */
const hold = (tx: Tx, id: string): Promise<{ branch: Branch; name: string | null } | undefined> =>
  tx.db
    .selectFrom('account')
    .select(['branch', 'name'])
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .where('confirmed_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst()

async function narrow(tx: Tx, id: string, left: Rights & { name: string }, { grants: before }: Rights): Promise<void> {
  await asSystem(tx, (own) => setRights(own, id, left, { grantedBy: tx.actor.id }))
  await noteChange(tx, id, 'rights', { grants: left.grants, before })
}

/** Ends every session of a person, as when a computer is lost. */
export async function endSessions(tx: Tx, id: string): Promise<void> {
  await asSystem(tx, (own) => closeSessions(own, id))
  await noteChange(tx, id, 'sessionsEnded')
}

/** From when on a new administrator confirms what others ask for; null for one who may, as whoever the command line made may from the first. */
export async function confirmsFrom(tx: Tx): Promise<Date | null> {
  const mine = await tx.db
    .selectFrom('account')
    .select(['region', 'made_by', 'confirmed_at'])
    .where('id', '=', tx.actor.id)
    .executeTakeFirst()
  if (!mine?.made_by || !mine.confirmed_at) return null
  const days = recordSettings['accounts.newAdministratorDays'].schema.parse(
    tx.on.settings.at('accounts.newAdministratorDays', mine.region, dayOf(tx.now)),
  )
  const from = new Date(mine.confirmed_at.getTime() + days * 24 * 60 * 60_000)
  return from > tx.now ? from : null
}
