import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { available } from '#kernel/decide.ts'
import { plain } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import type { Purpose } from '#api/queue/queue-stages.ts'
import { listQueue } from '#api/queue/queue.ts'
import { objection } from '#lines/objection/objection.line.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { actionsOf, dueOn, faultsOf, isRunning, refusalOf, refused, targetOn, why } from './scene.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

/** Refused and served on Friday 17 April 2026. */
async function served(): Promise<Matter> {
  w.at('2026-04-17')
  const m = await refused(w)
  return w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
}

/** Li's objection, filed on 30 April. */
async function objected(parent: Matter, inTime = true): Promise<Matter> {
  w.at('2026-04-30')
  return w.open(cast.li, 'objection', { inTime }, { parent: parent.id })
}

const liesIn = (m: Matter, purpose: Purpose) =>
  w.run(cast.wang, (tx) => listQueue(tx, { purpose, limit: 100 })).then(({ rows }) => rows.some(({ id }) => id === m.id))

const openTo = (m: Matter) => available(plain(objection), m, { actor: cast.bai, now: w.now(), law: w.on.settings.lawOf(county, w.now()) })

describe('objecting to a refusal', () => {
  test('served on 17 April, an objection is in time until 6 May, after Labour Day (法律援助法 §49(1); AC-07)', async () => {
    const m = await served()
    expect([await targetOn(w, m, 'objection'), await dueOn(w, m, 'objection')]).toEqual(['2026-05-02', '2026-05-06'])
  })

  test('a refusal is a step of today until it is served, then none until the time to object is over (法律援助法 §49(1))', async () => {
    w.at('2026-04-17')
    const m = await refused(w)
    expect(await liesIn(m, 'today')).toBe(true)
    await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
    w.at('2026-05-06T23:59')
    await w.sweep()
    expect([await liesIn(m, 'today'), await liesIn(m, 'later')]).toEqual([false, true])
    w.at('2026-05-07T00:00')
    await w.sweep()
    expect([await liesIn(m, 'today'), await liesIn(m, 'later')]).toEqual([true, false])
    expect(await actionsOf(w, m)).toEqual(expect.arrayContaining(['serveRefusal', 'settle']))
  })

  test('the bureau decides in five calendar days, not working days: filed on 30 April, due on 6 May (法律援助法 §49(2); AC-07)', async () => {
    const complaint = await objected(await served())
    expect([await targetOn(w, complaint, 'decide'), await dueOn(w, complaint, 'decide')]).toEqual(['2026-05-05', '2026-05-06'])
  })

  test('the agency that refused does not decide the objection (法律援助法 §49(2); AC-07)', async () => {
    const complaint = await objected(await served())
    expect(await refusalOf(w.act(cast.wang, complaint, 'uphold', { reason: why, servedOn: '2026-04-30' }))).toBe('not_permitted')
  })

  test('kept on 6 May, reconsideration is open until 6 July and the court until 6 November (法律援助法 §49(3), 行政复议法 §20, 行政诉讼法 §46; AC-07)', async () => {
    const complaint = await objected(await served())
    w.at('2026-05-06')
    await w.act(cast.bai, complaint, 'uphold', { reason: why, servedOn: '2026-05-06' })
    expect([await targetOn(w, complaint, 'reconsideration'), await dueOn(w, complaint, 'reconsideration')]).toEqual([
      '2026-07-05',
      '2026-07-06',
    ])
    expect(await dueOn(w, complaint, 'lawsuit')).toBe('2026-11-06')
  })
})

const order = async (parent: Matter) => {
  const complaint = await objected(parent)
  w.at('2026-05-06')
  await w.act(cast.bai, complaint, 'order', { reason: why, servedOn: '2026-05-06' })
  await w.settle()
  return complaint
}

describe('a correction ordered by the bureau', () => {
  test('reopens the decision, and assignment runs three days from the new grant (法律援助法 §49(2), §43(1); AC-07)', async () => {
    const m = await served()
    const complaint = await order(m)
    expect(await w.read(m)).toMatchObject({ state: 'correcting', data: { correctedBy: complaint.id } })
    expect(await isRunning(w, m, 'objection')).toBe(false)
    w.at('2026-05-07')
    await w.act(cast.wang, m, 'grant')
    expect([await targetOn(w, m, 'assignment'), await dueOn(w, m, 'assignment')]).toEqual(['2026-05-10', '2026-05-11'])
  })

  test('reaches a termination whose file was handed in meanwhile (法律援助法 §49; AC-07)', async () => {
    w.at('2026-04-17')
    const m = await w.filed()
    await w.assessed(m)
    await w.act(cast.wang, m, 'grant')
    await w.assigned(m)
    await w.act(cast.guo, m, 'terminate', { ground: 'T8', reason: why })
    await w.act(cast.wang, m, 'serveTermination', { servedOn: '2026-04-17' })
    await w.attached(cast.zhao, m, 'report')
    await w.act(cast.zhao, m, 'submitFile')
    await order(m)
    expect((await w.read(m)).state).toBe('correcting')
    expect(await isRunning(w, m, 'fileCheck')).toBe(false)
  })

  test('cannot be dodged: a refusal is not archived while an objection may still come or be decided (法律援助法 §49(1), 档案法 §37; AC-07)', async () => {
    const m = await served()
    w.at('2026-05-11')
    expect(await refusalOf(w.act(cast.wang, m, 'archive'))).toBe('too_early')
    w.at('2026-05-12')
    expect((await w.act(cast.wang, m, 'archive')).state).toBe('archived')
  })

  test('that finds its refusal archived is a failure someone sees, never silence (法律援助法 §49(2); AC-07)', async () => {
    const m = await served()
    const complaint = await objected(m)
    w.at('2026-06-30')
    await w.act(cast.wang, m, 'archive')
    await w.act(cast.bai, complaint, 'order', { reason: why, servedOn: '2026-06-30' })
    expect(await refusalOf(w.settle())).toBe('wrong_state')
  })
})

describe('an objection out of time', () => {
  test('can only be rejected as late: neither kept nor ordered (法律援助法 §49(1); AC-07)', async () => {
    const late = await objected(await served(), false)
    expect(openTo(late)).toEqual(['rejectLate'])
    expect(await refusalOf(w.act(cast.bai, late, 'order', { reason: why, servedOn: '2026-04-30' }))).toBe('too_late')
  })

  test('still shows the way to reconsideration and to court (行政复议法 §20, 行政诉讼法 §46; AC-07)', async () => {
    const late = await objected(await served(), false)
    await w.act(cast.bai, late, 'rejectLate', { reason: why, servedOn: '2026-04-30' })
    expect(await isRunning(w, late, 'reconsideration')).toBe(true)
    expect(await dueOn(w, late, 'lawsuit')).toBe('2026-10-30')
  })

  test('an objection in time is never rejected as late (法律援助法 §49(1); AC-07)', async () => {
    const complaint = await objected(await served())
    expect(openTo(complaint)).toEqual(['uphold', 'order'])
  })
})

describe('the day something was served', () => {
  test('cannot lie before the decision was made, or the time to object would be gone at once (法律援助法 §49(1))', async () => {
    w.at('2026-04-17')
    const m = await refused(w)
    expect(await faultsOf(w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-16' }))).toEqual([
      ['servedOn', '不能早于作出决定的日子（2026-04-17）'],
    ])
    await w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-17' })
    expect(await faultsOf(w.act(cast.wang, m, 'serveRefusal', { servedOn: '2026-04-02' }))).toHaveLength(1)
  })

  test.each(['uphold', 'order'])('by %s cannot lie before the objection was made (法律援助法 §49(2))', async (action) => {
    const complaint = await objected(await served())
    expect(await faultsOf(w.act(cast.bai, complaint, action, { reason: why, servedOn: '2026-04-29' }))).toEqual([
      ['servedOn', '不能早于提出的日子（2026-04-30）'],
    ])
  })

  test('by rejectLate cannot lie before the objection was made (法律援助法 §49(1))', async () => {
    const late = await objected(await served(), false)
    expect(await faultsOf(w.act(cast.bai, late, 'rejectLate', { reason: why, servedOn: '2026-04-29' }))).toHaveLength(1)
  })
})
