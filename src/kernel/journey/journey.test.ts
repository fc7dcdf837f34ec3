import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entrances } from '#lines/services.ts'
import { changeOf, isHinge, pathOf, type Answers, type Question } from './journey.ts'

const keys = (questions: readonly Question[]) => questions.map(({ key }) => key)

/** Some of the questions answered, each by one of the choices it lists. */
const answersTo = (questions: readonly Question[]): fc.Arbitrary<Answers> =>
  fc
    .record(Object.fromEntries(questions.map((question) => [question.key, fc.option(answerTo(question), { nil: undefined })])))
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))

const answerTo = ({ fields }: Question): fc.Arbitrary<unknown> =>
  fc.record(
    Object.fromEntries(
      fields.map(({ name, kind, options = [] }) => {
        const one = options.length ? fc.constantFrom(...options.map(({ value }) => value)) : fc.constant('1990-01-01')
        return [name, kind === 'checkboxes' ? one.map((value) => [value]) : one]
      }),
    ),
  )

describe.each(entrances.map((entrance) => [entrance.line, entrance] as const))('a change of an answer in %s', (_, entrance) => {
  const questions = entrance.journey('2026-04-01')
  const pair = fc.tuple(answersTo(questions), answersTo(questions))

  test('changes nothing when nothing is changed', () => {
    fc.assert(
      fc.property(answersTo(questions), (answers) => {
        expect(changeOf(questions, answers, answers)).toEqual({ opens: [], drops: [] })
      }),
    )
  })

  test('opens only what is asked now, was not before and is unanswered; drops only what was answered and is asked no more', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const { opens, drops } = changeOf(questions, before, after)
        const [was, is] = [keys(pathOf(questions, before)), keys(pathOf(questions, after))]
        expect(keys(opens)).toEqual(is.filter((key) => !was.includes(key) && !(key in after)))
        expect(keys(drops)).toEqual(was.filter((key) => !is.includes(key) && key in before))
      }),
    )
  })

  test('that is changed back drops what it had opened, once that is answered', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const opened = changeOf(questions, before, after).opens
        const answered = { ...after, ...Object.fromEntries(opened.map(({ key }) => [key, {}])) }
        const stillOpen = pathOf(questions, answered)
        const dropped = keys(changeOf(questions, answered, before).drops)
        expect(dropped).toEqual(expect.arrayContaining(keys(opened.filter((question) => stillOpen.includes(question)))))
      }),
    )
  })

  test('is announced by a hinge: what is none changes no path whichever of its choices is made', () => {
    fc.assert(
      fc.property(
        pair,
        fc.constantFrom(...questions.filter(({ fields }) => fields.length === 1 && fields[0]?.kind === 'radio')),
        ([answers, other], question) => {
          const after = { ...answers, [question.key]: other[question.key] ?? answers[question.key] }
          if (!(question.key in answers) || isHinge(questions, answers, question.key)) return
          expect(keys(pathOf(questions, after))).toEqual(keys(pathOf(questions, answers)))
        },
      ),
    )
  })
})
