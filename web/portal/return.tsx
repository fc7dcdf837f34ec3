import type { Field } from '#kernel/journey/journey.ts'
import { say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { FieldView } from './pieces/field.tsx'
import { ErrorSummary, Form } from './pieces/form.tsx'
import type { FieldError, Hidden, Values } from './pieces/form.tsx'
import { paths } from './frame/paths.ts'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

export type ReturnProps = { page: Page; action: string; hidden: Hidden; values: Values; errors: readonly FieldError[] }

const fields: Field[] = [
  {
    name: 'code',
    kind: 'text',
    label: { zh: '编号', en: 'Code' },
    hint: { zh: '十位，在回执上；大小写、空格都不要紧。', en: 'Ten characters, on the receipt; capitals and spaces do not matter.' },
    autocomplete: 'off',
  },
  {
    name: 'secret',
    kind: 'text',
    label: { zh: '口令', en: 'Secret' },
    hint: { zh: '和编号一起给您的。', en: 'Given to you with the code.' },
    autocomplete: 'off',
  },
]

/** Coming back with code and secret: no account, no phone needed. */
export function ReturnPage({ page, action, hidden, values, errors }: ReturnProps) {
  const { language } = page
  return (
    <Shell page={page} title={say(language, 'return.title')} backHref={paths.home} margin={<Lost language={language} />}>
      <ErrorSummary language={language} errors={errors} />
      <h1>{say(language, 'return.title')}</h1>
      <p className="lead">{say(language, 'return.lead')}</p>
      <Form action={action} hidden={hidden} submit={say(language, 'return.go')}>
        {fields.map((field) => (
          <FieldView key={field.name} language={language} field={field} value={values[field.name]} errors={errors} />
        ))}
      </Form>
    </Shell>
  )
}

const Lost = ({ language }: { language: Language }) => (
  <section>
    <h2>{say(language, 'return.lost')}</h2>
    <p>{say(language, 'return.lostHow')}</p>
    <p>
      <a className="more" href={paths.signIn}>
        {say(language, 'return.signIn')}
      </a>
    </p>
  </section>
)
