import { sql, type RawBuilder } from 'kysely'
import type { Clock, Event, Matter, MatterId } from '#kernel/matter.ts'
import type { AuditKind } from '#platform/keys/audit.ts'
import type { Tx } from '#platform/tx.ts'
import { clockColumns, clockIn, eventColumns, matterColumns, type ClockRow } from './matter-rows.ts'
import type { Standing } from './standing.ts'
import { wordColumns, type WordRow } from './verify-words.ts'

/** What a matter's row holds beside the matter: what it caches for the queues, and what is marked on it. */
export type Cached = {
  waitsFor: string
  dueAt: Date | null
  isOpen: boolean
  isStaffed: boolean
  isErased: boolean
  isLeftAlone: boolean
  isConfined: boolean
}

/** An entry of the audit that says of a matter what stands in no event. */
export type Said = { kind: AuditKind; change: string | null }

/** All that is kept of one matter; `row` is undefined where it has none. */
export type Kept = {
  at: MatterId
  row: Matter | undefined
  cached: Cached | undefined
  events: readonly Event[]
  clocks: readonly Clock[]
  breaches: readonly Breach[]
  seated: readonly Standing[]
  said: readonly Said[]
  words: readonly WordRow[]
}

/** A limit that is marked as passed. */
export type Breach = { limit: string; party: string; at: Date }

type Of<Row> = Row & MatterId

/** Everything of several matters: a statement for each kind of row, whatever their number, all of one moment where the transaction is. */
export async function keptOf(tx: Tx, at: readonly MatterId[]): Promise<Kept[]> {
  const [rows, events, clocks, breaches, seated, said, words] = await Promise.all([
    list<Of<Matter & Cached>>(
      tx,
      sql`select ${matterColumns}, m.waits_for as "waitsFor", m.due_at as "dueAt", m.is_open as "isOpen", m.is_staffed as "isStaffed",
        m.erased_at is not null as "isErased", m.use_stopped_at is not null as "isLeftAlone", m.confined_at is not null as "isConfined"
        from ${these(at)} join matter m on m.region = x.region and m.id = x.id`,
    ),
    list<Event>(tx, sql`select ${eventColumns} from ${these(at)} join event e on e.region = x.region and e.id = x.id order by e.seq`),
    list<Of<{ clock: ClockRow }>>(
      tx,
      sql`select c.region, c.id, ${clockColumns} from ${these(at)} join clock c on c.region = x.region and c.id = x.id`,
    ),
    list<Of<Breach>>(
      tx,
      sql`select c.region, c.id, c."limit", c.party, c.breached_at as at from ${these(at)} join clock c on c.region = x.region and c.id = x.id
        where c.breached_at is not null`,
    ),
    list<Of<Standing>>(
      tx,
      sql`select s.region, s.matter as id, s.seat, s.holder, s.account, s.party, s.side, s.sees_all as "seesAll", s.is_principal as "isPrincipal"
        from ${these(at)} join standing s on s.region = x.region and s.matter = x.id where s.until is null`,
    ),
    list<Of<Said>>(
      tx,
      sql`select a.region, a.matter as id, a.kind, a.detail ->> 'change' as change from ${these(at)} join audit a on a.region = x.region and a.matter = x.id
        where a.kind in ('erased', 'useStopped', 'confinement') order by a.no`,
    ),
    list<Of<WordRow>>(
      tx,
      sql`select s.matter as id, ${wordColumns} from ${these(at)} join said_text s on s.region = x.region and s.matter = x.id where s.kind = 'event'`,
    ),
  ])
  const of = { events: byMatter(events), clocks: byMatter(clocks), breaches: byMatter(breaches), seated: byMatter(seated) }
  const beside = { rows: byMatter(rows), said: byMatter(said), words: byMatter(words) }
  return at.map((one) => ({
    at: one,
    ...parted(beside.rows(one)[0]),
    events: of.events(one),
    clocks: of.clocks(one).map(clockIn),
    breaches: of.breaches(one),
    seated: of.seated(one).map(({ region: _, id: __, ...rest }) => rest),
    said: beside.said(one),
    words: beside.words(one),
  }))
}

const list = async <Row>(tx: Tx, statement: RawBuilder<unknown>): Promise<Row[]> =>
  (await (statement as RawBuilder<Row>).execute(tx.db)).rows // each is asked for by the columns of its type

/** The matters asked for, as a table `x`. */
const these = (at: readonly MatterId[]) =>
  sql`unnest(${at.map(({ region }) => region)}::text[], ${at.map(({ id }) => id)}::uuid[]) x (region, id)`

function byMatter<Row extends MatterId>(rows: readonly Row[]): (at: MatterId) => readonly Row[] {
  const grouped = Map.groupBy(rows, ({ region, id }) => `${region} ${id}`)
  return ({ region, id }) => grouped.get(`${region} ${id}`) ?? []
}

/** The matter, and what its row holds beside it. */
function parted(row: Of<Matter & Cached> | undefined): Pick<Kept, 'row' | 'cached'> {
  if (!row) return { row: undefined, cached: undefined }
  const { waitsFor, dueAt, isOpen, isStaffed, isErased, isLeftAlone, isConfined, ...matter } = row
  return { row: matter, cached: { waitsFor, dueAt, isOpen, isStaffed, isErased, isLeftAlone, isConfined } }
}
