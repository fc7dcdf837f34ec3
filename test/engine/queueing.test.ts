import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { visitor } from '#platform/tx.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
let m: Matter
beforeAll(async () => {
  w = await world()
})
beforeEach(async () => {
  m = await w.filed()
  await w.on.jobs.deleteAllJobs('effect')
})
afterAll(() => w[Symbol.asyncDispose]())

const forbidden = '42501'
const said = (who: Actor, text: string) =>
  w
    .run(who, (tx) => sql.raw(text).execute(tx.db))
    .then(
      ({ rows }) => rows,
      (error: { code?: string }) => error.code,
    )
const queue = (effect: string, { region, id }: Matter, seq: number) => `select sec.queue_effect('${effect}', '${region}', '${id}', ${seq})`
const queued = async () =>
  (
    await w.on.database.owner((db) =>
      sql<{ job: Record<string, unknown> }>`select to_jsonb(j) as job from pgboss.job j order by created_on, id`.execute(db),
    )
  ).rows.map(({ job }) => job)

describe('an effect is queued by the step it follows from (S-M10)', () => {
  test('in a row that is what the job library makes of it', async () => {
    await w.act(cast.wang, m, 'ask', { missing: ['identity'], until: '2026-03-10' })
    const ours = await queued()
    const [first] = ours
    await w.on.jobs.deleteAllJobs('effect')
    await w.on.jobs.send('effect', first?.['data'] as object)
    const [theirs] = await queued()
    const lasting = (job: Record<string, unknown> = {}) => Date.parse(String(job['keep_until'])) - Date.parse(String(job['start_after']))
    const plain = (job: Record<string, unknown> = {}) => ({
      ...job,
      id: null,
      start_after: null,
      created_on: null,
      keep_until: lasting(job),
    })
    expect(plain(first)).toEqual(plain(theirs))
    expect(first?.['data']).toEqual({ effect: expect.any(String), region: county, id: m.id, seq: 2 })
  })

  test.each([
    ['a visitor', visitor],
    ['who asked', cast.li],
    ['an officer of the county', cast.wang],
  ] as const)('and by nobody for a step of before: not by %s', async (_, who) => {
    for (const seq of [0, 1, 2, -5]) expect(await said(who, queue('tellProgress', m, seq))).toBe(forbidden)
    expect(await queued()).toEqual([])
  })

  test('nor by a step in another’s name, nor one that no service declares, by the system neither', async () => {
    const step = `insert into event (region, id, seq, action, actor, at, "from", "to", input) values ('${m.region}', '${m.id}', 9, 'x', '${cast.guo.id}', now(), 'x', 'x', '{}')`
    const both = w.run(cast.wang, async (tx) => {
      await sql.raw(step).execute(tx.db)
    })
    await expect(both).rejects.toMatchObject({ code: forbidden })
    expect(await said(cast.clockwork, queue('eraseEverything', m, 1))).toBe(forbidden)
    expect(await queued()).toEqual([])
  })

  test('the job library works as a login of its own, which reads nothing of ours', async ({ skip }) => {
    skip(w.on.database.engine === 'pglite', 'the embedded database has no logins')
    await expect(w.on.database.boss.executeSql('select * from matter')).rejects.toMatchObject({ code: forbidden })
    const { rows } = await w.on.database.boss.executeSql('select current_user as name')
    expect(rows).toMatchObject([{ name: expect.stringMatching(/^fahui-jobs_/) }])
  })
})

describe('a legal number is counted forward, and is one matter’s', () => {
  const draw = ({ region, id }: Pick<Matter, 'region' | 'id'>) => `select sec.draw_number('${region}', '${id}', 2026, '民') as n`

  const counted = async () => (await w.on.database.owner((db) => sql`select * from number_counter order by 1, 2, 3`.execute(db))).rows

  test('whoever draws one: it comes after the last, and never again', async () => {
    const first = (await said(cast.wang, draw(m))) as { n: number }[]
    const next = (await said(cast.li, draw(m))) as { n: number }[]
    expect(next[0]?.n).toBe((first[0]?.n ?? 0) + 1)
  })

  test('for a matter that one does not see none is drawn, nor by somebody who has not said who they are', async () => {
    const before = await counted()
    for (const who of [visitor, cast.chen, cast.sun]) expect(await said(who, draw(m))).toEqual([{ n: null }])
    expect(await said(visitor, draw({ region: county, id: v7() }))).toEqual([{ n: null }])
    expect(await counted()).toEqual(before)
  })

  test('two matters of a county do not bear the same, whoever writes it', async () => {
    const other = await w.filed()
    const same = w.on.database.owner((db) => sql`update matter set number = ${m.number} where id = ${other.id}`.execute(db))
    await expect(same).rejects.toMatchObject({ code: '23505' })
  })
})

describe('a code is found by whoever has it', () => {
  const found = (who: Actor, code: string) => said(who, `select id from sec.matter_of('${code}')`)

  test('and sees its matter; to everybody else it is no code', async () => {
    expect(await found(cast.li, m.code)).toEqual([{ id: m.id }])
    for (const who of [visitor, cast.chen, cast.sun]) expect(await found(who, m.code)).toEqual([])
  })

  test('and codes are listed for nobody, the system neither', async () => {
    for (const who of [visitor, cast.li, cast.he, cast.clockwork]) expect(await said(who, 'select code from matter_code')).toBe(forbidden)
  })

  test('a secret is tried by the sign-in code alone, and kept once, by the person themselves', async () => {
    for (const who of [visitor, cast.li, cast.wang]) expect(await said(who, `select * from sec.secret_of('${m.code}')`)).toEqual([])
    const kept = async () =>
      (
        await w.on.database.owner((db) =>
          sql<{ secret: string }>`select secret_hash as secret from matter_code where code = ${m.code}`.execute(db),
        )
      ).rows[0]?.secret
    for (const who of [visitor, cast.chen, cast.wang, cast.li, cast.li]) {
      await said(who, `select sec.keep_secret('${m.code}', '${who.id}')`)
      if (who !== cast.li) expect(await kept()).toBeNull()
    }
    await said(cast.li, `select sec.keep_secret('${m.code}', 'another')`)
    expect(await kept()).toBe(cast.li.id)
  })

  test('another matter’s code is not added to the list', async () => {
    const draft = await w.open(cast.chen)
    const add = `insert into matter_code (code, region, matter) values ('AAAAAAAAAA', '${draft.region}', '${draft.id}')`
    for (const who of [visitor, cast.chen, cast.li, cast.clockwork]) expect(await said(who, add)).toBe(forbidden)
  })
})

describe('the caseloads of providers, and whom they have served, are the desk’s to know', () => {
  test.each([visitor, cast.li, cast.chen, cast.zhao])('and nobody else’s: %o', async (who) => {
    await w.act(cast.wang, m, 'recuse', { reason: '根据现有材料，理由已经书面说明清楚。' }).catch(() => {})
    expect(await said(who, `select * from sec.caseloads(array['${cast.zhao.id}'])`)).toEqual([])
    expect(await said(who, `select * from sec.served_other_side('${m.region}', '${m.id}')`)).toEqual([])
  })
})
