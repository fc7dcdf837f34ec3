import { z } from 'zod'
import { describe, expect, test } from 'vitest'
import { effects } from '#lines/services.ts'
import { lines } from '#lines/services.ts'
import { twoSides } from '#test/two-sides.ts'
import type { Action, Form, Line } from '../line.ts'
import type { Limit } from '../limits/limit.ts'
import { reason, remark, shortText } from '../form.ts'
import { flaws } from './prove.ts'

/** The made-up line with one action or one limit otherwise. */
const withAction = (key: string, change: Partial<Action<string, Form>>): Line => ({
  ...twoSides,
  actions: { ...twoSides.actions, [key]: { ...twoSides.actions[key]!, ...change } }, // one of its own
})
const withLimit = (key: string, limit: Limit<string, string>): Line => ({ ...twoSides, limits: { ...twoSides.limits, [key]: limit } })
const { answer, negotiation, callBack } = twoSides.limits as Record<'answer' | 'negotiation' | 'callBack', Limit<string, string>> // as declared

test.each(lines.map((line) => [line.key, line] as const))('every effect of %s is handled, and the line is sound', (_, line) => {
  const receivers = lines.filter(({ receives }) => receives).map(({ key }) => key)
  expect(flaws(line, { effects: Object.keys(effects), receivers })).toEqual([])
})

test('a made-up line of two sides is sound', () => expect(flaws(twoSides, { effects: [] })).toEqual([]))

describe('no time is excluded from a limit by hours', () => {
  const flaw = ['limit callBack runs by hours, from which no time is excluded, and pauses']

  test('neither in a state nor by an event', () => {
    expect(flaws(withLimit('callBack', { ...callBack, pausedIn: ['negotiating'] }))).toEqual(flaw)
    const read = { appraise: () => undefined }
    expect(flaws(withLimit('callBack', { ...callBack, pausedBy: read, resumedBy: read }))).toEqual(flaw)
  })

  test('where the length is computed, by the unit it says beforehand', () => {
    const computed = { length: () => ({ count: 2, unit: 'hour' as const }), unit: 'hour' as const }
    expect(flaws(withLimit('callBack', { ...callBack, ...computed, pausedIn: ['negotiating'] }))).toEqual(flaw)
  })

  test('nor from one that ends at a moment', () => {
    const fixed: Limit<string, string> = { ...callBack, unit: undefined, length: { at: ({ at }) => String(at) }, pausedIn: ['negotiating'] }
    expect(flaws(withLimit('callBack', fixed))).toEqual(flaw)
  })
})

test('what an event paused, some event resumes', () => {
  const { resumedBy: _, ...forever } = negotiation
  expect(flaws(withLimit('negotiation', forever))).toEqual(['limit negotiation is paused by a step, and no step resumes it'])
})

describe('where several sit in a seat', () => {
  const { per: _, ...together } = answer

  test('a limit that binds them runs for each', () => {
    expect(flaws(withLimit('answer', together))).toEqual(['limit answer binds every respondent, and does not run for each'])
  })

  test('a seat for one needs no more than one run', () => {
    const { max: __, ...forOne } = twoSides.seats['respondent']! // one of its own
    expect(flaws({ ...withLimit('answer', together), seats: { ...twoSides.seats, respondent: forOne } })).toEqual([])
  })

  test('the breach of a party’s own limit records whose it was', () => {
    const line = withAction('defaulted', { form: z.object({ limit: z.string() }) })
    expect(flaws(line)).toEqual(['limit answer is a party’s own, and defaulted does not record whose'])
  })
})

describe('whom an action is for', () => {
  test.each(['respondant', 'assignee'])('is a seat of the line, a duty or the system: %s can never hold', (who) => {
    expect(flaws(withAction('answer', { by: ['intake', who] }))).toEqual([
      `answer is for ${who}, which is no seat, duty or system of the line`,
    ])
  })
})

describe('what counts once everybody did it', () => {
  const joint = { by: ['applicant', 'respondent'], jointly: ['applicant', 'respondent'] }
  const nobody = 'answer counts once every respondent has done it, and nobody is seated there before'
  /** The line with a step that seats somebody. */
  const seating = (line: Line, key: string): Line => ({
    ...line,
    actions: { ...line.actions, [key]: { ...line.actions[key]!, seats: () => ({}) } }, // one of its own
  })

  test('may be done by them', () => {
    expect(flaws(withAction('answer', { jointly: ['applicant'] }))).toEqual([
      'answer counts once every applicant has done it, and they may not',
    ])
  })

  test('waits for nobody who is never seated', () => {
    expect(flaws(withAction('answer', joint))).toEqual([nobody])
  })

  test('may follow a step that seats them, and not precede it', () => {
    const line = withAction('answer', joint)
    expect(flaws(seating(line, 'serve'))).toEqual([])
    expect(flaws(seating(line, 'close'))).toEqual([nobody])
  })
})

test('a line may begin elsewhere where an officer takes it in: what follows from there is looked at as well', () => {
  const { title } = twoSides
  const onPaper: Line = {
    ...withAction('close', { from: [...twoSides.actions['close']!.from, 'onPaper'] }), // one of its own
    states: { ...twoSides.states, onPaper: { title, waitsFor: ['desk'] } },
  }
  expect(flaws(onPaper)).toEqual(['state onPaper cannot be reached'])
  expect(flaws({ ...onPaper, takenIn: 'onPaper' })).toEqual([])
  const left: Line = { ...onPaper, takenIn: 'onPaper', limits: { ...onPaper.limits, callBack: { ...callBack, stoppedBy: ['serve'] } } }
  expect(flaws(left)).toEqual(['limit callBack can still run in final state closed'])
})

test('an effect that nobody handles is found, of an action and of the opening', () => {
  const line = { ...withAction('answer', { effects: ['tellAgency', 'telAgency'] }), onOpen: ['confirmReciept'] }
  expect(flaws(line, { effects: ['tellAgency', 'confirmReceipt'] })).toEqual([
    'open causes confirmReciept, which nobody handles',
    'answer causes telAgency, which nobody handles',
  ])
})

test('whom one service refers another takes in: a referral to one that takes in nobody is found, and one that the system may not open', () => {
  const line = withAction('close', { refers: { to: 'nobody', carries: [] } })
  expect(flaws(line, { receivers: [] })).toEqual(['close refers to nobody, which takes in nobody who is referred'])
  expect(flaws(line, { receivers: ['nobody'] })).toEqual([])
  const receiving: Line = { ...twoSides, receives: twoSides.initial }
  expect(flaws(receiving)).toEqual(['it takes in whom others refer, and the system may not open it'])
})

describe('no free text stands in the log in clear (个人信息保护法 §47; S-M7)', () => {
  const flaw = ['close writes note into the log as it is typed: it is no free text, nor anything that can be listed']
  const typing = (note: z.ZodType, change: Partial<Action<string, Form>> = {}) =>
    flaws(withAction('close', { form: z.object({ note }), ...change }))

  test.each([
    ['a string', z.string()],
    ['a short one', z.string().trim().min(1).max(20).optional()],
    ['a list of them', z.array(z.string())],
    ['anything', z.unknown()],
    ['free text that something was said of afterwards', reason().meta({ title: '理由' })],
  ])('a field that takes %s is found', (_, note) => expect(typing(note)).toEqual(flaw))

  test.each([
    ['a reason', reason()],
    ['a remark', remark({ zh: '说明', en: 'Remark' })],
    ['a list of short texts', z.array(shortText({ zh: '名称', en: 'Name' }))],
    ['a choice', z.enum(['yes', 'no']).optional()],
    ['a day', z.iso.date()],
    ['an id', z.uuid()],
    ['what fits a pattern', z.string().regex(/^\d+$/)],
  ])('a field that takes %s is none', (_, note) => expect(typing(note)).toEqual([]))

  test('nor is what the system records, or the server makes of what was asked', () => {
    expect(typing(z.string(), { by: ['system'] })).toEqual([])
    expect(typing(z.string(), { asks: z.object({}) })).toEqual([])
  })
})
