import type { Field, Question } from '#kernel/journey/journey.ts'
import { formatDay, formatYuan, pick, say, type Language } from '#platform/messages/messages.ts'
import { maskAddress, maskIdNumber, maskName, maskPhone } from '#records/people/masking.ts'

/** An answer in words, field by field, as its question would read it back. */
export function answerInWords(question: Question, answer: unknown, language: Language): { label: string; value: string }[] {
  if (typeof answer !== 'object' || answer === null) return []
  return question.fields.flatMap((field) => {
    const value: unknown = Reflect.get(answer, field.name)
    if (value === undefined || field.kind === 'files') return []
    return [{ label: pick(field.label, language), value: fieldInWords(field, value, language) }]
  })
}

/** An answer for its own person to recognise: names as told, numbers as lists show them, since others may see the screen. */
export function recognisable(question: Question, answer: object): object {
  const kindOf = (name: string) => question.fields.find((field) => field.name === name)?.kind ?? ''
  const maskOf = (name: string) => numberMasks[kindOf(name)] ?? ((value: string) => value)
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, typeof value === 'string' ? maskOf(name)(value) : value]))
}

type Masks = Readonly<Record<string, ((value: string) => string) | undefined>>

const numberMasks: Masks = { idNumber: maskIdNumber, phone: maskPhone }
const deskMasks: Masks = { ...numberMasks, address: maskAddress }

/** Questions whose `name` is a person's of the applicant's side; the other side's is mostly a company's, and public. */
const ownSide: ReadonlySet<string> = new Set(['person', 'filer', 'guardian', 'guardianByAge'])

/** An answer as a desk reads it: names, numbers and homes as lists show them, since in full they are read among the parties, one at a time and with a reason (TRUST §3.6). */
export function maskedAnswer(question: Question, answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer
  const shown = Object.entries(answer).map(([name, value]) => [name, typeof value === 'string' ? maskOf(question, name)(value) : value])
  return Object.fromEntries(shown)
}

function maskOf(question: Question, name: string): (value: string) => string {
  const kind = question.fields.find((field) => field.name === name)?.kind ?? ''
  return deskMasks[kind] ?? (name === 'name' && ownSide.has(question.key) ? maskName : (value) => value)
}

function fieldInWords(field: Field, value: unknown, language: Language): string {
  if (Array.isArray(value)) return value.map((one) => optionInWords(field, one, language)).join(say(language, 'word.comma'))
  if (field.kind === 'yuan' && typeof value === 'number') return formatYuan(value, language)
  if (field.kind === 'date' && typeof value === 'string') return formatDay(value, language)
  return optionInWords(field, value, language)
}

function optionInWords(field: Field, value: unknown, language: Language): string {
  const option = field.options?.find((one) => one.value === value)
  return option ? pick(option.label, language) : String(value)
}
