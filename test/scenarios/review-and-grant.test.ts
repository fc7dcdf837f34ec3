import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, world, type World } from '#test/world.ts'
import { dueOn, granted, isRunning, refusalOf, targetOn } from './scene.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

describe('from receipt to the agreement', () => {
  test('review ends seven days after receipt, assignment three after the decision, the agreement five after assignment (法律援助法 §43; AC-01)', async () => {
    w.at('2026-03-02')
    const m = await w.filed({ matterCode: 'M31-4', route: 'check' })
    expect(await dueOn(w, m, 'review')).toBe('2026-03-09')
    w.at('2026-03-06')
    await w.assessed(m)
    await w.act(cast.wang, m, 'grant')
    expect(await dueOn(w, m, 'assignment')).toBe('2026-03-09')
    w.at('2026-03-09')
    await w.assigned(m)
    expect([await targetOn(w, m, 'engagement'), await dueOn(w, m, 'engagement')]).toEqual(['2026-03-14', '2026-03-16'])
  })

  test('each decision ends the limit it was bound by (法律援助法 §43; AC-01)', async () => {
    w.at('2026-03-02')
    const m = await granted(w)
    expect([await isRunning(w, m, 'review'), await isRunning(w, m, 'assignment')]).toEqual([false, true])
    await w.assigned(m)
    expect([await isRunning(w, m, 'assignment'), await isRunning(w, m, 'engagement')]).toEqual([false, true])
  })

  test('no agreement, no work, unless the objective reason is written down (办理法律援助案件程序规定 §27; AC-01)', async () => {
    w.at('2026-03-09')
    const m = await granted(w)
    await w.assigned(m)
    expect(await refusalOf(w.act(cast.zhao, m, 'engage'))).toBe('missing_document')
    expect((await w.act(cast.zhao, m, 'engage', { exception: '受援人在外地住院，暂时不能签字。' })).state).toBe('handling')
  })

  test('assignment before Qingming moves past the day off: granted on 3 April, due on the 7th (法律援助法 §43, 民法典 §203; AC-02)', async () => {
    w.at('2026-04-01')
    const m = await w.filed({ matterCode: 'M31-5', route: 'exempt' })
    expect(await dueOn(w, m, 'review')).toBe('2026-04-08')
    w.at('2026-04-03')
    await w.assessed(m)
    await w.act(cast.wang, m, 'grant')
    expect([await targetOn(w, m, 'assignment'), await dueOn(w, m, 'assignment')]).toEqual(['2026-04-06', '2026-04-07'])
  })
})

describe('the review counts calendar days and rolls over days off', () => {
  test('received on 28 September 2026, review ends on 8 October, not on the 13th (法律援助法 §43, 民法典 §203; AC-04)', async () => {
    w.at('2026-09-28')
    const m = await w.filed()
    expect([await targetOn(w, m, 'review'), await dueOn(w, m, 'review')]).toEqual(['2026-10-05', '2026-10-08'])
  })

  test('received on 26 September 2025, review ends on 9 October (法律援助法 §43, 民法典 §203; AC-04)', async () => {
    w.at('2025-09-26')
    const m = await w.filed()
    expect([await targetOn(w, m, 'review'), await dueOn(w, m, 'review')]).toEqual(['2025-10-03', '2025-10-09'])
  })
})

describe('urgent aid', () => {
  test('five days before the limitation ends, aid may be given the same day and papers follow (法律援助法 §44(1); AC-14)', async () => {
    w.at('2026-03-05')
    const m = await w.filed()
    await w.assessed(m, 'cannotDecide', true)
    expect((await w.act(cast.wang, m, 'urgentAid', { ground: 'lessThanSevenDays', until: '2026-03-12' })).state).toBe('urgent')
    expect(await dueOn(w, m, 'urgentPapers')).toBe('2026-03-12')
  })

  test('exactly seven days are no urgent ground; the normal review ends on the limitation day itself (法律援助法 §44(1); AC-14)', async () => {
    w.at('2026-03-03')
    const m = await w.filed()
    await w.act(cast.wang, m, 'assess', { assessment: m.id, proposal: 'grant', urgent: false, topPriority: true })
    expect(await refusalOf(w.act(cast.wang, m, 'urgentAid', { ground: 'lessThanSevenDays', until: '2026-03-10' }))).toBe('not_applicable')
    expect(await dueOn(w, m, 'review')).toBe('2026-03-10')
    expect((await w.read(m)).data['assessment']).toMatchObject({ topPriority: true })
  })
})

describe('the number of a file', () => {
  test.each([
    ['M24', '刑'],
    ['M29-1', '刑'],
    ['M31-5', '民'],
    ['M33', '民'],
    ['N32-4', '民'],
  ])('an application under %s, sent directly, is numbered %s', async (matterCode, kind) => {
    expect((await w.filed({ matterCode })).number).toMatch(new RegExp(`^（2026）.+${kind}\\d{5}号$`))
  })
})

describe('an application from custody', () => {
  const handed = { forWhom: 'custody', channel: 'custody', handedOverAt: '2026-04-03T16:00:00+08:00' }

  test('the facility forwards it within 24 hours, which never roll over (法律援助法 §39; AC-16)', async () => {
    w.at('2026-04-03T16:30')
    const m = await w.open(cast.li)
    await w.act(cast.li, m, 'handOver', { ...w.filing, ...handed })
    expect((await w.clock(m, 'forward'))?.dueAt).toEqual(new Date('2026-04-04T16:00:00+08:00'))
    expect(await isRunning(w, m, 'review')).toBe(false)
  })

  test('the agency reviews from the day it receives it, a day off too: due on 13 April (法律援助法 §43; AC-16)', async () => {
    w.at('2026-04-03T16:30')
    const m = await w.open(cast.li)
    await w.act(cast.li, m, 'handOver', { ...w.filing, ...handed })
    w.at('2026-04-04')
    await w.act(cast.liu, m, 'forward')
    expect([await targetOn(w, m, 'review'), await dueOn(w, m, 'review')]).toEqual(['2026-04-11', '2026-04-13'])
    expect(await isRunning(w, m, 'forward')).toBe(false)
  })

  test('an hour of hand-over that has not come yet cannot buy the facility time (法律援助法 §39; AC-16)', async () => {
    w.at('2026-04-03T16:30')
    const m = await w.open(cast.li)
    const later = { ...w.filing, ...handed, handedOverAt: '2026-05-03T16:00:00+08:00' }
    expect(await refusalOf(w.act(cast.li, m, 'handOver', later))).toBe('invalid')
  })
})

describe('two competent agencies', () => {
  test('the first to receive keeps it; the second refers the person there and names the first application (法律援助法 §38; AC-35)', async () => {
    w.at('2026-06-01T09:00')
    const first = await w.filed()
    w.at('2026-06-01T11:00')
    const second = await w.filed({ duplicateOf: first.id }, '630202')
    const closed = await w.act(cast.sun, second, 'refer', {
      to: '西宁市城东区法律援助中心',
      reason: '同一事项已由先收到申请的机构受理。',
      duplicateOf: first.id,
    })
    expect(closed).toMatchObject({ state: 'referred', data: { duplicateOf: first.id } })
    expect(await isRunning(w, second, 'review')).toBe(false)
    expect([(await w.read(first)).state, await isRunning(w, first, 'review')]).toEqual(['submitted', true])
  })
})
