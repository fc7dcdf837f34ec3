import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { audit } from '#platform/keys/audit.ts'
import { hashToken, newToken } from '#platform/doors/credentials.ts'
import type { Platform } from '#platform/platform.ts'
import { actorOf, grantsIn } from '#platform/doors/sessions.ts'
import { as, system, type Tx } from '#platform/tx.ts'

/** What a feed shows: what its owner has to do, or everything of the unit they serve. */
export const feedScopes = ['mine', 'unit'] as const
export type FeedScope = (typeof feedScopes)[number]

/** A subscription as its owner sees it; the token itself was shown once and is not kept. */
export type Feed = { scope: FeedScope; createdAt: Date; readAt: Date | null }

/** The feeds of whoever asks. */
export async function listFeeds(tx: Tx): Promise<Feed[]> {
  const { rows } =
    await sql<Feed>`select scope, created_at as "createdAt", read_at as "readAt" from feed where account = ${tx.actor.id}`.execute(tx.db)
  return rows
}

/** Makes the actor's feed of a scope and returns its token, 256 random bits of which only the hash is kept; the one before stops at once. */
export async function renewFeed(tx: Tx, scope: FeedScope): Promise<string> {
  const token = newToken()
  const row = { token_hash: hashToken(token), created_at: tx.now, read_at: null, hour_from: tx.now, reads: 0 }
  await tx.db
    .insertInto('feed')
    .values({ account: tx.actor.id, scope, ...row })
    .onConflict((conflict) => conflict.columns(['account', 'scope']).doUpdateSet(row))
    .execute()
  await audit(tx, 'feedChanged', { detail: { scope, is: 'made' } })
  return token
}

/** Ends the actor's feed of a scope; ending it twice is harmless. */
export async function endFeed(tx: Tx, scope: FeedScope): Promise<void> {
  await tx.db.deleteFrom('feed').where('account', '=', tx.actor.id).where('scope', '=', scope).execute()
  await audit(tx, 'feedChanged', { detail: { scope, is: 'ended' } })
}

/** Readings of one feed an hour: several devices asking every few minutes stay far below. */
export const readsPerHour = 120

type Reading = { actor: Actor; scope: FeedScope; reads: number }

/** Whose feed a token opens, with this reading counted; null where none does, as after renewing, ending, or closing the account. */
export const openFeed = (on: Platform, token: string, now: Date): Promise<Reading | null> =>
  as(on, system, now, async (tx) => {
    const hourAgo = new Date(now.getTime() - 3_600_000)
    const { rows } = await sql<Parameters<typeof actorOf>[0] & Omit<Reading, 'actor'>>`
      update feed f set read_at = ${now}, reads = case when f.hour_from > ${hourAgo} then f.reads + 1 else 1 end,
        hour_from = case when f.hour_from > ${hourAgo} then f.hour_from else ${now}::timestamptz end
      from account where f.token_hash = ${hashToken(token)} and account.id = f.account and account.disabled_at is null
      returning account.id, account.kind, ${grantsIn(now)} as grants, f.scope, f.reads`.execute(tx.db)
    const [row] = rows
    return row ? { actor: actorOf(row), scope: row.scope, reads: row.reads } : null
  })
