import type { ReactNode } from 'react'
import { say } from '#platform/messages/messages.ts'
import type { Language, MessageKey } from '#platform/messages/messages.ts'

/** Carried along unseen: idempotency key, version, cross-site token. */
export type Hidden = Readonly<Record<string, string>>

/** What stands in the fields: as stored, or as typed where it was refused. */
export type Values = Readonly<Record<string, unknown>>

/** What is wrong with one field, as a key into the messages and what fills it in. */
export type FieldError = { field: string; message: MessageKey; params?: Readonly<Record<string, number>> }

/** The address of a field on the page; the first control of a group carries it. */
export const fieldId = (field: string, form = 'f'): string => `${form}-${field}`

type Props = {
  action: string
  hidden: Hidden
  submit: string
  isQuiet?: boolean
  /** The reader's language, for a form that carries files: its progress is told. */
  files?: Language
  /** What is typed outlives a reload, in this tab. Never where someone may be watching. */
  keepsTyped?: boolean
  children?: ReactNode
}

/** A plain form: works without scripts, posts once. */
export function Form({ action, hidden, submit, isQuiet, files, keepsTyped, children }: Props) {
  return (
    <form method="post" action={action} encType={files && 'multipart/form-data'} noValidate data-keep={keepsTyped || undefined}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      {files && <Sending language={files} />}
      <button type="submit" className={isQuiet ? 'quiet' : undefined} data-again={files && say(files, 'upload.again')}>
        {submit}
      </button>
    </form>
  )
}

/** How far the files have come, for the script to show. */
function Sending({ language }: { language: Language }) {
  return (
    <>
      <p className="sending" hidden>
        <progress max="100" value="0" aria-label={say(language, 'upload.sending')} /> <span className="percent" />
      </p>
      <p className="error unsent" role="alert" hidden>
        {say(language, 'upload.unsent')}
      </p>
    </>
  )
}

/** All errors of a page, first, each a link to its field. */
export function ErrorSummary({ language, errors, form }: { language: Language; errors: readonly FieldError[]; form?: string }) {
  if (errors.length === 0) return null
  return (
    <section className="errors" role="alert" aria-labelledby={fieldId('errors', form)}>
      <h2 id={fieldId('errors', form)}>{say(language, 'form.errors', { n: errors.length })}</h2>
      <ul>
        {errors.map(({ field, message, params }) => (
          <li key={`${field} ${message}`}>
            <a href={`#${fieldId(field, form)}`}>{say(language, message, params)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
