import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { FieldView } from './pieces/field.tsx'
import type { ShownField } from './pieces/field.tsx'
import { ErrorSummary, Form } from './pieces/form.tsx'
import type { FieldError, Hidden, Values } from './pieces/form.tsx'
import { countyField } from './home.tsx'
import type { County } from './home.tsx'
import { Source } from './pieces/parts.tsx'
import { paths } from './frame/paths.ts'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

/** A matter one may choose, in the reader's language. */
export type Option = { value: string; label: string; hint: string }

export type StartProps = {
  page: Page
  service: { title: Text; what: Text; whoFor: Text; cite: Cite }
  action: string
  hidden: Hidden
  values: Values
  errors: readonly FieldError[]
  /** Where it can be asked for; or, in its place, the matters it can be about. */
  counties?: readonly County[]
  about?: readonly Option[]
  isKnown: boolean
}

/** The door of one service: what it is, who it is for, and the one thing to settle before the first question. */
export function StartPage({ page, service, action, hidden, values, errors, counties, about, isKnown }: StartProps) {
  const { language } = page
  const field = counties ? countyField(counties) : aboutField(about ?? [])
  return (
    <Shell page={page} title={pick(service.title, language)} backHref={paths.home}>
      <ErrorSummary language={language} errors={errors} />
      <h1>{pick(service.title, language)}</h1>
      <p className="lead">{pick(service.what, language)}</p>
      <p>{pick(service.whoFor, language)}</p>
      <Source language={language} cite={service.cite} />
      {about && !isKnown ? (
        <WhoFirst language={language} />
      ) : about?.length === 0 ? (
        <p>{say(language, 'start.none')}</p>
      ) : (
        <Form action={action} hidden={hidden} submit={say(language, 'home.start')}>
          <FieldView language={language} field={field} value={values[field.name]} errors={errors} />
        </Form>
      )}
    </Shell>
  )
}

const aboutField = (about: readonly Option[]): ShownField => ({
  name: 'about',
  kind: 'radio',
  label: { zh: '是关于哪件事？', en: 'Which of your matters is it about?' },
  options: about,
})

/** What belongs to one person is shown to that person alone. */
function WhoFirst({ language }: { language: Language }) {
  return (
    <section>
      <h2>{say(language, 'start.who')}</h2>
      <p>{say(language, 'start.whoWhy')}</p>
      <p>
        <a className="button" href={paths.comeBack}>
          {say(language, 'return.title')}
        </a>
      </p>
      <p>
        <a className="more" href={paths.signIn}>
          {say(language, 'return.signIn')}
        </a>
      </p>
    </section>
  )
}
