import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Facts } from '#lines/legal-aid/means/facts.ts'
import { isUnder14, needsGuardian } from '#lines/legal-aid/journey/journey-path.ts'
import type { Said } from '#lines/legal-aid/journey/said.ts'
import { assess } from '#lines/legal-aid/means/means.ts'
import { defaultSettings } from '#lines/legal-aid/settings.ts'
import { cast, world, type World } from '#test/world.ts'
import { dueOn, refusalOf } from './scene.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const girl = (filedBy: Record<string, unknown>) =>
  assess(
    Facts.parse({
      route: 'application',
      person: { kind: 'citizen', birthDate: '2012-01-20' },
      filedBy,
      matter: { code: 'M31-4', hasCounsel: false },
      noMeansTest: { situation: 'none' },
      exemption: { statuses: [{ code: 'X42-1', hasProof: true }] },
      deadlines: { receivedOn: '2026-05-11' },
    }),
    defaultSettings,
  )

describe('a girl of 14 whose father owes maintenance', () => {
  test('her mother applies for her, and no income is asked (法律援助法 §40(1), §42(1); AC-12)', () => {
    expect(girl({ relation: 'statutoryRepresentative', isRepresentativeTheOpponent: false })).toMatchObject({
      proposal: 'grant',
      missing: [],
    })
  })

  test('if the mother is missing, the grandmother may apply; the father may not, and she is not refused for it (法律援助法 §40(1); AC-12)', () => {
    expect(girl({ relation: 'closeRelative', isRepresentativeTheOpponent: true }).proposal).toBe('grant')
    expect(girl({ relation: 'statutoryRepresentative', isRepresentativeTheOpponent: true }).proposal).toBe('cannotDecide')
  })

  test('received on 11 May, it is decided by 18 May (法律援助法 §43; AC-12)', async () => {
    w.at('2026-05-11')
    expect(await dueOn(w, await w.filed({ forWhom: 'child', matterCode: 'M31-4' }), 'review')).toBe('2026-05-18')
  })

  test('the father cannot withdraw what the mother filed: for him the matter does not exist (法律援助法 §40(1); AC-12)', async () => {
    w.at('2026-05-11')
    const m = await w.filed({ forWhom: 'child' })
    expect(await refusalOf(w.act(cast.chen, m, 'withdraw'))).toBe('not_found')
    expect((await w.read(m)).state).toBe('submitted')
  })

  test('not even one whom the mother let act for her may withdraw it (民法典 §169, 法律援助法 §40; AC-12)', async () => {
    const m = await w.filed({ forWhom: 'child' })
    await w.act(cast.li, m, 'appointProxy', { proxy: cast.ma.id, consents: true })
    expect(await refusalOf(w.act(cast.ma, m, 'withdraw'))).toBe('not_permitted')
  })
})

describe('a child under 14 at the portal', () => {
  const child = { isUnder14: true, hasGuardianConsent: false }

  test('cannot file before a guardian has agreed (个人信息保护法 §28, §31; AC-29)', async () => {
    w.at('2026-11-23')
    expect(await refusalOf(w.filed(child))).toBe('guardian_consent')
    expect((await w.filed({ ...child, hasGuardianConsent: true })).state).toBe('submitted')
  })

  test('cannot reach an agency from custody without a guardian either (个人信息保护法 §31; AC-29)', async () => {
    w.at('2026-11-23')
    const m = await w.open(cast.li)
    const handOver = { ...w.filing, ...child, forWhom: 'custody', handedOverAt: '2026-11-23T09:00:00+08:00' }
    expect(await refusalOf(w.act(cast.li, m, 'handOver', handOver))).toBe('guardian_consent')
  })

  test('is protected through the fourteenth birthday itself (个人信息保护法 §31; AC-29)', () => {
    expect(['2026-11-23', '2026-12-01', '2026-12-02'].map((day) => isUnder14('2012-12-01', day))).toEqual([true, true, false])
  })

  test('is found by the identity number, whatever was said about who asks (个人信息保护法 §31; AC-29)', () => {
    const answers: Said = { forWhom: { who: 'self' }, person: { name: '演示孩子', idNumber: '630102201212010012' } }
    expect(['2026-11-23', '2026-12-01', '2026-12-02'].map((day) => needsGuardian(answers, day))).toEqual([true, true, false])
  })
})
