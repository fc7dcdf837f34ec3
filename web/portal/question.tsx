import type { Question } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { FieldView } from './pieces/field.tsx'
import { ErrorSummary, Form } from './pieces/form.tsx'
import type { FieldError, Hidden, Values } from './pieces/form.tsx'
import { SignInOnce, Source, TwoKeys } from './pieces/parts.tsx'
import { Urgent } from './pieces/urgent.tsx'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

type Kept = { code: string; secret?: string; isKnown?: true; elsewhere?: readonly { title: Text; href: string }[] }

export type QuestionProps = {
  page: Page
  question: Question
  example?: Text
  values: Values
  errors: readonly FieldError[]
  action: string
  hidden: Hidden
  backHref?: string
  /** Questions still to come, this one included. */
  left: number
  /** What brings the reader back to this draft. `secret` is there as long as this browser remembers it, and not where the reader `isKnown` by phone or identity; `elsewhere` is what else can be done with it. */
  saved?: Kept
  /** What the reader told before in another matter, numbers masked: to be said again, or changed. */
  known?: { lines: readonly string[]; from: string }
  /** Options that what was said already points to, the likeliest first. */
  likely?: readonly string[]
  /** An answer given before is changed here, and others hang on it. */
  steers?: boolean
}

/** One question on one page: title, what helps to answer it, the fields, and a way to leave without losing anything. */
export function QuestionPage(props: QuestionProps) {
  const { page, question, errors, backHref, left, saved, known } = props
  const { language } = page
  const title = pick(question.title, language)
  return (
    <Shell
      page={page}
      title={title}
      {...(backHref && { backHref })}
      margin={saved && <Saved language={language} isShared={page.isShared} {...saved} />}
    >
      <ErrorSummary language={language} errors={errors} />
      {page.exitHref && <Urgent language={language} only={['110', '12338']} />}
      <p className="progress">{say(language, 'question.left', { n: left })}</p>
      {known ? <Told {...props} known={known} /> : <Asked {...props} withTitle />}
      <Why language={language} question={question} />
    </Shell>
  )
}

/** The form of the question; its title is the label where there is one field, unless it stands above already. */
function Asked({
  page,
  question,
  example,
  values,
  errors,
  action,
  hidden,
  steers,
  likely,
  withTitle,
}: QuestionProps & { withTitle?: boolean }) {
  const { language } = page
  const [only, ...others] = question.fields
  const title = pick(question.title, language)
  const help = <Help language={language} question={question} example={example} />
  const hasFiles = question.fields.some((field) => field.kind === 'files')
  return (
    <Form
      action={action}
      hidden={hidden}
      submit={say(language, 'question.next')}
      {...(hasFiles && { files: language })}
      keepsTyped={mayKeep(page, question)}
    >
      {withTitle && only && others.length === 0 ? (
        <FieldView
          language={language}
          field={only}
          value={values[only.name]}
          errors={errors}
          lead={{ title, below: help }}
          {...(likely && { likely })}
        />
      ) : (
        <>
          {withTitle && <h1>{title}</h1>}
          {help}
          {question.fields.map((field) => (
            <FieldView key={field.name} language={language} field={field} value={values[field.name]} errors={errors} />
          ))}
        </>
      )}
      {steers && <p className="note">{say(language, 'question.steers')}</p>}
      {question.sensitive && <p className="note">{say(language, 'question.sensitive')}</p>}
    </Form>
  )
}

/** What the reader told before: said again with one press, or changed. Nothing is taken over unasked. */
function Told(props: QuestionProps & { known: NonNullable<QuestionProps['known']> }) {
  const { page, question, errors, action, hidden, known } = props
  const { language } = page
  return (
    <>
      <h1>{pick(question.title, language)}</h1>
      <section className="note">
        <p>{say(language, 'known.before')}</p>
        {known.lines.map((line) => (
          <p key={line}>
            <b>{line}</b>
          </p>
        ))}
        <p className="soft">{known.from}</p>
      </section>
      <Form action={action} hidden={{ ...hidden, again: 'yes' }} submit={say(language, 'known.same')} />
      <details className="act" open={errors.length > 0}>
        <summary>{say(language, 'known.change')}</summary>
        <Asked {...props} />
      </details>
    </>
  )
}

/** Not where someone may be watching, nor what the law protects further: such text stays on the screen alone. */
const mayKeep = ({ exitHref }: Page, { sensitive, fields }: Question): boolean =>
  !exitHref && !sensitive && fields.every(({ kind }) => kind !== 'idNumber' && kind !== 'phone')

function Help({ language, question, example }: { language: Language; question: Question; example: Text | undefined }) {
  return (
    <>
      {question.hint && <p className="lead">{pick(question.hint, language)}</p>}
      {example && (
        <p className="example">
          <b>{say(language, 'question.example')}</b>
          {pick(example, language)}
        </p>
      )}
    </>
  )
}

function Why({ language, question }: { language: Language; question: Question }) {
  return (
    <details className="why">
      <summary>{say(language, 'question.why')}</summary>
      <p>{pick(question.why, language)}</p>
      {question.cite && <Source language={language} cite={question.cite} />}
    </details>
  )
}

function Saved({ language, isShared, code, secret, isKnown, elsewhere }: Kept & { language: Language; isShared: boolean | undefined }) {
  return (
    <aside className="saved">
      <h2>{say(language, 'question.leave')}</h2>
      <p>{say(language, isKnown ? 'question.leaveKnown' : secret ? 'question.leaveHow' : 'question.leaveCode')}</p>
      {!isKnown && !secret && !isShared && <SignInOnce language={language} why="question.noSecret" />}
      <TwoKeys language={language} code={code} secret={secret} />
      {elsewhere?.map(({ title, href }) => (
        <p key={href}>
          <a className="more" href={href}>
            {pick(title, language)}
          </a>
        </p>
      ))}
    </aside>
  )
}
