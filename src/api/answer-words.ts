import type { Field, Question } from '#kernel/journey.ts'
import { formatDay, formatYuan, pick, type Language } from '#platform/messages.ts'

/** An answer in words, field by field, as its question would read it back. */
export function answerInWords(question: Question, answer: unknown, language: Language): { label: string; value: string }[] {
  if (typeof answer !== 'object' || answer === null) return []
  return question.fields.flatMap((field) => {
    const value: unknown = Reflect.get(answer, field.name)
    if (value === undefined || field.kind === 'files') return []
    return [{ label: pick(field.label, language), value: fieldInWords(field, value, language) }]
  })
}

function fieldInWords(field: Field, value: unknown, language: Language): string {
  if (Array.isArray(value)) return value.map((one) => optionInWords(field, one, language)).join(language === 'zh' ? '、' : ', ')
  if (field.kind === 'yuan' && typeof value === 'number') return formatYuan(value, language)
  if (field.kind === 'date' && typeof value === 'string') return formatDay(value, language)
  return optionInWords(field, value, language)
}

function optionInWords(field: Field, value: unknown, language: Language): string {
  const option = field.options?.find((one) => one.value === value)
  return option ? pick(option.label, language) : String(value)
}
