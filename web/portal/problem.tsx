import type { Text } from '#kernel/line.ts'
import type { No } from '#kernel/refusal.ts'
import { pick, refusalText, say } from '#platform/messages.ts'
import { Form } from './form.tsx'
import type { Hidden } from './form.tsx'
import { paths } from './paths.ts'
import { Shell } from './shell.tsx'
import type { Page } from './shell.tsx'

export type ProblemProps = {
  page: Page
  /** The refusal; absent for a bug of ours, which then shows its request id. */
  no?: No
  requestId: string
  backHref?: string
  /** What was typed, given back whole, and where it may be sent again. */
  again?: {
    action: string
    hidden: Hidden
    /** Choices made, several of one name among them. */
    carried?: readonly { name: string; value: string }[]
    typed: readonly { name: string; label: Text; value: string }[]
  }
}

/** Something did not work: what it was, what to do now, and everything that was typed. */
export function ProblemPage({ page, no, requestId, backHref, again }: ProblemProps) {
  const { language } = page
  const title = say(language, no ? 'problem.title' : 'problem.ours')
  return (
    <Shell page={page} title={title} {...(backHref && { backHref })}>
      <h1>{title}</h1>
      <p className="lead">{no ? refusalText(no, language, 'person') : say(language, 'problem.oursText')}</p>
      {again && (
        <section>
          <h2>{say(language, 'problem.kept')}</h2>
          <Form action={again.action} hidden={again.hidden} submit={say(language, 'problem.again')}>
            {again.carried?.map(({ name, value }) => (
              <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
            ))}
            {again.typed.map(({ name, label, value }) => (
              <div className="field" key={name}>
                <label htmlFor={`f-${name}`}>{pick(label, language)}</label>
                <textarea id={`f-${name}`} name={name} rows={value.length > 80 ? 7 : 2} defaultValue={value} />
              </div>
            ))}
          </Form>
        </section>
      )}
      <p>
        <a className="more" href={paths.home}>
          {say(language, 'problem.home')}
        </a>
      </p>
      <p>{say(language, 'problem.call')}</p>
      <p className="soft">{say(language, 'problem.id', { id: requestId })}</p>
    </Shell>
  )
}
