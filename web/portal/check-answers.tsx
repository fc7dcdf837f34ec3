import type { Field } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { FieldView } from './pieces/field.tsx'
import { Form } from './pieces/form.tsx'
import type { Hidden } from './pieces/form.tsx'
import { Moment, PrintButton } from './pieces/parts.tsx'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

export type CheckRow = {
  key: string
  label: Text
  /** Read back as text, a line a field; empty when skipped. */
  lines: readonly string[]
  changeHref: string
  /** Who said it and when, where it was not typed just now. */
  source?: { who: Text; at: Date }
  /** What a change of this would bring, said before it is made. */
  consequence?: Text
}

export type CheckAnswersProps = {
  page: Page
  groups: readonly { title: Text; rows: readonly CheckRow[] }[]
  action: string
  hidden: Hidden
  /** The ways to send it off, the usual one first: asked only where there is a choice. */
  ways?: readonly { action: string; title: Text }[]
  /** What telling the truth is for, in the service's own words. */
  honesty?: Text
  /** What the change just made brought, said first. */
  changes?: readonly string[]
  /** Where the questions that are still open begin; nothing is sent before they are answered. */
  nextHref?: string
  backHref: string
}

/** Everything said, read back before it is sent, each row with its own way to change it. */
export function CheckAnswersPage({ page, groups, action, hidden, ways, honesty, changes, nextHref, backHref }: CheckAnswersProps) {
  const { language } = page
  return (
    <Shell page={page} title={say(language, 'check.title')} backHref={backHref}>
      <h1>{say(language, 'check.title')}</h1>
      {changes?.[0] && <Changes language={language} changes={changes} {...(nextHref && { nextHref })} />}
      <p className="lead">{say(language, 'check.lead')}</p>
      {groups.map(({ title, rows }) => (
        <section key={title.en}>
          <h2>{pick(title, language)}</h2>
          <dl className="rows">
            {rows.map((row) => (
              <Row key={row.key} language={language} row={row} />
            ))}
          </dl>
        </section>
      ))}
      {!nextHref && (
        <>
          <p className="note">{honesty ? pick(honesty, language) : say(language, 'check.honest')}</p>
          <Form action={action} hidden={hidden} submit={say(language, 'check.submit')}>
            {ways?.[1] && <FieldView language={language} field={wayField(ways)} value={ways[0]?.action} errors={[]} />}
          </Form>
        </>
      )}
      <PrintButton language={language} />
    </Shell>
  )
}

/** What follows from the change just made, before anything is sent. */
function Changes({ language, changes, nextHref }: { language: Language; changes: readonly string[]; nextHref?: string }) {
  return (
    <section className="note">
      {changes.map((change) => (
        <p key={change}>{change}</p>
      ))}
      {nextHref && (
        <p>
          <a className="button" href={nextHref}>
            {say(language, 'check.goOn')}
          </a>
        </p>
      )}
    </section>
  )
}

const wayField = (ways: NonNullable<CheckAnswersProps['ways']>): Field => ({
  name: 'way',
  kind: 'radio',
  label: { zh: '怎么交', en: 'How to send it' },
  options: ways.map(({ action, title }) => ({ value: action, label: title })),
})

function Row({ language, row }: { language: Language; row: CheckRow }) {
  const label = pick(row.label, language)
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {row.lines.length === 0 && <p className="soft">{say(language, 'check.empty')}</p>}
        {row.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {row.source && (
          <p className="soft">
            {pick(row.source.who, language)} · <Moment language={language} at={row.source.at} />
          </p>
        )}
        {row.consequence && <p className="note hinge">{pick(row.consequence, language)}</p>}
      </dd>
      <dd className="change">
        <a href={row.changeHref}>
          {say(language, 'check.change')}
          <span className="unseen">{say(language, 'check.changeWhat', { what: label })}</span>
        </a>
      </dd>
    </div>
  )
}
