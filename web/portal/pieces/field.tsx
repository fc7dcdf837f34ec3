import { Fragment } from 'react'
import type { ReactNode } from 'react'
import type { Choice, Field } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say, yuanInput } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { fieldId } from './form.tsx'
import type { FieldError } from './form.tsx'

/** A field as a page has it: declared words, or words in the reader's language already. */
export type ShownField = Field<Text | string>
type ShownChoice = Choice<Text | string>

type Props = {
  language: Language
  field: ShownField
  value: unknown
  errors: readonly FieldError[]
  /** Tells apart several forms on one page. */
  form?: string
  /** The page's one question: its title is the label, and what follows the title stands between label and control. */
  lead?: { title: string; below: ReactNode }
  /** Options we take for the likeliest, by value. */
  likely?: readonly string[]
}

/** One field with its label, hint, error and control, tied together for a screen reader. */
export function FieldView(props: Props) {
  const { field, errors } = props
  const isGroup = field.kind === 'radio' || field.kind === 'checkboxes'
  const isBad = errors.some((error) => error.field === field.name)
  const names = ['field', props.lead && 'sole', isBad && 'bad'].filter(Boolean).join(' ')
  return <div className={names}>{isGroup ? <Group {...props} /> : <Single {...props} />}</div>
}

function Single(props: Props) {
  const { field, form, lead } = props
  const id = fieldId(field.name, form)
  const label = <label htmlFor={id}>{lead ? lead.title : <LabelText {...props} />}</label>
  return (
    <>
      {lead ? <h1>{label}</h1> : label}
      <Notes {...props} />
      <Control {...props} />
    </>
  )
}

function Group(props: Props) {
  const { language, field, value, form, lead, likely } = props
  const chosen = Array.isArray(value) ? value.map(String) : [String(value ?? '')]
  const { guessed, others } = orderedBy(field.options ?? [], chosen, likely)
  return (
    <fieldset aria-describedby={describedBy(props)}>
      <legend>{lead ? <h1>{lead.title}</h1> : <LabelText {...props} />}</legend>
      <Notes {...props} />
      {guessed.length > 0 && <p className="hint">{say(language, 'question.likely')}</p>}
      {[...guessed, ...others].map((option, i) => {
        const id = i === 0 ? fieldId(field.name, form) : `${fieldId(field.name, form)}-${option.value}`
        return (
          <Fragment key={option.value}>
            {i > 0 && i === guessed.length && <p className="hint">{say(language, 'question.others')}</p>}
            <div className="choice">
              <input
                type={field.kind === 'radio' ? 'radio' : 'checkbox'}
                id={id}
                name={field.name}
                value={option.value}
                defaultChecked={chosen.includes(option.value)}
              />
              <label htmlFor={id}>
                {pick(option.label, language)}
                {option.hint && <span className="hint">{pick(option.hint, language)}</span>}
              </label>
            </div>
          </Fragment>
        )
      })}
    </fieldset>
  )
}

/** What the answers point to comes first, in its order; a rare option is there only among these or where it was chosen. */
function orderedBy(options: readonly ShownChoice[], chosen: readonly string[], likely: readonly string[] = []) {
  const guessed = likely.flatMap((value) => options.find((option) => option.value === value) ?? [])
  const others = options.filter((option) => !guessed.includes(option) && (!option.isRare || chosen.includes(option.value)))
  return { guessed, others }
}

function LabelText({ language, field }: Props) {
  return (
    <>
      {pick(field.label, language)}
      {field.optional && <span className="soft">{say(language, 'form.optional')}</span>}
    </>
  )
}

/** Between label and control, in the order they are read: what follows the title, the hint, the error. */
function Notes({ language, field, errors, form, lead }: Props) {
  const id = fieldId(field.name, form)
  const error = errors.find(({ field: name }) => name === field.name)
  return (
    <>
      {lead && <div id={`${id}-lead`}>{lead.below}</div>}
      {field.hint && (
        <p className="hint" id={`${id}-hint`}>
          {pick(field.hint, language)}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          {say(language, error.message, error.params)}
        </p>
      )}
    </>
  )
}

function describedBy({ field, errors, form, lead }: Props): string | undefined {
  const id = fieldId(field.name, form)
  const notes = [lead && `${id}-lead`, field.hint && `${id}-hint`, errors.some((error) => error.field === field.name) && `${id}-error`]
  return notes.filter(Boolean).join(' ') || undefined
}

/** What a phone needs to know to offer the right keyboard. */
const keyboards = {
  text: { type: 'text' },
  address: { type: 'text' },
  idNumber: { type: 'text', spellCheck: false, maxLength: 24, className: 'medium' },
  phone: { type: 'tel', className: 'medium' },
  date: { type: 'date', className: 'short' },
  yuan: { type: 'text', inputMode: 'decimal', className: 'short' },
  number: { type: 'text', inputMode: 'numeric', className: 'tiny' },
} as const

function Control(props: Props) {
  const { language, field, value, errors, form } = props
  const shared = {
    id: fieldId(field.name, form),
    name: field.name,
    'aria-describedby': describedBy(props),
    'aria-invalid': errors.some((error) => error.field === field.name) || undefined,
  }
  const text = field.kind === 'yuan' ? yuanInput(value) : String(value ?? '')
  switch (field.kind) {
    case 'longText':
      return <textarea {...shared} rows={field.optional ? 3 : 5} defaultValue={text} />
    case 'files':
      return <input {...shared} type="file" multiple accept="image/*,application/pdf" />
    case 'select':
      return (
        <select {...shared} defaultValue={text}>
          <Options language={language} options={field.options ?? []} />
        </select>
      )
    case 'radio':
    case 'checkboxes':
      return null
    default:
      return <input {...shared} {...keyboards[field.kind]} autoComplete={field.autocomplete} defaultValue={text} />
  }
}

/** The options of a select, neighbours of one group under its heading. */
export function Options({ language, options }: { language: Language; options: readonly ShownChoice[] }) {
  const groups = [...Map.groupBy(options, ({ group }) => (group ? pick(group, language) : ''))]
  return (
    <>
      <option value="">{say(language, 'form.choose')}</option>
      {groups.map(([label, its]) => {
        const rows = its.map((option) => (
          <option key={option.value} value={option.value}>
            {pick(option.label, language)}
          </option>
        ))
        return label ? (
          <optgroup key={label} label={label}>
            {rows}
          </optgroup>
        ) : (
          rows
        )
      })}
    </>
  )
}
