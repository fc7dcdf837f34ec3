import type { z } from 'zod'
import type { Cite } from '../cite.ts'
import { rowsIn } from '../keyed.ts'
import type { Text } from '../text.ts'

/** What is known so far, by question. Absent means not asked yet; a question that no longer applies is ignored, never erased. */
export type Answers = Readonly<Record<string, unknown>>

/** What was said to questions that take these, by question. `Answers` pass for it: each was let through by its own question before it was kept. */
export type SaidTo<S extends Readonly<Record<string, z.ZodObject>>> = { readonly [Q in keyof S]?: z.output<S[Q]> | undefined }

/** What a table offers to choose from, as a field shows it. */
export const optionsOf = <K extends string>(table: Readonly<Record<K, Text>>): { value: K; label: Text }[] =>
  rowsIn<K, Text>(table).map(([value, label]) => ({ value, label }))

/** How many files one form takes: a phone's album of one matter, and what the server holds in memory at once. */
export const maxFilesPerForm = 10

/** One of a field's options. `group` gathers neighbours under a heading; a rare one is shown where the question's `likely` names it, or it was chosen. */
export type Choice<T = Text> = { value: string; label: T; hint?: T; group?: T; isRare?: true }

/** `T` is what its words are: declared in two languages, or on a page also what is in the reader's already. */
export type Field<T = Text> = {
  name: string
  label: T
  kind: 'text' | 'longText' | 'radio' | 'checkboxes' | 'select' | 'date' | 'yuan' | 'idNumber' | 'phone' | 'address' | 'number' | 'files'
  options?: readonly Choice<T>[]
  hint?: T
  optional?: true
  /** A day on this side of the day it is told, which itself is on both. */
  within?: 'untilToday' | 'fromToday'
  /** Browser autofill token, so that a phone offers what it already knows. */
  autocomplete?: string
}

/** One page of a journey: one thing asked, why, and what a good answer looks like. */
export type Question = {
  key: string
  title: Text
  /** What the answer tells, in the third person: an officer reads it, whom nobody asks. */
  factTitle: Text
  why: Text
  hint?: Text
  /** What a good answer looks like: of everybody, or of those whom it fits. */
  example?: Text | ((answers: Answers) => Text | undefined)
  cite?: Cite
  fields: readonly Field[]
  /** Options that what was said already points to, the likeliest first: shown first, as a guess of ours, and never chosen for the person. */
  likely?(answers: Answers): readonly string[]
  /** Judges the whole page; messages are keys into the message table. */
  schema: z.ZodObject
  appliesWhen?(answers: Answers): boolean
  /** Which fact of the catalogue each field holds, by which another service knows it. */
  facts?: Readonly<Record<string, string>>
  /** True of the one who answers beyond this matter: these fields, where `when` holds, are offered again in their next one. */
  lasting?: { fields: readonly string[]; when?(answers: Answers): boolean }
  /** Sensitive personal information (个人信息保护法 art. 28): the page asks separate consent. */
  sensitive?: true
}

/** The example that fits who is asked. */
export const exampleOf = ({ example }: Pick<Question, 'example'>, answers: Answers): Text | undefined =>
  typeof example === 'function' ? example(answers) : example

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

/** How many questions are left, said in words on the page rather than by a bar that lies; the one being asked counts, answered before or not. */
export const left = (questions: readonly Question[], answers: Answers, asking?: string): number =>
  pathOf(questions, answers).filter(({ key }) => key === asking || !(key in answers)).length

/** What a change of answers does to the path: questions it opens, and answered ones it makes needless. */
export function changeOf(questions: readonly Question[], before: Answers, after: Answers): { opens: Question[]; drops: Question[] } {
  const [was, is] = [pathOf(questions, before), pathOf(questions, after)]
  return {
    opens: is.filter((question) => !was.includes(question) && !(question.key in after)),
    drops: was.filter((question) => !is.includes(question) && question.key in before),
  }
}

/** Whether another choice in this answer would lead along another path. */
export function isHinge(questions: readonly Question[], answers: Answers, key: string): boolean {
  const question = questions.find((one) => one.key === key)
  const path = keysOf(pathOf(questions, answers))
  const others = question ? choicesIn(question, answers[key]) : []
  return others.some((other) => keysOf(pathOf(questions, { ...answers, [key]: other })) !== path)
}

const keysOf = (path: readonly Question[]): string => path.map(({ key }) => key).join(' ')

/** The answer with each of its listed choices made in turn. */
const choicesIn = ({ fields }: Question, answer: unknown): unknown[] =>
  fields.flatMap(
    ({ name, kind, options = [] }) =>
      options.map(({ value }) => ({ ...(answer as object | undefined), [name]: kind === 'checkboxes' ? [value] : value })), // answers are objects by field
  )
