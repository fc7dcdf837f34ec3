import type { Field } from '#kernel/journey/journey.ts'
import { say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { FieldView } from './field.tsx'
import type { ShownField } from './field.tsx'
import { ErrorSummary, Form } from './form.tsx'
import type { FieldError, Hidden, Values } from './form.tsx'
import { Shell } from '#portal/frame/shell.tsx'
import type { Page } from '#portal/frame/shell.tsx'

/** A form as JSON Schema, its words already in the reader's language: `formSchema` of the API writes it. */
export type FormSchema = { properties?: Readonly<Record<string, Property>>; required?: readonly string[] }
type Titled = { const: string; title: string }
type Property = {
  type?: string
  /** `date` for a day, `fen` for money. */
  format?: string
  title?: string
  maxLength?: number
  /** Asks for more than a line. */
  long?: boolean
  oneOf?: readonly Titled[]
  items?: { oneOf?: readonly Titled[] }
}

/** Something the reader may do to a matter now, or the reason why not. All words are in the reader's language. */
export type Act = {
  key: string
  title: string
  /** What the button says, where that is not the title. */
  submit?: string
  action: string
  hidden: Hidden
  schema: FormSchema
  /** In place of the schema's, where a question is asked rather than a form filled in. */
  fields?: readonly Field[]
  /** Rows a field may point at, by field: the papers held, the decisions made. */
  references?: Readonly<Record<string, readonly Titled[]>>
  values?: Values
  errors?: readonly FieldError[]
  confirm?: string
  article?: string
  /** It is the reader's move, and this makes it: nothing more is asked. */
  isNext?: boolean
  /** Why it cannot be done now. */
  why?: string
}

/** The fields of a form, drawn from its schema alone. */
export function fieldsOf({ properties = {}, required = [] }: FormSchema, references: Act['references'] = {}): ShownField[] {
  return Object.entries(properties).map(([name, property]) => {
    const label = property.title ?? name
    const field: ShownField = { name, kind: references[name] ? 'select' : kindOf(property), label }
    const options = references[name] ?? property.oneOf ?? property.items?.oneOf
    if (options) field.options = options.map((option) => ({ value: option.const, label: option.title }))
    if (property.type === 'boolean') field.options = [{ value: 'true', label }]
    if (!required.includes(name) || property.type === 'boolean') field.optional = true
    return field
  })
}

function kindOf(property: Property): ShownField['kind'] {
  if (property.oneOf) return property.oneOf.length > 7 ? 'select' : 'radio'
  if (property.type === 'boolean' || property.type === 'array') return 'checkboxes'
  if (property.format === 'fen') return 'yuan'
  if (property.type === 'integer' || property.type === 'number') return 'number'
  if (property.format === 'date') return 'date'
  return property.long ? 'longText' : 'text'
}

/** An action's form. A forbidden one says why instead. */
export function ActionForm({ language, act }: { language: Language; act: Act }) {
  const { errors = [], why, confirm, article } = act
  if (why) return <p className="note">{why}</p>
  return (
    <>
      <ErrorSummary language={language} errors={errors} form={act.key} />
      <Form action={act.action} hidden={act.hidden} submit={act.submit ?? act.title} isQuiet>
        {(act.fields ?? fieldsOf(act.schema, act.references)).map((field) => (
          <FieldView key={field.name} language={language} field={field} value={act.values?.[field.name]} errors={errors} form={act.key} />
        ))}
        {confirm && <p className="note">{confirm}</p>}
      </Form>
      {article && <p className="cite">{say(language, 'cite.by', { article })}</p>}
    </>
  )
}

/** An action on a page of its own, where its form comes back with errors. */
export function ActionPage({ page, act, backHref }: { page: Page; act: Act; backHref: string }) {
  return (
    <Shell page={page} title={act.title} backHref={backHref}>
      <h1>{act.title}</h1>
      <p className="lead">{say(page.language, 'action.lead')}</p>
      <ActionForm language={page.language} act={act} />
    </Shell>
  )
}
