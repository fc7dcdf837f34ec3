import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { Tx } from '#platform/tx.ts'

/** A session that a one-time link opened: its actor is the party itself, who has no account. */
export type LinkSession = { id: string; actor: Actor & { kind: 'party' }; tokenHash: string; openedAt: Date; seenAt: Date }

type Row = Omit<LinkSession, 'actor'> & { holder: string; region: string; matter: string; actions: string[] }

/**
 * The sessions that one-time links opened, by the hashes of their tokens, however long ago they were used. One is over at once where its link was withdrawn or sent anew, its
 * holder left the seat or has an account by now, or the matter was erased. Runs as the system.
 */
export async function linkSessions(tx: Tx, hashes: readonly string[]): Promise<LinkSession[]> {
  const { rows } =
    await sql<Row>`select l.id, l.region, l.matter, l.holder, l.actions, l.token_hash as "tokenHash", l.opened_at as "openedAt", l.seen_at as "seenAt"
    from seat_link l join matter m on m.region = l.region and m.id = l.matter
    where l.token_hash = any(${[...hashes]}::text[]) and l.ended_at is null and m.erased_at is null and exists (select from standing s
      where s.region = l.region and s.matter = l.matter and s.seat = l.seat and s.holder = l.holder and s.account is null and s.until is null)`.execute(
      tx.db,
    )
  return rows.map(({ holder, region, matter, actions, ...its }) => ({
    ...its,
    actor: { id: holder, kind: 'party', grants: [], link: { region, matter, actions } },
  }))
}
