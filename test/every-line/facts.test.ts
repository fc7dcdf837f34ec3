import { describe, expect, test } from 'vitest'
import type { Field, Question } from '#kernel/journey/journey.ts'
import { facts } from '#parts/facts.ts'
import { lines, journeyFor } from '#lines/services.ts'

type Asked = { line: string; question: Question; field: Field; fact: string | undefined }

const today = '2026-03-02'
/** Every field of every question that people are asked somewhere, and the fact it holds; what tells how their words are used is no question of theirs. */
const asked: readonly Asked[] = [...new Set(lines.map(({ key }) => key))].flatMap((line) =>
  journeyFor(line, today)
    .filter(({ key }) => key !== 'notice')
    .flatMap((question) => question.fields.map((field) => ({ line, question, field, fact: question.facts?.[field.name] }))),
)
const rows: Readonly<Record<string, (typeof facts)[keyof typeof facts]>> = facts
const named = ({ line, question, field }: Asked) => `${line}: ${question.key}.${field.name}`

/** Asked under one name in several lines, and not the same thing: what each service calls its kinds of matter. */
const differ: ReadonlySet<string> = new Set(['kind.kind'])

describe('one catalogue of facts', () => {
  test('knows every fact that a question holds, of a field that the question has', () => {
    const strangers = lines
      .flatMap(({ key }) => journeyFor(key, today))
      .flatMap(({ key, fields, facts: held = {} }) =>
        Object.entries(held)
          .filter(([name, fact]) => !rows[fact] || !fields.some((field) => field.name === name))
          .map(([name, fact]) => `${key}.${name} holds ${fact}`),
      )
    expect(strangers).toEqual([])
  })

  test('means one shape by each: no two lines ask for another kind of thing, or other choices, under one fact', () => {
    const shapeOf = (kind: string, options: readonly string[]) => `${kind} ${options.toSorted().join()}`
    const otherwise = asked.filter(({ field, fact }) => {
      const row = fact && rows[fact]
      return (
        row &&
        shapeOf(row.kind, row.options ?? []) !==
          shapeOf(
            field.kind,
            (field.options ?? []).map(({ value }) => value),
          )
      )
    })
    expect(otherwise.map(named)).toEqual([])
  })

  test('holds what two lines ask alike: it is one fact, and neither asks it of somebody the other has heard', () => {
    const alike = Map.groupBy(asked, ({ question, field }) => `${question.key}.${field.name}`)
    const apart = [...alike].filter(
      ([name, ones]) =>
        !differ.has(name) &&
        new Set(ones.map(({ line }) => line)).size > 1 &&
        (new Set(ones.map(({ fact }) => fact)).size > 1 || !ones[0]?.fact),
    )
    expect(apart.flatMap(([, ones]) => ones.map(named))).toEqual([])
  })

  test('is carried only as far as the lines that refer say, and they say nothing that is not in it', () => {
    const carried = lines.flatMap(({ actions }) => Object.values(actions).flatMap(({ refers }) => refers?.carries ?? []))
    expect(carried.length).toBeGreaterThan(0)
    expect(carried.filter((fact) => !rows[fact]?.topic)).toEqual([])
  })
})
