import { sql } from 'kysely'
import { refuse } from '#kernel/refusal.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { merge } from '#kernel/limits/clocks.ts'
import type { Line } from '#kernel/line.ts'
import type { Clock, Event, Matter, MatterId } from '#kernel/matter.ts'
import { hot, type Fragment } from '#platform/database/hot.ts'
import { queueColumns } from './queue-columns.ts'
import { moves } from './standing.ts'
import type { Tx } from '#platform/tx.ts'
import { ownerOfStep } from '#kernel/seat.ts'

const columns: Fragment = {
  text: `m.region, m.id, m.line, m.office, m.edition, m.code, m.number, m.state, m.version, m.seats, m.joint, m.documents, m.parent, m.opened_at as "openedAt", m.filed_at as "filedAt", m.data`,
}

/** Columns that make a `Matter`, in the order a row is read. Table alias `m`. */
export const matterColumns = sql.raw(columns.text)

const lock = hot<Matter>()`/*act.lock*/ select ${columns} from matter m where m.region = ${'region'} and m.id = ${'id'} for update`
const read = hot<Matter>()`/*matter*/ select ${columns} from matter m where m.region = ${'region'} and m.id = ${'id'}`

/** The matter, held until the transaction ends; undefined where it does not exist for this actor. */
export const lockMatter = async (tx: Tx, { region, id }: MatterId): Promise<Matter | undefined> => (await lock(tx, { region, id }))[0]

/** The matter as it stands; undefined where it does not exist for this actor. */
export const matterOf = async (tx: Tx, { region, id }: MatterId): Promise<Matter | undefined> => (await read(tx, { region, id }))[0]

/** A limit as JSON holds it. */
export type ClockRow = Omit<Clock, 'dueAt' | 'targetAt' | 'stoppedAt'> & {
  dueAt: string | null
  targetAt: string | null
  stoppedAt: string | null
}
const clockColumn: Fragment = {
  text: `json_build_object('limit', c."limit", 'party', nullif(c.party, ''), 'startedOn', c.started_on,
    'startedBy', c.started_by, 'pauses', c.pauses, 'extensions', c.extensions, 'length', c.length, 'dueAt', c.due_at, 'targetAt', c.target_at, 'provisional', c.provisional, 'stoppedAt', c.stopped_at) as clock`,
}

/** The column that makes a `Clock`, by `clockIn`. Table alias `c`. */
export const clockColumns = sql.raw(clockColumn.text)

const clocks = hot<{
  clock: ClockRow
}>()`/*act.clocks*/ select ${clockColumn} from clock c where c.region = ${'region'} and c.id = ${'id'} order by c.started_by, c."limit", c.party`

/** Every limit of a matter, running or stopped, in the order they started. */
export async function clocksOf(tx: Tx, { region, id }: MatterId): Promise<Clock[]> {
  return (await clocks(tx, { region, id })).map(clockIn)
}

/** A limit as it was read. */
export const clockIn = ({ clock }: { clock: ClockRow }): Clock => ({
  ...clock,
  dueAt: moment(clock.dueAt),
  targetAt: moment(clock.targetAt),
  stoppedAt: moment(clock.stoppedAt),
})

/** The limits running on each of several matters of this actor, by matter: one query for a whole list. */
export async function runningClocks(tx: Tx, at: readonly MatterId[]): Promise<ReadonlyMap<string, Pick<Clock, 'limit' | 'dueAt'>[]>> {
  const { rows } = await sql<{
    id: string
    limit: string
    dueAt: Date
  }>`/*mine.clocks*/ select c.id, c."limit", c.due_at as "dueAt" from unnest(${at.map(({ region }) => region)}::text[], ${at.map(({ id }) => id)}::uuid[]) x (region, id)
    join matter m on m.region = x.region and m.id = x.id join clock c on c.region = m.region and c.id = m.id
    where c.stopped_at is null and c.due_at > ${tx.now} order by c.due_at`.execute(tx.db)
  return Map.groupBy(rows, ({ id }) => id)
}

const moment = (text: string | null) => (text === null ? null : new Date(text))

const eventColumn: Fragment = { text: `e.region, e.id, e.seq, e.action, e.actor, e.at, e."from", e."to", e.input` }

/** Columns that make an `Event`. Table alias `e`. */
export const eventColumns = sql.raw(eventColumn.text)

const events = hot<Event>()`/*act.events*/ select ${eventColumn}
  from event e where e.region = ${'region'} and e.id = ${'id'} order by e.seq`

/** The whole log of a matter, oldest first. */
export const eventsOf = (tx: Tx, { region, id }: MatterId): Promise<Event[]> => events(tx, { region, id })

export type Replay = { key: string; intent: string }

/** A step ready to be written: the matter `before` and after `event`, its `clocks` before, and those that `changed`. */
export type Step = {
  line: Line
  before: Matter
  matter: Matter
  event: Event
  clocks: readonly Clock[]
  changed: readonly Clock[]
  replay: Replay | null
  /** Whose the step is told to be, where it is not told as its actor's. */
  holder?: string
}

const clockRecords: Fragment = {
  text: `x("limit" text, party text, "startedBy" int, "startedOn" text, pauses jsonb, extensions jsonb, length jsonb, "dueAt" timestamptz, "targetAt" timestamptz, provisional boolean, "stoppedAt" timestamptz, "isDuty" boolean)`,
}
const putClocks: Fragment = {
  text: `insert into clock (region, id, "limit", party, started_by, started_on, pauses, extensions, length, due_at, target_at, provisional, stopped_at, is_duty)
      select m.region, m.id, x."limit", coalesce(x.party, ''), x."startedBy", x."startedOn", x.pauses, x.extensions, x.length, x."dueAt", x."targetAt", x.provisional, x."stoppedAt", x."isDuty" from m, records x
      on conflict (region, id, "limit", started_by, party) do update set pauses = excluded.pauses, extensions = excluded.extensions, length = excluded.length, due_at = excluded.due_at, target_at = excluded.target_at,
        provisional = excluded.provisional, stopped_at = excluded.stopped_at`,
}

const seatRecords: Fragment = {
  text: `y(seat text, holder text, account text, party uuid, side text, "seesAll" boolean, "isPrincipal" boolean)`,
}
const seatColumns: Fragment = { text: `standing (region, matter, seat, holder, account, party, side, sees_all, is_principal, since, seq)` }

const save = hot()`/*act.save*/ with
    m as (update matter set state = ${'state'}, version = ${'version'}, seats = ${'seats'}::jsonb, joint = ${'joint'}::jsonb, documents = ${'documents'}::text[],
      number = ${'number'}, filed_at = ${'filedAt'}, office = ${'office'}, data = ${'data'}::jsonb, waits_for = ${'waitsFor'}, due_at = ${'dueAt'}, is_open = ${'isOpen'}, is_staffed = ${'isStaffed'}
      where region = ${'region'} and id = ${'id'} returning region, id),
    e as (insert into event (region, id, seq, action, actor, at, "from", "to", input, holder)
      select m.region, m.id, ${'seq'}::int, ${'action'}::text, ${'actor'}::text, ${'at'}::timestamptz, ${'from'}::text, ${'to'}::text, ${'input'}::jsonb, ${'holder'}::text from m),
    o as (insert into uncollected (kind, region, id, seq) select 'event', m.region, m.id, ${'seq'}::int from m),
    records as (select * from jsonb_to_recordset(${'clocks'}::jsonb) as ${clockRecords}),
    c as (${putClocks}),
    l as (update standing s set until = ${'at'}::timestamptz from m, jsonb_to_recordset(${'left'}::jsonb) as x(seat text, holder text)
      where s.region = m.region and s.matter = m.id and s.seat = x.seat and s.holder = x.holder and s.until is null),
    n as (insert into ${seatColumns} select m.region, m.id, y.seat, y.holder, y.account, y.party, y.side, y."seesAll", y."isPrincipal", ${'at'}::timestamptz, ${'seq'}::int
      from m, jsonb_to_recordset(${'came'}::jsonb) as ${seatRecords}),
    k as (insert into idempotency (region, key, matter, seq, intent, actor, seen)
      select m.region, ${'key'}::uuid, m.id, ${'seq'}::int, ${'intent'}::text, ${'actor'}::text, ${'at'}::timestamptz from m where ${'key'}::uuid is not null)
    select 1 from m`

/** Writes one step whole: row, event, clocks and idempotency key, in a single statement. Nobody waits for its answer: it leaves with what follows, be that the commit. */
export function saveStep(tx: Tx, { line, before, matter, event, clocks, changed, replay, holder }: Step): void {
  const { left, came } = moves(line, before.seats, matter.seats)
  void save(tx, {
    ...textOf(matter),
    documents: [...matter.documents],
    left: JSON.stringify(left),
    came: JSON.stringify(came),
    ...queueColumns(line, matter, merge(clocks, changed)),
    ...logged(event),
    holder: holder ?? ownerOfStep(line, matter, line.actions[event.action] ?? {}, event),
    clocks: clocksText(line, changed),
    key: replay?.key ?? null,
    intent: replay?.intent ?? null,
  })
}

/** The columns of a row that are JSON, as text, beside the others. */
const textOf = ({ data, seats, joint, ...matter }: Matter) => ({
  ...matter,
  data: JSON.stringify(data),
  seats: JSON.stringify(seats),
  joint: JSON.stringify(joint),
})

const logged = (event: Event) => ({ ...event, input: JSON.stringify(event.input) })

const clocksText = (line: Line, changed: readonly Clock[]): string =>
  JSON.stringify(changed.map((clock) => ({ ...clock, isDuty: line.limits[clock.limit]?.kind === 'duty' })))

const add = hot()`/*open.matter*/ insert into matter (region, id, line, office, edition, code, number, state, version, seats, joint, documents, parent, opened_at, filed_at, data, waits_for, due_at, is_open, is_staffed)
    values (${'region'}, ${'id'}, ${'line'}, ${'office'}, ${'edition'}, ${'code'}, ${'number'}, ${'state'}, 0, ${'seats'}::jsonb, '{}', '{}', ${'parent'},
      ${'openedAt'}, ${'filedAt'}, ${'data'}::jsonb, ${'waitsFor'}, ${'dueAt'}, ${'isOpen'}, ${'isStaffed'})
    on conflict (region, id) do nothing returning id`

const sit = hot<{ isNew: boolean }>()`/*open.seats*/ with n as (select sec.is_new(${'region'}::text, ${'id'}::uuid) as "isNew"),
    i as (insert into ${seatColumns} select ${'region'}::text, ${'id'}::uuid, y.seat, y.holder, y.account, y.party, y.side, y."seesAll", y."isPrincipal", ${'at'}::timestamptz, 0
      from n, jsonb_to_recordset(${'came'}::jsonb) as ${seatRecords} where n."isNew" on conflict do nothing)
    select "isNew" from n`

/** Who sits at the table of a new matter, before its row: the row's policy looks them up. False where the id is taken. */
export async function addStanding(tx: Tx, line: Line, { region, id, seats }: Matter, { at }: Event): Promise<boolean> {
  const rows = await sit(tx, { region, id, at, came: JSON.stringify(moves(line, {}, seats).came) })
  return rows[0]?.isNew === true
}

/** A new row, alone: the policies of its log and clocks look it up, and a statement does not see its own inserts. False where the id is taken. */
export async function addMatter(tx: Tx, line: Line, matter: Matter, clocks: readonly Clock[]): Promise<boolean> {
  const rows = await add(tx, { ...textOf(matter), ...queueColumns(line, matter, clocks) })
  return rows.length === 1
}

const addLog = hot()`/*open.log*/ with
    m as (select ${'region'}::text as region, ${'id'}::uuid as id),
    e as (insert into event (region, id, seq, action, actor, at, "from", "to", input)
      select m.region, m.id, 0, ${'action'}::text, ${'actor'}::text, ${'at'}::timestamptz, ${'from'}::text, ${'to'}::text, ${'input'}::jsonb from m),
    o as (insert into uncollected (kind, region, id, seq) select 'event', m.region, m.id, 0 from m),
    records as (select * from jsonb_to_recordset(${'clocks'}::jsonb) as ${clockRecords}),
    c as (${putClocks}),
    d as (insert into matter_code (code, region, matter) select ${'code'}::text, m.region, m.id from m),
    k as (insert into idempotency (region, key, matter, seq, intent, actor, seen)
      select m.region, ${'key'}::uuid, m.id, 0, ${'intent'}::text, ${'actor'}::text, ${'at'}::timestamptz from m)
    select 1 from m`

/** What an opening writes beside the row: the zeroth event, the limits it starts, the code's index row and the key. */
export type Start = { line: Line; matter: Matter; event: Event; clocks: readonly Clock[]; replay: Replay }

/** Writes an opening's log, after its row; like a step, it leaves with what follows. */
export function addOpening(tx: Tx, { line, matter, event, clocks, replay }: Start): void {
  void addLog(tx, { ...logged(event), ...replay, code: matter.code, clocks: clocksText(line, clocks) })
}

/** What a key was used for: the matter, and the digest of what was asked. */
export type Used = { matter: string; intent: string }

const replayOf = hot<Used>()`/*act.replay*/ select matter, intent from idempotency where region = ${'region'} and key = ${'key'}`

/** What a key was used for before, if it was. */
export const findReplay = async (tx: Tx, region: string, key: string): Promise<Used | undefined> => (await replayOf(tx, { region, key }))[0]

const touch = hot()`/*act.touch*/ update idempotency set seen = ${'now'}, replays = replays + 1 where region = ${'region'} and key = ${'key'}`

/** Writes down that a key came again, so that its answer waits for replication like any other. */
export const touchReplay = async (tx: Tx, region: string, key: string): Promise<void> =>
  void (await touch(tx, { region, key, now: tx.now }))

const draw = hot<{
  last: number | null
  short: string | null
}>()`/*act.number*/ select sec.draw_number(${'region'}, ${'id'}, ${'year'}, ${'kind'}) as last,
      (select short from office o where o.region = ${'region'} and o.kind = ${'office'} order by o.valid_from limit 1) as short`

/** The next file number of a county, kind and year, as the line numbers its files, for this matter. Never used twice; gaps allowed. Refuses `key_reused` for a new matter whose id is another’s. */
export async function drawNumber(tx: Tx, { desk }: Line, { region, id }: MatterId, kind: string): Promise<string> {
  const year = Number(dayOf(tx.now).slice(0, 4))
  const { last: n, short } = (await draw(tx, { region, id, year, kind, office: desk.numbers.after }))[0]! // a bare select returns its row
  if (n === null) refuse('key_reused')
  return desk.numbers.of({ year, short, region, kind, n })
}
