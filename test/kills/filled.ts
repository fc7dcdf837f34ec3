import { dayOf } from '#kernel/calendar/calendar.ts'
import { why } from '#test/right-inputs.ts'

/** As much of a JSON Schema as a form of an action has. */
export type FormSchema = {
  type?: string
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: FormSchema[]
  oneOf?: FormSchema[]
  items?: FormSchema
  minItems?: number
  minimum?: number
  maxLength?: number
  properties?: Record<string, FormSchema>
  required?: string[]
}

/** What a form may be filled in with, so that most rules over it are content: today's days, words that say something, one of each list. `known` answers for fields by their name; `n` varies the choice. */
export function filledIn(schema: FormSchema, known: Readonly<Record<string, unknown>>, n: number): unknown {
  const fill = (one: FormSchema, name: string): unknown => {
    if (Object.hasOwn(known, name)) return known[name]
    const { anyOf = one.oneOf, items = {}, properties = {}, required = [] } = one
    if ('const' in one) return one.const
    if (one.enum) return one.enum[n % one.enum.length]
    if (anyOf) return fill(anyOf[n % anyOf.length] ?? {}, '')
    const byType: Record<string, () => unknown> = {
      string: () => text(one, name),
      integer: () => Math.max(one.minimum ?? 1, 1),
      number: () => Math.max(one.minimum ?? 1, 1),
      boolean: () => true,
      array: () => [fill(items, '')],
      object: () =>
        Object.fromEntries(
          Object.keys(properties)
            .filter((field) => required.includes(field) || ofDesk.has(field))
            .map((field) => [field, fill(properties[field] ?? {}, field)]),
        ),
      null: () => null,
    }
    return byType[one.type ?? '']?.()
  }
  return fill(schema, '')
}

/** What a desk has to say though the form, which a person fills in too, does not demand it. */
const ofDesk: ReadonlySet<string> = new Set(['leave', 'holder', 'party'])

const days = /On$|^on$|^until$|^at$|Day$/

function text({ format, pattern, maxLength = 4000 }: FormSchema, name: string): string {
  const today = dayOf(new Date())
  if (format === 'date-time') return new Date().toISOString()
  if (format === 'date' || days.test(name) || pattern?.startsWith('^\\d{4}-')) return today
  return why.slice(0, maxLength)
}
