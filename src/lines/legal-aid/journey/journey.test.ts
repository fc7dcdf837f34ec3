import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { before, exampleOf, isHinge, nextUnanswered, pathOf } from '#kernel/journey/journey.ts'
import type { Answers, Field, Question } from '#kernel/journey/journey.ts'
import { factsFrom } from '../means/facts-from.ts'
import { legalAidJourney, journeyOn } from './journey.ts'
import { kindOf, kinds, rarerKinds } from './journey-options.ts'
import type { KindKey } from './journey-options.ts'
import { isUnder14 } from './journey-path.ts'
import { matterCodes, noMeansTestCodes } from '../matters.ts'
import { has } from '#kernel/keyed.ts'
import { schemas } from './said.ts'

const today = '2026-11-23'
const journey = journeyOn(today)
const meansKeys = ['status', 'income', 'household', 'verify']
const days = fc.constantFrom('2026-01-31', '2026-11-30', '2027-03-01')
const texts: Partial<Record<Field['kind'], fc.Arbitrary<unknown>>> = {
  text: fc.constantFrom('不知道', '王秀英'),
  longText: fc.constant('老板欠我三个月工钱'),
  date: days,
  yuan: fc.integer({ min: 0, max: 10_000_000 }),
  number: fc.integer({ min: 0, max: 9 }),
  phone: fc.constantFrom('13800000000', '0971-8000001'),
  address: fc.constantFrom('西宁市城东区'),
  idNumber: fc.constantFrom('630102199003071234', '63010220150601123X'),
  files: fc.constant(['a']),
}

function valueOf({ kind, options = [], optional }: Field): fc.Arbitrary<unknown> {
  const values = options.map(({ value }) => value)
  const some = kind === 'radio' ? fc.constantFrom(...values) : kind === 'checkboxes' ? fc.subarray(values, { minLength: 1 }) : texts[kind]
  if (!some) throw new Error(`no values for fields of kind ${kind}: add them here`)
  return optional ? fc.option(some, { nil: undefined }) : some
}

const answerOf = (question: Question) =>
  fc
    .record(Object.fromEntries(question.fields.map((field) => [field.name, valueOf(field)])))
    .filter((answer) => question.schema.safeParse(answer).success)

/** Answers everything the journey asks, at random, remembering the order of the pages. */
const walks = fc.noShrink(fc.gen()).map((draw) => {
  const answers: Record<string, unknown> = {}
  const pages: string[] = []
  for (let question = nextUnanswered(journey, answers); question && pages.length < 60; question = nextUnanswered(journey, answers)) {
    pages.push(question.key)
    answers[question.key] = draw(answerOf, question)
  }
  return { answers, pages }
})

/** The pages seen by someone who answers as given. */
const pathFor = (answers: Answers) => pathOf(journey, answers).map(({ key }) => key)

describe('an example', () => {
  const examplesFor = (answers: Answers) =>
    journey.flatMap((question) => [exampleOf(question, answers)?.zh, ...question.fields.map(({ hint }) => hint?.zh)]).join(' ')

  test('speaks of foremen and building sites to those alone who come with work', () => {
    const fromWork = /包工头|工地|老板|工友|下工/
    expect(examplesFor({ kind: { kind: 'wages' } })).toMatch(fromWork)
    for (const kind of ['violence', 'traffic', 'marriage']) expect(examplesFor({ kind: { kind } })).not.toMatch(fromWork)
  })
})

describe('the legal aid journey', () => {
  test('asks each question with what it says that question takes, and says it of no other', () => {
    expect(Object.fromEntries(journey.map(({ key, schema }) => [key, schema]))).toEqual(schemas)
    expect(journey.filter(({ key, schema }) => has(schemas, key) && schemas[key] === schema)).toHaveLength(journey.length)
  })

  test('every walk ends, asks nothing twice, and leaves nothing on its path unanswered', () => {
    fc.assert(
      fc.property(walks, ({ answers, pages }) => {
        expect(nextUnanswered(journey, answers)).toBeUndefined()
        expect(new Set(pages).size).toBe(pages.length)
        expect(pathFor(answers)).toEqual(pages)
      }),
      { numRuns: 300 },
    )
  })

  test('back undoes next on every page of every walk', () => {
    fc.assert(
      fc.property(walks, ({ answers, pages }) => {
        pages.forEach((key, i) => expect(before(journey, answers, key)?.key).toBe(pages[i - 1]))
      }),
    )
  })

  test('nothing about means is asked where article 32 lifts the test, nor of a migrant worker with proof (法律援助法 §32, §42(3))', () => {
    const freed = fc.check(
      fc.property(walks, ({ answers, pages }) => {
        const said = JSON.stringify(answers)
        const isFree = said.includes('"violence"') || (pages.includes('workProof') && !said.includes('"proofs":["none"]'))
        return !isFree || !pages.some((key) => meansKeys.includes(key))
      }),
      { numRuns: 300 },
    )
    expect(freed.failed).toBe(false)
  })

  test('violence at home hides income, household, status and verification (法律援助法 §32(4), 个人信息保护法 §6)', () => {
    expect(pathFor({ forWhom: { who: 'self' }, kind: { kind: 'violence' } })).not.toEqual(expect.arrayContaining(['income']))
    for (const key of meansKeys) expect(pathFor({ forWhom: { who: 'child' }, kind: { kind: 'violence' } })).not.toContain(key)
  })

  const worker: Answers = { forWhom: { who: 'self' }, kind: { kind: 'wages' }, migrant: { isMigrant: 'yes' } }

  test('a migrant worker unpaid, with a work card, is never asked about income (法律援助法 §42(3), AC-02)', () => {
    for (const key of meansKeys) expect(pathFor({ ...worker, workProof: { proofs: ['workCard'] } })).not.toContain(key)
  })

  test('without any proof of work the ordinary check applies (AC-02)', () => {
    expect(pathFor({ ...worker, workProof: { proofs: ['none'] } })).toEqual(expect.arrayContaining(['status', 'income', 'verify']))
  })

  test('the same worker’s divorce is no migrant claim (法律援助法 §42(3), AC-03)', () => {
    expect(pathFor({ ...worker, kind: { kind: 'marriage' } })).not.toContain('migrant')
  })

  test('against a son under the same roof only the mother’s own income is asked (AC-13)', () => {
    const path = pathFor({
      forWhom: { who: 'self' },
      kind: { kind: 'support' },
      opponentHome: { livesTogether: 'yes' },
      status: { statuses: ['none'] },
    })
    expect(path).toContain('income')
    expect(path).not.toContain('household')
  })

  test('for a child the guardian is asked, before what happened, and whether the other side is a parent (个人信息保护法 §31, 法律援助法 §40)', () => {
    const path = pathFor({ forWhom: { who: 'child' } })
    expect(path).toContain('opponentParent')
    expect(path.indexOf('guardian')).toBeLessThan(path.indexOf('story'))
  })

  test('whoever owes the child may not file for it, and is told who may (法律援助法 §40(1); AC-12)', () => {
    const asked = legalAidJourney.find(({ key }) => key === 'opponentParent')
    expect(asked?.schema.safeParse({ isParent: 'yes' }).success).toBe(true)
    expect(asked?.schema.safeParse({ isParent: 'opponent' }).error?.issues).toMatchObject([
      { path: ['isParent'], message: 'answer.notOpponent' },
    ])
  })

  test('a grandmother files in the place of the parent who owes, as a relative (法律援助法 §40(1); AC-12)', () => {
    const filedBy = (isParent: 'relative' | 'yes') =>
      factsFrom(
        { forWhom: { who: 'child' }, opponentParent: { isParent } },
        { receivedOn: today, standard: undefined, allowanceFenPerMonth: undefined },
      ).filedBy
    expect(filedBy('relative')).toEqual({ relation: 'closeRelative', isRepresentativeTheOpponent: true })
    expect(filedBy('yes')).toEqual({ relation: 'statutoryRepresentative', isRepresentativeTheOpponent: false })
  })

  test('changing whom the aid is for may change what is asked; changing where one lives does not', () => {
    const steering = (key: string) =>
      journey.filter((question) => question.key === key).map((question) => isHinge(journey, worker, question.key))
    expect([...steering('forWhom'), ...steering('migrant'), ...steering('place'), ...steering('contact')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  test('a child who says nothing of their age is caught by the number, and asked once (AC-29)', () => {
    const path = pathFor({ forWhom: { who: 'self' }, person: { name: '小军', idNumber: '630102201212010012' } })
    expect(path.filter((key) => key.startsWith('guardian'))).toEqual(['guardianByAge'])
    expect(pathFor({ forWhom: { who: 'youngSelf' }, person: { birthDate: '2015-01-01' } })).not.toContain('guardianByAge')
  })

  test('the fourteenth birthday itself is still under 14 (AC-29)', () => {
    expect(isUnder14('2012-12-01', '2026-12-01')).toBe(true)
    expect(isUnder14('2012-12-01', '2026-12-02')).toBe(false)
  })

  test('for a person held, we ask who holds them and where, and not which kind of matter (法律援助法 §24)', () => {
    const path = pathFor({ forWhom: { who: 'custody' } })
    expect(path).toContain('custody')
    expect(path).not.toContain('kind')
    expect(path).not.toContain('opponent')
  })

  test('every kind of matter stands on an article the decision knows', () => {
    const codes = new Set<string>([...matterCodes, ...noMeansTestCodes])
    const { more: _, ...listed } = { ...kinds, ...rarerKinds }
    const keys = Object.keys(listed) as KindKey[] // Object.keys forgets the literal keys.
    expect(keys.filter((key) => !codes.has(kindOf(key).code ?? kindOf(key).noMeansTest ?? ''))).toEqual([])
  })

  test('nobody who rules out calls and messages is made to give a number', () => {
    const contact = legalAidJourney.find(({ key }) => key === 'contact')
    expect(contact?.schema.safeParse({ safe: 'none' }).success).toBe(true)
    expect(contact?.schema.safeParse({ safe: 'callOnly' }).success).toBe(false)
  })

  test('someone whose card was taken can go on without a number, and says why', () => {
    const person = legalAidJourney.find(({ key }) => key === 'person')
    expect(person?.schema.safeParse({ name: '王秀英', whyNoId: '老板扣了' }).success).toBe(true)
    expect(person?.schema.safeParse({ name: '王秀英' }).success).toBe(false)
  })

  test('every identity number is asked in a field whose check digit the server reads', () => {
    const fields = legalAidJourney.flatMap(({ key, fields }) => fields.map((field) => ({ ...field, at: `${key}.${field.name}` })))
    expect(fields.filter(({ kind }) => kind === 'idNumber').map(({ at }) => at)).toEqual(['person.idNumber', 'filer.idNumber'])
    expect(fields.filter(({ name, kind }) => name === 'idNumber' && kind !== 'idNumber')).toEqual([])
  })
})
