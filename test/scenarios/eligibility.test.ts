import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { citeText } from '#kernel/cite.ts'
import { Facts } from '#lines/legal-aid/means/facts.ts'
import { asksHousehold, asksMeans, isViolence, mayBeMigrantClaim } from '#lines/legal-aid/journey/journey-path.ts'
import type { Said } from '#lines/legal-aid/journey/said.ts'
import { assess } from '#lines/legal-aid/means/means.ts'
import { defaultSettings, settingsFrom } from '#lines/legal-aid/settings.ts'
import { cast, world, type World } from '#test/world.ts'
import { dueOn, refusalOf, why } from './scene.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const threefold = { basis: 'minimumLivingAllowanceMultiple', multiple: 3, inclusive: true, area: 'applicantResidence' } as const
const qinghai = settingsFrom((key) => (key === 'hardship.standard' ? threefold : undefined))

/** A resident of Xining with everything answered; `change` replaces whole groups of answers. */
const facts = (change: Record<string, unknown> = {}): Facts =>
  Facts.parse({
    route: 'application',
    person: { kind: 'citizen', birthDate: '1980-05-01' },
    filedBy: { relation: 'self' },
    matter: { code: 'M31-4', hasCounsel: false },
    noMeansTest: { situation: 'none' },
    exemption: { statuses: [] },
    household: { members: [] },
    applicantOwnIncomeFenPerMonth: 100_000,
    verification: { method: 'undertaking', done: true },
    deadlines: { receivedOn: '2026-03-02' },
    allowanceFenPerMonth: 80_000,
    ...change,
  })
const found = (proposal: ReturnType<typeof assess>, step: string) => proposal.steps.find((one) => one.step === step)
const migrant = { exemption: { statuses: [{ code: 'X42-3', hasProof: true }] } }

describe('a migrant worker', () => {
  test('with a work card claims wages and is asked nothing about income (法律援助法 §42(3), 保障农民工工资支付条例 §45; AC-02)', () => {
    const silent = facts({
      ...migrant,
      matter: { code: 'M31-5', claim: 'pay' },
      household: undefined,
      applicantOwnIncomeFenPerMonth: undefined,
    })
    const proposal = assess(silent, qinghai)
    expect(proposal.proposal).toBe('grant')
    expect(found(proposal, 'exemption')).toMatchObject({ finding: 'exempt', input: 'X42-3' })
    expect(asksMeans({ kind: { kind: 'wages' }, migrant: { isMigrant: 'yes' }, workProof: { proofs: ['workCard'] } })).toBe(false)
  })

  test('who can show nothing is checked like anyone else, never turned away for it (法律援助法 §41, §42; AC-02)', () => {
    const unproved = { exemption: { statuses: [{ code: 'X42-3', hasProof: false }] }, matter: { code: 'M31-5', claim: 'pay' } }
    expect(assess(facts(unproved), qinghai).proposal).toBe('grant')
    expect(
      asksMeans({
        kind: { kind: 'wages' },
        migrant: { isMigrant: 'yes' },
        workProof: { proofs: ['none'] },
        status: { statuses: ['none'] },
      }),
    ).toBe(true)
  })

  test('is no exempt worker in his divorce, which is refused with its reason unless the province lists it (法律援助法 §31, §42(3); AC-03)', () => {
    const divorce = facts({ ...migrant, matter: { code: 'M31-9', topic: 'marriageFamily' } })
    const proposal = assess(divorce, qinghai)
    expect(proposal.refusalGrounds.map(({ article }) => citeText(article))).toEqual(['《法律援助法》第三十一条第九项'])
    expect(assess(divorce, { ...qinghai, 'matters.provincial': ['marriageFamily'] }).proposal).toBe('grant')
    expect(mayBeMigrantClaim({ kind: { kind: 'marriage' } })).toBe(false)
  })
})

describe('the officer decides, the engine proposes', () => {
  test('nobody decides before an assessment is on file (法律援助法 §43(1), 个人信息保护法 §24; AC-03)', async () => {
    w.at('2026-04-01')
    const m = await w.filed()
    expect(await refusalOf(w.act(cast.wang, m, 'grant'))).toBe('not_assessed')
    expect(await refusalOf(w.act(cast.wang, m, 'refuse', { reason: why }))).toBe('not_assessed')
  })

  test('a refusal must give its reason (法律援助法 §43(1); AC-03)', async () => {
    const m = await w.filed()
    await w.assessed(m, 'refuse')
    expect(await refusalOf(w.act(cast.wang, m, 'refuse'))).toBe('invalid')
    expect(await refusalOf(w.act(cast.wang, m, 'refuse', { reason: '不符合' }))).toBe('invalid')
    const refused = await w.act(cast.wang, m, 'refuse', { reason: why })
    expect((await w.heldIn(refused))['refusal']).toEqual({ reason: why })
  })

  test.each(['grant', 'cannotDecide', 'refer'])(
    'a proposal to %s is never turned into a refusal (法律援助法 §43(1); AC-03)',
    async (proposal) => {
      const m = await w.filed()
      await w.assessed(m, proposal)
      expect(await refusalOf(w.act(cast.wang, m, 'refuse', { reason: why }))).toBe('not_proposed')
    },
  )

  test('granting against the proposal is free to the officer, who says why (个人信息保护法 §24; AC-03)', async () => {
    const m = await w.filed()
    await w.assessed(m, 'refuse')
    expect(await refusalOf(w.act(cast.wang, m, 'grant'))).toBe('against_proposal')
    expect((await w.act(cast.wang, m, 'grant', { note: why })).state).toBe('granted')
  })

  test('an officer who recused himself decides nothing here (RULEBOOK §3.9 C9; AC-10)', async () => {
    const m = await w.filed()
    await w.assessed(m)
    await w.act(cast.wang, m, 'recuse', { reason: why })
    expect(await refusalOf(w.act(cast.wang, m, 'grant'))).toBe('recused')
    expect((await w.act(cast.guo, m, 'grant')).state).toBe('granted')
  })
})

describe('violence at home', () => {
  const answers: Said = { kind: { kind: 'violence' } }

  test('a victim with a high salary is granted, and no page asks about means (法律援助法 §32(4), 反家庭暴力法 §19, 个人信息保护法 §6; AC-11)', () => {
    const rich = facts({ noMeansTest: { situation: 'N32-4' }, matter: undefined, applicantOwnIncomeFenPerMonth: 9_000_000 })
    expect(assess(rich, qinghai)).toMatchObject({ proposal: 'grant' })
    expect(found(assess(rich, qinghai), 'hardship')).toBeUndefined()
    expect([isViolence(answers), asksMeans(answers), asksHousehold(answers)]).toEqual([true, false, false])
  })

  test('received on 6 March, it is decided by 13 March, and the matter is marked private (法律援助法 §43; AC-11)', async () => {
    w.at('2026-03-06')
    const m = await w.filed({ matterCode: 'N32-4', route: 'noMeansTest', isPrivate: true })
    expect(await dueOn(w, m, 'review')).toBe('2026-03-13')
    expect(m.data).toMatchObject({ isPrivate: true, route: 'noMeansTest' })
  })

  test('income cannot be kept with the application, even if someone sends it (个人信息保护法 §6; AC-11)', async () => {
    expect(await refusalOf(w.filed({ matterCode: 'N32-4', route: 'noMeansTest', incomeFenPerMonth: 9_000_000 }))).toBe('invalid')
  })
})

const earning = (fen: number, standard = {}) =>
  assess(facts({ applicantOwnIncomeFenPerMonth: fen, hardshipStandard: { ...threefold, ...standard } }), qinghai)

describe('whose income counts, and how it is compared', () => {
  test('a mother who claims from the son she lives with is weighed by her own income alone (法律援助法 §31(4), §34; AC-13)', () => {
    const mother = facts({
      person: { kind: 'citizen', birthDate: '1948-02-01' },
      applicantOwnIncomeFenPerMonth: 0,
      household: { members: [{ incomeFenPerMonth: 2_000_000, isOpponent: true }] },
    })
    expect(found(assess(mother, qinghai), 'hardship')).toMatchObject({ finding: 'hardshipAlone', input: 0 })
    const answers: Said = { kind: { kind: 'support' }, status: { statuses: ['none'] }, opponentHome: { livesTogether: 'yes' } }
    expect([asksMeans(answers), asksHousehold(answers)]).toEqual([true, false])
  })

  test('received on 13 July, her application is decided by 20 July (法律援助法 §43; AC-13)', async () => {
    w.at('2026-07-13')
    expect(await dueOn(w, await w.filed({ matterCode: 'M31-4', route: 'check' }), 'review')).toBe('2026-07-20')
  })

  test('an income equal to three times the allowance is within it; one fen more is not (法律援助法 §34; AC-15)', () => {
    expect([earning(240_000).proposal, earning(240_001).proposal]).toEqual(['grant', 'refuse'])
    expect(earning(240_000, { inclusive: false }).proposal).toBe('refuse')
  })

  test('where the province has set no standard nobody is refused for income (法律援助法 §34; AC-15)', () => {
    const unset = assess(facts({ applicantOwnIncomeFenPerMonth: 9_000_000 }), defaultSettings)
    expect(unset).toMatchObject({ proposal: 'cannotDecide', refusalGrounds: [] })
  })
})
