import type { Answers, Field, Question } from '#kernel/journey/journey.ts'
import { pathOf } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import { formatDay, formatYuan, pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'

/** One answered question as it is read back: a line for each field that was filled in. */
export type AnsweredRow = { key: string; label: Text; lines: readonly string[] }

/** The answers on the path, in order; what no longer applies is left out. */
export function rowsOf(questions: readonly Question[], answers: Answers, language: Language): AnsweredRow[] {
  return pathOf(questions, answers)
    .filter((question) => question.key in answers)
    .map((question) => ({ key: question.key, label: labelOf(question), lines: linesOf(question, answers[question.key], language) }))
}

/** A question of one field goes by the field's short name. */
const labelOf = ({ fields, title }: Question): Text => (fields.length === 1 && fields[0] ? fields[0].label : title)

function linesOf(question: Question, answer: unknown, language: Language): string[] {
  if (typeof answer !== 'object' || answer === null) return []
  const isAlone = question.fields.length === 1
  return question.fields.flatMap((field) => {
    const value: unknown = Reflect.get(answer, field.name)
    if (value === undefined || value === '') return []
    const text = shown(field, value, language)
    return isAlone ? [text] : [say(language, 'check.pair', { label: pick(field.label, language), value: text })]
  })
}

/** One value in words. */
function shown(field: Field, value: unknown, language: Language): string {
  if (field.kind === 'files') return say(language, 'check.files', { n: Array.isArray(value) ? value.length : 0 })
  if (Array.isArray(value)) return value.map((item) => optionText(field, item, language)).join(say(language, 'check.comma'))
  if (field.kind === 'yuan' && typeof value === 'number') return formatYuan(value, language)
  if (field.kind === 'date') return formatDay(String(value), language)
  return optionText(field, value, language)
}

function optionText(field: Field, value: unknown, language: Language): string {
  const option = field.options?.find((each) => each.value === value)
  return option ? pick(option.label, language) : String(value)
}
