import { sql } from 'kysely'
import { v7 } from 'uuid'
import { relationsTo } from '#engine/standing.ts'
import { isRecused } from '#engine/traits.ts'
import { confineChildren } from '#engine/confining.ts'
import { lockMatter } from '#engine/matter-rows.ts'
import type { Text } from '#kernel/line.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { audit } from '#platform/keys/audit.ts'
import { seal, unseal, type Place } from '#platform/keys/crypto.ts'
import type { Tx } from '#platform/tx.ts'
import { namesOf } from '#records/people/names.ts'

/** Why a matter is confined to named people. The kind stands in the audit, the words are sealed. */
export const confining = {
  danger: { zh: '有人身危险，或者有人可能打听', en: 'Somebody is in danger, or somebody may ask about it' },
  minor: { zh: '涉及未成年人', en: 'It concerns a minor' },
  privacy: { zh: '涉及隐私，不宜多人知道', en: 'It is intimate, and few should know' },
  relation: { zh: '当事人是同事，或者和同事有关系', en: 'The person is a colleague, or close to one' },
} as const satisfies Record<string, Text>

export type Confining = keyof typeof confining

/** Whom a matter is confined to, and why. */
export type Naming = { accounts: readonly string[]; because: Confining; reason: string }

/** Whether this officer may confine a matter and open it again: whoever directs the work on it, and did not step back from it. */
export const mayConfine = (tx: Tx, matter: Matter): boolean =>
  tx.actor.kind === 'staff' && relationsTo(tx, matter).has('director') && !isRecused(tx.on, matter, tx.actor.id)

/**
 * Confines a matter to the officers named and to whoever names them, or names others in their place; to everybody else whose grant covers it, it is not
 * there from now on. The same again changes nothing. Refuses whoever does not direct the work on it, and names of those whose grants do not cover it.
 */
export async function confine(tx: Tx, at: MatterId, { accounts, because, reason }: Naming): Promise<void> {
  const matter = await directed(tx, at)
  const named = new Set([...accounts, tx.actor.id])
  const known = new Set((await colleaguesOf(tx, at)).map(({ account }) => account))
  if (![...named].every((account) => known.has(account)))
    refuse('invalid', { issues: [{ path: 'accounts', code: 'invalid_value', message: 'answer.choose' }] })
  const before = await confinedTo(tx, at)
  const held = new Set(before.map(({ account }) => account))
  refuseGuest(tx, before, known)
  const isHeldSo = held.size === named.size && [...named].every((account) => held.has(account))
  if (isHeldSo && (await isLastWord(tx, at, { because, reason }))) return // sent again because the answer was lost
  await name(
    tx,
    at,
    [...named].filter((account) => !held.has(account)),
  )
  await endNames(
    tx,
    at,
    [...held].filter((account) => !named.has(account)),
  )
  const was = await confinedSince(tx, at)
  await mark(tx, at, tx.now)
  await confineChildren(tx, at, was)
  await record(tx, matter, { change: before.length ? 'renamed' : 'confined', because, reason, accounts: [...named] })
}

/** Opens a confined matter again to everybody whose grant covers it. Refuses whoever does not direct the work on it; one that is open stays so. */
export async function openAgain(tx: Tx, at: MatterId, reason: string): Promise<void> {
  const matter = await directed(tx, at)
  const was = await confinedSince(tx, at)
  if (!was) return
  const named = await confinedTo(tx, at)
  refuseGuest(tx, named, new Set((await colleaguesOf(tx, at)).map(({ account }) => account)))
  const people = named.map(({ account }) => account)
  await mark(tx, at, null) // while the actor is still named
  await confineChildren(tx, at, was)
  await endNames(tx, at, people)
  await record(tx, matter, { change: 'opened', because: 'over', reason, accounts: [] })
}

/** Whoever was let in for hours decides on no names while one of those named is there to: only where all of them have left. */
function refuseGuest(tx: Tx, named: readonly { account: string }[], known: ReadonlySet<string>): void {
  if (named.some(({ account }) => account === tx.actor.id) || !named.some(({ account }) => known.has(account))) return
  refuse('not_permitted', { action: 'confine', by: ['director'] })
}

async function directed(tx: Tx, at: MatterId): Promise<Matter> {
  const matter = (await lockMatter(tx, at)) ?? refuse('not_found')
  if (!mayConfine(tx, matter)) refuse('not_permitted', { action: 'confine', by: ['director'] })
  return matter
}

/** Since when only those who are named now see a matter; null while it is open. */
async function confinedSince(tx: Tx, { region, id }: MatterId): Promise<Date | null> {
  const row = await tx.db.selectFrom('matter').select('confined_at').where('region', '=', region).where('id', '=', id).executeTakeFirst()
  return row?.confined_at ?? null
}

/** Whether a matter is confined with the one it grew from, whose page says so to its person. */
export async function isConfinedWithParent(tx: Tx, { region, id }: MatterId): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select exists (select from matter m join matter p on p.region = m.region and p.id = m.parent
    where m.region = ${region} and m.id = ${id} and m.confined_at = p.confined_at) as is`.execute(tx.db)
  return rows[0]?.is ?? false
}

/** Those a matter is confined to, in the order they were named; none where it is open. */
export async function confinedTo(tx: Tx, { region, id }: MatterId): Promise<{ account: string; name: string; since: Date }[]> {
  const rows = await tx.db
    .selectFrom('confidant')
    .select(['account', 'since'])
    .where('region', '=', region)
    .where('matter', '=', id)
    .where('until', 'is', null)
    .orderBy('since')
    .orderBy('account')
    .execute()
  const names = await namesOf(
    tx,
    rows.map(({ account }) => account),
  )
  return rows.map((row) => ({ ...row, name: names.get(row.account) ?? '' }))
}

/** Who may be named: those who work on matters and whose grants cover this one. */
export async function colleaguesOf(tx: Tx, { region, id }: MatterId): Promise<{ account: string; name: string }[]> {
  const { rows } = await sql<{ account: string; name: string }>`
    select id as account, name from sec.colleagues(${region}, ${id}, ${tx.now})`.execute(tx.db)
  return rows
}

const mark = (tx: Tx, { region, id }: MatterId, confined_at: Date | null) =>
  tx.db.updateTable('matter').set({ confined_at }).where('region', '=', region).where('id', '=', id).execute()

async function name(tx: Tx, { region, id: matter }: MatterId, accounts: readonly string[]): Promise<void> {
  const rows = accounts.map((account) => ({ region, id: v7(), matter, account, named_by: tx.actor.id, since: tx.now }))
  if (rows.length) await tx.db.insertInto('confidant').values(rows).execute()
}

async function endNames(tx: Tx, { region, id }: MatterId, accounts: readonly string[]): Promise<void> {
  if (!accounts.length) return
  await tx.db
    .updateTable('confidant')
    .set({ until: tx.now })
    .where('region', '=', region)
    .where('matter', '=', id)
    .where('account', 'in', accounts)
    .where('until', 'is', null)
    .execute()
}

type Change = { change: 'confined' | 'renamed' | 'opened'; because: Confining | 'over'; reason: string; accounts: readonly string[] }

async function record(tx: Tx, { region, id: matter }: MatterId, { change, because, reason, accounts }: Change): Promise<void> {
  const id = v7()
  const sealed = seal(tx.on.keyring, reason, wordsOf(region, id))
  await tx.db
    .insertInto('confinement')
    .values({ region, id, matter, change, because, reason: sealed, by: tx.actor.id, at: tx.now })
    .execute()
  await audit(tx, 'confinement', { region, matter, detail: { change, because, accounts } })
}

const wordsOf = (region: string, row: string): Place => ({ table: 'confinement', column: 'reason', row, region })

/** Whether this is what was said last: it is sent again because the answer was lost. */
async function isLastWord(tx: Tx, { region, id }: MatterId, its: Pick<Naming, 'because' | 'reason'>): Promise<boolean> {
  const said = tx.db.selectFrom('confinement').select(['id', 'because', 'reason']).where('region', '=', region).where('matter', '=', id)
  const last = await said.orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return (
    last?.because === its.because && last.reason !== null && unseal(tx.on.keyring, last.reason, wordsOf(region, last.id)) === its.reason
  )
}

/** How many open matters are confined in each county the reader manages. */
export async function confinedCounts(tx: Tx): Promise<{ region: string; matters: number }[]> {
  const { rows } = await sql<{ region: string; matters: number }>`
    select region, matters::int as matters from sec.confined_counts()`.execute(tx.db)
  return rows
}
