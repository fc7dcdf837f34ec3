import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { Moment } from './parts.tsx'

/** Something the reader told, numbers masked, and where to have it corrected. */
export type Fact = { key: string; label: Text; lines: readonly string[]; at: Date; correctHref?: string }

/** What the reader told, folded away, with the ways to have it corrected or deleted (个人信息保护法 art. 46, 47). */
export function Facts({ language, facts, deleteHref }: { language: Language; facts: readonly Fact[]; deleteHref?: string }) {
  return (
    <details>
      <summary>{say(language, 'track.facts')}</summary>
      <dl className="rows">
        {facts.map(({ key, label, lines, at, correctHref }) => (
          <div key={key}>
            <dt>{pick(label, language)}</dt>
            <dd>
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
              <p className="soft">
                <Moment language={language} at={at} />
              </p>
            </dd>
            {correctHref && (
              <dd className="change">
                <a href={correctHref}>
                  {say(language, 'track.correct')}
                  <span className="unseen">{pick(label, language)}</span>
                </a>
              </dd>
            )}
          </div>
        ))}
      </dl>
      {deleteHref && (
        <p>
          <a className="more add" href={deleteHref}>
            {say(language, 'track.delete')}
          </a>
        </p>
      )}
    </details>
  )
}
