import type { Text } from '#kernel/line.ts'
import { say } from '#platform/messages/messages.ts'
import { FieldView } from './pieces/field.tsx'
import type { ShownField } from './pieces/field.tsx'
import { ErrorSummary, Form } from './pieces/form.tsx'
import type { FieldError, Hidden } from './pieces/form.tsx'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

export type ChooseProps = {
  page: Page
  action: string
  hidden: Hidden
  errors: readonly FieldError[]
  /** The services that what was written points to, by the key of their line, the likeliest first. */
  services: readonly { line: string; title: Text; what: Text }[]
}

/** The field in which the service is chosen. */
export const serviceField = 'service'

/** What was told on the first page fits more than one service: each in a sentence, and the person chooses; nothing is chosen for them. */
export function ChoosePage({ page, action, hidden, errors, services }: ChooseProps) {
  const { language } = page
  const which: ShownField = {
    name: serviceField,
    kind: 'radio',
    label: say(language, 'choose.which'),
    options: services.map(({ line, title, what }) => ({ value: line, label: title, hint: what })),
  }
  return (
    <Shell page={page} title={say(language, 'choose.title')}>
      <ErrorSummary language={language} errors={errors} />
      <h1>{say(language, 'choose.title')}</h1>
      <p className="lead">{say(language, 'choose.lead')}</p>
      <p>{say(language, 'choose.carried')}</p>
      <Form action={action} hidden={hidden} submit={say(language, 'home.start')}>
        <FieldView language={language} field={which} value="" errors={errors} />
      </Form>
    </Shell>
  )
}
