import { sql } from 'kysely'
import { v7 } from 'uuid'
import { reachOf, type Grant } from '#kernel/actor.ts'
import { refuse, type RefusalCode } from '#kernel/refusal.ts'
import { enrolmentHalfOf } from '#platform/doors/credentials.ts'
import { closeSessions } from '#platform/doors/sessions.ts'
import { asSystem, type Tx } from '#platform/tx.ts'
import { noteChange } from './accounts.ts'
import { expiryOf, makeEnrolmentCode } from './enrolment.ts'
import { addGrants, isSame, replaceGrants } from './grants.ts'

/** What is given to an account by two people: that it is one, a code for whoever has no keys yet, other keys, other rights, that a shut one opens again. */
export const requestKinds = ['add', 'code', 'reset', 'rights', 'open'] as const
export type RequestKind = (typeof requestKinds)[number]

/** What is asked for; `grants` and `name` are what the account is to have as a whole. */
export type Asked = { kind: RequestKind; reason?: string; name?: string; grants?: readonly Grant[] }

/** What waits for a second person. */
export type Waiting = { id: string; account: string; kind: RequestKind; name: string | null; grants: Grant[] | null; asked_by: string }

/** What waits for an account, if anything does. */
export const findWaiting = (tx: Tx, account: string): Promise<Waiting | undefined> =>
  requestsOn(tx, account).where('decided_at', 'is', null).executeTakeFirst()

/** The request, where this actor has decided it so already and did not hear the answer. */
const decidedBefore = (tx: Tx, account: string, request: string, isConfirmed: boolean): Promise<Waiting | undefined> =>
  requestsOn(tx, account)
    .where('id', '=', request)
    .where('decided_by', '=', tx.actor.id)
    .where('is_confirmed', '=', isConfirmed)
    .executeTakeFirst()

const requestsOn = (tx: Tx, account: string) =>
  tx.db.selectFrom('account_request').select(['id', 'account', 'kind', 'name', 'grants', 'asked_by']).where('account', '=', account)

/**
 * Asks for something that another administrator confirms; nothing happens until then. Asked for again it is the same request. Refuses where something else
 * waits for the account. Runs as an administrator, never for their own account: the row policies say so too.
 */
export async function ask(tx: Tx, account: string, its: Asked): Promise<Waiting> {
  const waiting = await findWaiting(tx, account)
  if (waiting) return isRepeat(tx, waiting, its) ? waiting : refuse('waits_already')
  const { kind, reason = null, name = null, grants = null } = its
  const asked = await tx.db
    .insertInto('account_request')
    .values({ id: v7(), account, kind, reason, name, grants: grants && JSON.stringify(grants), asked_by: tx.actor.id, asked_at: tx.now })
    .onConflict((conflict) => conflict.column('account').where('decided_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!asked) refuse('waits_already')
  await noteChange(tx, account, 'asked', { kind, request: asked.id, ...(grants && { grants }) })
  return { id: asked.id, account, kind, name, grants: grants && [...grants], asked_by: tx.actor.id }
}

const isRepeat = (tx: Tx, waiting: Waiting, { kind, name, grants }: Asked): boolean =>
  waiting.asked_by === tx.actor.id &&
  waiting.kind === kind &&
  (kind !== 'rights' || (waiting.name === name && isSame(waiting.grants ?? [], grants ?? [])))

/** The half of the enrolment code that whoever asked hands over; it opens nothing without the other. */
export const firstHalfOf = (tx: Tx, { id }: Pick<Waiting, 'id'>): string => enrolmentHalfOf(tx.on.keyring.blind, id)

/** The other one: the same again for whoever did not hear it, and told to nobody but them. */
const secondHalfOf = (tx: Tx, { id }: Pick<Waiting, 'id'>, confirmedBy: string): string =>
  enrolmentHalfOf(tx.on.keyring.blind, `${id} confirmed by ${confirmedBy}`)

/** The half of an enrolment code that whoever confirmed hands over. */
export type SecondHalf = { half: string; expiresAt: Date }

/**
 * Confirms the request that was seen and carries it out, in one transaction. Returns the second half of a code where there is one. Confirmed again by the same
 * person it does nothing more, and answers the half once more while it is good for something. Refuses whoever asked,
 * whoever's account stems from the same first administrator, whoever is new, and whoever administers less than is asked for. Runs as an administrator.
 */
export async function confirm(tx: Tx, account: string, request: string): Promise<SecondHalf | null> {
  const before = await decidedBefore(tx, account, request, true)
  if (before) return asSystem(tx, (own) => halfStillGood(own, before, tx.actor.id))
  const waiting = await seen(tx, account, request)
  const flaw = await flawOf(tx, waiting)
  if (flaw) refuse(flaw)
  await decide(tx, waiting, true)
  const made = await asSystem(tx, (own) => carriedOut[waiting.kind](own, waiting, tx.actor.id))
  const { kind, asked_by: askedBy, grants } = waiting
  await noteChange(tx, account, 'confirmed', { kind, request, askedBy, ...(grants && { grants }) })
  return made
}

/** Does not confirm it, or takes one's own back: one is enough to say no, and once. Who was to be added is then no account. Runs as an administrator. */
export async function decline(tx: Tx, account: string, request: string): Promise<void> {
  if (await decidedBefore(tx, account, request, false)) return
  const waiting = await seen(tx, account, request)
  await decide(tx, waiting, false)
  if (waiting.kind === 'add')
    await asSystem(tx, (own) => own.db.updateTable('account').set({ login: null }).where('id', '=', account).execute())
  const { kind, asked_by: askedBy } = waiting
  await noteChange(tx, account, askedBy === tx.actor.id ? 'withdrawn' : 'declined', { kind, request, askedBy })
}

async function seen(tx: Tx, account: string, request: string): Promise<Waiting> {
  const waiting = await findWaiting(tx, account)
  return waiting?.id === request ? waiting : refuse('stale')
}

/** Asked of the database, whose row policy asks the same. */
async function flawOf(tx: Tx, { id }: Waiting): Promise<RefusalCode | null> {
  const { rows } = await sql<{ flaw: RefusalCode | null }>`
    select sec.confirm_flaw(account, asked_by, grants, sec.who()) as flaw from account_request where id = ${id}`.execute(tx.db)
  return rows[0] ? rows[0].flaw : 'stale'
}

async function decide(tx: Tx, { id }: Waiting, isConfirmed: boolean): Promise<void> {
  const decided = await tx.db
    .updateTable('account_request')
    .set({ decided_by: tx.actor.id, decided_at: tx.now, is_confirmed: isConfirmed })
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!decided) refuse('stale')
}

type CarryOut = (tx: Tx, waiting: Waiting, confirmedBy: string) => Promise<SecondHalf | null>

/** What each kind brings about. Runs as the system. */
const carriedOut: Record<RequestKind, CarryOut> = {
  async add(tx, waiting, confirmedBy) {
    const { account, grants, asked_by: grantedBy } = waiting
    const opened = await tx.db
      .updateTable('account')
      .set({
        confirmed_by: confirmedBy,
        confirmed_at: sql<Date>`clock_timestamp()`,
        disabled_at: null,
        region: reachOf({ grants: grants ?? [] }),
      })
      .where('id', '=', account)
      .where('confirmed_at', 'is', null)
      .returning('kind')
      .executeTakeFirst()
    if (!opened) refuse('stale')
    if (opened.kind === 'staff') await addGrants(tx, account, grants ?? [], { grantedBy })
    return wholeCode(tx, waiting, confirmedBy)
  },
  code: (tx, waiting, confirmedBy) => wholeCode(tx, waiting, confirmedBy),
  async reset(tx, waiting, confirmedBy) {
    const { account } = waiting
    await tx.db.updateTable('account').set({ totp_secret: null, password_hash: null }).where('id', '=', account).execute()
    await tx.db.deleteFrom('passkey').where('account', '=', account).execute()
    await closeSessions(tx, account)
    return wholeCode(tx, waiting, confirmedBy)
  },
  async rights(tx, { account, name, grants, asked_by: grantedBy }) {
    await setRights(tx, account, { name: name ?? '', grants: grants ?? [] }, { grantedBy })
    return null
  },
  async open(tx, { account }) {
    await tx.db.updateTable('account').set({ disabled_at: null, disabled_because: null }).where('id', '=', account).execute()
    return null
  },
}

/** What somebody is granted, and called, becomes this; their sessions end. Runs as the system. */
export async function setRights(
  tx: Tx,
  account: string,
  { name, grants }: { name: string; grants: readonly Grant[] },
  by: { grantedBy: string },
) {
  await replaceGrants(tx, account, grants, by)
  const its = tx.db.updateTable('account').set({ name, region: reachOf({ grants }) })
  if (!(await its.where('id', '=', account).where('kind', '=', 'staff').returning('id').executeTakeFirst())) refuse('stale')
  await closeSessions(tx, account)
}

/** Both halves together are the code; each is seen by one of the two, and the table keeps neither. */
async function wholeCode(tx: Tx, waiting: Waiting, confirmedBy: string): Promise<SecondHalf> {
  const half = secondHalfOf(tx, waiting, confirmedBy)
  const code = firstHalfOf(tx, waiting) + half
  const { expiresAt } = await makeEnrolmentCode(tx, waiting.account, { code, madeBy: waiting.asked_by, confirmedBy })
  return { half, expiresAt }
}

/** Null where the code was used, ran out or was replaced, and where there was none. Runs as the system. */
async function halfStillGood(tx: Tx, waiting: Waiting, confirmedBy: string): Promise<SecondHalf | null> {
  const half = secondHalfOf(tx, waiting, confirmedBy)
  const expiresAt = await expiryOf(tx, firstHalfOf(tx, waiting) + half)
  return expiresAt && { half, expiresAt }
}
