import { sql } from 'kysely'
import { at, type Actor } from '#kernel/actor.ts'
import { listOwnMatters } from '#api/portal/own-matters.ts'
import { countQueues, listQueue } from '#api/queue/queue.ts'
import type { Purpose } from '#api/queue/queue-stages.ts'
import { runningClocks } from '#engine/matter-rows.ts'
import { lastSaidIn } from '#records/people/answers.ts'
import type { Tx } from '#platform/tx.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { compare, type Ask, type Pace, type Pair, type QueueFigure } from './compare.ts'

const office = `0190a000-0000-7000-a000-000000${county}`
const officer: Actor = { ...cast.liu, grants: at({ region: county, id: office }, 'intake') }
const agent: Actor = { ...cast.liu, grants: [{ duty: 'intake', region: county.slice(0, 2), office: null, lines: ['consultation'] }] }
/** Somebody who asked ten times, in either size. */
const person: Actor = { ...cast.li, id: '0190a000-0000-7000-8000-000000000007' }

const purposes: readonly Purpose[] = ['today', 'risk', 'waiting', 'all']

/** The first page of each queue of one desk and of who answers the hotline for the province, what stands over them, and a person's own list. */
const readers: Readonly<Record<string, readonly [Actor, Record<string, Ask>]>> = {
  'consultations, desk': [officer, ofQueue(officer)],
  'consultations, hotline': [agent, ofQueue(agent)],
  'consultations, person': [person, { 'own list': async (w) => () => w.run(person, ownList) }],
}

async function ownList(tx: Tx): Promise<unknown> {
  const rows = await listOwnMatters(tx)
  if (rows.length !== 10) throw new Error(`The person measured has ${rows.length} consultations: is the filling another than the reader?`)
  return [await lastSaidIn(tx, rows), await runningClocks(tx, rows)]
}

function ofQueue(who: Actor): Record<string, Ask> {
  const pages = purposes.map((purpose): [string, Ask] => [
    `${purpose}, first page`,
    async (w) => () => w.run(who, (tx) => listQueue(tx, { purpose, limit: 50 })),
  ])
  return { ...Object.fromEntries(pages), counts: async (w) => () => w.run(who, countQueues) }
}

/** Measures consultations alone, of which there are more than of everything else together: most are answered and closed. */
export async function benchConsultations(sizes: { few: number; many: number }, pace: Pace): Promise<QueueFigure[]> {
  await using few = await filledConsultations(sizes.few)
  await using many = await filledConsultations(sizes.many)
  const pair: Pair = [few, many]
  const figures: QueueFigure[] = []
  for (const [who, [, questions]] of Object.entries(readers))
    for (const [what, ask] of Object.entries(questions)) figures.push({ who, what, ...(await compare(pair, ask, pace)) })
  return figures
}

/**
 * A database of `count` consultations: a fifth in the county that is measured, the rest over 147 others in two provinces. Of a hundred eight wait for the desk, two for an
 * adviser, one for an agreed talk and six for their person, who may ask once more; the rest are closed. Everybody asked ten times.
 */
export async function filledConsultations(count: number): Promise<World> {
  const w = await world()
  const drawn = sql.raw(`(select n, case when n % 100 < 20 then '${county}' else other end as region, state, state <> 'closed' as is_open,
        ('0190a000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, timestamptz '2026-03-01 00:00+08' + hours * interval '1 hour' as due
      from generate_series(1, ${count}) n,
        lateral (select abs(hashint4(n)) % 147 as k, abs(hashint4(n + 1)) % 72 as hours, abs(hashint4(n + 2)) % 100 as nth) drawn,
        lateral (select case when k < 49 then 630103 + k / 7 * 100 + k % 7 else 210101 + (k - 49) / 7 * 100 + k % 7 end::text as other) o,
        lateral (select case when nth < 8 then 'asked' when nth < 10 then 'advising' when nth < 11 then 'scheduled' when nth < 17 then 'answered' else 'closed' end as state) s) drawn`)
  const isDue = sql`state in ('asked', 'advising', 'scheduled')`
  await w.on.database.owner(async (db) => {
    await sql`insert into matter (region, id, line, office, edition, code, state, version, is_staffed, opened_at, filed_at, data, waits_for, due_at, is_open)
      select region, id, 'consultation', ('0190a000-0000-7000-a000-000000' || region)::uuid, '2022-01-01', 'K' || n, state, 2, state = 'advising', due - interval '1 day', due - interval '1 day',
        '{"kind": "debt", "channel": "hotline", "asker": "citizen", "identity": "declined", "isUrgent": false, "isPrivate": false, "contact": "page"}',
        case state when 'closed' then 'nobody' when 'answered' then 'applicant' when 'advising' then 'adviser' else 'desk' end, case when ${isDue} then due end, is_open from ${drawn}`.execute(
      db,
    )
    await sql`insert into standing (region, matter, seat, holder, account, side, sees_all, is_principal, since, seq)
      select region, id, seat, account, account, side, true, side = 'asks', due, 1 from ${drawn} cross join lateral (values
        ('applicant', 'asks', '0190a000-0000-7000-8000-' || lpad(to_hex(n % ${Math.ceil(count / 10)}), 12, '0'), true),
        ('adviser', 'works', '0190a000-0000-7000-9000-' || lpad(to_hex(n % ${Math.ceil(count / 100)}), 12, '0'), state = 'advising')) holders (seat, side, account, sits) where sits`.execute(
      db,
    )
    await sql`insert into clock (region, id, "limit", started_by, started_on, due_at, target_at, is_duty, stopped_at)
      select region, id, case when state = 'answered' then 'again' when state = 'scheduled' then 'meeting' else 'message' end, 1, '2026-02-28', due, due, state <> 'answered',
        case when is_open then null else due end from ${drawn}`.execute(db)
    for (const table of ['matter', 'standing', 'clock']) await sql`vacuum analyze ${sql.table(table)}`.execute(db)
  })
  return w
}
