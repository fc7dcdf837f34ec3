import type { Field } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import { FieldView } from './field.tsx'
import { ErrorSummary, Form } from './form.tsx'
import type { FieldError, Hidden } from './form.tsx'
import { Shell } from '#portal/frame/shell.tsx'
import type { Page } from '#portal/frame/shell.tsx'

export type UploadProps = {
  page: Page
  /** The paper asked for, and what will do. */
  title: Text
  hint?: Text
  action: string
  hidden: Hidden
  errors: readonly FieldError[]
  backHref: string
}

/** Adding one paper, as a phone's photo or a PDF. The phone itself offers camera or album. */
export function UploadPage({ page, title, hint, action, hidden, errors, backHref }: UploadProps) {
  const { language } = page
  const field: Field = { name: 'file', kind: 'files', label: title }
  const below = (
    <>
      {hint && <p className="lead">{pick(hint, language)}</p>}
      <p className="hint">{say(language, 'upload.how')}</p>
    </>
  )
  return (
    <Shell page={page} title={pick(title, language)} backHref={backHref}>
      <ErrorSummary language={language} errors={errors} />
      <Form action={action} hidden={hidden} submit={say(language, 'upload.send')} files={language}>
        <FieldView language={language} field={field} value={undefined} errors={errors} lead={{ title: pick(title, language), below }} />
      </Form>
      <p className="note">{say(language, 'upload.later')}</p>
    </Shell>
  )
}
