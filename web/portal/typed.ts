import type { Answers, Question } from '#kernel/journey/journey.ts'
import { isMessageKey, parseYuan } from '#platform/messages/messages.ts'
import type { FormSchema } from './pieces/action-form.tsx'
import type { ShownField } from './pieces/field.tsx'
import type { FieldError, Values } from './pieces/form.tsx'

/** A form as it arrives: one text, or several for ticked boxes. */
export type Body = Readonly<Record<string, unknown>>

/** What a body says in its fields' own terms: yuan as fen, numbers as numbers, empty fields left out. What cannot be read stays as typed, for the schema to refuse. */
export function typed(fields: readonly ShownField[], body: Body): Values {
  const pairs = fields.map((field): [string, unknown] => [field.name, read(field, body[field.name])])
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined))
}

/** The same for an action's form, whose boxes may stand for true and false. */
export function actionInput(schema: FormSchema, fields: readonly ShownField[], body: Body): Values {
  const isBoolean = (name: string) => schema.properties?.[name]?.type === 'boolean'
  const flags = fields.filter(({ name }) => isBoolean(name)).map(({ name }): [string, boolean] => [name, body[name] !== undefined])
  return { ...typed(fields, body), ...Object.fromEntries(flags) }
}

/** The answer to keep, or what is wrong with which field; one error a field, the first. */
export function judge(question: Question, values: Values): { answer: Answers } | { errors: FieldError[] } {
  const parsed = question.schema.safeParse(values)
  if (parsed.success) return { answer: parsed.data }
  const errors = new Map<string, FieldError>()
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? question.fields[0]?.name)
    if (!errors.has(field)) errors.set(field, { field, message: isMessageKey(message) ? message : 'answer.invalid' })
  }
  return { errors: [...errors.values()] }
}

function read(field: ShownField, raw: unknown): unknown {
  if (field.kind === 'checkboxes' || field.kind === 'files') return listOf(raw)
  if (typeof raw !== 'string') return undefined
  const text = field.kind === 'longText' ? raw.replaceAll('\r\n', '\n').trim() : raw.trim()
  return text === '' ? undefined : converted(field, text)
}

function listOf(raw: unknown): unknown[] | undefined {
  if (raw === undefined || raw === '') return undefined
  return Array.isArray(raw) ? raw : [raw]
}

/** Characters of a field that is read as something else than text: more is no amount, number or telephone, and stays as typed. */
const longestToken = 60

function converted(field: ShownField, text: string): unknown {
  if (text.length > longestToken) return text
  switch (field.kind) {
    case 'yuan':
      return parseYuan(text) ?? text
    case 'number':
      return /^\d{1,9}$/.test(halfWidth(text)) ? Number(halfWidth(text)) : text
    case 'idNumber':
      return halfWidth(text).replaceAll(/[\s-]/g, '').toUpperCase()
    case 'phone':
      return plainPhone(halfWidth(text).replaceAll(/\s/g, ''))
    default:
      return text
  }
}

/** Country code and the dashes of a mobile number are habits of writing; an area code's dash is kept. */
function plainPhone(text: string): string {
  const digits = text.replaceAll('-', '').replace(/^\+?86(?=1\d{10}$)/, '')
  return /^1\d{10}$/.test(digits) ? digits : text
}

/** Chinese keyboards type full-width digits and letters. */
const halfWidth = (text: string) => text.normalize('NFKC')
