import type { Cite } from '#kernel/cite.ts'
import type { Field } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import { FieldView } from './pieces/field.tsx'
import { ErrorSummary, Form } from './pieces/form.tsx'
import type { FieldError, Hidden, Values } from './pieces/form.tsx'
import { Source } from './pieces/parts.tsx'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

export type ProxyProps = {
  page: Page
  title: Text
  /** Somebody acts for the reader already. */
  isReplaced: boolean
  action: string
  hidden: Hidden
  values: Values
  errors: readonly FieldError[]
  cite?: Cite
  backHref: string
}

const phone: Field = {
  name: 'phone',
  kind: 'phone',
  label: { zh: '代办人的手机号', en: 'Their mobile number' },
  hint: { zh: '请当面核对，别填错。', en: 'Check it with them before you send it.' },
  autocomplete: 'off',
}
const consents: Field = {
  name: 'consents',
  kind: 'checkboxes',
  label: { zh: '您同意吗？', en: 'Do you consent?' },
  options: [{ value: 'true', label: { zh: '我同意他（她）查看和办理这件事', en: 'I consent to them seeing and handling this' } }],
}

/** Letting somebody act in one matter: what they may do is said before consent is asked (个人信息保护法 art. 23). */
export function ProxyPage({ page, title, isReplaced, action, hidden, values, errors, cite, backHref }: ProxyProps) {
  const { language } = page
  return (
    <Shell page={page} title={pick(title, language)} backHref={backHref}>
      <ErrorSummary language={language} errors={errors} />
      <h1>{pick(title, language)}</h1>
      <p className="lead">{say(language, 'proxy.what')}</p>
      {isReplaced && <p className="note">{say(language, 'proxy.replace')}</p>}
      <h2>{say(language, 'proxy.may')}</h2>
      <p>{say(language, 'proxy.mayText')}</p>
      <p>{say(language, 'proxy.end')}</p>
      {cite && <Source language={language} cite={cite} />}
      <Form action={action} hidden={hidden} submit={say(language, 'proxy.send')}>
        {[phone, consents].map((field) => (
          <FieldView key={field.name} language={language} field={field} value={values[field.name]} errors={errors} />
        ))}
      </Form>
    </Shell>
  )
}
