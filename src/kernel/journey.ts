import type { z } from 'zod'
import type { Cite } from './cite.ts'
import type { Text } from './line.ts'

/** What is known so far, by question. Absent means not asked yet; a question that no longer applies is ignored, never erased. */
export type Answers = Readonly<Record<string, unknown>>

export type Field = {
  name: string
  label: Text
  kind: 'text' | 'longText' | 'radio' | 'checkboxes' | 'select' | 'date' | 'yuan' | 'idNumber' | 'phone' | 'number' | 'files'
  options?: readonly { value: string; label: Text; hint?: Text }[]
  hint?: Text
  optional?: true
  /** Browser autofill token, so that a phone offers what it already knows. */
  autocomplete?: string
}

/** One page of a journey: one thing asked, why, and what a good answer looks like. */
export type Question = {
  key: string
  title: Text
  why: Text
  hint?: Text
  example?: Text
  cite?: Cite
  fields: readonly Field[]
  /** Judges the whole page; messages are keys into the message table. */
  schema: z.ZodObject
  appliesWhen?(answers: Answers): boolean
  /** Sensitive personal information (个人信息保护法 art. 28): the page asks separate consent. */
  sensitive?: true
}

/** The questions that apply given what is known, in order. */
export const pathOf = (questions: readonly Question[], answers: Answers): Question[] =>
  questions.filter((question) => question.appliesWhen?.(answers) ?? true)

/** The first question on the path that has no answer yet; undefined when all is answered. */
export const nextUnanswered = (questions: readonly Question[], answers: Answers): Question | undefined =>
  pathOf(questions, answers).find((question) => !(question.key in answers))

/** The question before `key` on the path; undefined on the first. */
export function before(questions: readonly Question[], answers: Answers, key: string): Question | undefined {
  const path = pathOf(questions, answers)
  return path[path.findIndex((question) => question.key === key) - 1]
}

/** How many questions are left, said in words on the page rather than by a bar that lies. */
export const left = (questions: readonly Question[], answers: Answers): number =>
  pathOf(questions, answers).filter((question) => !(question.key in answers)).length

/** Whether choosing otherwise in this question would change what else is asked. */
export function steers(questions: readonly Question[], answers: Answers, { key, fields }: Question): boolean {
  const now = keysOf(questions, answers)
  return fields.some(({ name, kind, options = [] }) =>
    options.some(({ value }) => {
      const other = { ...(answers[key] as object), [name]: kind === 'checkboxes' ? [value] : value } // an answer is an object by field
      return keysOf(questions, { ...answers, [key]: other }) !== now
    }),
  )
}

const keysOf = (questions: readonly Question[], answers: Answers): string =>
  pathOf(questions, answers)
    .map(({ key }) => key)
    .join(' ')
