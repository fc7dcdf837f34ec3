import { formatMoment, say } from '#platform/messages/messages.ts'
import { Moment } from './pieces/parts.tsx'
import { paths } from './frame/paths.ts'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

export type ReadingsProps = {
  page: Page
  /** Newest first, in the reader's language. */
  /** The moment up to which they are told. */
  until: Date
  readings: readonly { at: Date; who: string; matter: string; href: string; why: string; askHref: string }[]
}

/** Who looked at what is held of the reader: when, in what role, in which matter, and what for (个人信息保护法 art. 44). */
export function ReadingsPage({ page, readings, until }: ReadingsProps) {
  const { language } = page
  return (
    <Shell page={page} title={say(language, 'readings.title')} backHref={paths.mine}>
      <h1>{say(language, 'readings.title')}</h1>
      <p className="lead">{say(language, 'readings.lead')}</p>
      <p>{say(language, 'track.readersUntil', { when: formatMoment(until, language) })}</p>
      {readings.length === 0 && <p>{say(language, 'readings.none')}</p>}
      <ul className="list">
        {readings.map(({ at, who, matter, href, why, askHref }) => (
          <li key={at.toISOString() + who + href + why}>
            <p>
              <b>{who}</b> · <Moment language={language} at={at} />
            </p>
            <p>{why}</p>
            <p className="soft">
              <a href={href}>{matter}</a>
            </p>
            <p>
              <a className="more" href={askHref}>
                {say(language, 'readings.wrong')}
                <span className="unseen">{`${who} ${why}`}</span>
              </a>
            </p>
          </li>
        ))}
      </ul>
    </Shell>
  )
}
