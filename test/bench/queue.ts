import { sql } from 'kysely'
import { at, over, type Actor, type Grant } from '#kernel/actor.ts'
import { countQueues, listQueue } from '#api/queue/queue.ts'
import type { Purpose } from '#api/queue/queue-stages.ts'
import { countQueue, type Filter } from '#api/queue/queue-walk.ts'
import { cast, county, world, type World } from '#test/world.ts'
import type { Cluster } from './cluster.ts'
import { compare, type Ask, type Pace, type Pair, type Place, type QueueFigure } from './compare.ts'
import { benchConsultations } from './consultations.ts'

const purposes: readonly Purpose[] = ['today', 'risk', 'unassigned', 'waiting', 'all']
/** Where every matter of a county is, but one in ten, which an office next door has. */
const centre = { region: county, id: `0190a000-0000-7000-a000-000000${county}` }
const director = (...grants: Grant[]): Actor => ({ ...cast.guo, grants })

/** An officer of each, with a move in every line: the agency’s alone have a queue for today as long as their place’s. The agent has a province, of which hardly a matter is theirs. */
const readers: Readonly<Record<string, Actor>> = {
  office: director(...at(centre, 'director')),
  county: director(...over(county, 'director')),
  city: director(...over(county.slice(0, 4), 'director')),
  province: director(...over(county.slice(0, 2), 'director')),
  agent: director({ duty: 'intake', region: county.slice(0, 2), office: null, lines: ['objection'] }),
}

/** Each way to narrow a queue, and the ways that meet least: what they leave is a few matters, or none, among all. */
const filters: Readonly<Record<string, Filter>> = {
  'one line': { line: 'legal-aid' },
  'a line with nothing open': { line: 'objection' },
  'one state': { line: 'legal-aid', state: 'granted' },
  'given to nobody': { assignee: 'none' },
  'a state given to nobody, where everyone has one': { line: 'legal-aid', state: 'handling', assignee: 'none' },
  'one lawyer’s': { assignee: '0190a000-0000-7000-9000-000000000007' },
  'one county': { region: county },
  'due within three days': { due: '3' },
  late: { due: 'late' },
  'all of them': { line: 'legal-aid', state: 'granted', assignee: 'none', region: county, due: '3' },
}

type Sizes = { few: number; many: number }

/** Measures every queue of the officers of an office, a county, a city and a province on two databases in turn, the second a hundred times the first. */
export async function benchQueue(cluster: Cluster, sizes: Sizes, pace: Pace): Promise<QueueFigure[]> {
  process.env['TEST_DATABASE_URL'] = cluster.url // where `world` makes its databases
  return [...(await benchMatters(sizes, pace)), ...(await benchConsultations(sizes, pace))]
}

async function benchMatters(sizes: Sizes, pace: Pace): Promise<QueueFigure[]> {
  await using few = await filled(sizes.few)
  await using many = await filled(sizes.many)
  return await compareAll([few, many], pace) // before either is disposed of
}

/** Every question of every reader, asked on two databases. */
export async function compareAll(pair: Pair, pace: Pace): Promise<QueueFigure[]> {
  const figures: QueueFigure[] = []
  for (const [who, reader] of Object.entries(readers))
    for (const [what, ask] of Object.entries(questions(reader))) figures.push({ who, what, ...(await compare(pair, ask, pace)) })
  return figures
}

/** Each question, made ready on a world: the twentieth page needs the cursor of the nineteenth. */
function questions(reader: Actor): Record<string, Ask> {
  const page = (purpose: Purpose, limit: number, after?: string) => (w: Place) =>
    w.run(reader, (tx) => listQueue(tx, { purpose, limit, after }))
  const first = purposes.map((purpose): [string, Ask] => [`${purpose}, first page`, async (w) => () => page(purpose, 50)(w)])
  const twentieth = purposes.map((purpose): [string, Ask] => [
    `${purpose}, page 20`,
    async (w) => {
      const { next } = await page(purpose, 190)(w)
      if (!next) throw new Error(`The queue ${purpose} has no twentieth page: is its share in the filling too small?`)
      return () => page(purpose, 10, next)(w)
    },
  ])
  const narrowed = Object.entries(filters).map(([what, filter]): [string, Ask] => [
    `all, ${what}`,
    async (w) => () => w.run(reader, (tx) => listQueue(tx, { purpose: 'all', limit: 50, ...filter })),
  ])
  const found = Object.entries(filters).map(([what, filter]): [string, Ask] => [
    `count of all, ${what}`,
    async (w) => () => w.run(reader, (tx) => countQueue(tx, 'all', filter)),
  ])
  return {
    ...Object.fromEntries([...first, ...(hasMuch(reader) ? twentieth : [])]),
    counts: async (w) => () => w.run(reader, countQueues),
    ...Object.fromEntries([...narrowed, ...found]),
  }
}

const hasMuch = ({ grants }: Actor): boolean => grants.every(({ lines }) => lines === null)

/**
 * A database of `count` matters: 20 % in the county that is measured, the rest over 147 others in two provinces; three in five open, in the
 * shares of a working office, with a running limit each. A lawyer has a hundred of them, in either size.
 */
export async function filled(count: number): Promise<World> {
  const w = await world()
  const draft = sql.raw(`(select n, case when n % 100 < 20 then '${county}' else other end as region, n % 5 < 3 as is_open, state, due,
        ('0190a000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id
      from generate_series(1, ${count}) n,
        lateral (select abs(hashint4(n)) % 147 as k, abs(hashint4(n + 1)) % 336 as hours, abs(hashint4(n + 2)) % 10 as nth) drawn,
        lateral (select case when k < 49 then 630103 + k / 7 * 100 + k % 7 else 210101 + (k - 49) / 7 * 100 + k % 7 end::text as other) o,
        lateral (select (array['submitted','submitted','submitted','supplementing','supplementing','granted','assigned','handling','handling','handling'])[nth + 1] as state,
          timestamptz '2026-02-28 00:00+08' + hours * interval '1 hour' as due) s) draft`)
  const isStaffed = sql`(state in ('assigned', 'handling') or not is_open)`
  await w.on.database.owner(async (db) => {
    await sql`insert into matter (region, id, line, office, edition, code, number, state, version, is_staffed, documents, opened_at, filed_at, data, waits_for, due_at, is_open)
      select region, id, 'legal-aid', ('0190a000-0000-7000-' || case when n % 10 = 9 then 'b' else 'a' end || '000-000000' || region)::uuid, '2023-09-01', 'Q' || n, '（2026）演法援民' || n || '号', case when is_open then state else 'archived' end, 5, ${isStaffed}, array['idCard', 'wageSheet'], due - interval '7 days', due - interval '7 days',
        jsonb_build_object('topic', 'unpaidWages', 'matterCode', 'M31-5', 'forWhom', 'self', 'route', 'exempt', 'recipient', id, 'channel', 'web'),
        case when not is_open then 'nobody' when state = 'supplementing' then 'applicant' when state in ('assigned', 'handling') then 'assignee' else 'desk' end,
        case when is_open and state <> 'handling' then due end, is_open from ${draft}`.execute(db)
    await sql`insert into standing (region, matter, seat, holder, account, side, sees_all, is_principal, since, seq)
      select region, id, seat, account, account, side, true, side = 'asks', due, 1 from ${draft} cross join lateral (values
        ('applicant', 'asks', '0190a000-0000-7000-8000-' || lpad(to_hex(n % 100000), 12, '0'), true),
        ('assignee', 'works', '0190a000-0000-7000-9000-' || lpad(to_hex(n % ${count / 100}), 12, '0'), ${isStaffed})) holders (seat, side, account, sits) where sits`.execute(
      db,
    )
    await sql`insert into clock (region, id, "limit", started_by, started_on, due_at, target_at, is_duty, stopped_at)
      select region, id, case state when 'granted' then 'assignment' when 'assigned' then 'engagement' when 'supplementing' then 'supplement' else 'review' end, 1, '2026-02-21',
        due, due, true, case when is_open and state <> 'handling' then null else due end from ${draft}`.execute(db)
    await sql`vacuum analyze matter`.execute(db)
    await sql`vacuum analyze standing`.execute(db)
    await sql`vacuum analyze clock`.execute(db)
  })
  return w
}
