import { sql, type RawBuilder } from 'kysely'
import { refuse } from '#kernel/refusal.ts'
import type { Sender } from '#platform/http/sender.ts'
import { blindIndex, nationwide } from '#platform/keys/crypto.ts'
import type { Platform } from '#platform/platform.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { floodLimitOf, type FloodDoor } from './flood-limits.ts'

/** Who knocks, and where one door is many, such as one of each matter, at which. */
export type Knock = { sender: Sender; at?: string }

/**
 * Counts a knock at a door and refuses it with `too_many` where its address, its network or all together have knocked too often. The count stands whatever becomes of
 * what was asked, and holds for every process on the database.
 */
export async function pass(on: Platform, door: FloodDoor, knock: Knock, now: Date): Promise<void> {
  const isOver = await as(on, system, now, (tx) => countKnock(tx, door, knock))
  if (isOver) refuse('too_many', { door, minutes: floodLimitOf(on.settings, door, now).minutes })
}

/**
 * The same within the caller's unit of work; whether it is too often. What one address sends beyond its own limit is not counted against its network, nor what that
 * sends beyond its own against all: a flood shuts out no more than where it comes from, as long as it comes from few places. Runs as the system.
 */
export async function countKnock(tx: Tx, door: FloodDoor, knock: Knock): Promise<boolean> {
  const limit = floodLimitOf(tx.on.settings, door, tx.now)
  const [address, network, all] = bucketsOf(tx, knock)
  const [from, to] = [-1, 1].map((way) => new Date(tx.now.getTime() + way * limit.minutes * 60_000))
  // A count of a time that is over, or of one that is not yet since a clock went back, begins anew.
  const count = (bucket: string | null, within: RawBuilder<unknown>) => sql`insert into flood_count as c (door, bucket, since, knocks)
    select ${door}, ${bucket}::text, ${tx.now}::timestamptz, 1 where ${bucket}::text is not null and ${within}
    on conflict (door, bucket) do update set
      knocks = case when c.since > ${from} and c.since < ${to} then c.knocks + 1 else 1 end,
      since = case when c.since > ${from} and c.since < ${to} then c.since else excluded.since end
    returning knocks`
  const isWithin = (name: string, most: number) => sql`coalesce((select knocks from ${sql.ref(name)}), 0) <= ${most}`
  const { rows } = await sql<{ isOver: boolean }>`/*flood*/ with
    by_address as (${count(address, sql`true`)}),
    by_network as (${count(network, isWithin('by_address', limit.perAddress))}),
    by_all as (${count(all, sql`${isWithin('by_address', limit.perAddress)} and ${isWithin('by_network', limit.perNetwork)}`)})
    select not (${isWithin('by_address', limit.perAddress)} and ${isWithin('by_network', limit.perNetwork)} and ${isWithin('by_all', limit.inTotal)}) as "isOver"`.execute(
    tx.db,
  )
  return rows[0]!.isOver // a bare select returns its row
}

/** Forgets what was counted of an address at a door of many, as when it turned out to be the right one. Runs as the system. */
export async function forgetKnocks(tx: Tx, door: FloodDoor, knock: Knock): Promise<void> {
  const [address] = bucketsOf(tx, knock)
  if (address) await tx.db.deleteFrom('flood_count').where('door', '=', door).where('bucket', '=', address).execute()
}

/** No limit counts longer than a day. */
const longestMs = 86_400_000

/** So long after filing it may still be asked whether several came from one network. */
const networkLifeMs = 7 * longestMs

/** Takes away the counts whose time is over, and forgets which network a filing came from; that it came in a flood stays. */
export const sweepFloods = (on: Platform, now: Date): Promise<unknown> =>
  as(on, system, now, async (tx) => {
    const before = (ms: number) => new Date(now.getTime() - ms)
    await tx.db.deleteFrom('flood_count').where('since', '<', before(longestMs)).execute()
    await tx.db.deleteFrom('filing_source').where('is_flood', '=', false).where('filed_at', '<', before(networkLifeMs)).execute()
    await tx.db
      .updateTable('filing_source')
      .set({ network: null })
      .where('network', 'is not', null)
      .where('filed_at', '<', before(networkLifeMs))
      .execute()
  })

/** The network something was filed from, as only the key tells it; null where nothing does. */
export const filingNetwork = ({ on, source }: Tx): string | null =>
  source?.sender ? blindIndex(on.keyring, 'address', nationwide, `filing ${source.sender.network}`) : null

/** What a knock is counted under: its address and its network, which only the key tells, and all. At a door of many those whose address nothing tells count as one. */
function bucketsOf({ on }: Tx, { sender, at = '' }: Knock): [string | null, string | null, string] {
  const named = (kind: string, value: string) => `${kind} ${blindIndex(on.keyring, 'address', nationwide, `${at} ${value}`)}`
  const { address, network } = sender ?? (at ? { address: 'unknown', network: 'unknown' } : { address: null, network: null })
  return [address && named('a', address), network && named('n', network), at ? named('t', at) : 't']
}
