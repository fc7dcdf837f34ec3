import type { Text } from '#kernel/line.ts'
import type { No } from '#kernel/refusal.ts'
import { pick, refusalText, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { Form } from './pieces/form.tsx'
import type { Hidden } from './pieces/form.tsx'
import { Urgent } from './pieces/urgent.tsx'
import { paths } from './frame/paths.ts'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

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
    typed: readonly { name: string; label: Text | string; value: string }[]
    /** Sending it again would be refused again: what was typed is there to be copied. */
    isOver?: boolean
  }
  /** Where to go now, the likeliest first. */
  ways: readonly { title: string; href: string }[]
}

/** Something did not work: what it was, what to do now, and everything that was typed. */
export function ProblemPage({ page, no, requestId, backHref, again, ways }: ProblemProps) {
  const { language } = page
  const title = say(language, no ? 'problem.title' : 'problem.ours')
  const hasWays = ways.length > 0
  const hasKept = again !== undefined && again.typed.length + (again.carried?.length ?? 0) > 0
  const mayRepeat = again !== undefined && !again.isOver && (hasKept || !hasWays)
  // Another tab keeps this one as it is; where somebody may be watching, no second one is left behind.
  const stays = hasKept && !page.exitHref
  return (
    <Shell page={page} title={title} {...(backHref && { backHref })}>
      <h1>{title}</h1>
      <p className="lead">{no ? refusalText(no, language, 'person') : say(language, 'problem.oursText')}</p>
      {no?.code === 'too_many' && <Urgent language={language} only={['110', '12338', '12348']} />}
      {hasWays && <Ways ways={ways} stays={stays} />}
      {hasWays && stays && mayRepeat && <p className="soft">{say(language, 'problem.stays')}</p>}
      {again && again.typed.length > 0 && <h2>{say(language, 'problem.kept')}</h2>}
      {again && (mayRepeat ? <Again language={language} again={again} /> : <Kept language={language} again={again} />)}
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

function Ways({ ways, stays }: { ways: ProblemProps['ways']; stays: boolean }) {
  return (
    <>
      {ways.map(({ title, href }, i) => (
        <p key={href}>
          <a className={i === 0 ? 'button' : 'more'} href={href} {...(stays && { target: '_blank', rel: 'noopener' })}>
            {title}
          </a>
        </p>
      ))}
    </>
  )
}

type Kept = { language: Language; again: NonNullable<ProblemProps['again']> }

function Again({ language, again }: Kept) {
  return (
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
  )
}

const Kept = ({ language, again }: Kept) =>
  again.typed.map(({ name, label, value }) => (
    <section key={name}>
      <p className="soft">{pick(label, language)}</p>
      <p className="quoted">{value}</p>
    </section>
  ))
