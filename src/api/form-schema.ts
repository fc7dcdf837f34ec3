import { z } from 'zod'
import { isDay, isMoment } from '#kernel/calendar/calendar.ts'
import type { Action, Form, Line, Text } from '#kernel/line.ts'
import { formatDay, formatMoment, formatYuan, pick, say, type Language } from '#platform/messages/messages.ts'

/** What `kernel/form.ts` writes beside each field. */
type Meta = { title?: string | undefined; titleEn?: string; options?: Record<string, Text>; format?: string; long?: boolean; of?: string }
type Json = Record<string, unknown>

const made = new WeakMap<Form, Partial<Record<Language, Json>>>()

/** The JSON Schema of an action's form with its words in one language: options as titled constants, amounts as `format: fen`. */
export function formSchema(form: Form, language: Language): Json {
  const known = made.get(form) ?? {}
  made.set(form, known)
  return (known[language] ??= z.toJSONSchema(form, {
    io: 'input',
    override: ({ jsonSchema }) => localise(jsonSchema, language),
  }))
}

function localise(schema: Json & Meta, language: Language): void {
  if (schema.title) schema.title = titleIn(schema.title, schema, language)
  const { options } = schema
  if (options) {
    const titled = Object.entries(options).map(([value, text]) => ({ const: value, title: pick(text, language) }))
    if (schema['type'] === 'array') schema['items'] = { type: 'string', oneOf: titled }
    else {
      schema['oneOf'] = titled
      delete schema['enum']
    }
  }
  delete schema.titleEn
  delete schema.options
}

const titleIn = (zh: string, { titleEn }: Meta, language: Language): string => pick({ zh, en: titleEn ?? zh }, language)

/** What the person fills in for an action. */
export const askedBy = (action: Action<string, Form>): Form => action.asks ?? action.form

/** An event's input in words, field by field; what has no title is the engine's own and is left out. */
export const inWords = (line: Line, action: string, input: Record<string, unknown>, language: Language): Row[] =>
  formInWords(line.actions[action]?.form.shape ?? {}, input, language)

type Row = { label: string; value: string }

/** What a form's fields hold, in words. */
export function formInWords(shape: Form['shape'], input: Record<string, unknown>, language: Language): Row[] {
  return Object.entries(shape).flatMap(([name, field]) => {
    const meta = metaOf(field as z.ZodType) // the shape of a zod object holds zod types
    const value = input[name]
    if (!meta?.title || value === undefined || meta.of) return []
    return [{ label: titleIn(meta.title, meta, language), value: valueInWords(value, meta, language) }]
  })
}

function metaOf(field: z.ZodType): Meta | undefined {
  const own: Meta | undefined = z.globalRegistry.get(field)
  if (own?.title || !(field instanceof z.ZodOptional)) return own
  return metaOf(field.unwrap() as z.ZodType) // an optional wraps a zod type
}

function valueInWords(value: unknown, meta: Meta, language: Language): string {
  const word = (one: unknown) => (meta.options?.[String(one)] ? pick(meta.options[String(one)]!, language) : String(one)) // present: just checked
  if (meta.format === 'fen') return formatYuan(Number(value), language)
  if (typeof value === 'boolean') return say(language, value ? 'word.yes' : 'word.no')
  if (Array.isArray(value)) return value.map(word).join(say(language, 'word.comma'))
  if (typeof value !== 'string') return word(value)
  if (isDay(value)) return formatDay(value, language)
  return /^\d{4}-\d{2}-\d{2}T/.test(value) && isMoment(value) ? formatMoment(new Date(value), language) : word(value)
}
