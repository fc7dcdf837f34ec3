import { sql } from 'kysely'
import type { Matter, MatterId } from '#kernel/matter.ts'
import type { Tx } from '#platform/tx.ts'
import { openField, partyRows, provinceOf } from '#records/people/people.ts'

/** Another application for the same; `receivedOn` is YYYY-MM-DD. */
export type Duplicate = Pick<Matter, 'region' | 'id' | 'line' | 'edition' | 'state'> & { number: string; receivedOn: string }

/**
 * Other applications in the province for the same person, on the same kind of matter, against the same other side: which agency received
 * first decides (法律援助法 art. 38), so they come in that order. Only matters the actor may see and use; compared by blind index, then by the opened names of the other side.
 */
export async function duplicatesOf(tx: Tx, matter: Matter): Promise<Duplicate[]> {
  const parties = matter.line === 'legal-aid' ? await partyRows(tx, [matter]) : []
  const indexes = parties.filter(({ role }) => role === 'recipient').flatMap(({ id_number_index }) => id_number_index ?? [])
  if (!indexes.length) return []
  const alike = await sameRecipient(tx, matter, indexes, String(matter.data['matterCode']))
  const theirs = Map.groupBy(await partyRows(tx, alike), (row) => row.matter)
  const mine = opponentsIn(tx, parties)
  return alike.filter(({ id }) => meet(mine, opponentsIn(tx, theirs.get(id) ?? [])))
}

async function sameRecipient(tx: Tx, at: MatterId, indexes: readonly string[], matterCode: string): Promise<Duplicate[]> {
  const { rows } = await sql<Duplicate>`
    select distinct m.region, m.id, m.line, m.edition, m.state, m.number,
      coalesce(e.input ->> 'receivedOn', to_char(e.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) as "receivedOn", e.at
    from person x join party p on p.region = x.region and p.person = x.id and p.role = 'recipient' join matter m on m.region = p.region and m.id = p.matter
      join event e on e.region = m.region and e.id = m.id and e.input ->> 'number' = m.number
    where x.id_number_index = any(${[...indexes]}) and starts_with(x.region, ${provinceOf(at.region)}) and m.id <> ${at.id} and m.line = 'legal-aid' and m.use_stopped_at is null
      and m.data ->> 'matterCode' = ${matterCode} order by "receivedOn", e.at limit 50`.execute(tx.db)
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
