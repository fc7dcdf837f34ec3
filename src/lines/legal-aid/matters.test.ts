import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { citeText } from '#kernel/cite.ts'
import { runEligible } from './means/eligible-command.ts'
import { Facts, factLabels } from './means/facts.ts'
import { findings } from './means/law.ts'
import {
  claimCodes,
  exemptionCodes,
  exemptions,
  matterCodes,
  matters,
  noMeansTestCodes,
  noMeansTests,
  terminations,
  topicCodes,
} from './matters.ts'
import { assess, whatWouldChange } from './means/means.ts'
import { HardshipStandard, defaultSettings, provincialGrounds, provincialValues, settingDefinitions, settingsFrom } from './settings.ts'
import type { SettingKey, Settings } from './settings.ts'

const yesNo = fc.boolean()
const fen = fc.integer({ min: 0, max: 600_000 })
const day = fc.integer({ min: 0, max: 60 }).map((offset) => new Date(Date.UTC(2026, 1, 1 + offset)).toISOString().slice(0, 10))
/** Nearly everything answered: at most one answer of each page is missing, so that the later steps are reached too. */
const mostly = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.tuple(fc.record<T>(model), fc.constantFrom(...Array(9).fill(''), ...Object.keys(model))).map(([answers, unasked]) => {
    return Object.fromEntries(Object.entries(answers).filter(([key]) => key !== unasked)) as Partial<T> // Only a key was dropped.
  })
const standard = fc.record({
  basis: fc.constant('minimumLivingAllowanceMultiple' as const),
  multiple: fc.constantFrom(1.5, 2, 3),
  inclusive: yesNo,
  area: fc.constant('agency' as const),
})

/** Any answers a person can have given so far, in the shape the schema admits. */
const anyFacts: fc.Arbitrary<Facts> = mostly({
  route: fc.constantFrom('application', 'application', 'application', 'application', 'advice'),
  person: mostly({
    kind: fc.constantFrom('citizen', 'citizen', 'citizen', 'foreigner', 'organisation'),
    birthDate: fc.constantFrom('1950-01-01', '1990-06-01', '2012-01-20'),
    hasTreatyOrReciprocity: yesNo,
    lacksCapacity: fc.constant(false),
  }),
  filedBy: mostly({
    relation: fc.constantFrom('self', 'self', 'statutoryRepresentative', 'closeRelative', 'custodyForward', 'proxy'),
    isRepresentativeTheOpponent: yesNo,
  }),
  matter: mostly({
    code: fc.constantFrom(...matterCodes),
    claim: fc.constantFrom(...claimCodes),
    topic: fc.constantFrom(...topicCodes),
    hasCounsel: fc.constantFrom(false, false, false, true),
    noCounselReason: fc.constantFrom('hardship', 'other'),
    retrialOrdered: yesNo,
  }),
  noMeansTest: fc.record({
    situation: fc.constantFrom('none', 'none', 'none', ...noMeansTestCodes),
    topic: fc.constantFrom(...topicCodes),
  }),
  exemption: fc.record({
    statuses: fc.array(fc.record({ code: fc.constantFrom(...exemptionCodes), hasProof: yesNo, topic: fc.constantFrom(...topicCodes) }), {
      maxLength: 2,
    }),
  }),
  household: fc.record({ members: fc.array(fc.record({ incomeFenPerMonth: fen, isOpponent: yesNo }), { maxLength: 3 }) }),
  applicantOwnIncomeFenPerMonth: fen,
  opponentLivesTogether: yesNo,
  assets: fc.record({ hasValuables: yesNo }),
  verification: fc.record({ method: fc.constantFrom('dataQuery', 'undertaking'), done: fc.constant(true) }),
  deadlines: fc.record({ receivedOn: day, limitationEnds: day }),
  preservationNeeded: yesNo,
  opponentIsClear: yesNo,
  allowanceFenPerMonth: fc.constantFrom(60_000, 80_000),
  hardshipStandard: standard,
}).map((facts) => Facts.parse(facts))

const overDefaults = (chosen: Partial<Settings>): Settings => ({ ...defaultSettings, ...chosen })
const anySettings: fc.Arbitrary<Settings> = fc
  .record({
    'matters.provincial': fc.subarray([...settingTopics()]),
    'exemption.provincial': fc.subarray([...settingTopics()]),
    'refusal.provincialGrounds': fc.subarray([...provincialGrounds]),
  })
  .map(overDefaults)

function settingTopics() {
  return topicCodes.filter((topic) => topic !== 'other')
}

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}

describe('what holds for every applicant', () => {
  test('more income never makes a person newly eligible (法律援助法 §34)', () => {
    fc.assert(
      fc.property(anyFacts, anySettings, fc.integer({ min: 1, max: 500_000 }), fc.nat(3), (facts, settings, more, who) => {
        fc.pre(facts.applicantOwnIncomeFenPerMonth !== undefined)
        const members = facts.household?.members.map((member, at) =>
          at === who ? { ...member, incomeFenPerMonth: member.incomeFenPerMonth + more } : member,
        )
        const own = (facts.applicantOwnIncomeFenPerMonth ?? 0) + (members && who < members.length ? 0 : more)
        const richer = { ...facts, applicantOwnIncomeFenPerMonth: own, ...(members && { household: { members } }) }
        expect([assess(richer, settings).proposal, assess(facts, settings).proposal]).not.toEqual([
          'grant',
          expect.not.stringMatching('grant'),
        ])
      }),
      { numRuns: 2000 },
    )
  })
  test('the order in which answers were given changes nothing (法律援助法 §43)', () => {
    fc.assert(
      fc.property(anyFacts, anySettings, (facts, settings) => {
        expect(assess(Facts.parse(reversed(facts)), settings)).toEqual(assess(facts, settings))
        const statuses = facts.exemption?.statuses.toReversed()
        const shuffled = statuses ? { ...facts, exemption: { statuses } } : facts
        expect(assess(shuffled, settings).proposal).toBe(assess(facts, settings).proposal)
      }),
    )
  })
  test('every step names its article and speaks to the reader (法律援助法 §43(1))', () => {
    fc.assert(
      fc.property(anyFacts, anySettings, (facts, settings) => {
        for (const { article, explain } of assess(facts, settings).steps) {
          expect(citeText(article)).toMatch(/^《.+》第.+条/)
          expect(explain.zh && explain.en).toBeTruthy()
        }
      }),
    )
  })
  test('a refusal always stands on a failed condition, and on complete facts (法律援助法 §43(1))', () => {
    fc.assert(
      fc.property(anyFacts, anySettings, (facts, settings) => {
        const { proposal, refusalGrounds, missing } = assess(facts, settings)
        expect(refusalGrounds.length > 0).toBe(proposal === 'refuse')
        expect(refusalGrounds.every(({ outcome }) => outcome === 'fail')).toBe(true)
        expect(missing.length > 0).toBe(proposal === 'cannotDecide')
      }),
      { numRuns: 1000 },
    )
  })
  test('where no standard or figure is set, nobody is refused for income (法律援助法 §34)', () => {
    fc.assert(
      fc.property(anyFacts, anySettings, yesNo, (facts, settings, hasStandard) => {
        const { hardshipStandard, allowanceFenPerMonth, ...rest } = facts
        const unset = hasStandard
          ? { ...rest, ...(hardshipStandard && { hardshipStandard }) }
          : { ...rest, ...(allowanceFenPerMonth && { allowanceFenPerMonth }) }
        expect(assess(unset, settings).refusalGrounds.filter(({ step }) => step === 'hardship')).toEqual([])
      }),
    )
  })
  test('whoever is refused for income is told what would change it (法律援助法 §43(1))', () => {
    fc.assert(
      fc.property(anyFacts, anySettings, (facts, settings) => {
        const assessment = assess(facts, settings)
        const isForIncome = assessment.refusalGrounds.some(({ finding }) => finding === 'noHardship')
        expect(isForIncome && whatWouldChange(assessment).length === 0).toBe(false)
      }),
    )
  })
})

const items = (table: Record<string, { article: { item?: number } }>, prefix: string) =>
  Object.entries(table)
    .filter(([code]) => code.startsWith(prefix))
    .map(([code, { article }]) => [code, article.item])

describe('the tables', () => {
  test('articles 31, 32 and 42 are whole, item by item (法律援助法 §31, §32, §42)', () => {
    expect(items(matters, 'M31-')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [`M31-${n}`, n]))
    expect(items(noMeansTests, 'N32-')).toEqual([1, 2, 3, 4, 5].map((n) => [`N32-${n}`, n]))
    expect(items(exemptions, 'X42-')).toEqual([1, 2, 3, 4].map((n) => [`X42-${n}`, n]))
  })
  test('aid ends on eight grounds; cost is claimed only for deception, changed means only where they were tested (法律援助法 §48, §64)', () => {
    const codes = Object.entries(terminations)
    expect(codes.map(([, { article }]) => article.item)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(codes.filter(([, { costMayBeClaimed }]) => costMayBeClaimed).map(([code]) => code)).toEqual(['T1'])
    expect(codes.filter(([, row]) => 'onlyWhereMeansTested' in row).map(([code]) => code)).toEqual(['T4'])
  })
  test('provincial lists and refusal grounds are off by default (法律援助法 §31(9), §32(5), §42(4))', () => {
    const lists = Object.values(defaultSettings).filter((value) => Array.isArray(value) && value.length === 0)
    expect(lists).toHaveLength(7)
  })
  test('every setting survives storage as JSON and says why it is open', () => {
    for (const key of Object.keys(settingDefinitions) as SettingKey[]) {
      const { schema, default: value, why } = settingDefinitions[key]
      if (value !== undefined) expect(schema.parse(JSON.parse(JSON.stringify(value)))).toEqual(value)
      expect(why.zh && why.en).toBeTruthy()
    }
    expect(() => settingsFrom((key) => (key === 'objection.days' ? 'soon' : undefined))).toThrow(/expected number/)
  })
  test('Qinghai’s standard is known, Liaoning’s is not set (法律援助法 §34)', () => {
    expect(provincialValues.map(({ region, key }) => [region, key])).toEqual([['63', 'hardship.standard']])
    expect(HardshipStandard.parse(provincialValues[0]?.value)).toMatchObject({ multiple: 3, inclusive: true })
  })
  test('every sentence is short enough to be read', () => {
    for (const { explain } of Object.values(findings)) expect(explain.zh.length).toBeLessThanOrEqual(40)
    for (const { zh } of Object.values(factLabels)) expect(zh.length).toBeLessThanOrEqual(30)
  })
})

describe('the command', () => {
  const poor = { route: 'application', person: { kind: 'organisation' } }
  test('prints the assessment with articles as a Chinese reader writes them (法律援助法 §2)', () => {
    const printed = JSON.parse(runEligible(JSON.stringify(poor)))
    expect(printed).toMatchObject({ proposal: 'refuse', refusalGrounds: [{ article: '《法律援助法》第二条' }] })
    expect(printed.steps.at(-1).article).toBe('《个人信息保护法》第二十四条第三款')
  })
  test('an unknown or wrong field is refused by its path, without its value', () => {
    expect(() => runEligible(JSON.stringify({ ...poor, household: { members: [{ incomeFenPerMonth: 1, name: '李某' }] } }))).toThrow(
      /^invalid: household\.members\.0\.name$/,
    )
    expect(() => runEligible(JSON.stringify({ applicantOwnIncomeFenPerMonth: 1.5 }))).toThrow(/applicantOwnIncomeFenPerMonth/)
    expect(() => runEligible('{')).toThrow(/not JSON/)
  })
})
