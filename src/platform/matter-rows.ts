import { sql } from 'kysely'
import { dayOf } from '#kernel/calendar.ts'
import type { Line } from '#kernel/line.ts'
import type { Clock, Event, Matter, MatterId } from '#kernel/matter.ts'
import { queueColumns } from './queue-columns.ts'
import type { Tx } from './tx.ts'

/** Columns that make a `Matter`, in the order a row is read. Table alias `m`. */
export const matterColumns = sql.raw(
  `m.region, m.id, m.line, m.edition, m.code, m.number, m.state, m.version, m.applicant, m.proxy, m.assignee, m.documents, m.parent, m.opened_at as "openedAt", m.data`,
)

/** The matter, held until the transaction ends; undefined where it does not exist for this actor. */
export async function lockMatter(tx: Tx, at: MatterId): Promise<Matter | undefined> {
  const { rows } = await sql<Matter>`/*act.lock*/ select ${matterColumns} from matter m where m.region = ${at.region} and m.id = ${at.id} for update`.execute(tx.db)
  return rows[0]
}

/** The matter as it stands; undefined where it does not exist for this actor. */
export async function matterOf(tx: Tx, at: MatterId): Promise<Matter | undefined> {
  const { rows } = await sql<Matter>`/*matter*/ select ${matterColumns} from matter m where m.region = ${at.region} and m.id = ${at.id}`.execute(tx.db)
  return rows[0]
}

type ClockRow = Omit<Clock, 'dueAt' | 'targetAt' | 'stoppedAt'> & { dueAt: string | null; targetAt: string | null; stoppedAt: string | null }
const clockJson = sql.raw(
  `json_build_object('limit', c."limit", 'startedOn', c.started_on, 'startedBy', c.started_by, 'pauses', c.pauses, 'dueAt', c.due_at, 'targetAt', c.target_at, 'provisional', c.provisional, 'stoppedAt', c.stopped_at)`,
)

/** Every limit of a matter, running or stopped, in the order they started. */
export async function clocksOf(tx: Tx, at: MatterId): Promise<Clock[]> {
  const { rows } = await sql<{ clock: ClockRow }>`/*act.clocks*/ select ${clockJson} as clock from clock c where c.region = ${at.region} and c.id = ${at.id} order by c.started_by, c."limit"`.execute(tx.db)
  return rows.map(({ clock }) => ({ ...clock, dueAt: moment(clock.dueAt), targetAt: moment(clock.targetAt), stoppedAt: moment(clock.stoppedAt) }))
}

const moment = (text: string | null) => (text === null ? null : new Date(text))

/** The whole log of a matter, oldest first. */
export async function eventsOf(tx: Tx, at: MatterId): Promise<Event[]> {
  const { rows } = await sql<Event>`/*act.events*/ select e.region, e.id, e.seq, e.action, e.actor, e.at, e."from", e."to", e.input from event e where e.region = ${at.region} and e.id = ${at.id} order by e.seq`.execute(tx.db)
  return rows
}

export type Replay = { key: string; intent: string }

/** A step ready to be written: the matter after `event`, its `clocks` before, and those that `changed`. */
export type Step = { line: Line; matter: Matter; event: Event; clocks: readonly Clock[]; changed: readonly Clock[]; replay: Replay | null }

/** Writes one step whole: row, event, clocks and idempotency key, in a single statement. */
export async function saveStep(tx: Tx, { line, matter, event, clocks, changed, replay }: Step): Promise<void> {
  const queue = queueColumns(line, matter, merge(clocks, changed))
  await sql`/*act.save*/ with
    m as (update matter set state = ${matter.state}, version = ${matter.version}, applicant = ${matter.applicant}, proxy = ${matter.proxy}, assignee = ${matter.assignee},
      documents = ${[...matter.documents]}::text[], number = ${matter.number}, data = ${JSON.stringify(matter.data)}::jsonb, waits_for = ${queue.waitsFor}, due_at = ${queue.dueAt}, is_open = ${queue.isOpen}
      where region = ${matter.region} and id = ${matter.id} returning region, id),
    e as (insert into event (region, id, seq, action, actor, at, "from", "to", input)
      select m.region, m.id, ${event.seq}::int, ${event.action}, ${event.actor}, ${event.at}::timestamptz, ${event.from}, ${event.to}, ${JSON.stringify(event.input)}::jsonb from m),
    c as (${insertClocks(line, changed)}),
    k as (insert into idempotency (region, key, matter, seq, intent, actor, seen)
      select m.region, ${replay?.key ?? null}::uuid, m.id, ${event.seq}::int, ${replay?.intent ?? null}, ${event.actor}, ${event.at}::timestamptz from m where ${replay !== null}::boolean)
    select 1 from m`.execute(tx.db)
}

/** The clocks after a step: those that changed in place of what they were. */
export const merge = (all: readonly Clock[], changed: readonly Clock[]): Clock[] => [
  ...all.filter((clock) => !changed.some((one) => one.limit === clock.limit && one.startedBy === clock.startedBy)),
  ...changed,
]

const insertClocks = (line: Line, changed: readonly Clock[]) => sql`
  insert into clock (region, id, "limit", started_by, started_on, pauses, due_at, target_at, provisional, stopped_at, is_duty)
  select m.region, m.id, x."limit", x."startedBy", x."startedOn", x.pauses, x."dueAt", x."targetAt", x.provisional, x."stoppedAt", x."isDuty"
  from m, jsonb_to_recordset(${JSON.stringify(changed.map((clock) => ({ ...clock, isDuty: line.limits[clock.limit]?.kind === 'duty' })))}::jsonb)
    as x("limit" text, "startedBy" int, "startedOn" text, pauses jsonb, "dueAt" timestamptz, "targetAt" timestamptz, provisional boolean, "stoppedAt" timestamptz, "isDuty" boolean)
  on conflict (region, id, "limit", started_by) do update set pauses = excluded.pauses, due_at = excluded.due_at, target_at = excluded.target_at,
    provisional = excluded.provisional, stopped_at = excluded.stopped_at`

/** A new row, alone: the policies of its log and clocks look it up, and a statement does not see its own inserts. False where the id is taken. */
export async function addMatter(tx: Tx, line: Line, matter: Matter, clocks: readonly Clock[]): Promise<boolean> {
  const queue = queueColumns(line, matter, clocks)
  const { rows } = await sql`/*open.matter*/ insert into matter (region, id, line, edition, code, number, state, version, applicant, proxy, assignee, documents, parent, opened_at, data, waits_for, due_at, is_open)
    values (${matter.region}, ${matter.id}, ${matter.line}, ${matter.edition}, ${matter.code}, ${matter.number}, ${matter.state}, 0, ${matter.applicant}, ${matter.proxy}, null, '{}', ${matter.parent},
      ${matter.openedAt}, ${JSON.stringify(matter.data)}::jsonb, ${queue.waitsFor}, ${queue.dueAt}, ${queue.isOpen})
    on conflict (region, id) do nothing returning id`.execute(tx.db)
  return rows.length === 1
}

/** The zeroth event with the limits it starts, the code's index row and the key. */
export async function addOpening(tx: Tx, line: Line, matter: Matter, event: Event, clocks: readonly Clock[], replay: Replay): Promise<void> {
  await sql`/*open.log*/ with
    m as (select ${matter.region}::text as region, ${matter.id}::uuid as id),
    e as (insert into event (region, id, seq, action, actor, at, "from", "to", input)
      select m.region, m.id, 0, ${event.action}, ${event.actor}, ${event.at}::timestamptz, ${event.from}, ${event.to}, ${JSON.stringify(event.input)}::jsonb from m),
    c as (${insertClocks(line, clocks)}),
    d as (insert into matter_code (code, region, matter) select ${matter.code}, m.region, m.id from m),
    k as (insert into idempotency (region, key, matter, seq, intent, actor, seen)
      select m.region, ${replay.key}::uuid, m.id, 0, ${replay.intent}, ${event.actor}, ${event.at}::timestamptz from m)
    select 1 from m`.execute(tx.db)
}

export async function findReplay(tx: Tx, region: string, key: string): Promise<{ matter: string; intent: string } | undefined> {
  const { rows } = await sql<{ matter: string; intent: string }>`/*act.replay*/ select matter, intent from idempotency where region = ${region} and key = ${key}`.execute(tx.db)
  return rows[0]
}

export async function touchReplay(tx: Tx, region: string, key: string): Promise<void> {
  await sql`/*act.touch*/ update idempotency set seen = ${tx.now}, replays = replays + 1 where region = ${region} and key = ${key}`.execute(tx.db)
}

/** The next file number of a county, kind and year: （2026）西法援民00001号. Never used twice; gaps allowed. */
export async function drawNumber(tx: Tx, region: string, kind: string): Promise<string> {
  const year = Number(dayOf(tx.now).slice(0, 4))
  const { rows } = await sql<{ last: number; short: string | null }>`/*act.number*/ insert into number_counter (region, year, kind, last) values (${region}, ${year}, ${kind}, 1)
    on conflict (region, year, kind) do update set last = number_counter.last + 1
    returning last, (select short from office o where o.region = ${region} and o.kind = 'legalAidAgency' order by o.valid_from limit 1) as short`.execute(tx.db)
  const { last, short } = rows[0]! // an upsert returns its row
  return `（${year}）${short ?? `${region}法援`}${kind}${String(last).padStart(5, '0')}号`
}
