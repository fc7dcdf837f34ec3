import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal.ts'
import type { MatterId } from '#kernel/matter.ts'
import { actionsOf, granted, refusalOf } from '#test/scenarios/scene.ts'
import { cast, county, world, type World } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const keyRow = (key: string) =>
  w.run(cast.clockwork, (tx) =>
    tx.db.selectFrom('idempotency').select(['seq', 'seen', 'replays']).where('key', '=', key).executeTakeFirst(),
  )
const evidence = (document: string) => ({ kind: 'evidence', document, hash: 'a'.repeat(64) })
const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.map((outcome) => {
    if (outcome.status === 'fulfilled') return 'done'
    if (outcome.reason instanceof Refusal) return outcome.reason.code
    throw outcome.reason
  })
const times = (count: number) => Array.from({ length: count }, (_, n) => n)

describe('the same request sent twice', () => {
  test('acts once, and the repeat is answered and written down (TRUST 0.4)', async () => {
    w.at('2026-03-02')
    const [m, key, input] = [await w.filed(), v7(), evidence(v7())]
    const first = await w.act(cast.li, m, 'attach', input, { key })
    w.at('2026-03-03')
    expect(await w.act(cast.li, m, 'attach', input, { key })).toEqual(first)
    expect(await actionsOf(w, m)).toEqual(['open', 'submit', 'attach'])
    expect(await keyRow(key)).toEqual({ seq: 2, seen: w.now(), replays: 1 })
  })

  test('is answered even when the version it saw has passed: the answer, not the action, is repeated', async () => {
    const [m, key, input] = [await w.filed(), v7(), evidence(v7())]
    await w.act(cast.li, m, 'attach', input, { key, expect: 1 })
    expect((await w.act(cast.li, m, 'attach', input, { key, expect: 1 })).version).toBe(2)
  })

  test('with the keys of its fields in another order, is the same request', async () => {
    const [m, key, document] = [await w.filed(), v7(), v7()]
    await w.act(cast.li, m, 'attach', evidence(document), { key })
    expect((await w.act(cast.li, m, 'attach', { hash: 'a'.repeat(64), document, kind: 'evidence' }, { key })).version).toBe(2)
  })

  test('twenty times at once leaves one event', async () => {
    const [m, key, input] = [await w.filed(), v7(), evidence(v7())]
    const outcomes = await Promise.allSettled(times(20).map(() => w.act(cast.li, m, 'attach', input, { key })))
    expect(new Set(codes(outcomes))).toEqual(new Set(['done']))
    expect(await actionsOf(w, m)).toEqual(['open', 'submit', 'attach'])
    expect(await keyRow(key)).toMatchObject({ replays: 19 })
  })

  test('a key that was refused may be used again: nothing was done under it', async () => {
    const [m, key] = [await w.filed(), v7()]
    expect(await refusalOf(w.act(cast.wang, m, 'grant', {}, { key }))).toBe('not_assessed')
    await w.assessed(m)
    expect((await w.act(cast.wang, m, 'grant', {}, { key })).state).toBe('granted')
  })
})

describe('a key used for something else', () => {
  test('is refused for another input, another action and another matter', async () => {
    const [m, other, key] = [await w.filed(), await w.filed(), v7()]
    await w.act(cast.li, m, 'attach', evidence(v7()), { key })
    expect(await refusalOf(w.act(cast.li, m, 'attach', evidence(v7()), { key }))).toBe('key_reused')
    expect(await refusalOf(w.act(cast.li, m, 'withdraw', {}, { key }))).toBe('key_reused')
    expect(await refusalOf(w.act(cast.li, other, 'withdraw', {}, { key }))).toBe('key_reused')
    expect((await w.read(other)).state).toBe('submitted')
  })

  test('is not known to a stranger: to him the matter does not exist, whatever key he holds', async () => {
    const [m, key, input] = [await w.filed(), v7(), evidence(v7())]
    await w.act(cast.li, m, 'attach', input, { key })
    expect(await refusalOf(w.act(cast.chen, m, 'attach', input, { key }))).toBe('not_found')
  })
})

describe('two at once', () => {
  test('an officer who saw an older version is told so', async () => {
    const m = await w.filed()
    await w.assessed(m)
    expect(await refusalOf(w.act(cast.wang, m, 'grant', {}, { expect: 1 }))).toBe('stale')
    expect((await w.act(cast.wang, m, 'grant', {}, { expect: 2 })).state).toBe('granted')
  })

  test('of two officers deciding together one decides and the other learns of it (法律援助法 §43)', async () => {
    const m = await w.filed()
    await w.assessed(m)
    const blind = await Promise.allSettled([w.act(cast.wang, m, 'grant'), w.act(cast.guo, m, 'grant')])
    expect(codes(blind).toSorted()).toEqual(['done', 'wrong_state'])
    const next = await w.filed()
    await w.assessed(next)
    const careful = await Promise.allSettled([
      w.act(cast.wang, next, 'grant', {}, { expect: 2 }),
      w.act(cast.guo, next, 'grant', {}, { expect: 2 }),
    ])
    expect(codes(careful).toSorted()).toEqual(['done', 'stale'])
  })

  test('a matter is assigned to one provider, though two are chosen in the same second (法律援助法 §43)', async () => {
    const m = await granted(w)
    const outcomes = await Promise.allSettled([w.assigned(m, cast.zhao), w.assigned(m, cast.qian)])
    expect(codes(outcomes).toSorted()).toEqual(['done', 'wrong_state'])
    expect((await actionsOf(w, m)).filter((action) => action === 'assign')).toHaveLength(1)
  })
})

const openAgain = (at: MatterId) => w.open(cast.li, 'legal-aid', {}, at)

describe('opening', () => {
  test('the same id twice is one matter, with the code given first', async () => {
    const at = { region: county, id: v7() }
    const first = await openAgain(at)
    expect(await openAgain(at)).toEqual(first)
    expect(await actionsOf(w, at)).toEqual(['open'])
  })

  test('the same id ten times at once is one matter, and nobody sees a fault', async () => {
    const at = { region: county, id: v7() }
    const outcomes = await Promise.allSettled(times(10).map(() => openAgain(at)))
    expect(new Set(codes(outcomes))).toEqual(new Set(['done']))
    expect(await actionsOf(w, at)).toEqual(['open'])
  })

  test('a numbered matter opened ten times at once is one matter', async () => {
    const at = { region: county, id: v7() }
    const outcomes = await Promise.allSettled(times(10).map(() => w.open(cast.li, 'objection', { inTime: true }, at)))
    expect(new Set(codes(outcomes))).toEqual(new Set(['done']))
    expect(await actionsOf(w, at)).toEqual(['open'])
  })

  test('an id cannot be used for another line', async () => {
    const at = { region: county, id: v7() }
    await openAgain(at)
    expect(await refusalOf(w.open(cast.li, 'objection', { inTime: true }, at))).toBe('key_reused')
  })

  test('an id somebody else has used answers nothing of theirs', async () => {
    const at = { region: county, id: v7() }
    await openAgain(at)
    expect(await refusalOf(w.open(cast.chen, 'legal-aid', {}, at))).toBe('key_reused')
  })

  test('thirty applications filed at once get thirty numbers (办理法律援助案件程序规定)', async () => {
    const filed = await Promise.all(times(30).map(() => w.filed()))
    expect(new Set(filed.map(({ number }) => number)).size).toBe(30)
    for (const { number } of filed) expect(number).toMatch(/^（2026）.+民\d{5}号$/)
  })
})
