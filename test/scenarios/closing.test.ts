import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { cast, world, type World } from '#test/world.ts'
import { dueOn, engaged, faultsOf, isRunning, refusalOf, targetOn, why } from './scene.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const outcome = { result: 'won', claimedFen: 1_800_000, recoveredFen: 1_800_000, hearings: 1, meetings: 2 }

/** The judgment received, and reported, on 20 January 2026. */
async function concluded(): Promise<Matter> {
  w.at('2026-01-12')
  const m = await engaged(w)
  w.at('2026-01-20')
  return w.act(cast.zhao, m, 'conclude', { ...outcome, concludedOn: '2026-01-20' })
}

/** The file handed in on 24 February. */
async function handedIn(): Promise<Matter> {
  const m = await concluded()
  w.at('2026-02-24')
  await w.attached(cast.zhao, m, 'report')
  return w.act(cast.zhao, m, 'submitFile')
}

describe('closing over Spring Festival', () => {
  test('the judgment came on 20 January: the file is due on 24 February (法律援助法 §50; AC-19)', async () => {
    const m = await concluded()
    expect([await targetOn(w, m, 'fileHandIn'), await dueOn(w, m, 'fileHandIn')]).toEqual(['2026-02-19', '2026-02-24'])
  })

  test('the limit runs from the judgment, not from the day it was reported (法律援助法 §50; AC-19)', async () => {
    w.at('2026-01-12')
    const m = await engaged(w)
    w.at('2026-01-28')
    await w.act(cast.zhao, m, 'conclude', { ...outcome, concludedOn: '2026-01-20' })
    expect(await dueOn(w, m, 'fileHandIn')).toBe('2026-02-24')
  })

  test('handed in on the last day, it is checked by 26 March (法律援助法 §52; AC-19)', async () => {
    const m = await handedIn()
    expect(await dueOn(w, m, 'fileCheck')).toBe('2026-03-26')
    expect(await isRunning(w, m, 'fileHandIn')).toBe(false)
  })

  test('no file without the closing report (法律援助法 §50; AC-19)', async () => {
    expect(await refusalOf(w.act(cast.zhao, await concluded(), 'submitFile'))).toBe('missing_document')
  })

  test('a file sent back is due again: nobody may sit on it (法律援助法 §50; AC-19)', async () => {
    const m = await handedIn()
    w.at('2026-03-02')
    await w.act(cast.wang, m, 'returnFile', { reason: why })
    expect(await isRunning(w, m, 'fileCheck')).toBe(false)
    expect([await isRunning(w, m, 'fileHandIn'), await dueOn(w, m, 'fileHandIn')]).toEqual([true, '2026-04-01'])
  })

  test('the subsidy follows once the file is approved and the person has confirmed the result (法律援助法 §52; AC-19)', async () => {
    const m = await handedIn()
    await w.act(cast.wang, m, 'approveFile', { grade: 'good' })
    expect(await refusalOf(w.act(cast.guo, m, 'paySubsidy', { amountFen: 120_000 }))).toBe('not_confirmed')
    await w.act(cast.li, m, 'confirmOutcome', { agrees: 'yes' })
    expect((await w.act(cast.guo, m, 'paySubsidy', { amountFen: 120_000 })).state).toBe('subsidyPaid')
    expect((await w.act(cast.liu, m, 'archive')).state).toBe('archived')
  })

  test('a result the person denies is never paid for (法律援助法 §52, §59; AC-19)', async () => {
    const m = await handedIn()
    await w.act(cast.wang, m, 'approveFile', { grade: 'good' })
    await w.act(cast.li, m, 'confirmOutcome', { agrees: 'no', receivedFen: 0 })
    expect(await refusalOf(w.act(cast.guo, m, 'paySubsidy', { amountFen: 120_000, unconfirmed: why }))).toBe('not_confirmed')
  })

  test('nobody but the recipient’s side or the window confirms a result, least of all the provider who claims it (法律援助法 §59; AC-19)', async () => {
    expect(await refusalOf(w.act(cast.zhao, await concluded(), 'confirmOutcome', { agrees: 'yes' }))).toBe('not_permitted')
  })
})

describe('what a provider reports must be possible', () => {
  const report = async (change: Record<string, unknown>) => {
    w.at('2026-01-12')
    const m = await engaged(w)
    w.at('2026-01-20')
    return faultsOf(w.act(cast.zhao, m, 'conclude', { ...outcome, concludedOn: '2026-01-20', ...change }))
  }

  test.each([
    ['concluded before anybody was sent', { concludedOn: '2025-01-01' }, ['concludedOn', '不能早于指派承办人的日子（2026-01-12）']],
    ['more won than was claimed', { claimedFen: 100_000, recoveredFen: 99_900_000 }, ['recoveredFen', '实际追回的钱不能比请求的多']],
    ['money won in a case that was lost', { result: 'lost' }, ['recoveredFen', '结果是未获支持，追回的钱应当是 0']],
  ])('%s is refused at its field (法律援助法 §50)', async (_, change, fault) => {
    expect(await report(change)).toEqual([fault])
  })

  test('nothing is done in a matter before somebody is sent to it, and what the first did stays true of the second (法律援助法 §46)', async () => {
    w.at('2026-01-12')
    const m = await engaged(w)
    w.at('2026-01-14')
    expect(await faultsOf(w.act(cast.zhao, m, 'progress', { kind: 'interview', on: '2026-01-11' }))).toEqual([
      ['on', '不能早于指派承办人的日子（2026-01-12）'],
    ])
    await w.act(cast.li, m, 'requestReplacement', { reason: why })
    await w.assigned(m, cast.qian, 'replace')
    await w.attached(cast.qian, m, 'agreement')
    await w.act(cast.qian, m, 'engage')
    expect((await w.act(cast.qian, m, 'conclude', { ...outcome, concludedOn: '2026-01-13' })).state).toBe('concluded')
  })
})
