import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MatterId } from '#kernel/matter.ts'
import { Notice } from '#lines/criminal-notice/criminal-notice.line.ts'
import type { AidCase, Candidate } from '#lines/legal-aid/assignment/aid-case.ts'
import { candidacy } from '#lines/legal-aid/assignment/assignment.ts'
import { cast, world, type World } from '#test/world.ts'
import { dueOn, isRunning, notified, refusalOf, targetOn } from './scene.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const lawyer = (change: Partial<Candidate> = {}): Candidate => ({
  id: 'lawyer',
  kind: 'lawyer',
  licence: { as: 'lawyer', status: 'valid', from: '2015-01-01' },
  openCaseload: 1,
  ...change,
})
const defence = (change: Partial<AidCase> = {}): AidCase => ({
  dispute: 'case-15',
  form: 'criminalDefence',
  on: '2026-04-30',
  recipient: 'accused',
  opponents: [],
  ...change,
})
const chosen = { practitioner: v7(), provider: cast.zhao.id, office: v7(), verdict: 'assignable' }

describe('a minor without a defender, notified before Labour Day', () => {
  test('the agency assigns by 6 May and is warned on 3 May (法律援助法 §36; AC-08)', async () => {
    w.at('2026-04-30')
    const m = await notified(w)
    expect([await targetOn(w, m, 'assign'), await dueOn(w, m, 'assign')]).toEqual(['2026-05-03', '2026-05-06'])
  })

  test('a notice asks for no application and nothing about means, and gets its number at once (法律援助法 §25, §36; AC-08)', async () => {
    w.at('2026-04-30')
    const m = await notified(w)
    expect(m).toMatchObject({ state: 'received', documents: [] })
    expect(m.number).toMatch(/^（2026）.+刑\d{5}号$/)
    expect(Object.keys(Notice.shape)).toEqual(['ground', 'stage', 'organ', 'organNumber', 'hearingOn', 'isSummary'])
  })

  test('only a lawyer familiar with minors is sent (未成年人保护法 §104; AC-08)', () => {
    const minor = defence({ recipientIsMinor: true })
    expect(candidacy(minor, lawyer()).reasons.map(({ code }) => code)).toEqual(['minors'])
    expect(candidacy(minor, lawyer({ isFamiliarWithMinors: true })).verdict).toBe('assignable')
  })

  test('the court is told who was assigned before the defence begins (法律援助法 §36; AC-08)', async () => {
    w.at('2026-04-30')
    const m = await notified(w)
    expect((await w.act(cast.guo, m, 'assign', chosen)).state).toBe('assigned')
    expect(await refusalOf(w.act(cast.zhao, m, 'accept'))).toBe('wrong_state')
    await w.act(cast.wang, m, 'informOrgan')
    expect((await w.act(cast.zhao, m, 'accept')).state).toBe('handling')
  })
})

describe('possible life imprisonment', () => {
  const grave = defence({ isLifeOrDeath: true })

  test('two years of criminal defence do not do, whatever the years of civil practice (法律援助法 §26; AC-09)', () => {
    const junior = candidacy(grave, lawyer({ criminalDefenceYears: 2 }))
    expect(junior.verdict).toBe('block')
    expect(junior.reasons.map(({ code }) => code)).toEqual(['experience'])
    expect(candidacy(grave, lawyer({ criminalDefenceYears: 3 })).verdict).toBe('assignable')
  })

  test('a blocked lawyer cannot be assigned by any road (法律援助法 §26; AC-09)', async () => {
    w.at('2026-04-30')
    const m = await notified(w, { ground: 'lifeOrDeath' })
    expect(await refusalOf(w.act(cast.guo, m, 'assign', { ...chosen, verdict: 'block' }))).toBe('invalid')
    expect(await isRunning(w, m, 'assign')).toBe(true)
  })
})

async function informed(notice: Record<string, unknown>): Promise<MatterId> {
  w.at('2026-06-12')
  const m = await notified(w, notice)
  await w.act(cast.guo, m, 'assign', chosen)
  await w.act(cast.wang, m, 'informOrgan')
  w.at('2026-06-15')
  return m
}

describe('the defendant refuses the assigned lawyer', () => {
  test('in a mandatory case, with good reason, he has five days to retain another (刑诉法解释 §50; AC-34)', async () => {
    const m = await informed({ ground: 'sensoryDisability' })
    expect((await w.act(cast.wang, m, 'defendantRefuses', { isJustified: true })).state).toBe('refusedByDefendant')
    expect([await targetOn(w, m, 'retain'), await dueOn(w, m, 'retain')]).toEqual(['2026-06-20', '2026-06-22'])
  })

  test('notified again, the agency has three days anew (刑诉法解释 §50, 法律援助法 §36; AC-34)', async () => {
    const m = await informed({ ground: 'sensoryDisability' })
    await w.act(cast.wang, m, 'defendantRefuses', { isJustified: true })
    w.at('2026-06-23')
    expect((await w.act(cast.wang, m, 'noticeAgain')).state).toBe('received')
    expect(await dueOn(w, m, 'assign')).toBe('2026-06-26')
    expect(await isRunning(w, m, 'retain')).toBe(false)
  })

  test('in a mandatory case a refusal without good reason changes nothing (刑诉法解释 §50; AC-34)', async () => {
    const m = await informed({ ground: 'sensoryDisability' })
    expect(await refusalOf(w.act(cast.wang, m, 'defendantRefuses', { isJustified: false }))).toBe('not_applicable')
    expect((await w.read(m)).state).toBe('organInformed')
  })

  test('in any other case the refusal is accepted and aid ends (刑诉法解释 §50; AC-34)', async () => {
    const m = await informed({ ground: 'otherDefendant' })
    expect((await w.act(cast.wang, m, 'defendantRefuses', { isJustified: false })).state).toBe('terminated')
    expect(await isRunning(w, m, 'retain')).toBe(false)
  })

  test('once he accepts a lawyer of his own, aid ends (法律援助法 §27; AC-34)', async () => {
    const m = await informed({ ground: 'sensoryDisability' })
    await w.act(cast.wang, m, 'defendantRefuses', { isJustified: true })
    expect((await w.act(cast.wang, m, 'counselRetained')).state).toBe('terminated')
  })
})
