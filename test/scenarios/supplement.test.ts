import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, world, type World } from '#test/world.ts'
import { actionsOf, dueOn, faultsOf, isRunning, refusalOf, targetOn } from './scene.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

/** Received on 2 March, everything missing asked for on the 4th, to be supplied by the 19th. */
async function asked() {
  w.at('2026-03-02')
  const m = await w.filed()
  w.at('2026-03-04')
  await w.act(cast.wang, m, 'ask', { missing: ['means', 'evidence'], until: '2026-03-19' })
  return m
}

describe('asking for what is missing', () => {
  test('the review waits while the applicant gathers papers: there is no last day until they arrive (法律援助法 §43(2); AC-05)', async () => {
    const m = await asked()
    expect(await dueOn(w, m, 'review')).toBeNull()
    expect(await dueOn(w, m, 'supplement')).toBe('2026-03-19')
  })

  test('the notice day counts and the day of arrival does not: supplied on the 16th, the review ends on the 23rd (法律援助法 §43(2); AC-05)', async () => {
    const m = await asked()
    w.at('2026-03-16')
    await w.attached(cast.li, m, 'means')
    await w.attached(cast.li, m, 'evidence')
    await w.act(cast.li, m, 'supply')
    expect([await targetOn(w, m, 'review'), await dueOn(w, m, 'review')]).toEqual(['2026-03-21', '2026-03-23'])
    expect(await isRunning(w, m, 'supplement')).toBe(false)
  })

  test('the agency asks once: a second notice is refused (法律援助法 §43(2); AC-05)', async () => {
    const m = await asked()
    w.at('2026-03-16')
    await w.attached(cast.li, m, 'means')
    await w.attached(cast.li, m, 'evidence')
    await w.act(cast.li, m, 'supply')
    expect(await refusalOf(w.act(cast.wang, m, 'ask', { missing: ['identity'], until: '2026-03-30' }))).toBe('once_only')
  })

  test('half of what was asked does not end the waiting (法律援助法 §43(2); AC-05)', async () => {
    const m = await asked()
    await w.attached(cast.li, m, 'means')
    expect(await refusalOf(w.act(cast.li, m, 'supply'))).toBe('missing_document')
  })

  test('a day that has passed cannot be named as the day to supply by (法律援助法 §43(2); AC-05)', async () => {
    w.at('2026-03-04')
    const m = await w.filed()
    expect(await refusalOf(w.act(cast.wang, m, 'ask', { missing: ['means'], until: '2026-03-04' }))).toBe('invalid')
  })
})

describe('how far ahead the day may lie', () => {
  const ask = async (from: string, until: string) => {
    w.at(from)
    const m = await w.filed()
    return w.act(cast.wang, m, 'ask', { missing: ['means'], until })
  }

  test('no further than the days that are set: the review waits for it (法律援助法 §43(2))', async () => {
    expect(await faultsOf(ask('2026-03-04', '2026-03-20'))).toEqual([['until', '最晚只能定到 2026-03-19']])
    expect((await ask('2026-03-04', '2026-03-19')).state).toBe('supplementing')
  })

  test('where the last of those days is a holiday, until the next working day (法律援助法 §43(2), 民法典 §203)', async () => {
    expect((await ask('2026-04-17', '2026-05-06')).state).toBe('supplementing')
    expect(await faultsOf(ask('2026-04-17', '2026-05-07'))).toEqual([['until', '最晚只能定到 2026-05-06']])
  })

  test('the papers of urgent aid follow within the days that are set for them (法律援助法 §44(2))', async () => {
    w.at('2026-03-04')
    const m = await w.filed()
    const give = (until: string) => w.act(cast.wang, m, 'urgentAid', { ground: 'preservation', until })
    expect(await faultsOf(give('2026-03-12'))).toEqual([['until', '最晚只能定到 2026-03-11']])
    expect((await give('2026-03-11')).state).toBe('urgent')
  })
})

describe('no answer to the notice', () => {
  test('until midnight of the day named nobody may close it, not even the clockwork (法律援助法 §43(2); AC-06)', async () => {
    const m = await asked()
    w.at('2026-03-19T23:59')
    await w.sweep()
    expect((await w.read(m)).state).toBe('supplementing')
    expect(await refusalOf(w.act(cast.wang, m, 'lapse'))).toBe('too_early')
  })

  test('the day after, the system records it as deemed withdrawn, with no decision to refuse, and tells the person (法律援助法 §43(2); AC-06)', async () => {
    const m = await asked()
    w.at('2026-03-20')
    await w.sweep()
    await w.settle()
    expect((await w.read(m)).state).toBe('deemedWithdrawn')
    expect(await actionsOf(w, m)).not.toContain('refuse')
    const told = await w.run(cast.li, (tx) =>
      tx.db.selectFrom('message').select('template').where('matter', '=', m.id).where('account', '=', cast.li.id).execute(),
    )
    expect(told.map(({ template }) => template)).toContain('tellDeemedWithdrawn')
    expect(await isRunning(w, m, 'review')).toBe(false)
  })

  test('the same person may apply again the same day (法律援助法 §43(2); AC-06)', async () => {
    const m = await asked()
    w.at('2026-03-20')
    await w.sweep()
    const again = await w.filed()
    expect(again.number).not.toBe((await w.read(m)).number)
    expect(await dueOn(w, again, 'review')).toBe('2026-03-27')
  })
})
