import { sql } from 'kysely'
import type { Duty } from '#kernel/actor.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Tells } from '#kernel/letter.ts'
import { letterKeys, letterOf } from '#lines/services.ts'
import { say } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { isOfToday } from './queue-stages.ts'
import { listByIds, listQueue, type Listed } from './queue.ts'

export const noticeKinds = ['late', 'oversight', 'contradicted', 'hearing', 'assignment', 'confided', 'work'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** One thing this reader is told of a matter, while it stands. */
export type Told = { id: string; kind: NoticeKind; at: string; matter: Listed }

type Its = { matter: Listed; at: Date; movedAt: Date | null }

const isMine = (tx: Tx, { line, edition, state, due }: Listed): boolean =>
  isOfToday(tx, lineOf(tx.on, line, edition), state, due && new Date(due.dueAt))

type While = Exclude<Tells['while'], object>

/** As long as what a letter to a desk tells is so: a letter about work that is done is no news. */
const standings: Readonly<Record<While, (tx: Tx, its: Its) => boolean>> = {
  theirMove: (tx, { matter }) => isMine(tx, matter),
  unmoved: (tx, { matter, at, movedAt }) => isMine(tx, matter) && (movedAt === null || movedAt <= at),
  late: (_, { matter }) => matter.due?.isLate === true,
  dayBefore: (tx, { at }) => tx.now.getTime() - at.getTime() < 2 * day && dayOf(tx.now) <= dayOf(new Date(at.getTime() + day)),
}

const stands = (tx: Tx, { while: long }: Tells, its: Its): boolean =>
  typeof long === 'object' ? tx.now.getTime() - its.at.getTime() < long.days * day : standings[long](tx, its)

const day = 86_400_000
/** Messages older than this are found with their matter; the desk is told what is new. */
const recentDays = 30
const most = 100
/** More are read than shown, since many no longer hold. */
const readAtMost = 400

/** Whose letters this reader opens: their own, their office's, or those to the bureau of each county they supervise. */
async function addressesOf(tx: Tx): Promise<string[]> {
  const { id, kind, grants } = tx.actor
  if (kind === 'provider') return [id]
  const addresses = await Promise.all(grants.map(({ duty, region }) => desks[duty]?.(tx, region) ?? []))
  return [...new Set(addresses.flat())]
}

/** The letters each duty opens: those of its office's own place, or those to the bureau of each county it supervises. What of them another office handles, the row policies do not show. */
const ownOffice = async (_: Tx, region: string): Promise<string[]> => [`agency@${region}`]
const desks: Readonly<Partial<Record<Duty, (tx: Tx, region: string) => Promise<string[]>>>> = {
  intake: ownOffice,
  reviewer: ownOffice,
  director: ownOffice,
  supervisor: bureausIn,
}

async function bureausIn(tx: Tx, region: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('region')
    .select('code')
    .where('level', '=', 3)
    .where((e) => e(e.fn('starts_with', ['code', e.val(region)]), '=', true))
    .execute()
  return rows.map(({ code }) => `supervisor@${code}`)
}

type Letter = { id: string; template: string; at: Date; region: string; matter: string; movedAt: Date | null }

/** Letters that still hold. What is finished is told to nobody. */
async function messagesTo(tx: Tx, addresses: readonly string[]): Promise<Told[]> {
  if (addresses.length === 0) return []
  const { rows } = await sql<Letter>`/*notices*/ select s.id, s.template, s.created_at as at, m.region, m.id as matter,
      (select max(e.at) from event e where e.region = m.region and e.id = m.id and e."from" <> e."to") as "movedAt"
    from message s join matter m on m.region = s.region and m.id = s.matter
    where s.account = any(${[...addresses]}::text[]) and m.is_open and s.template = any(${[...letterKeys]}::text[])
      and s.created_at > ${new Date(tx.now.getTime() - recentDays * day)}
    order by s.created_at desc limit ${sql.lit(readAtMost)}`.execute(tx.db)
  const matters = new Map(
    (
      await listByIds(
        tx,
        rows.map(({ region, matter: id }) => ({ region, id })),
      )
    ).map((one) => [one.id, one]),
  )
  return rows.flatMap(({ id, template, at, movedAt, matter: of }) => {
    const matter = matters.get(of)
    const tells = matter && letterOf(matter.line, template)?.tells
    if (!tells || !stands(tx, tells, { matter, at, movedAt })) return []
    const since = tells.as === 'work' && movedAt && movedAt > at ? movedAt : at
    return [{ id, kind: tells.as, at: since.toISOString(), matter }]
  })
}

/** Limits that passed on matters whose move it is on this side; one that starts anew and passes again is told again. */
async function lateLimits(tx: Tx): Promise<Told[]> {
  const { rows } = await listQueue(tx, { purpose: 'today', due: 'late', limit: most })
  return rows.flatMap((matter) =>
    matter.due
      ? [{ id: `late/${matter.id}/${matter.due.limit}/${matter.due.dueAt}`, kind: 'late' as const, at: matter.due.dueAt, matter }]
      : [],
  )
}

/** Confined matters that a colleague opened to this reader of late; one that grew from another is told with that. */
async function confided(tx: Tx): Promise<Told[]> {
  const { rows } = await sql<{ id: string; region: string; matter: string; since: Date }>`/*notices.confided*/
    select c.id, c.region, c.matter, c.since from confidant c where c.account = ${tx.actor.id} and c.until is null and c.named_by <> c.account
      and c.since > ${new Date(tx.now.getTime() - recentDays * day)} 
      and not exists (select from matter m join matter p on p.region = m.region and p.id = m.parent and p.confined_at = m.confined_at
        join confidant o on o.region = p.region and o.matter = p.id and o.account = c.account and o.until is null where m.region = c.region and m.id = c.matter)
    order by c.since desc limit ${sql.lit(most)}`.execute(tx.db)
  const of = rows.map(({ region, matter: id }) => ({ region, id }))
  const matters = new Map((of.length ? await listByIds(tx, of) : []).map((one) => [one.id, one]))
  return rows.flatMap(({ id, matter: at, since }) => {
    const matter = matters.get(at)
    return matter ? [{ id, kind: 'confided' as const, at: since.toISOString(), matter }] : []
  })
}

/**
 * Everything this reader is told, matter by matter, the newest first; of several things told of a matter the gravest, since it says what to do about them
 * all. That a matter is confined to them is told beside those: it is nothing to do.
 */
export async function toldOf(tx: Tx): Promise<Told[]> {
  const all = [...(await messagesTo(tx, await addressesOf(tx))), ...(await lateLimits(tx)), ...(await confided(tx))]
  const gravity = ({ kind, at }: Told) => [noticeKinds.indexOf(kind), -Date.parse(at)] as const
  const gravest = [...Map.groupBy(all, ({ id, kind, matter }) => (kind === 'confided' ? id : matter.id)).values()].map(
    (those) => those.toSorted((a, b) => gravity(a)[0] - gravity(b)[0] || gravity(a)[1] - gravity(b)[1])[0]!, // groups are never empty
  )
  return gravest.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, most)
}

/** What is to be done, in words: the limit that runs, or where the matter stands; never a person. */
export const sayNotice = ({ kind, matter }: Told): string =>
  say('zh', kind === 'work' && !matter.due ? 'notice.standing' : `notice.${kind}`, {
    step: matter.due?.title ?? matter.stateTitle,
    state: matter.stateTitle,
  })
