import type { Text } from '#kernel/line.ts'
import { formatDay, pick, say } from '#platform/messages/messages.ts'
import { Form } from './pieces/form.tsx'
import type { Hidden } from './pieces/form.tsx'
import { Moment } from './pieces/parts.tsx'
import { paths } from './frame/paths.ts'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

export type MyMattersProps = {
  page: Page
  now: Date
  /** Needing the reader first, then the newest. `by` is the limit that runs out first, its day YYYY-MM-DD. */
  matters: readonly {
    code: string
    title: string
    state: Text
    href: string
    openedAt: Date
    isYourMove: boolean
    by?: { title: Text; day: string }
  }[]
  drafts: readonly { title: string; href: string; savedAt: Date; left: number }[]
  signOut: { action: string; hidden: Hidden }
}

/** All of one person's matters and drafts. */
export function MyMattersPage({ page, now, matters, drafts, signOut }: MyMattersProps) {
  const { language } = page
  return (
    <Shell page={page} title={say(language, 'mine.title')} backHref={paths.home}>
      <h1>{say(language, 'mine.title')}</h1>
      {matters.length + drafts.length === 0 && <p>{say(language, 'mine.none')}</p>}
      <ul className="list matters">
        {drafts.map(({ title, href, savedAt, left }) => (
          <li key={href}>
            <h2>
              <a href={href}>{title}</a>
            </h2>
            <p>{say(language, 'mine.draft', { n: left })}</p>
            <p className="soft">
              <Moment language={language} at={savedAt} now={now} />
            </p>
          </li>
        ))}
        {matters.map(({ code, title, state, href, openedAt, isYourMove, by }) => (
          <li key={code}>
            <h2>
              <a href={href}>{title}</a>
            </h2>
            <p>
              {pick(state, language)} {isYourMove && <span className="yours">{say(language, 'track.yourMove')}</span>}
            </p>
            {by && (
              <p className="by">
                {pick(by.title, language)} · {say(language, 'track.by', { day: formatDay(by.day, language, now) })}
              </p>
            )}
            <p className="soft">
              <span className="code">{code}</span> · <Moment language={language} at={openedAt} now={now} />
            </p>
          </li>
        ))}
      </ul>
      <p>
        <a className="more" href={paths.readings}>
          {say(language, 'readings.title')}
        </a>
      </p>
      <Form action={signOut.action} hidden={signOut.hidden} submit={say(language, 'mine.signOut')} isQuiet />
    </Shell>
  )
}
