import type { Schema } from '../contract.ts'

/** One thing to ask for: where its answer goes, how it is asked, and what it must satisfy. */
export type Field = {
  path: (string | number)[]
  title: string
  hint?: string
  isRequired: boolean
  /** The list it is chosen from, when it refers to a row elsewhere. */
  of?: string
  ask: Ask
}

/** How a field is asked. `choices` are shown in full up to five, in a list beyond. */
export type Ask =
  | { kind: 'choice'; choices: Choice[] }
  | { kind: 'choices'; choices: Choice[]; min?: number; max?: number }
  | { kind: 'yesNo' }
  | { kind: 'date' }
  | { kind: 'moment' }
  | { kind: 'money'; min?: number; max?: number }
  | { kind: 'number'; isWhole: boolean; min?: number; max?: number }
  | { kind: 'text'; isLong: boolean; minLength?: number; maxLength?: number; pattern?: string }
  | { kind: 'group'; fields: Field[] }
  | { kind: 'list'; item: Schema; min?: number; max?: number }

/** A value and the words for it. */
export type Choice = { value: string | number; label: string }

/** Text longer than this is written in a box of several lines. */
const longText = 200

/** The fields of a form, in the schema's order. A fixed value is not asked for; it is the schema's business to send it. */
export function fieldsOf(schema: Schema, under: Field['path'] = []): Field[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {})
    .filter(([, property]) => property.const === undefined)
    .map(([name, property]) => fieldOf([...under, name], property, required.has(name)))
}

function fieldOf(path: Field['path'], property: Schema, isRequired: boolean): Field {
  const { schema, isNullable } = withoutNull(property)
  const title = property.title ?? schema.title ?? String(path.at(-1))
  const hint = property.description ?? schema.description
  const of = property.of ?? schema.of
  // A default answers for the person; what may be null may be left out.
  return {
    path,
    title,
    ...(hint && { hint }),
    ...(of && { of }),
    isRequired: isRequired && !isNullable && property.default === undefined,
    ask: askOf(schema, path),
  }
}

/** Fixed values of a schema, which a form sends along without asking. */
export function fixedOf(schema: Schema): Record<string, unknown> {
  const fixed = Object.entries(schema.properties ?? {}).filter(([, property]) => property.const !== undefined)
  return Object.fromEntries(fixed.map(([name, property]) => [name, property.const]))
}

/** The shapes an answer may take, where it may take one of several; empty where there is only one. */
export function variantsOf(schema: Schema): Schema[] {
  const options = schema.anyOf ?? schema.oneOf ?? []
  return options.flatMap((option) => (option.type === 'object' ? [option] : variantsOf(option)))
}

/** Answers the form begins with. */
export function defaultsOf(schema: Schema): Record<string, unknown> {
  const given = Object.entries(schema.properties ?? {}).filter(([, property]) => property.default !== undefined)
  return Object.fromEntries(given.map(([name, property]) => [name, property.default]))
}

function withoutNull(schema: Schema): { schema: Schema; isNullable: boolean } {
  const options = schema.anyOf ?? schema.oneOf
  const real = options?.filter((option) => option.type !== 'null')
  if (!options || !real || real.length === options.length) return { schema, isNullable: false }
  return { schema: real.length === 1 && real[0] ? real[0] : { ...schema, anyOf: real }, isNullable: true }
}

function askOf(schema: Schema, path: Field['path']): Ask {
  const choices = choicesOf(schema)
  if (choices) return { kind: 'choice', choices }
  if (schema.type === 'array') return askForMany(schema)
  if (schema.type === 'object') return { kind: 'group', fields: fieldsOf(schema, path) }
  if (schema.type === 'boolean') return { kind: 'yesNo' }
  if (schema.type === 'integer' || schema.type === 'number') return askForNumber(schema)
  return askForText(schema)
}

function askForMany(schema: Schema): Ask {
  const item = schema.items ?? {}
  const choices = choicesOf(item)
  const size = defined({ min: schema.minItems, max: schema.maxItems })
  return choices ? { kind: 'choices', choices, ...size } : { kind: 'list', item, ...size }
}

function askForNumber(schema: Schema): Ask {
  const range = defined({ min: schema.minimum, max: schema.maximum })
  if (schema.format === 'fen') return { kind: 'money', ...range }
  return { kind: 'number', isWhole: schema.type === 'integer', ...range }
}

function askForText(schema: Schema): Ask {
  if (schema.format === 'date') return { kind: 'date' }
  if (schema.format === 'date-time') return { kind: 'moment' }
  const { minLength, maxLength, pattern } = schema
  return { kind: 'text', isLong: schema.long === true || (maxLength ?? 0) > longText, ...defined({ minLength, maxLength, pattern }) }
}

function choicesOf(schema: Schema): Choice[] | undefined {
  const options = schema.oneOf ?? schema.anyOf
  if (options?.length && options.every((option) => isWord(option.const))) return options.map((option) => choice(option.const, option.title))
  return schema.enum?.filter(isWord).map((value) => choice(value))
}

const isWord = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
const choice = (value: unknown, label?: string): Choice => ({ value: isWord(value) ? value : String(value), label: label ?? String(value) })

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const defined = <T extends object>(values: T): Defined<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T> // the filter is the type's promise

/** What is sent: the answers, without those left empty, so that "not said" and "said nothing" are not two things. */
export function answersOf(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (isEmpty(value) ? [] : [[name, answerOf(value)]])))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A group nobody filled in is not an answer either. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  return value === undefined || value === null || (isRecord(value) && Object.values(value).every(isEmpty))
}

function answerOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isEmpty(item)).map(answerOf)
  if (isRecord(value)) return answersOf(value)
  return typeof value === 'string' ? value.trim() : value
}

/** The form path of a server's issue: 'family.0.income' and 'input.reason' both find their field. */
export const pathOf = (path: string): Field['path'] =>
  path
    .replace(/^\$?\.?(input\.)?/, '')
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))

/** Whether a form asks at this path, so that an issue can be placed; one that cannot is shown above the form. */
export function asksAt(fields: Field[], path: Field['path']): boolean {
  return fields.some(({ path: own, ask }) => {
    if (own.some((part, at) => path[at] !== part)) return false
    if (ask.kind === 'group') return asksAt(ask.fields, path)
    return own.length === path.length || ask.kind === 'list'
  })
}
