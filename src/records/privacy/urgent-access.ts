import { sql } from 'kysely'
import { v7 } from 'uuid'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { dutiesFor } from '#kernel/actor.ts'
import type { Text } from '#kernel/line.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { queueEffect } from '#engine/jobs.ts'
import { isRecused } from '#engine/traits.ts'
import { audit } from '#platform/keys/audit.ts'
import { seal, unseal, type Place } from '#platform/keys/crypto.ts'
import type { Tx } from '#platform/tx.ts'
import { recordSettings } from '#records/settings/settings.ts'

/** Why a matter that is closed to somebody is opened to them. The kind is told to the person and stands in the audit, the words are sealed. */
export const urgencies = {
  safety: { zh: '有人可能有危险，要马上处理', en: 'Somebody may be in danger' },
  deadline: { zh: '期限要过了，经手的人不在', en: 'A limit is about to pass, and whoever handles it is away' },
  complaint: { zh: '核查投诉或者差错', en: 'A complaint or a mistake is looked into' },
  absence: { zh: '能看的人都不在岗了', en: 'Nobody who may see it is in office any more' },
} as const satisfies Record<string, Text>

export type Urgency = keyof typeof urgencies

/** So many askings of one officer in a day are put before the auditors. */
const manyAsked = 3

/** One asking, and what became of it. `reason` is opened to those who decide on it and to whoever asked. */
export type UrgentAccess = {
  region: string
  id: string
  matter: string
  asker: string
  relation: string
  because: Urgency
  reason: string | null
  askedAt: Date
  decidedBy: string | null
  isApproved: boolean | null
  until: Date | null
  endedAt: Date | null
  isOpen: boolean
  mayDecide: boolean
}

const columns = sql`u.region, u.id, u.matter, u.asker, u.relation, u.because, u.reason, u.asked_at as "askedAt", u.decided_by as "decidedBy", u.is_approved as "isApproved", u.until,
  u.ended_at as "endedAt", coalesce(u.is_approved and u.ended_at is null and u.until > clock_timestamp(), false) as "isOpen", sec.may_approve(u.region, u.matter, u.asker, sec.who()) as "mayDecide"`

/**
 * Asks to read a matter by its code, with the reason. Refuses a code of no matter that the asker's grant covers, one they work on already, and whoever
 * stepped back from it. Asked often in a day, the auditors hear of it.
 */
export async function askUrgently(tx: Tx, { code, because, reason }: { code: string; because: Urgency; reason: string }): Promise<void> {
  const { isOpen, ...asked } = await askedFor(tx, code)
  if (isRecused(tx.on, asked, tx.actor.id)) refuse('recused')
  if (isOpen) refuse('not_applicable')
  const relation = dutiesFor(tx.actor, asked)[0] ?? refuse('not_permitted', { action: 'askUrgently' })
  const { region, id: matter } = asked
  const waits = await reasonWaiting(tx, asked)
  if (waits === reason) return // sent again because the answer was lost
  if (waits !== null) refuse('once_only')
  const id = v7()
  const sealed = seal(tx.on.keyring, reason, placeOf(region, id))
  await tx.db
    .insertInto('urgent_access')
    .values({ region, id, matter, asker: tx.actor.id, relation, because, reason: sealed, asked_at: tx.now })
    .execute()
  await audit(tx, 'urgentAccess', { region, matter, detail: { step: 'asked', because, relation, asker: tx.actor.id } })
  await tellOfMany(tx, { region, id: matter })
}

/** The reason for which the asker waits for an answer about this matter already; null where they do not. */
async function reasonWaiting(tx: Tx, { region, id }: MatterId): Promise<string | null> {
  const { rows } = await sql<{ id: string; reason: string | null }>`select u.id, u.reason from urgent_access u
    where u.region = ${region} and u.matter = ${id} and u.asker = ${tx.actor.id} and u.is_approved is null`.execute(tx.db)
  const [waits] = rows
  if (!waits) return null
  return waits.reason ? unseal(tx.on.keyring, waits.reason, placeOf(region, waits.id)) : ''
}

type Asked = Pick<Matter, 'region' | 'id' | 'line' | 'edition' | 'office' | 'data'> & { isOpen: boolean }

/** The matter itself may be closed to the asker: a function of the owner looks. */
async function askedFor(tx: Tx, code: string): Promise<Asked> {
  const { rows } =
    await sql<Asked>`select a.*, sec.sees(a.region, a.id, sec.who()) and sec.opens(a.region, a.id, 'desk', false, sec.who()) as "isOpen"
    from sec.asked_for(${code}) a`.execute(tx.db)
  return rows[0] ?? refuse('not_found')
}

const placeOf = (region: string, row: string): Place => ({ table: 'urgent_access', column: 'reason', row, region })

async function tellOfMany(tx: Tx, { region, id }: MatterId): Promise<void> {
  const { rows } = await sql<{ asked: number }>`select count(*)::int as asked from urgent_access u
    where u.asker = ${tx.actor.id} and u.asked_at >= ${new Date(`${dayOf(tx.now)}T00:00:00+08:00`)}`.execute(tx.db)
  if (rows[0]?.asked === manyAsked) await audit(tx, 'manyOpened', { region, matter: id, detail: { urgent: manyAsked } })
}

/** Lets the asker read the matter for the hours that are set. The person is told at once, and who looked stands on their page. Refuses whoever may not decide on it. */
export async function approve(tx: Tx, at: MatterId): Promise<void> {
  const asked = await waiting(tx, at, true)
  if (!asked) return
  const { schema, default: usual } = recordSettings['urgentAccess.hours']
  const hours = schema.parse(tx.on.settings.at('urgentAccess.hours', at.region, dayOf(tx.now)) ?? usual)
  await decide(tx, at, hours)
  await tell(tx, asked, 'approved')
  queueEffect(tx, { effect: 'tellUrgentAccess', region: at.region, id: asked.matter, seq: -tx.now.getTime() }) // no event's: one of its own
}

/** Says no. */
export async function decline(tx: Tx, at: MatterId): Promise<void> {
  const asked = await waiting(tx, at, false)
  if (!asked) return
  await decide(tx, at, null)
  await tell(tx, asked, 'declined')
}

/** What is to be decided on; null where the decider said so already, and says it again because the answer was lost. */
async function waiting(tx: Tx, at: MatterId, isApproved: boolean): Promise<UrgentAccess | null> {
  const asked = await one(tx, at)
  if (asked.decidedBy === tx.actor.id && asked.isApproved === isApproved) return null
  if (!asked.mayDecide) refuse('not_permitted', { action: 'decideUrgently', by: ['director', 'supervisor', 'manager'] })
  if (asked.isApproved !== null) refuse('once_only')
  const { rows } = await sql<Pick<Matter, 'region' | 'id' | 'line' | 'edition' | 'data'>>`
    select * from sec.decided_on(${at.region}, ${at.id})`.execute(tx.db)
  if (!rows[0] || isRecused(tx.on, rows[0], tx.actor.id)) refuse('recused')
  return asked
}

/** For so many hours, or not at all. Of two who decide at once the second finds it decided: the database lets nobody decide again. */
async function decide(tx: Tx, { region, id }: MatterId, hours: number | null): Promise<void> {
  const { rows } = await sql<{ done: boolean }>`select sec.decide_urgently(${region}, ${id}, ${hours}, ${tx.now}) as done`.execute(tx.db)
  if (!rows[0]?.done) refuse('once_only')
}

/** Ends an access before its time: whoever asked, or anybody who may decide on it. One that is over stays so. */
export async function end(tx: Tx, at: MatterId): Promise<void> {
  const access = await one(tx, at)
  if (access.asker !== tx.actor.id && !access.mayDecide) refuse('not_permitted', { action: 'endUrgently' })
  if (!access.isOpen) return
  await tx.db
    .updateTable('urgent_access')
    .set({ ended_by: tx.actor.id, ended_at: tx.now })
    .where('region', '=', at.region)
    .where('id', '=', at.id)
    .execute()
  await tell(tx, access, 'ended')
}

const one = async (tx: Tx, { region, id }: MatterId): Promise<UrgentAccess> =>
  (await sql<UrgentAccess>`select ${columns} from urgent_access u where u.region = ${region} and u.id = ${id}`.execute(tx.db)).rows[0] ??
  refuse('not_found')

const tell = (tx: Tx, { region, matter, because, relation, asker }: UrgentAccess, step: 'approved' | 'declined' | 'ended') =>
  audit(tx, 'urgentAccess', { region, matter, detail: { step, because, relation, asker } })

/** What the reader asked for or may decide on, of the last thirty days, the newest first, with its reason. */
export async function urgentAccesses(tx: Tx): Promise<UrgentAccess[]> {
  const { rows } = await sql<UrgentAccess>`/*urgent*/ select * from (select ${columns} from urgent_access u
      where u.asked_at > ${new Date(tx.now.getTime() - 30 * 86_400_000)}) u
    where u.asker = ${tx.actor.id} or u."mayDecide" order by u."askedAt" desc, u.id limit 100`.execute(tx.db)
  return rows.map((row) => ({ ...row, reason: row.reason && unseal(tx.on.keyring, row.reason, placeOf(row.region, row.id)) }))
}

/** That a matter was opened to somebody, and for which hours. */
export type Opened = Pick<UrgentAccess, 'relation' | 'because'> & { from: Date; until: Date }

/** To whom one matter was opened, for its person: in what role, why, and until when. */
export async function openedUrgently(tx: Tx, { region, id }: MatterId): Promise<Opened[]> {
  const { rows } =
    await sql<Opened>`select u.relation, u.because, u.decided_at as "from", coalesce(u.ended_at, u.until) as until from urgent_access u
    where u.region = ${region} and u.matter = ${id} and u.is_approved order by u.decided_at desc limit 20`.execute(tx.db)
  return rows
}

/** Whether a matter is opened to the reader now, though their duty does not work on it or it is confined to others. */
export async function isOpenUrgently(tx: Tx, { region, id }: MatterId): Promise<boolean> {
  if (tx.actor.kind !== 'staff') return false
  const { rows } = await sql<{ is: boolean }>`select sec.urgently(${region}, ${id}, sec.who()) as is`.execute(tx.db)
  return rows[0]?.is ?? false
}
