import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import { noteKept, type KeptTable } from '#platform/keys/kept.ts'
import type { Tx } from '#platform/tx.ts'

/** How far what was carried has come: `ended` where the body that took it over is done. */
export type Stage = Kept | 'ended'
/** The same as the row says it. */
type Kept = 'offered' | 'accepted' | 'returned' | 'revoked'

/** What was carried from one matter to another by somebody's leave. */
export type Share = {
  region: string
  id: string
  matter: string
  holder: string
  toRegion: string
  toMatter: string
  toLine: string
  toHolder: string
  keys: readonly string[]
  leave: Leave
  givenBy: string
  givenAt: Date
  until: Date
  stage: Stage
}

const columns = sql.raw(
  `s.region, s.id, s.matter, s.holder, s.to_region as "toRegion", s.to_matter as "toMatter", s.to_line as "toLine", s.to_holder as "toHolder", s.keys, s.leave, s.given_by as "givenBy", s.given_at as "givenAt", s.until, s.stage`,
)

/** What was carried out of a matter or into it, as far as the reader knows of it, the latest first; of the other end nothing but how far it has come. */
export async function sharesAt(tx: Tx, { region, id }: MatterId): Promise<Share[]> {
  const { rows } = await sql<Share & { now: Stage }>`/*shares*/ select ${columns}, sec.share_stage(s.region, s.id) as now from share s
    where (s.region = ${region} and s.matter = ${id}) or (s.to_region = ${region} and s.to_matter = ${id})
    order by s.given_at desc, s.id limit 50`.execute(tx.db)
  return rows.map(({ now, ...share }) => ({ ...share, stage: now }))
}

/** The share by which a matter was opened; undefined where it was not referred. */
export async function shareInto(tx: Tx, { region, id }: MatterId): Promise<Share | undefined> {
  const { rows } = await sql<Share>`select ${columns} from share s where s.to_region = ${region} and s.to_matter = ${id}`.execute(tx.db)
  return rows[0]
}

/** How somebody gave their leave: by ticking it themselves, or as an officer wrote it down. */
export const leaves = ['own', 'phone', 'present', 'written'] as const
export type Leave = (typeof leaves)[number]

type Row = {
  region: string
  id: string
  matter: string
  holder: string
  to_region: string
  to_matter: string
  to_line: string
  to_holder: string
  keys: string[]
  questions: string[]
  leave: Leave
  given_by: string
  given_at: Date
  stage: string
  salt: string | null
}

/** Which facts went where, by whose leave, and how far that has come. */
export const keptShare: KeptTable<Row> = {
  table: 'share',
  columns: [
    'region',
    'id',
    'matter',
    'holder',
    'to_region',
    'to_matter',
    'to_line',
    'to_holder',
    'keys',
    'questions',
    'leave',
    'given_by',
    'given_at',
    'stage',
    'salt',
  ],
  name: ({ id }) => id,
  holds: (_, row) => ({
    holder: row.holder,
    to: [row.to_region, row.to_matter, row.to_line, row.to_holder],
    keys: row.keys,
    questions: row.questions,
    leave: [row.leave, row.given_by, row.given_at],
    stage: row.stage,
  }),
}

/** For how many days the other body may read what it has not answered: twice the month within which such things are settled, and then the leave is over. Ours. */
const openDays = 60

/** Writes a share once; again changes nothing. Runs as the system. */
export async function addShare(tx: Tx, row: Omit<Row, 'stage'>): Promise<void> {
  const until = sql<Date>`clock_timestamp() + ${openDays} * interval '1 day'`
  const added = await tx.db
    .insertInto('share')
    .values({ ...row, until, purpose: 'referral', stage: 'offered' })
    .onConflict((conflict) => conflict.columns(['region', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) await noteKept(tx, { region: row.region, matter: row.matter }, keptShare, [{ ...row, stage: 'offered' }])
}

/** Where a share stands from now on: nothing is read through one that was answered or taken back. Runs as the system. */
export async function moveShare(tx: Tx, { region, id, matter }: Pick<Share, 'region' | 'id' | 'matter'>, stage: Kept): Promise<void> {
  const moved = await tx.db
    .updateTable('share')
    .set({ stage, stage_at: tx.now })
    .where('region', '=', region)
    .where('id', '=', id)
    .where('stage', '<>', stage)
    .returningAll()
    .execute()
  await noteKept(tx, { region, matter }, keptShare, moved)
}
