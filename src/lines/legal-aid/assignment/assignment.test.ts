import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { citeText } from '#kernel/cite.ts'
import type { AidCase, Candidate } from './aid-case.ts'
import { candidacy, rank } from './assignment.ts'
import type { ProviderKind } from '../settings.ts'
import { defaultSettings, providerKinds } from '../settings.ts'
import type { AidForm } from './suitability.ts'
import { aidForms, mayGive } from './suitability.ts'

const licence = { as: 'lawyer', status: 'valid', from: '2015-01-01' } as const
const lawyer = (change: Partial<Candidate> = {}): Candidate => ({ id: 'E', kind: 'lawyer', licence, openCaseload: 3, ...change })
const someone = (kind: ProviderKind, change: Partial<Candidate> = {}): Candidate => ({ id: kind, kind, openCaseload: 0, ...change })
const injury: AidCase = {
  dispute: 'crash-1',
  form: 'litigationRepresentation',
  on: '2026-06-15',
  recipient: 'li',
  opponents: ['driver', 'insurer'],
}
const defence: AidCase = {
  dispute: 'crime-1',
  form: 'criminalDefence',
  on: '2026-06-15',
  recipient: 'accused',
  opponents: [],
  coDefendants: ['second'],
}
const codes = (aidCase: AidCase, candidate: Candidate) => candidacy(aidCase, candidate).reasons.map(({ code }) => code)
const verdict = (aidCase: AidCase, candidate: Candidate) => candidacy(aidCase, candidate).verdict

describe('who may give which aid', () => {
  test('defence and duty are for lawyers alone (法律援助法 §14, §25)', () => {
    expect(providerKinds.filter((kind) => mayGive('criminalDefence', someone(kind)))).toEqual(['lawyer'])
    expect(providerKinds.filter((kind) => mayGive('dutyLawyerAssistance', someone(kind)))).toEqual(['lawyer'])
    expect(mayGive('criminalDefence', someone('agencyStaff', { licence }))).toBe(true)
    expect(mayGive('dutyLawyerAssistance', someone('volunteer', { licence }))).toBe(false)
  })
  test('a grassroots legal worker may litigate civil cases but represent a victim only where the province says so (法律援助法 §12, §29)', () => {
    const worker = someone('grassrootsLegalWorker')
    expect(mayGive('litigationRepresentation', worker)).toBe(true)
    expect(mayGive('criminalRepresentation', worker)).toBe(false)
    expect(
      mayGive('criminalRepresentation', worker, { ...defaultSettings, 'criminalRepresentation.providers': ['grassrootsLegalWorker'] }),
    ).toBe(true)
  })
  test('law students advise and draft under guidance, and nothing else (法律援助法 §17)', () => {
    const allowed = aidForms.filter((form) => mayGive(form, someone('studentVolunteer')))
    expect(allowed).toEqual(['legalConsultation', 'documentDrafting'] satisfies AidForm[])
  })
  test('agency staff and volunteers need the qualification to represent (法律援助法 §13)', () => {
    for (const kind of ['agencyStaff', 'volunteer'] as const) {
      expect(mayGive('labourDisputeRepresentation', someone(kind))).toBe(false)
      expect(mayGive('labourDisputeRepresentation', someone(kind, { isQualified: true }))).toBe(true)
    }
  })
})

describe('who is suited to this case', () => {
  test('two years of criminal defence are not enough where life is at stake, whatever the civil practice (法律援助法 §26)', () => {
    const grave = { ...defence, isLifeOrDeath: true }
    expect(codes(grave, lawyer({ criminalDefenceYears: 2 }))).toEqual(['experience'])
    expect(codes(grave, lawyer())).toEqual(['experience'])
    expect(verdict(grave, lawyer({ criminalDefenceYears: 3 }))).toBe('assignable')
    expect(verdict(defence, lawyer({ criminalDefenceYears: 0 }))).toBe('assignable')
  })
  test('a minor gets a lawyer familiar with minors (未成年人保护法 §104)', () => {
    const minor = { ...defence, recipientIsMinor: true }
    expect(codes(minor, lawyer())).toEqual(['minors'])
    expect(verdict(minor, lawyer({ isFamiliarWithMinors: true }))).toBe('assignable')
  })
  test('the licence must be valid on the day of assignment (律师法 §13)', () => {
    const blocked = (change: object) => codes(injury, lawyer({ licence: { ...licence, ...change } }))
    expect(blocked({ status: 'suspended' })).toEqual(['C8'])
    expect(blocked({ status: 'revoked' })).toEqual(['C8'])
    expect(blocked({ until: '2026-06-14' })).toEqual(['C8'])
    expect(blocked({ until: '2026-06-15' })).toEqual([])
    expect(blocked({ from: '2026-06-16' })).toEqual(['C8'])
    expect(codes(injury, someone('lawyer'))).toEqual(['C8'])
  })
  test('a failed annual assessment bars the provider (律师法 §23)', () => {
    expect(codes(injury, lawyer({ annualAssessment: 'failed' }))).toEqual(['assessment'])
    expect(verdict(injury, lawyer({ annualAssessment: 'notYetDue' }))).toBe('assignable')
  })
})

describe('conflicts of interest', () => {
  const A = lawyer({ id: 'A', engagements: [{ dispute: 'crash-1', client: 'insurer', as: 'advice' }] })
  const B = lawyer({ id: 'B', interestsIn: ['crash-1'] })
  const C = lawyer({ id: 'C', firmEngagements: [{ dispute: 'crash-1', client: 'insurer' }] })
  const D = lawyer({ id: 'D', leftJudiciaryOn: '2024-12-15' })
  test('of five candidates in a traffic case A, B and D are blocked, C is held and E may go (律师法 §23, §39, §41)', () => {
    expect([A, B, C, D, lawyer()].map((one) => verdict(injury, one))).toEqual(['block', 'block', 'hold', 'block', 'assignable'])
    expect([A, B, C, D].map((one) => codes(injury, one)[0])).toEqual(['C1', 'C2', 'C3', 'C6'])
    expect(candidacy(injury, A).reasons.map(({ article }) => citeText(article))).toEqual(['《律师法》第三十九条'])
  })
  test('having served the same client elsewhere is no conflict here (律师法 §39)', () =>
    expect(verdict(injury, lawyer({ engagements: [{ dispute: 'other', client: 'insurer', as: 'representation' }] }))).toBe('assignable'))
  test('a provider who is a party, or has an interest in the dispute, is blocked (律师法 §39)', () => {
    expect(codes(injury, lawyer({ id: 'driver' }))).toEqual(['C2'])
    expect(codes(injury, lawyer({ interestsIn: ['crash-1'] }))).toEqual(['C2'])
  })
  test('only both parties’ consent and an empty county together lift a firm conflict (律师法 §23, §50)', () => {
    const consent = { bothPartiesConsented: true, noOtherProviderInCounty: true }
    expect(verdict({ ...injury, firmConflictConsent: consent }, C)).toBe('assignable')
    for (const key of Object.keys(consent))
      expect(verdict({ ...injury, firmConflictConsent: { ...consent, [key]: false } }, C)).toBe('hold')
  })
  test('nobody defends two co-defendants (最高人民法院关于适用刑事诉讼法的解释 §43)', () => {
    expect(codes(defence, lawyer({ engagements: [{ dispute: 'crime-2', client: 'second', as: 'defence' }] }))).toEqual(['C4'])
    expect(codes(defence, lawyer({ engagements: [{ dispute: 'crime-9', client: 'nobody', as: 'defence' }] }))).toEqual([])
  })
  test('a duty lawyer who helped several co-suspects defends none of them (最高人民法院关于适用刑事诉讼法的解释 §43)', () => {
    expect(codes(defence, lawyer({ dutyHelped: ['accused', 'second'] }))).toEqual(['C5'])
    expect(codes(defence, lawyer({ dutyHelped: ['accused'] }))).toEqual([])
  })
  test('a former judge waits two years, the anniversary included, and only for court work (律师法 §41)', () => {
    expect(codes(injury, lawyer({ leftJudiciaryOn: '2024-06-15' }))).toEqual(['C6'])
    expect(codes(injury, lawyer({ leftJudiciaryOn: '2024-06-14' }))).toEqual([])
    expect(codes({ ...injury, on: '2026-03-01' }, lawyer({ leftJudiciaryOn: '2024-02-29' }))).toEqual([])
    expect(codes({ ...injury, form: 'labourDisputeRepresentation' }, D)).toEqual([])
  })
  test('a member of a standing committee neither litigates nor defends (律师法 §11)', () => {
    const member = lawyer({ isOnStandingCommittee: true })
    expect(codes(defence, member)).toEqual(['C7'])
    expect(codes({ ...injury, form: 'nonLitigationRepresentation' }, member)).toEqual([])
  })
  test('whoever reported an interest after assignment is not sent again (法律援助法 §46)', () =>
    expect(codes(injury, lawyer({ reportedUnable: ['crash-1'] }))).toEqual(['C10']))
})

const order = (aidCase: AidCase, ...candidates: Candidate[]) => rank(aidCase, candidates).map(({ candidate }) => candidate.id)

describe('the order of proposals', () => {
  test('who is good at it goes first, then the lighter caseload, then the id (办理法律援助案件程序规定 §25)', () => {
    const traffic = { ...injury, specialisms: ['traffic'] }
    const busy = lawyer({ id: 'a', openCaseload: 9, specialisms: ['traffic'] })
    const defender = lawyer({ id: '0', openCaseload: 0, specialisms: ['accused'] })
    expect(order(traffic, busy, lawyer({ id: 'c', openCaseload: 1 }), defender, lawyer({ id: 'd', specialisms: ['traffic'] }))).toEqual([
      'd',
      'a',
      '0',
      'c',
    ])
  })
  test('among defenders of the accused, three years of it go first (办理法律援助案件程序规定 §25)', () => {
    const accused = { ...defence, isLifeOrDeath: false, specialisms: ['accused'] }
    const old = lawyer({ id: 'z', openCaseload: 3, criminalDefenceYears: 8 })
    expect(order(accused, lawyer({ id: 'a', criminalDefenceYears: 1 }), old)).toEqual(['z', 'a'])
  })
  const anyCandidate: fc.Arbitrary<Candidate> = fc.record(
    {
      id: fc.uuid(),
      kind: fc.constantFrom(...providerKinds),
      openCaseload: fc.nat(20),
      licence: fc.record({
        as: fc.constant('lawyer' as const),
        status: fc.constantFrom('valid', 'valid', 'suspended'),
        from: fc.constant('2015-01-01'),
      }),
      interestsIn: fc.subarray(['crash-1', 'another']),
      firmEngagements: fc.constantFrom([], [{ dispute: 'crash-1', client: 'insurer' }]),
      isOnStandingCommittee: fc.boolean(),
      specialisms: fc.subarray(['traffic']),
    },
    { requiredKeys: ['id', 'kind', 'openCaseload'] },
  )
  test('a blocked candidate never stands before one who may be sent, in whatever order they came (法律援助法 §61(2))', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyCandidate, { selector: ({ id }) => id, maxLength: 12 }), (candidates) => {
        const ranked = rank(injury, candidates)
        const places = ranked.map((one) => ['assignable', 'hold', 'block'].indexOf(one.verdict))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(rank(injury, candidates.toReversed())).toEqual(ranked)
        for (const { verdict, reasons } of ranked) expect(reasons.length === 0).toBe(verdict === 'assignable')
        for (const { verdict, favours } of ranked) if (verdict !== 'hold') expect(favours.length > 0).toBe(verdict === 'assignable')
      }),
    )
  })
})

describe('what speaks for whoever may be sent', () => {
  const favours = (aidCase: AidCase, ...candidates: Candidate[]) =>
    Object.fromEntries(rank(aidCase, candidates).map(({ candidate, favours: its }) => [candidate.id, its.map(({ code }) => code)]))
  const traffic = { ...injury, specialisms: ['traffic'] }

  test('each is told apart by what they are good at, and by whose turn it is', () => {
    const specialist = lawyer({ id: 'specialist', openCaseload: 4, specialisms: ['traffic', 'medical'] })
    expect(
      favours(traffic, specialist, lawyer({ id: 'free' }), lawyer({ id: 'defender', openCaseload: 9, specialisms: ['accused'] })),
    ).toEqual({
      specialist: ['specialism', 'load', 'clear'],
      free: ['turn', 'clear'],
      defender: ['clear'],
    })
  })
  test('whoever is blocked has nothing to speak for them, and takes nobody’s turn', () => {
    const relative = lawyer({ id: 'kin', interestsIn: ['crash-1'], specialisms: ['traffic'] })
    expect(favours(traffic, relative, lawyer({ id: 'a', openCaseload: 2 }), lawyer({ id: 'b', openCaseload: 3 }))).toEqual({
      a: ['turn', 'clear'],
      b: ['clear'],
      kin: [],
    })
  })
})
