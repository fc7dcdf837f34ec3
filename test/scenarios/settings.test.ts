import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { findDraft, type Draft } from '#records/settings/draft-rows.ts'
import { proposeSetting, publishSetting, withdrawSetting } from '#records/settings/setting-drafts.ts'
import { startReplay } from '#records/settings/replays.ts'
import { loadRegions } from '#records/register/regions.ts'
import { officer } from '#test/planted.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { faultsOf, refusalOf } from './scene.ts'

let w: World
const he2 = officer('63', 'manager')
const ofCity = officer('6301', 'manager')
const ofLiaoning = officer('21', 'manager')

beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63', '21'], toLevel: 3 }))
})
beforeEach(() => w.at('2026-03-02'))
afterAll(() => w[Symbol.asyncDispose]())

const propose = (who: Actor, change: Partial<Draft> = {}): Promise<Draft> =>
  w.run(who, (tx) =>
    proposeSetting(tx, {
      id: v7(),
      region: '63',
      key: 'closing.fileDays',
      validFrom: '2026-03-10',
      value: 20,
      note: '演示依据',
      ...change,
    }),
  )
const publish = (who: Actor, { id }: Draft) => w.run(who, (tx) => publishSetting(tx, id))
const withdraw = (who: Actor, { id }: Draft) => w.run(who, (tx) => withdrawSetting(tx, id))
const valueOn = (day: string, key = 'closing.fileDays', region: string = county) => w.on.settings.at(key, region, day)

describe('a change takes two people', () => {
  test('who proposed it does not publish it, and neither does the database let them', async () => {
    const draft = await propose(cast.he)
    expect(await refusalOf(publish(cast.he, draft))).toBe('own_draft')
    await expect(
      w.on.database.owner((db) =>
        sql`update setting_draft set published_by = proposed_by, published_at = now() where id = ${draft.id}`.execute(db),
      ),
    ).rejects.toThrow('setting_draft_takes_two')
    expect(valueOn('2026-03-10')).toBe(30)
  })

  test('published by a colleague, it is in force on its day and not before', async () => {
    await publish(he2, await propose(cast.he, { key: 'objection.days', value: 20 }))
    expect([valueOn('2026-03-09', 'objection.days'), valueOn('2026-03-10', 'objection.days')]).toEqual([15, 20])
    expect(valueOn('2026-03-10', 'objection.days', '210102')).toBe(15)
  })

  test('asked twice it is published once, and a third who comes at the same moment is told', async () => {
    const draft = await propose(cast.he, { key: 'replacement.decideDays', value: 6 })
    const asked = await Promise.allSettled([publish(he2, draft), publish(he2, draft), publish(officer('63', 'manager'), draft)])
    expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    const rows = await w.run(cast.ding, (tx) => tx.db.selectFrom('audit').select('detail').where('kind', '=', 'settingChanged').execute())
    expect(rows.filter(({ detail }) => detail.draft === draft.id)).toHaveLength(1)
  })

  test('a value that nobody published is not written, whatever the service is made to send', async () => {
    const write = (who: Actor, value: number) =>
      w.run(who, (tx) =>
        sql`insert into setting (region, key, valid_from, value, decided_by) values ('63', 'closing.checkDays', '2026-03-10', ${String(value)}::jsonb, ${who.id})`.execute(
          tx.db,
        ),
      )
    await expect(write(cast.he, 99)).rejects.toThrow('row-level security')
    const draft = await propose(cast.he, { key: 'closing.checkDays', value: 25 })
    await publish(he2, draft)
    await expect(write(he2, 99)).rejects.toThrow('row-level security')
    expect(valueOn('2026-03-10', 'closing.checkDays')).toBe(25)
  })

  test('what was proposed cannot be rewritten before it is published', async () => {
    const draft = await propose(cast.he)
    await expect(
      w.run(he2, (tx) =>
        sql`update setting_draft set value = '1'::jsonb, published_by = ${he2.id}, published_at = now() where id = ${draft.id}`.execute(
          tx.db,
        ),
      ),
    ).rejects.toThrow('permission denied')
    await expect(
      w.run(cast.he, (tx) =>
        sql`update setting_draft set published_by = ${he2.id}, published_at = now() where id = ${draft.id}`.execute(tx.db),
      ),
    ).rejects.toThrow('row-level security')
  })
})

describe('whose it is', () => {
  test('a manager proposes and publishes within their own region', async () => {
    expect(await refusalOf(propose(ofCity))).toBe('not_permitted')
    expect(await refusalOf(propose(ofLiaoning))).toBe('not_permitted')
    const draft = await propose(cast.he)
    expect(await refusalOf(publish(ofCity, draft))).toBe('not_permitted')
    expect(await refusalOf(withdraw(ofCity, draft))).toBe('not_permitted')
  })

  test('a draft of another province does not exist', async () => {
    const draft = await propose(cast.he)
    expect(await refusalOf(publish(ofLiaoning, draft))).toBe('not_found')
    expect(await refusalOf(w.run(ofLiaoning, (tx) => startReplay(tx, draft.id, v7())))).toBe('not_found')
  })

  test('a nearer value outranks the province’s', async () => {
    await publish(he2, await propose(cast.he, { key: 'termination.sendDays', value: 5 }))
    await publish(cast.he, await propose(ofCity, { region: '6301', key: 'termination.sendDays', value: 4 }))
    expect([valueOn('2026-03-10', 'termination.sendDays'), valueOn('2026-03-10', 'termination.sendDays', '632621')]).toEqual([4, 5])
  })
})

describe('from which day', () => {
  test('what was in force is not changed afterwards', async () => {
    expect(await refusalOf(propose(cast.he, { validFrom: '2026-03-01' }))).toBe('invalid')
    expect((await propose(cast.he, { validFrom: '2026-03-02' })).validFrom).toBe('2026-03-02')
  })

  test('what has been in force since this morning is not put another in place of, and its rows stay', async () => {
    const today = { key: 'replacement.decideDays', validFrom: '2026-03-02' }
    const [morning, evening] = [await propose(cast.he, { ...today, value: 20 }), await propose(cast.he, { ...today, value: 10 })]
    await publish(he2, morning)
    w.at('2026-03-02T15:00')
    expect(await refusalOf(publish(he2, evening))).toBe('in_force')
    const again = propose(cast.he, { ...today, value: 10 })
    await expect(again).rejects.toMatchObject({ detail: { issues: [{ path: 'validFrom', message: 'answer.date.inForce' }] } })
    expect(valueOn('2026-03-02', today.key)).toBe(20)
    await publish(he2, await propose(cast.he, { ...today, value: 10, validFrom: '2026-03-03' }))
    expect([valueOn('2026-03-02', today.key), valueOn('2026-03-03', today.key)]).toEqual([20, 10])
  })

  test('of two published for today at the same moment one comes into force, and the other is told', async () => {
    const today = { key: 'replacement.decideDays', region: county, validFrom: '2026-03-02' }
    const drafts = [await propose(cast.he, { ...today, value: 6 }), await propose(cast.he, { ...today, value: 7 })]
    const asked = await Promise.allSettled(drafts.map((draft) => publish(he2, draft)))
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const published = await Promise.all(drafts.map((draft) => w.run(cast.he, (tx) => findDraft(tx, draft.id))))
    expect(published.filter((draft) => draft?.publishedAt)).toMatchObject([{ value: valueOn('2026-03-02', today.key) }])
  })

  test('what is only to come may be replaced until its day', async () => {
    const tomorrow = { key: 'replacement.decideDays', region: '6301', validFrom: '2026-03-03' }
    await publish(he2, await propose(cast.he, { ...tomorrow, value: 8 }))
    await publish(he2, await propose(cast.he, { ...tomorrow, value: 9 }))
    expect(valueOn('2026-03-03', tomorrow.key, '6301')).toBe(9)
  })

  test('a first value may reach back to the day the province decided it, and the next may not (法律援助法 §34)', async () => {
    const allowance = { key: 'hardship.allowanceFenPerMonth', value: 80_000, region: '632621', validFrom: '2020-01-01' }
    await propose(cast.he, allowance)
    await w.run(cast.clockwork, (tx) =>
      sql`insert into setting (region, key, valid_from, value, decided_by) values ('63', 'hardship.allowanceFenPerMonth', '2019-01-01', '70000', 'x')`.execute(
        tx.db,
      ),
    )
    expect(await refusalOf(propose(cast.he, allowance))).toBe('invalid')
  })

  test('a draft that waited past its day is proposed anew', async () => {
    const draft = await propose(cast.he, { validFrom: '2026-03-05' })
    w.at('2026-03-06')
    expect(await refusalOf(publish(he2, draft))).toBe('day_passed')
  })
})

describe('sent again, sent wrong, taken back', () => {
  test('the same draft sent twice is one; another under its id is refused', async () => {
    const draft = await propose(cast.he)
    expect(await propose(cast.he, { id: draft.id })).toEqual(draft)
    expect(await refusalOf(propose(cast.he, { id: draft.id, value: 21 }))).toBe('key_reused')
  })

  test.each([
    ['a value the setting cannot have', { value: -1 }],
    ['no value', { value: undefined }],
    ['a setting nobody declared', { key: 'constructor' }],
    ['a place that does not exist', { region: '6399' }],
  ])('%s is told at the field', async (_, change) => {
    expect(await refusalOf(propose(cast.he, change))).toBe('invalid')
  })

  test.each([
    ['hardship.standard', { basis: 'fixedAmount', fenPerMonth: 0, inclusive: true }, 'value.fenPerMonth'],
    ['hardship.allowanceFenPerMonth', 0, 'value'],
  ])('a threshold of nothing for %s would shut everybody out, and is told at the field (法律援助法 §34)', async (key, value, path) => {
    expect(await faultsOf(propose(cast.he, { key, value }))).toEqual([[path, '金额要大于 0']])
  })

  test('withdrawn it is over, for the proposer and for a colleague', async () => {
    const draft = await propose(cast.he)
    expect((await withdraw(he2, draft)).withdrawnBy).toBe(he2.id)
    expect((await withdraw(cast.he, draft)).withdrawnBy).toBe(he2.id)
    expect(await refusalOf(publish(he2, draft))).toBe('wrong_state')
  })

  test('a draft that proposals of aid hang on is not published before it was replayed', async () => {
    const draft = await propose(cast.he, { key: 'hardship.verificationMethods', value: ['dataQuery'] })
    expect(await refusalOf(publish(he2, draft))).toBe('replay_first')
  })
})
