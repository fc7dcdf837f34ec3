import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listQueue } from '#api/queue/queue.ts'
import type { Filter } from '#api/queue/queue-walk.ts'
import type { Purpose } from '#api/queue/queue-stages.ts'
import { duties, type Actor, dutiesOf, over, reachOf } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { isMoveOf } from '#kernel/moves.ts'
import { lines } from '#lines/services.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { waitingText } from '#engine/queue-columns.ts'
import { seat } from '#test/seating.ts'

let w: World
let m: Matter
beforeAll(async () => {
  w = await world('2026-03-10T09:00:00+08:00')
  m = await w.filed()
})
afterAll(() => w[Symbol.asyncDispose]())

const idsIn = async (reader: Actor, purpose: Purpose, filter: Filter = {}) =>
  (await w.run(reader, (tx) => listQueue(tx, { purpose, limit: 100, ...filter }))).rows.map(({ id }) => id)

/** Those of a reader's three queues in which a matter stands, for every matter there is. */
async function queuesOf(reader: Actor): Promise<ReadonlyMap<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const purpose of ['today', 'waiting', 'later'] as const)
    for (const id of await idsIn(reader, purpose)) found.set(id, [...(found.get(id) ?? []), purpose])
  return found
}

const stages = lines.flatMap((line) =>
  Object.entries(line.states).flatMap(([state, its]) =>
    its.final ? [] : [{ line: line.key, edition: line.edition, state, waits_for: waitingText(its.waitsFor) }],
  ),
)

describe('no matter can be in no queue', () => {
  const dues = [null, '2026-03-09T00:00:00+08:00', '2026-03-18T00:00:00+08:00', '2026-04-20T00:00:00+08:00']
  const readers = [cast.liu, cast.wang, cast.guo, cast.bai, cast.he, cast.ding, cast.zhao]

  test('in any state, with any limit or none, it is every reader’s own move, their move for later, or another’s: one of the three', async () => {
    for (const due_at of dues) {
      const ids = await w.on.database.owner(async (db) => {
        const rows = stages.map((stage) => ({ ...stage, id: v7(), due_at }))
        await sql`delete from matter where region = '630104'`.execute(db)
        await sql`delete from standing where region = '630104'`.execute(db)
        await sql`with m as (insert into matter (region, id, line, office, edition, code, number, state, version, opened_at, filed_at, waits_for, due_at)
          select '630104', r.id, r.line, r.id, r.edition, r.id, r.id, r.state, 1, now(), now(), r.waits_for, r.due_at
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (id uuid, line text, edition text, state text, waits_for text, due_at timestamptz) returning region, id)
          insert into standing (region, matter, seat, holder, account, side, sees_all, is_principal, since, seq)
          select region, id, 'assignee', ${cast.zhao.id}, ${cast.zhao.id}, 'works', true, false, now(), 1 from m`.execute(db)
        return rows
      })
      for (const reader of readers) {
        const found = await queuesOf(reachOf(reader) === county ? { ...reader, grants: over('630104', ...dutiesOf(reader)) } : reader)
        expect(
          ids.filter(({ id }) => found.get(id)?.length !== 1).map(({ line, state }) => [dutiesOf(reader), due_at, line, state]),
        ).toEqual([])
      }
    }
  })

  test('and what waits for this side is the move of somebody on it', () => {
    const movers = [
      ...duties.map((duty) => ({ kind: 'staff' as const, grants: over('63', duty) })),
      { kind: 'provider' as const, grants: [] },
    ]
    const nobodys = lines.flatMap((line) =>
      Object.entries(line.states)
        .filter(([, { waitsFor }]) => waitsFor.some((one) => one === 'desk' || line.seats[one]?.side === 'works'))
        .filter(([state]) => !movers.some((one) => isMoveOf(one, line, state)))
        .map(([state]) => `${line.key} ${state}`),
    )
    expect(nobodys).toEqual([])
  })
})

describe('what is for today is the reader’s own move', () => {
  const stands = async (at: object, assignee: string | null = cast.zhao.id) => {
    await w.run(cast.clockwork, (tx) =>
      tx.db
        .updateTable('matter')
        .set({ line: 'legal-aid', edition: '2023-09-01', due_at: null, ...at })
        .where('id', '=', m.id)
        .execute(),
    )
    await seat(w, m, { assignee })
  }
  const told = async (at: object) => {
    await stands(at)
    const readers = { window: cast.liu, reviewer: cast.wang, director: cast.guo, bureau: cast.bai, lawyer: cast.zhao }
    const found: Record<string, string | undefined> = {}
    for (const [who, reader] of Object.entries(readers)) found[who] = (await queuesOf(reader)).get(m.id)?.join('+')
    return found
  }

  test('a grant waits for the director, who assigns, and for nobody else (法律援助法 §43)', async () => {
    expect(await told({ state: 'granted', waits_for: 'desk' })).toEqual({
      window: 'waiting',
      reviewer: 'waiting',
      director: 'today',
      bureau: 'waiting',
      lawyer: 'waiting',
    })
  })

  test('an objection waits for the bureau alone (法律援助法 §49)', async () => {
    const at = { line: 'objection', edition: '2022-01-01', state: 'filed', waits_for: 'desk' }
    expect(await told(at)).toMatchObject({ window: 'waiting', director: 'waiting', bureau: 'today' })
  })

  test('a file to be archived is no longer the lawyer’s', async () => {
    expect(await told({ state: 'subsidyPaid', waits_for: 'desk' })).toMatchObject({ window: 'today', lawyer: 'waiting' })
  })

  test('work that lasts comes to today a week before its limit', async () => {
    const due = (date: string) => told({ state: 'concluded', waits_for: 'assignee', due_at: new Date(`${date}T00:00:00+08:00`) })
    expect(await due('2026-03-18')).toMatchObject({ lawyer: 'today', director: 'waiting' })
    expect(await due('2026-03-19')).toMatchObject({ lawyer: 'later', director: 'waiting' })
    expect(await told({ state: 'handling', waits_for: 'assignee' })).toMatchObject({ lawyer: 'later' })
  })

  test('narrowed to a line, to a state or to what nobody has, it stays within it', async () => {
    await stands({ state: 'granted', waits_for: 'desk' }, null)
    const isIn = async (purpose: Purpose, filter: Filter) => (await idsIn(cast.wang, purpose, filter)).includes(m.id)
    expect(await isIn('today', { line: 'legal-aid', state: 'granted' })).toBe(false)
    expect(await isIn('today', { assignee: 'none' })).toBe(false)
    expect(await isIn('waiting', { line: 'legal-aid' })).toBe(true)
    expect(await isIn('waiting', { line: 'objection' })).toBe(false)
    expect(await isIn('waiting', { assignee: 'none' })).toBe(true)
    expect(await isIn('unassigned', {})).toBe(true)
  })
})
