import type { Answers, Question } from './journey.ts'

/** What is known, by fact of the catalogue. */
export type Known = ReadonlyMap<string, unknown>

/** The facts that some answers hold, by the questions they were given to. */
export const factsIn = (questions: readonly Question[], answers: Answers): Known =>
  new Map(
    questions.flatMap(({ key, facts = {} }) => {
      const told = fieldsOf(answers[key])
      return Object.entries(facts).flatMap(([field, fact]) => (told[field] === undefined ? [] : [[fact, told[field]] as const]))
    }),
  )

/** The answers to a line's questions that are known whole already: what their question would take, and nothing that is only half known. */
export const answersFrom = (questions: readonly Question[], known: Known): Record<string, unknown> =>
  Object.fromEntries(
    questions.flatMap(({ key, schema, facts = {} }) => {
      const fields = Object.entries(facts).flatMap(([field, fact]) => (known.has(fact) ? [[field, known.get(fact)] as const] : []))
      const parsed = schema.safeParse(Object.fromEntries(fields))
      return fields.length && parsed.success ? [[key, parsed.data] as const] : []
    }),
  )

const fieldsOf = (answer: unknown): Readonly<Record<string, unknown>> =>
  typeof answer === 'object' && answer !== null ? { ...answer } : {}
