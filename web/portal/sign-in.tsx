import type { Field } from '#kernel/journey/journey.ts'
import { say } from '#platform/messages/messages.ts'
import { FieldView } from './pieces/field.tsx'
import { ErrorSummary, Form } from './pieces/form.tsx'
import type { FieldError, Hidden, Values } from './pieces/form.tsx'
import { paths } from './frame/paths.ts'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

/** By what an account is known, which then opens it instead of code and secret. */
export type KnownBy = 'phone' | 'identity'

export type SignInProps = {
  page: Page
  /** First the phone, then the code sent to it. */
  step: 'phone' | 'code'
  action: string
  hidden: Hidden
  values: Values
  errors: readonly FieldError[]
  /** Sends another code; shown on the second step. */
  again?: { action: string; hidden: Hidden }
  /** Signing in with the national identity, where a provider is set. */
  identity?: { href: string; hasFailed?: boolean }
  /** Code and secret were right, and the matter is opened by this instead. */
  knownBy?: KnownBy
}

const steps: Record<SignInProps['step'], Field> = {
  phone: { name: 'phone', kind: 'phone', label: { zh: '手机号', en: 'Phone number' }, autocomplete: 'tel' },
  code: {
    name: 'code',
    kind: 'number',
    label: { zh: '短信里的六位数字', en: 'The six digits in the message' },
    autocomplete: 'one-time-code',
  },
}

/** Signing in by phone: number, then code. No password to forget. */
export function SignInPage({ page, step, action, hidden, values, errors, again, identity, knownBy }: SignInProps) {
  const { language } = page
  const field = steps[step]
  const title = say(language, step === 'phone' ? 'signIn.phone' : 'signIn.code')
  const lead = { title, below: <p className="lead">{say(language, step === 'phone' ? 'signIn.phoneLead' : 'signIn.codeLead')}</p> }
  return (
    <Shell page={page} title={title} backHref={step === 'phone' ? paths.home : paths.signIn}>
      <ErrorSummary language={language} errors={errors} />
      {knownBy && <p className="note">{say(language, knownBy === 'phone' ? 'signIn.knownByPhone' : 'signIn.knownByIdentity')}</p>}
      {identity?.hasFailed && (
        <section className="errors" role="alert">
          <h2>{say(language, 'signIn.identityFailed')}</h2>
          <p>{say(language, 'signIn.identityFailedHow')}</p>
        </section>
      )}
      <Form action={action} hidden={hidden} submit={say(language, step === 'phone' ? 'signIn.send' : 'signIn.enter')}>
        <FieldView language={language} field={field} value={values[field.name]} errors={errors} lead={lead} />
      </Form>
      {identity && (
        <section>
          <h2>{say(language, 'signIn.identity')}</h2>
          <p>{say(language, 'signIn.identityLead')}</p>
          <p>
            <a className="button quiet" href={identity.href}>
              {say(language, 'signIn.identityGo')}
            </a>
          </p>
        </section>
      )}
      {again && <Form action={again.action} hidden={again.hidden} submit={say(language, 'signIn.again')} isQuiet />}
    </Shell>
  )
}
