import { sql, type RawBuilder } from 'kysely'
import type { Actor, ActorKind, Grant } from '#kernel/actor.ts'
import { refuse } from '#kernel/refusal.ts'
import { newToken, hashToken } from './credentials.ts'
import { linkSessions } from './link-sessions.ts'
import { languageFrom, type Language } from '#platform/messages/languages.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'

const minute = 60_000

/** How long a session lasts unused, and at most, by kind of account (TRUST §3.2). */
export const sessionLife = {
  citizen: { idleMs: 30 * minute, absoluteMs: 24 * 60 * minute },
  staff: { idleMs: 30 * minute, absoluteMs: 12 * 60 * minute },
  provider: { idleMs: 30 * minute, absoluteMs: 12 * 60 * minute },
  /** Time to read what was shared and to answer; whoever needs longer asks for another link. */
  party: { idleMs: 30 * minute, absoluteMs: 2 * 60 * minute },
} as const

export type SessionKind = Exclude<keyof typeof sessionLife, 'party'>

/** Who is signed in, as the pages need it. `channel` is the door they came by. */
export type Session = {
  actor: Actor & { kind: keyof typeof sessionLife }
  name: string | null
  language: Language
  channel: string
  /** Somebody proved by phone or identity that the account is theirs: code and secret no longer open it. */
  isKnown: boolean
  tokenHash: string
  id: string
  provedAt: Date | null
}

/** Starts a session of somebody who has just proved who they are and returns its token: 256 random bits, of which only the hash is kept. Runs as the system. */
export async function openSession(tx: Tx, account: string, channel = 'web', device = ''): Promise<string> {
  const token = newToken()
  const kind = await kindOf(tx, account)
  await tx.db
    .insertInto('session')
    .values({
      token_hash: hashToken(token),
      account,
      channel,
      device,
      proved_at: tx.now,
      created_at: tx.now,
      seen_at: tx.now,
      expires_at: new Date(tx.now.getTime() + sessionLife[kind].absoluteMs),
    })
    .execute()
  return token
}

/**
 * The same in place of the session that was here: it is never carried across signing in (TRUST T10), but the room it began in is still the one they sit
 * in. Runs as the system.
 */
export async function exchangeSession(tx: Tx, before: Session | null, account: string, device = ''): Promise<string> {
  if (before) await endSession(tx, before.tokenHash)
  return openSession(tx, account, before?.actor.kind === 'party' ? 'web' : before?.channel, device)
}

const kindOf = async (tx: Tx, account: string): Promise<SessionKind> =>
  (await tx.db.selectFrom('account').select('kind').where('id', '=', account).executeTakeFirstOrThrow()).kind

/** The session behind a token, read from the database each time: rights taken away are gone at the next request. */
export const findSession = (on: Platform, token: string, now: Date): Promise<Session | null> =>
  as(on, system, now, async (tx) => {
    const tokenHash = hashToken(token)
    const found = await readSession(tx, tokenHash)
    if (found) await touch(tx, found)
    return found?.session ?? null
  })

/** The same without counting as use. */
export const peekSession = (on: Platform, token: string, now: Date): Promise<Session | null> =>
  as(on, system, now, async (tx) => (await readSession(tx, hashToken(token)))?.session ?? null)

/** Who stands behind each of these sessions now; null where one is over. Counts as no use of them. Runs as the system. */
export async function holdersOf(tx: Tx, hashes: readonly string[]): Promise<ReadonlyMap<string, Actor | null>> {
  const found = await readSessions(tx, hashes)
  return new Map(hashes.map((hash) => [hash, found.find(({ session }) => session.tokenHash === hash)?.session.actor ?? null]))
}

type Found = { session: Session; seenAt: Date }

const readSession = async (tx: Tx, tokenHash: string): Promise<Found | undefined> => (await readSessions(tx, [tokenHash]))[0]

/** Those of accounts, and, where there is none under a token, the one that a link opened. */
async function readSessions(tx: Tx, hashes: readonly string[]): Promise<Found[]> {
  const found = await accountSessions(tx, hashes)
  const others = hashes.filter((hash) => !found.some(({ session }) => session.tokenHash === hash))
  return others.length ? [...found, ...(await partySessions(tx, others))] : found
}

/** Those that links opened, and that were neither left idle nor are as old as they may become. */
async function partySessions(tx: Tx, hashes: readonly string[]): Promise<Found[]> {
  const known = { name: null, language: languageFrom(undefined), channel: 'link', isKnown: false }
  return (await linkSessions(tx, hashes)).flatMap(({ seenAt, openedAt, ...its }) =>
    isIdle('party', seenAt, tx.now) || openedAt.getTime() + sessionLife.party.absoluteMs <= tx.now.getTime()
      ? []
      : [{ session: { ...known, ...its, provedAt: openedAt }, seenAt }],
  )
}

async function accountSessions(tx: Tx, hashes: readonly string[]): Promise<Found[]> {
  const rows = await tx.db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account')
    .select([
      'account.id',
      'account.kind',
      'account.name',
      'account.language',
      grantsIn(tx.now).as('grants'),
      sql<boolean>`account.phone_index is not null or account.identity_subject is not null`.as('is_known'),
      'session.token_hash',
      'session.seen_at',
      'session.expires_at',
      'session.channel',
      'session.id as session',
      'session.proved_at',
    ])
    .where('token_hash', 'in', [...hashes])
    .where('account.disabled_at', 'is', null)
    .execute()
  return rows.flatMap((row) => {
    if (row.expires_at <= tx.now || isIdle(row.kind, row.seen_at, tx.now)) return []
    const { name, channel, is_known: isKnown, token_hash: tokenHash } = row
    const language = languageFrom(row.language)
    const actor = actorOf(row)
    return [
      { session: { actor, name, language, channel, isKnown, tokenHash, id: row.session, provedAt: row.proved_at }, seenAt: row.seen_at },
    ]
  })
}

/** Whether a session has not been used for as long as its kind may lie. */
const isIdle = (kind: keyof typeof sessionLife, seenAt: Date, now: Date): boolean =>
  seenAt.getTime() + sessionLife[kind].idleMs <= now.getTime()

/** The actor an account acts as. */
export const actorOf = <K extends ActorKind>({ id, kind, grants }: { id: string; kind: K; grants: Grant[] }): Actor & { kind: K } => ({
  id,
  kind,
  grants,
})

/** What the account `account` is granted at a moment. */
export const grantsIn = (now: Date): RawBuilder<Grant[]> =>
  sql<
    Grant[]
  >`coalesce((select json_agg(json_build_object('duty', g.duty, 'region', g.region, 'office', g.office, 'lines', g.lines) order by g.id)
    from duty_grant g where g.account = account.id and ${inForce(now)}), '[]')`

/** Whether a grant holds at a moment. Table alias `g`. */
export const inForce = (now: Date): RawBuilder<boolean> =>
  sql<boolean>`g.valid_from <= ${now} and (g.valid_to is null or g.valid_to > ${now})`

/** Once a minute is enough to tell an idle session, and spares a write on every click. */
async function touch(tx: Tx, { session, seenAt }: Found): Promise<void> {
  if (tx.now.getTime() - seenAt.getTime() < minute) return
  const table = session.actor.kind === 'party' ? 'seat_link' : 'session'
  await tx.db.updateTable(table).set({ seen_at: tx.now }).where('token_hash', '=', session.tokenHash).execute()
}

/** Ends one session. */
export const closeSession = (on: Platform, tokenHash: string, now: Date): Promise<void> =>
  as(on, system, now, (tx) => endSession(tx, tokenHash))

async function endSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.db.deleteFrom('session').where('token_hash', '=', tokenHash).execute()
  await tx.db.updateTable('seat_link').set({ token_hash: null }).where('token_hash', '=', tokenHash).execute()
}

/** How long what changes the keys of an account may follow on a proof of who is at the desk. */
const proofLifeMs = 10 * minute

/** Refuses somebody whose last proof is too long ago: a desk left open is not its owner. */
export function needProof(session: Session | null, now: Date): Session {
  if (!session) refuse('sign_in_first')
  if (!session.provedAt || session.provedAt.getTime() + proofLifeMs <= now.getTime()) refuse('prove_again')
  return session
}

/** Notes that whoever holds this session has proved again who they are. Runs as the system. */
export const markProved = async (tx: Tx, session: string): Promise<void> =>
  void (await tx.db.updateTable('session').set({ proved_at: tx.now }).where('id', '=', session).execute())

/** Ends every session of an account, as when its rights change. */
export const closeSessions = async (tx: Tx, account: string): Promise<void> =>
  void (await tx.db.deleteFrom('session').where('account', '=', account).execute())
