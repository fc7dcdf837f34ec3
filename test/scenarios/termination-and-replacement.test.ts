import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AidCase, Candidate } from '#lines/legal-aid/assignment/aid-case.ts'
import { candidacy } from '#lines/legal-aid/assignment/assignment.ts'
import { terminations } from '#lines/legal-aid/matters.ts'
import { cast, world, type World } from '#test/world.ts'
import { actionsOf, dueOn, engaged, faultsOf, granted, isRunning, refusalOf, targetOn, why } from './scene.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const lawyer = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  id,
  kind: 'lawyer',
  licence: { as: 'lawyer', status: 'valid', from: '2015-01-01' },
  openCaseload: 1,
  ...change,
})

const chosen = (verdict: string, more = {}) => ({ practitioner: v7(), provider: cast.zhao.id, office: v7(), verdict, ...more })

describe('who may be sent to a traffic-injury case', () => {
  const crash: AidCase = {
    dispute: 'crash',
    form: 'litigationRepresentation',
    on: '2026-06-15',
    recipient: 'injured',
    opponents: ['driver', 'insurer'],
  }
  const candidates = [
    lawyer('A', { engagements: [{ dispute: 'crash', client: 'insurer', as: 'advice' }] }),
    lawyer('B', { interestsIn: ['crash'] }),
    lawyer('C', { firmEngagements: [{ dispute: 'crash', client: 'insurer' }] }),
    lawyer('D', { leftJudiciaryOn: '2024-12-15' }),
    lawyer('E'),
  ]

  test('the insurer’s adviser, the driver’s husband and the recent prosecutor are blocked, the colleague’s firm is asked, the fifth is free (律师法 §23, §39, §41; AC-10)', () => {
    expect(candidates.map((one) => candidacy(crash, one).verdict)).toEqual(['block', 'block', 'hold', 'block', 'assignable'])
  })

  test('nobody is sent who is blocked, or still held for the firm’s check (律师法 §23; AC-10)', async () => {
    w.at('2026-06-15')
    const m = await granted(w)
    for (const verdict of ['block', 'hold']) expect(await refusalOf(w.act(cast.guo, m, 'assign', chosen(verdict)))).toBe('invalid')
    expect((await w.act(cast.guo, m, 'assign', chosen('assignable'))).state).toBe('assigned')
  })

  test('a conflict found after assignment is reported, and the agency decides within five days (律师法 §39; AC-10)', async () => {
    w.at('2026-06-15')
    const m = await granted(w)
    await w.assigned(m)
    expect((await w.act(cast.zhao, m, 'reportConflict', { cause: 'conflict', reason: why })).state).toBe('replacing')
    expect(await dueOn(w, m, 'replacement')).toBe('2026-06-22')
    expect(await isRunning(w, m, 'engagement')).toBe(false)
  })
})

describe('a provider who reports that they cannot go on', () => {
  const reported = async (cause: string) => {
    w.at('2026-06-15')
    const m = await engaged(w)
    return w.act(cast.zhao, m, 'reportConflict', { cause, reason: why })
  }

  test('is never sent back where there is a conflict of interest (律师法 §39)', async () => {
    expect(await refusalOf(w.act(cast.guo, await reported('conflict'), 'keepProvider', { reason: why }))).toBe('must_replace')
  })

  test('may be kept where it was a matter of being able, as the agency finds (法律援助法 §46)', async () => {
    expect((await w.act(cast.guo, await reported('unable'), 'keepProvider', { reason: why })).state).toBe('handling')
  })

  test('leaves nothing behind on the one who comes after: the recipient’s wish for a third is weighed by itself (法律援助法 §55)', async () => {
    const m = await reported('conflict')
    await w.assigned(m, cast.qian, 'replace')
    await w.act(cast.li, m, 'requestReplacement', { reason: why })
    expect((await w.act(cast.guo, m, 'keepProvider', { reason: why })).state).toBe('assigned')
  })
})

describe('replacing the provider', () => {
  test('asked for on 15 June, it is decided by 22 June, after Dragon Boat (法律援助法 §55; AC-18)', async () => {
    w.at('2026-06-01')
    const m = await engaged(w)
    w.at('2026-06-15')
    await w.act(cast.li, m, 'requestReplacement', { reason: why })
    expect([await targetOn(w, m, 'replacement'), await dueOn(w, m, 'replacement')]).toEqual(['2026-06-20', '2026-06-22'])
  })

  test('a new provider signs a new agreement, and the old one no longer sees the matter (法律援助法 §55; AC-18)', async () => {
    w.at('2026-06-15')
    const m = await engaged(w)
    await w.act(cast.li, m, 'requestReplacement', { reason: why })
    const replaced = await w.assigned(m, cast.qian, 'replace')
    expect(replaced).toMatchObject({ state: 'assigned', seats: { assignee: [{ account: cast.qian.id }] }, documents: [] })
    expect(await dueOn(w, m, 'engagement')).toBe('2026-06-22')
    expect(await refusalOf(w.act(cast.zhao, m, 'engage'))).toBe('not_found')
    expect(await refusalOf(w.act(cast.qian, m, 'engage'))).toBe('missing_document')
  })

  test('a provider who is kept before signing is bound to sign again within five days (法律援助法 §55, 办理法律援助案件程序规定 §27; AC-18)', async () => {
    w.at('2026-06-15')
    const m = await granted(w)
    await w.assigned(m)
    await w.act(cast.li, m, 'requestReplacement', { reason: why })
    w.at('2026-06-22')
    expect((await w.act(cast.guo, m, 'keepProvider', { reason: why })).state).toBe('assigned')
    expect(await isRunning(w, m, 'engagement')).toBe(true)
    expect(await dueOn(w, m, 'engagement')).toBe('2026-06-29')
  })

  test('a provider kept at work goes on, with no agreement to sign again (法律援助法 §55; AC-18)', async () => {
    w.at('2026-06-15')
    const m = await engaged(w)
    await w.act(cast.li, m, 'requestReplacement', { reason: why })
    expect((await w.act(cast.guo, m, 'keepProvider', { reason: why })).state).toBe('handling')
    expect(await isRunning(w, m, 'engagement')).toBe(false)
  })
})

async function terminated(ground: string) {
  w.at('2026-08-27')
  const m = await engaged(w)
  await w.act(cast.guo, m, 'terminate', { ground, reason: why })
  w.at('2026-08-28')
  return w.act(cast.wang, m, 'serveTermination', { servedOn: '2026-08-28' })
}

describe('termination', () => {
  test('the recipient retained a lawyer: received on 28 August, the objection is open until 14 September (法律援助法 §48(1)(6), §49; AC-17)', async () => {
    const m = await terminated('T6')
    expect([await targetOn(w, m, 'objection'), await dueOn(w, m, 'objection')]).toEqual(['2026-09-12', '2026-09-14'])
  })

  test('retaining a lawyer of one’s own costs the recipient nothing (法律援助法 §48, §64; AC-17)', async () => {
    const m = await terminated('T6')
    expect(terminations.T6).toMatchObject({ costMayBeClaimed: false })
    expect((await w.heldIn(m))['termination']).toEqual({ ground: 'T6', reason: why })
  })

  test('deception opens a claim for the cost, and no amount and no fine is ever computed here (法律援助法 §64; AC-17)', async () => {
    const m = await terminated('T1')
    expect(Object.entries(terminations).flatMap(([code, row]) => (row.costMayBeClaimed ? [code] : []))).toEqual(['T1'])
    expect((await w.heldIn(m))['termination']).toEqual({ ground: 'T1', reason: why })
    expect(JSON.stringify(m.data)).not.toMatch(/fine|repay|penalty|Fen/i)
    expect(await actionsOf(w, m)).toEqual([
      'open',
      'submit',
      'assess',
      'grant',
      'assign',
      'attach',
      'engage',
      'terminate',
      'serveTermination',
    ])
  })

  test('is not received before it was decided (法律援助法 §48, §49(1))', async () => {
    w.at('2026-08-27')
    const m = await engaged(w)
    await w.act(cast.guo, m, 'terminate', { ground: 'T6', reason: why })
    w.at('2026-08-28')
    expect(await faultsOf(w.act(cast.wang, m, 'serveTermination', { servedOn: '2026-08-26' }))).toEqual([
      ['servedOn', '不能早于作出决定的日子（2026-08-27）'],
    ])
  })

  test('better means do not end aid that was given without a means test (法律援助法 §32, §48(1)(4); AC-17)', async () => {
    w.at('2026-08-27')
    const m = await granted(w, { route: 'noMeansTest' })
    expect(await refusalOf(w.act(cast.guo, m, 'terminate', { ground: 'T4', reason: why }))).toBe('not_applicable')
  })
})

describe('a matter terminated before anybody was sent', () => {
  const unassigned = async () => {
    w.at('2026-08-27')
    const m = await granted(w)
    await w.act(cast.guo, m, 'terminate', { ground: 'T7', reason: why })
    return w.act(cast.wang, m, 'serveTermination', { servedOn: '2026-08-27' })
  }

  test('owes nobody a file (法律援助法 §50)', async () => {
    expect(await w.clock(await unassigned(), 'fileHandIn')).toBeUndefined()
  })

  test('is archived by the agency once nobody can object any more (法律援助法 §49(1), 档案法 §37)', async () => {
    const m = await unassigned()
    expect(await refusalOf(w.act(cast.wang, m, 'archive'))).toBe('too_early')
    w.at('2026-09-12')
    await w.sweep()
    expect((await w.read(m)).state).toBe('terminationFinal')
    w.at('2026-09-30')
    expect((await w.act(cast.wang, m, 'archive')).state).toBe('archived')
  })

  test('is opened again where the bureau orders it (法律援助法 §49(2))', async () => {
    const m = await unassigned()
    expect((await w.act(cast.clockwork, m, 'correct', { objection: v7() })).state).toBe('correcting')
  })
})

describe('a terminated matter whose file goes back', () => {
  test('is still a terminated one: nobody says that it was finished (法律援助法 §48, §50)', async () => {
    const m = await terminated('T6')
    await w.attached(cast.zhao, m, 'report')
    await w.act(cast.zhao, m, 'submitFile')
    expect((await w.act(cast.wang, m, 'returnFile', { reason: why })).state).toBe('terminationSent')
    expect(await isRunning(w, m, 'fileHandIn')).toBe(true)
  })

  test('with somebody sent, is not archived past their file (法律援助法 §50)', async () => {
    const m = await terminated('T6')
    w.at('2026-12-01')
    expect(await refusalOf(w.act(cast.wang, m, 'archive'))).toBe('wrong_state')
  })
})
