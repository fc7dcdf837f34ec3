import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type RawBuilder } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import type { Db } from '#platform/database/database.ts'
import { audit, chainOf, isWhole, sealAudit, type Chain } from '#platform/keys/audit.ts'
import { fileWitness } from '#platform/keys/witness.ts'
import { granted } from '#test/scenarios/scene.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const one = async <T>(query: RawBuilder<T>): Promise<T | undefined> =>
  w.run(cast.clockwork, async (tx) => (await query.execute(tx.db)).rows[0])

/** Whether everything written so far lies under a seal. */
const isSealed = async (): Promise<boolean> => {
  const answer = await one(
    sql<{
      all: boolean
    }>`select not exists (select from uncollected) and coalesce((select max(last_position) from audit_seal), 0) = coalesce(max(position), 0) as all from collected`,
  )
  return answer?.all ?? false
}

/** On a shared server a neighbour's open transaction may hold the sealer back for a moment. */
async function sealed(): Promise<void> {
  for (let tries = 0; tries < 500 && !(await isSealed()); tries++) await sealAudit(w.on, w.now())
  expect(await isSealed()).toBe(true)
}

const lastSeal = sql<{ no: number }>`select no from audit_seal order by no desc limit 1`
const tables = ['event', 'audit', 'audit_seal', 'collected', 'uncollected']

/** What the database's owner could do, row security and append-only grants aside; undone afterwards. */
async function tampered(statement = 'null', next = async () => {}): Promise<Chain> {
  const found = await w.on.database.owner(async (db: Db) => {
    for (const table of tables) await sql.raw(`create table keep_${table} as table ${table}`).execute(db)
    await sql.raw(`do $$ begin ${statement}; end $$`).execute(db)
    await next()
    return chainOf(w.on, w.now())
  })
  await w.on.database.owner(async (db: Db) => {
    for (const table of tables) await sql.raw(`delete from ${table}`).execute(db)
    for (const table of tables) await sql.raw(`insert into ${table} overriding system value select * from keep_${table}`).execute(db)
    for (const table of tables) await sql.raw(`drop table keep_${table}`).execute(db)
  })
  return found
}

test('what is more than one seal may hold is sealed at once, under as many as it takes', async () => {
  await sealed()
  for (let n = 0; n < 5; n++) await w.run(cast.clockwork, (tx) => audit(tx, 'search'))
  expect([await sealAudit(w.on, w.now(), 2), await isSealed()]).toEqual([5, true])
  expect(isWhole(await chainOf(w.on, w.now()))).toBe(true)
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

  beforeAll(() =>
    w.on.database.owner(async (db: Db) => {
      for (const table of tables) await sql.raw(`alter table ${table} no force row level security`).execute(db)
    }),
  )

  test('hold over an untouched log, and again after it has been taken out and put back', async () => {
    expect(isWhole(await chainOf(w.on, w.now()))).toBe(true)
    expect(isWhole(await tampered())).toBe(true)
    expect(isWhole(await chainOf(w.on, w.now()))).toBe(true)
  })

  test('cover every entry once: nothing is left to seal', async () => {
    const counted = await one(
      sql<{ leaves: number; rows: number }>`select (select sum(leaves)::int from audit_seal) as leaves,
        (select count(*)::int from event) + (select count(*)::int from audit) as rows`,
    )
    expect(counted?.leaves).toBe(counted?.rows)
  })

  const forgeries: readonly (readonly [string, (id: string) => string])[] = [
    ['a changed decision', (id) => `update event set input = '{"note":"forged after the fact"}' where id = '${id}' and action = 'grant'`],
    ['a changed hand', (id) => `update event set actor = 'somebody' where id = '${id}' and action = 'grant'`],
    ['a changed hour', (id) => `update event set at = at - interval '1 day' where id = '${id}' and action = 'submit'`],
    ['a deleted event', (id) => `delete from event where id = '${id}' and action = 'assess'`],
    [
      'an inserted event',
      (id) =>
        `insert into event select region, id, 900, 'refuse', actor, at, "from", "to", input, xid from event where id = '${id}' and seq = 1`,
    ],
    ['a changed audit row', (id) => `update audit set actor = 'somebody' where matter = '${id}'`],
    ['a changed salt', (id) => `update audit set salt = repeat('0', 32) where matter = '${id}'`],
    ['a deleted audit row', (id) => `delete from audit where matter = '${id}'`],
    [
      'an inserted audit row',
      (id) => `insert into audit (at, actor, kind, salt, xid) select at, actor, 'reveal', salt, xid from audit where matter = '${id}'`,
    ],
    ['a removed seal', () => `delete from audit_seal where no = 1`],
    ['a changed seal', () => `update audit_seal set at = '2026-05-07T00:00:00.000Z' where no = 1`],
    ['a root made to fit', () => `update audit_seal set root = repeat('0', 64) where no = 1`],
    ['a place taken out', (id) => `delete from collected where id = '${id}' and seq = 1`],
    [
      'a place put in',
      () =>
        `insert into collected (position, kind, region, id, seq) select max(position) + 1, 'event', '630102', gen_random_uuid(), 0 from collected`,
    ],
    [
      'two entries in each other’s place',
      () =>
        `update collected set position = case position when 1 then -2 else -1 end where position in (1, 2); update collected set position = -position where position < 0`,
    ],
    [
      'an entry sent back to wait',
      (id) =>
        `delete from collected where id = '${id}' and seq = 1; insert into uncollected (kind, region, id, seq) values ('event', '${county}', '${id}', 1)`,
    ],
    ['an entry that never waited', () => `insert into audit (at, actor, kind, salt) values (now(), 'nobody', 'reveal', 'x')`],
    [
      'seals taken away from the end on, an hour later',
      () => `delete from audit_seal where no > 1; update collected set at = at - interval '1 hour'`,
    ],
    ['every seal taken away, an hour later', () => `delete from audit_seal; update collected set at = at - interval '1 hour'`],
    ['seals and places taken away', () => `delete from audit_seal; delete from collected`],
  ]
  test.each(forgeries)('break at %s, though the owner of the database did it (电子签名法 §5)', async (_, statement) => {
    expect(isWhole(await tampered(statement(m.id)))).toBe(false)
  })

  test('break at the very batch that was changed, and no earlier', async () => {
    const batch = await one(
      sql<{
        no: number
      }>`select s.no from audit_seal s join collected c on c.position between s.first_position and s.last_position
          join event e on c.kind = 'event' and e.region = c.region and e.id = c.id and e.seq = c.seq where e.id = ${m.id} and e.action = 'assign'`,
    )
    expect(batch?.no).toBeGreaterThan(1)
    const { brokenSeal } = await tampered(`update event set input = '{}' where id = '${m.id}' and action = 'assign'`)
    expect(brokenSeal).toBe(batch?.no)
  })

  test('go on from the last one though one before it was taken out, and what was taken out is still found', async () => {
    const { brokenSeal } = await tampered(`delete from audit_seal where no = 1`, async () => {
      const last = await one(lastSeal)
      await w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county, matter: m.id }))
      for (let tries = 0; tries < 500 && (await one(lastSeal))?.no === last?.no; tries++) await sealAudit(w.on, w.now())
      expect((await one(lastSeal))?.no).toBe((last?.no ?? 0) + 1)
    })
    expect(brokenSeal).toBe(1)
  })

  /** What leaves no trace in the database itself: whoever does it takes everything along. */
  const cuts: readonly (readonly [string, string])[] = [
    [
      'the last seal with all that lies under it',
      `delete from audit a using collected c, audit_seal s where s.no = (select max(no) from audit_seal) and c.position >= s.first_position and c.kind = 'audit' and a.no = c.seq;
       delete from event e using collected c, audit_seal s where s.no = (select max(no) from audit_seal) and c.position >= s.first_position and c.kind = 'event' and (e.region, e.id, e.seq) = (c.region, c.id, c.seq);
       delete from collected where position >= (select first_position from audit_seal order by no desc limit 1);
       delete from audit_seal where no = (select max(no) from audit_seal)`,
    ],
    ['all of it', 'delete from audit; delete from event; delete from collected; delete from uncollected; delete from audit_seal'],
    [
      'every seal, with what lay under them sent back to be sealed anew',
      'insert into uncollected (kind, region, id, seq) select kind, region, id, seq from collected order by position; delete from collected; delete from audit_seal',
    ],
  ]
  test.each(cuts)('%s: told by the witness outside, and by nobody else (TRUST T12)', async (_, statement) => {
    const [dir, plain] = [await mkdtemp(join(tmpdir(), 'fahui-witness-')), w.on.witness]
    try {
      w.on.witness = fileWitness(join(dir, 'heads.jsonl'))
      await w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county, matter: m.id }))
      await sealed()
      expect((await tampered()).witness).toBe('agrees')
      expect(await tampered(statement)).toMatchObject({ brokenSeal: null, strays: 0, witness: 'disagrees' })
      w.on.witness = plain
      expect((await tampered(statement)).witness).toBe('none')
    } finally {
      w.on.witness = plain
      await rm(dir, { recursive: true })
    }
  })

  test('a witness is told nothing of a chain that was cut off and sealed anew: it goes on disagreeing (TRUST T12)', async () => {
    const [dir, plain] = [await mkdtemp(join(tmpdir(), 'fahui-witness-')), w.on.witness]
    try {
      w.on.witness = fileWitness(join(dir, 'heads.jsonl'))
      await w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county, matter: m.id }))
      await sealed()
      const known = await w.on.witness.last()
      const found = await tampered(cuts[2]?.[1], async () => {
        await sealed()
        await w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county, matter: m.id }))
        await sealed()
      })
      expect(found).toMatchObject({ brokenSeal: null, strays: 0, witness: 'disagrees' })
      expect(await w.on.witness.last()).toEqual(known)
    } finally {
      w.on.witness = plain
      await rm(dir, { recursive: true })
    }
  })

  test('go on where the clock was put forward and came back, and where transactions are counted from the beginning again (S-H6)', async () => {
    const look = () => w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county, matter: m.id }))
    w.at('2027-05-06')
    await look()
    await sealed()
    w.at('2026-05-07')
    await look()
    await sealed()
    await w.on.database.owner((db) => sql`update audit set xid = '3' where kind = 'viewMatter'`.execute(db)) // as after a dump into a younger cluster
    await look()
    await sealed()
    expect(isWhole(await chainOf(w.on, w.now()))).toBe(true)
  })

  test('notes of what was never written, or stands there already, stop no sealing and break nothing (个人信息保护法 §51)', async () => {
    for (const junk of [
      sql`insert into uncollected (kind, seq) values ('audit', 1)`,
      sql`insert into uncollected (kind, region, id, seq) values ('event', 'x', gen_random_uuid(), 1)`,
      sql`insert into uncollected (kind, region, id, seq) values ('audit', '630102', gen_random_uuid(), 1)`,
      sql`insert into uncollected (kind, region, id, seq) values ('event', ${county}, ${m.id}, 0)`,
    ])
      await w.run(cast.li, (tx) => junk.execute(tx.db))
    await w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county, matter: m.id }))
    await sealed()
    expect(isWhole(await chainOf(w.on, w.now()))).toBe(true)
  })

  test('what waits for its place for an hour is told', async () => {
    await w.run(cast.wang, (tx) => audit(tx, 'viewMatter', { region: county, matter: m.id }))
    expect((await tampered(`update uncollected set at = at - interval '1 hour'`)).overdue).toBeGreaterThan(0)
    await sealed()
  })

  test('nobody writes to the audit in another’s name', async () => {
    const inTheirName = w.run(cast.li, (tx) =>
      sql`insert into audit (at, actor, kind, salt) values (now(), ${cast.wang.id}, 'reveal', 'x')`.execute(tx.db),
    )
    await expect(inTheirName).rejects.toMatchObject({ code: '42501' })
  })

  test('go on after new entries', async () => {
    await w.act(cast.li, m, 'attach', { kind: 'evidence', document: v7(), hash: 'b'.repeat(64) })
    await sealed()
    expect(isWhole(await chainOf(w.on, w.now()))).toBe(true)
  })
})
