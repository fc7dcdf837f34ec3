import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import { matterOf } from '#platform/matter-rows.ts'
import { refuse } from '#kernel/refusal.ts'
import type { Tx } from '#platform/tx.ts'
import { openField, partyRows, provinceOf } from './people.ts'

export type Duplicate = MatterId & { code: string; number: string; state: string; openedAt: Date }

/**
 * Other applications in the province for the same person, on the same kind of matter, against the same other side: which agency received
 * first decides (法律援助法 art. 38). Only matters the actor may see; compared by blind index, then by the opened names of the other side.
 */
export async function duplicatesOf(tx: Tx, at: MatterId): Promise<Duplicate[]> {
  const matter = (await matterOf(tx, at)) ?? refuse('not_found')
  const parties = await partyRows(tx, [at])
  const indexes = parties.filter(({ role }) => role === 'recipient').flatMap(({ id_number_index }) => id_number_index ?? [])
  if (!indexes.length) return []
  const alike = await sameRecipient(tx, at, indexes, String(matter.data['matterCode']))
  const theirs = Map.groupBy(await partyRows(tx, alike), (row) => row.matter)
  const mine = opponentsIn(tx, parties)
  return alike.filter(({ id }) => meet(mine, opponentsIn(tx, theirs.get(id) ?? [])))
}

async function sameRecipient(tx: Tx, at: MatterId, indexes: readonly string[], matterCode: string): Promise<Duplicate[]> {
  const { rows } = await sql<Duplicate>`
    select distinct m.region, m.id, m.code, m.number, m.state, m.opened_at as "openedAt"
    from person x join party p on p.region = x.region and p.person = x.id and p.role = 'recipient' join matter m on m.region = p.region and m.id = p.matter
    where x.id_number_index = any(${[...indexes]}) and starts_with(x.region, ${provinceOf(at.region)}) and m.id <> ${at.id} and m.line = 'legal-aid' and m.number is not null
      and m.data ->> 'matterCode' = ${matterCode} order by m.opened_at limit 50`.execute(tx.db)
  return rows
}

type Rows = Awaited<ReturnType<typeof partyRows>>

const opponentsIn = (tx: Tx, rows: Rows): string[] =>
  rows
    .filter(({ role }) => role === 'opponent')
    .map((row) =>
      (openField(tx, row, 'name') ?? '')
        .normalize('NFKC')
        .replaceAll(/[\s()·.,]/g, '')
        .toLowerCase(),
    )

/** Two matters without another side, as when a court only declares, are against the same nobody. */
const meet = (mine: readonly string[], theirs: readonly string[]): boolean =>
  mine.length === 0 && theirs.length === 0 ? true : mine.some((name) => theirs.includes(name))
