import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { MatterId } from '#kernel/matter.ts'
import { joinAccount } from '#engine/act.ts'
import { isFor, seated } from '#engine/standing.ts'
import type { Tx } from '#platform/tx.ts'
import { phoneIndex } from './people.ts'

/**
 * Somebody without a name proved the phone of another account: their matters go over to it, so that nothing begun before is lost to them.
 * An account that is known itself keeps its own, and so does a matter in which the other account acts for somebody. Runs as the system.
 */
export async function joinNameless(tx: Tx, nameless: string, known: string): Promise<void> {
  if (nameless === known || !(await isNameless(tx, nameless))) return
  const { rows } = await sql<MatterId>`select m.region, m.id from matter m
    where ${isFor(nameless)} and not ${seated(known, 'asks', 'answers', 'works')} order by m.region, m.id limit 1000`.execute(tx.db)
  for (const at of rows) {
    await joinAccount(tx, at, { from: nameless, to: known })
    await sql`update message set account = ${known} where region = ${at.region} and matter = ${at.id} and account = ${nameless}`.execute(
      tx.db,
    )
  }
}

/**
 * Whoever has proved a telephone comes to the matters that were opened for them without an account, where that same telephone was proved: what somebody
 * merely typed lets nobody in. Runs as the system.
 */
export async function joinOpenedFor(tx: Tx, account: string, phone: string): Promise<void> {
  const { rows: provinces } = await sql<{ code: string }>`select distinct left(r.code, 2) as code from region r`.execute(tx.db)
  const indexes = provinces.map(({ code }) => phoneIndex(tx.on.keyring, code, phone))
  const { rows } = await sql<MatterId & { holder: string }>`select s.region, s.matter as id, s.holder from person p
    join standing s on s.region = p.region and s.party = p.id and s.account is null and s.until is null and s.side <> 'works'
    where p.phone_index = any(${indexes}::text[]) and p.proved_at is not null and p.erased_at is null
      and not exists (select from standing o where o.region = s.region and o.matter = s.matter and o.account = ${account} and o.until is null)
    order by s.region, s.matter, s.holder limit 1000`.execute(tx.db)
  for (const { holder, ...at } of rows) await joinAccount(tx, at, { from: holder, to: account })
}

/**
 * Somebody who came by a one-time link signed in: from now on they sit there by their account, and the link is of no use. Not where that account sits at the same table already.
 * Runs as the system.
 */
export async function joinByLink(tx: Tx, { id: holder, link }: Actor, account: string): Promise<void> {
  if (!link) return
  const { rows } = await sql<MatterId>`select m.region, m.id from matter m
    where m.region = ${link.region} and m.id = ${link.matter} and not ${seated(account, 'asks', 'answers', 'works')}`.execute(tx.db)
  for (const at of rows) await joinAccount(tx, at, { from: holder, to: account })
}

/** Nobody has proved by phone or by identity whose account this is. */
export const isNameless = async (tx: Tx, account: string): Promise<boolean> =>
  (await tx.db
    .selectFrom('account')
    .select('id')
    .where('id', '=', account)
    .where('kind', '=', 'citizen')
    .where('phone_index', 'is', null)
    .where('identity_subject', 'is', null)
    .executeTakeFirst()) !== undefined
