import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { viewMatter } from '#api/matter/matter-view.ts'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { markOf } from '#engine/watching.ts'
import { cast, world, type World } from '#test/world.ts'
import { speltEntries } from '#platform/keys/said.ts'
import { answersOf, saveAnswer } from './answers.ts'
import { loadRegions } from '#records/register/regions.ts'
import { unverifyAnswer, verifyAnswer } from './verification.ts'

let w: World
let m: Matter
beforeAll(async () => {
  w = await world()
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
})
afterAll(() => w[Symbol.asyncDispose]())
beforeEach(async () => {
  m = await w.filed()
  await say(3_600_000)
})

const say = (fen: number) => w.run(cast.li, (tx) => saveAnswer(tx, m, 'amount', { fen }, 'web'))
const check = (who: Actor, seq = 1, question = 'amount') =>
  w.run(who, (tx) => verifyAnswer(tx, m, { question, holder: '', seq }, 'originalSeen'))
const takeBack = (who: Actor, seq = 1) => w.run(who, (tx) => unverifyAnswer(tx, m, { question: 'amount', holder: '', seq }, '看错了原件'))
const source = async () => (await w.run(cast.wang, (tx) => answersOf(tx, m))).get('amount')?.source
const audited = () =>
  w.run(cast.clockwork, async (tx) => {
    const rows = await tx.db
      .selectFrom('audit')
      .select(['region', 'kind', 'actor', 'detail'])
      .where('matter', '=', m.id)
      .where('kind', 'like', 'fact%')
      .orderBy('no')
      .execute()
    return (await speltEntries(tx, rows, '')).map(({ region: _, ...entry }) => entry)
  })

describe('a fact knows by whom, when and how it was checked', () => {
  test('an officer who may decide notes it, and the audit keeps it (个人信息保护法 §8)', async () => {
    await check(cast.wang)
    await check(cast.wang)
    expect(await source()).toMatchObject({ verifiedBy: cast.wang.id, verifiedAt: w.now(), verifiedHow: 'originalSeen' })
    expect(await audited()).toEqual([
      { kind: 'factVerified', actor: cast.wang.id, detail: { question: 'amount', seq: 1, how: 'originalSeen' } },
    ])
  })

  test('another answer is unchecked again, and a check of the old one is refused', async () => {
    await check(cast.wang)
    await say(2_700_000)
    expect((await source())?.verifiedAt).toBeNull()
    await expect(check(cast.wang)).rejects.toMatchObject({ code: 'stale' })
  })

  test('whoever checked it takes it back with a reason; nobody else does', async () => {
    await check(cast.wang)
    await expect(takeBack(cast.guo)).rejects.toMatchObject({ code: 'not_permitted' })
    await takeBack(cast.wang)
    expect(await source()).toMatchObject({ verifiedBy: null, verifiedAt: null, verifiedHow: null })
    expect((await audited()).at(-1)).toMatchObject({ kind: 'factUnverified', detail: { reason: '看错了原件' } })
  })

  test('neither the applicant, nor the window, nor a colleague who stands aside may say so', async () => {
    for (const who of [cast.li, cast.liu, cast.bai]) await expect(check(who)).rejects.toMatchObject({ code: 'not_permitted' })
    await expect(check(cast.chen)).rejects.toMatchObject({ code: 'not_found' })
    await w.act(cast.wang, m, 'recuse', { reason: '申请人是我的亲戚，应当回避。' })
    await expect(check(cast.wang)).rejects.toMatchObject({ code: 'recused' })
    await expect(check(cast.guo, 1, 'status')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('not once the matter has ended', async () => {
    await w.act(cast.li, m, 'withdraw')
    await expect(check(cast.wang)).rejects.toMatchObject({ code: 'wrong_state' })
  })

  test('the page offers the ways to those who may, and colleagues who have it open see the check', async () => {
    const before = await w.run(cast.guo, (tx) => markOf(tx, m))
    await check(cast.wang)
    expect(await w.run(cast.guo, (tx) => markOf(tx, m))).not.toBe(before)
    const offered = (who: Actor) => w.run(who, async (tx) => (await viewMatter(tx, m)).checks.map(({ title }) => title))
    expect(await offered(cast.guo)).toEqual(['看过原件', '信息查询', '电话核对'])
    expect(await offered(cast.liu)).toEqual([])
  })
})
