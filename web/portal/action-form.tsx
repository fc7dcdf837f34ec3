import type { Cite } from '#kernel/cite.ts'
import type { Field } from '#kernel/journey.ts'
import type { Text } from '#kernel/line.ts'
import type { RefusalCode } from '#kernel/refusal.ts'
import { pick, refusalText, say } from '#platform/messages.ts'
import type { Language } from '#platform/messages.ts'
import { FieldView } from './field.tsx'
import { ErrorSummary, Form } from './form.tsx'
import type { FieldError, Hidden, Values } from './form.tsx'
import { Source } from './parts.tsx'
import { Shell } from './shell.tsx'
import type { Page } from './shell.tsx'

/** The part of JSON Schema that forms use, as `z.toJSONSchema(form, { io: 'input' })` writes it. */
export type FormSchema = { properties?: Readonly<Record<string, Property>>; required?: readonly string[] }
type Property = {
  type?: string
  format?: string
  enum?: readonly unknown[]
  maxLength?: number
  title?: string
  items?: { type?: string; enum?: readonly unknown[] }
}

/** Something the reader may do to a matter now, or the reason why not. */
export type Act = {
  key: string
  title: Text
  action: string
  hidden: Hidden
  schema: FormSchema
  /** Words for fields, and for choices as `field.value`. */
  titles: Readonly<Record<string, Text>>
  values?: Values
  errors?: readonly FieldError[]
  confirm?: Text
  cite?: Cite
  refusal?: { code: RefusalCode; detail: Record<string, unknown> }
}

/** The fields of a form, drawn from its schema alone. */
export function fieldsOf({ properties = {}, required = [] }: FormSchema, titles: Act['titles']): Field[] {
  return Object.entries(properties).map(([name, property]) => {
    const values = property.enum ?? property.items?.enum
    const field: Field = { name, kind: kindOf(name, property), label: titleOf(titles, name, property.title) }
    if (values)
      field.options = values.map((value) => ({ value: String(value), label: titleOf(titles, `${name}.${String(value)}`, String(value)) }))
    if (property.type === 'boolean') field.options = [{ value: 'true', label: field.label }]
    if (!required.includes(name) || property.type === 'boolean') field.optional = true
    return field
  })
}

const titleOf = (titles: Act['titles'], key: string, fallback = key): Text => titles[key] ?? { zh: fallback, en: fallback }

/** Money is named so in every form: `amountFen`. */
function kindOf(name: string, property: Property): Field['kind'] {
  if (/fen$/i.test(name)) return 'yuan'
  if (property.enum) return property.enum.length > 7 ? 'select' : 'radio'
  if (property.type === 'boolean' || property.type === 'array') return 'checkboxes'
  if (property.type === 'integer' || property.type === 'number') return 'number'
  if (property.format === 'date') return 'date'
  return (property.maxLength ?? Infinity) > 100 ? 'longText' : 'text'
}

/** An action's form. A forbidden one says why instead. */
export function ActionForm({ language, act }: { language: Language; act: Act }) {
  const errors = act.errors ?? []
  if (act.refusal) return <p className="note">{refusalText(act.refusal, language)}</p>
  return (
    <>
      <ErrorSummary language={language} errors={errors} form={act.key} />
      <Form action={act.action} hidden={act.hidden} submit={pick(act.title, language)} isQuiet>
        {fieldsOf(act.schema, act.titles).map((field) => (
          <FieldView key={field.name} language={language} field={field} value={act.values?.[field.name]} errors={errors} form={act.key} />
        ))}
        {act.confirm && <p className="note">{pick(act.confirm, language)}</p>}
      </Form>
      {act.cite && <Source language={language} cite={act.cite} />}
    </>
  )
}

/** An action on a page of its own, where its form comes back with errors. */
export function ActionPage({ page, act, backHref }: { page: Page; act: Act; backHref: string }) {
  const title = pick(act.title, page.language)
  return (
    <Shell page={page} title={title} backHref={backHref}>
      <h1>{title}</h1>
      <p className="lead">{say(page.language, 'action.lead')}</p>
      <ActionForm language={page.language} act={act} />
    </Shell>
  )
}
