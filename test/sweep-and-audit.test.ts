import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal.ts'
import type { Matter } from '#kernel/matter.ts'
import { effects } from '#lines/effects.ts'
import { audit, brokenSeal, sealAudit } from '#platform/audit.ts'
import { seal } from '#platform/crypto.ts'
import type { Db } from '#platform/database.ts'
import { runEffect, type EffectJob } from '#platform/jobs.ts'
import { sweep } from '#platform/sweep.ts'
import { actionsOf, granted, refused, why } from './scenarios/scene.ts'
import { cast, county, world, type World } from './world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

/** An application received on 2 March and due on the 9th; it is now the 10th. */
async function late(): Promise<Matter> {
  w.at('2026-03-02')
  const m = await w.filed()
  w.at('2026-03-10')
  return m
}

const overdues = async (m: Matter) => (await actionsOf(w, m)).filter((action) => action === 'overdue').length
const lettersOf = (m: Matter) => w.run(cast.clockwork, (tx) => tx.db.selectFrom('message').select(['id', 'template', 'account']).where('matter', '=', m.id).orderBy('id').execute())
const times = (count: number) => Array.from({ length: count }, (_, n) => n)

describe('a limit that has passed', () => {
  test('is an event by the system, once, however often it looks (法律援助法 §61)', async () => {
    const m = await late()
    await w.sweep()
    await w.sweep()
    w.at('2026-04-10')
    await w.sweep()
    expect(await overdues(m)).toBe(1)
    expect((await w.read(m)).data['lateFor']).toEqual(['review'])
  })

  test('has not passed until midnight in Shanghai of its last day (民法典 §203)', async () => {
    const m = await late()
    w.at('2026-03-09T23:59')
    await w.sweep()
    expect(await overdues(m)).toBe(0)
    w.at('2026-03-10T00:00')
    await w.sweep()
    expect(await overdues(m)).toBe(1)
  })

  test('is seen once by two sweepers: one of them stands back', async () => {
    const m = await late()
    w.at('2026-03-10T12:00')
    const acted = await Promise.all([sweep(w.on, 'one', w.now()), sweep(w.on, 'two', w.now())])
    expect(acted.filter((count) => count === 0)).toHaveLength(1)
    expect(await overdues(m)).toBe(1)
  })

  test('is seen once even by two that believe to hold the same lease', async () => {
    const m = await late()
    w.at('2026-03-10T13:00')
    await Promise.all([sweep(w.on, 'one', w.now()), sweep(w.on, 'one', w.now())])
    expect(await overdues(m)).toBe(1)
  })

  test('is not one while the limit is paused: the review waits for the applicant (法律援助法 §43(2))', async () => {
    w.at('2026-03-02')
    const m = await w.filed()
    await w.act(cast.wang, m, 'ask', { missing: ['means'], until: '2026-04-30' })
    w.at('2026-04-15')
    await w.sweep()
    expect(await overdues(m)).toBe(0)
    expect((await w.read(m)).state).toBe('supplementing')
  })

  test('alerts the supervisor and never grants, however late the agency is (法律援助法 §61)', async () => {
    const m = await late()
    await w.sweep()
    await w.settle()
    expect(await lettersOf(m)).toContainEqual(expect.objectContaining({ template: 'alertSupervisor', account: `supervisor@${county}` }))
    w.at('2027-03-10')
    await w.sweep()
    expect((await w.read(m)).state).toBe('submitted')
    expect(await actionsOf(w, m)).toEqual(['open', 'submit', 'overdue'])
  })

  test('of a right is nobody’s lateness: the time to object lapses without an event (法律援助法 §49)', async () => {
    w.at('2026-04-17')
    const m = await refused(w)
    await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
    w.at('2026-06-17')
    await w.sweep()
    expect(await overdues(m)).toBe(0)
  })

  test('does not stop an officer who decides in the same moment, nor the sweeper (法律援助法 §43)', async () => {
    w.at('2026-03-02')
    const matters: Matter[] = []
    for (const _ of times(12)) matters.push(await w.filed())
    for (const m of matters) await w.assessed(m)
    w.at('2026-03-10T15:00')
    const outcomes = await Promise.allSettled([sweep(w.on, 'one', w.now(), 1000), ...matters.map((m) => w.act(cast.wang, m, 'grant'))])
    const faults = outcomes.flatMap((outcome) => (outcome.status === 'rejected' && !(outcome.reason instanceof Refusal) ? [String(outcome.reason)] : []))
    expect(faults).toEqual([])
    for (const m of matters) expect((await w.read(m)).state).toBe('granted')
  })
})

describe('effects', () => {
  const again = async (m: Matter, effect: string, seq: number) => {
    const job: EffectJob = { effect, region: m.region, id: m.id, seq }
    await runEffect(w.on, effects, job, w.now())
    await runEffect(w.on, effects, job, w.now())
  }

  test('a letter is written once though its job runs again: its id comes from the event', async () => {
    w.at('2026-03-02')
    const m = await w.filed()
    await w.settle()
    const letters = await lettersOf(m)
    expect(letters.map(({ template }) => template).toSorted()).toEqual(['confirmReceipt', 'tellAgency'])
    await again(m, 'confirmReceipt', 1)
    expect(await lettersOf(m)).toEqual(letters)
  })

  test('a text message leaves once, and names neither the matter nor the person (个人信息保护法 §6, §28)', async () => {
    const phone = '13800138000'
    await w.run(cast.clockwork, (tx) =>
      tx.db.insertInto('account').values({ id: cast.li.id, kind: 'citizen', phone: seal(w.on.keyring, phone, { table: 'account', column: 'phone', row: cast.li.id, region: '' }), created_at: w.now() }).execute(),
    )
    const m = await w.filed({ contact: 'sms' })
    await w.settle()
    await again(m, 'confirmReceipt', 1)
    const sent = w.gateway.sent.filter(({ text }) => text.includes(m.code))
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ to: phone })
    expect(sent[0]?.text).not.toMatch(/工资|援助|unpaidWages/)
  })

  test('a correction ordered once is carried out once (法律援助法 §49(2))', async () => {
    w.at('2026-04-17')
    const parent = await refused(w)
    await w.act(cast.wang, parent, 'serveRefusal', { servedOn: '2026-04-17' })
    const objection = await w.open(cast.li, 'objection', { inTime: true }, { parent: parent.id })
    await w.act(cast.bai, objection, 'order', { reason: why, servedOn: '2026-04-17' })
    await w.settle()
    await w.act(cast.wang, parent, 'grant')
    await again(objection, 'correctParent', 1)
    expect((await actionsOf(w, parent)).filter((action) => action === 'correct')).toHaveLength(1)
    expect((await w.read(parent)).state).toBe('granted')
  })

  test('of a refused action are never queued: done if and only if the event stands', async () => {
    const m = await w.filed()
    await w.settle()
    await w.act(cast.wang, m, 'grant').catch(() => {})
    expect(await w.settle()).toBe(0)
  })
})

describe('the seals over log and audit', () => {
  let m: Matter
  beforeAll(async () => {
    w.at('2026-05-06')
    m = await granted(w)
    await w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county, matter: m.id }))
    await sealed()
    await w.assigned(m)
    await sealed()
  })

  /** Seals until everything written so far lies under a seal: on a shared server a neighbour's open transaction may hold the sealer back. */
  async function sealed(): Promise<void> {
    const reached = () => w.run(cast.clockwork, async (tx) => (await sql<{ all: boolean }>`select coalesce((select max(last_xid::text::numeric) from audit_seal), 0) >= max(xid::text::numeric) as all from event`.execute(tx.db)).rows[0]?.all)
    for (let tries = 0; tries < 500 && !(await reached()); tries++) await sealAudit(w.on, w.now())
    expect(await reached()).toBe(true)
  }

  /** What the database's owner could do, row security and append-only grants aside; undone afterwards. */
  async function tampered(...statements: string[]): Promise<number | null> {
    const tables = ['event', 'audit', 'audit_seal']
    const found = await w.on.database.owner(async (db: Db) => {
      for (const table of tables) await sql.raw(`create table keep_${table} as table ${table}`).execute(db)
      for (const statement of statements) await sql.raw(statement).execute(db)
      return brokenSeal(w.on, w.now())
    })
    await w.on.database.owner(async (db: Db) => {
      for (const table of tables) await sql.raw(`delete from ${table}`).execute(db)
      for (const table of tables) await sql.raw(`insert into ${table} overriding system value select * from keep_${table}`).execute(db)
      for (const table of tables) await sql.raw(`drop table keep_${table}`).execute(db)
    })
    return found
  }
  beforeAll(() => w.on.database.owner(async (db: Db) => {
    for (const table of ['event', 'audit', 'audit_seal']) await sql.raw(`alter table ${table} no force row level security`).execute(db)
  }))

  test('hold over an untouched log, and again after it has been taken out and put back', async () => {
    expect(await brokenSeal(w.on, w.now())).toBeNull()
    expect(await tampered()).toBeNull()
    expect(await brokenSeal(w.on, w.now())).toBeNull()
  })

  test('cover every entry once: nothing is left to seal', async () => {
    const { rows } = await w.run(cast.clockwork, (tx) => sql<{ leaves: number; rows: number }>`select (select sum(leaves)::int from audit_seal) as leaves, (select count(*)::int from event) + (select count(*)::int from audit) as rows`.execute(tx.db))
    expect(rows[0]?.leaves).toBe(rows[0]?.rows)
  })

  const entry = (columns: string) => `insert into event (region, id, seq, action, actor, at, "from", "to", input, xid) select region, id, 900, ${columns} from event where id = '`
  test.each([
    ['a changed decision', () => `update event set input = '{"note":"forged after the fact"}' where id = '${m.id}' and action = 'grant'`],
    ['a changed hand', () => `update event set actor = '${cast.guo.id}' where id = '${m.id}' and action = 'grant'`],
    ['a changed hour', () => `update event set at = at - interval '1 day' where id = '${m.id}' and action = 'submit'`],
    ['a deleted event', () => `delete from event where id = '${m.id}' and action = 'assess'`],
    ['an inserted event', () => `${entry(`'refuse', actor, at, "from", "to", input, xid`)}${m.id}' and action = 'grant'`],
    ['a changed audit row', () => `update audit set actor = '${cast.guo.id}' where matter = '${m.id}'`],
    ['a changed salt', () => `update audit set salt = reverse(salt) where matter = '${m.id}'`],
    ['a deleted audit row', () => `delete from audit where matter = '${m.id}'`],
    ['an inserted audit row', () => `insert into audit (at, actor, kind, salt, xid) select at, actor, 'reveal', salt, xid from audit where matter = '${m.id}'`],
    ['a removed seal', () => `delete from audit_seal where no = 1`],
    ['a changed seal', () => `update audit_seal set at = '2026-05-07T00:00:00.000Z' where no = 1`],
    ['a root made to fit', () => `update audit_seal set root = repeat('0', 64) where no = 1`],
  ] as const)('break at %s, though the owner of the database did it (电子签名法 §5)', async (_, statement) => {
    expect(await tampered(statement())).toBe(1)
  })

  test('break at the place of the second batch when it is that which was changed', async () => {
    expect(await tampered(`update event set input = '{}' where id = '${m.id}' and action = 'assign'`)).toBe(2)
  })

  test('go on after new entries', async () => {
    await w.act(cast.li, m, 'attach', { kind: 'evidence', document: v7(), hash: 'b'.repeat(64) })
    await sealed()
    expect(await brokenSeal(w.on, w.now())).toBeNull()
  })
})
