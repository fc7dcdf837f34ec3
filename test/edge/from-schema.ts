import fc, { type Arbitrary } from 'fast-check'
import { county } from '#test/world.ts'

/** As much of a JSON Schema as our OpenAPI document uses. */
export type Schema = {
  type?: string
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}
/** What people and machines type, and what they should not. */
export const words = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '\0', '\ud800', 'constructor', '__proto__', '<script>', "' or 1=1 --", '%', '根据现有材料，理由已经书面说明清楚。'),
)
/** Days near and far, from the first a calendar writes to the last. */
export const days = fc.oneof(
  fc.constantFrom('0000-01-01', '0001-01-01', '9999-12-31', '1900-02-28', '2026-03-31', '2026-04-01', '2026-04-20'),
  fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
)
const made = new Map<string, Arbitrary<string>>()
/** Made once for each pair of lengths: fast-check lays out all of Unicode to make one. */
function graphemes(minLength: number, maxLength: number): Arbitrary<string> {
  const name = `${minLength} ${maxLength}`
  const its = made.get(name) ?? fc.string({ unit: 'grapheme', minLength, maxLength })
  made.set(name, its)
  return its
}
/** Values a schema admits, or nearly; `ids` are those that may stand where it asks for one. */
export function valuesOf(ids: Arbitrary<string>) {
  function texts({ format, pattern, minLength = 0, maxLength = 80 }: Schema): Arbitrary<unknown> {
    if (format === 'uuid') return ids
    if (format === 'date') return days
    if (pattern === '^\\d{6}$')
      return fc.oneof({ arbitrary: fc.constant(county), weight: 4 }, { arbitrary: fc.stringMatching(/^\d{6}$/), weight: 1 })
    if (pattern) return fc.stringMatching(new RegExp(pattern))
    return fc.oneof(graphemes(minLength, Math.min(maxLength, minLength + 60)), fc.constant('长'.repeat(Math.min(maxLength, 4000))), words)
  }

  /** A value the schema admits, or nearly. */
  function value(schema: Schema): Arbitrary<unknown> {
    const { anyOf = schema.oneOf, items = {}, properties = {}, required = [], minimum = -1e6, maximum = 1e6 } = schema
    if (schema.enum) return fc.constantFrom(...schema.enum)
    if ('const' in schema) return fc.constant(schema.const)
    if (anyOf) return fc.oneof(...anyOf.map(value))
    switch (schema.type) {
      case 'string':
        return texts(schema)
      case 'integer':
      case 'number':
        return fc.oneof(fc.integer({ min: Math.max(minimum, -1e6), max: Math.min(maximum, 1e6) }), fc.constantFrom(minimum, maximum))
      case 'boolean':
        return fc.boolean()
      case 'array':
        return fc.array(value(items), { maxLength: 4 })
      case 'object':
        return fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, value(one)])), {
          requiredKeys: required,
        })
      default:
        return fc.jsonValue({ maxDepth: 3 })
    }
  }

  /** The same with something wrong: a field too many, too few, or of another kind. */
  const spoiled = (schema: Schema): Arbitrary<unknown> =>
    fc.oneof(
      fc.jsonValue(),
      fc
        .tuple(value(schema), fc.constantFrom(...namesIn(schema)), fc.oneof(fc.jsonValue(), words))
        .map(([right, name, wrong]) => ({ ...(right as object), [name]: wrong })), // bodies are objects
      fc.tuple(value(schema), words).map(([right, name]) => ({ ...(right as object), [name]: 1 })), // bodies are objects
    )

  return { value, spoiled }
}

/** A body that takes nothing is spoiled by any field at all. */
function namesIn({ properties = {} }: Schema): string[] {
  const names = Object.keys(properties)
  return names.length ? names : ['none']
}
