import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { Moment } from './parts.tsx'

/** Something the reader told, numbers masked, and where to have it corrected. */
export type Fact = {
  key: string
  label: Text
  lines: readonly string[]
  at: Date
  correctHref?: string
  /** What of it the other side sees, and where that is changed. */
  sharing?: { sees: Sees; href: string }
}

/** Something another seat shows the reader. */
export type Shown = Pick<Fact, 'key' | 'label' | 'lines' | 'at'> & { of: Text }

/** What the other side sees of something: nothing, this, or what was said before. */
type Sees = 'nothing' | 'this' | 'earlier'

const act = { nothing: 'share.show', this: 'share.hide', earlier: 'share.again' } as const

/** What the other side sees of something of the reader's, and the way to change that. */
export const Sharing = ({ language, what, sees, href }: { language: Language; what: string; sees: Sees; href: string }) => (
  <p>
    {sees !== 'nothing' && <span className="soft">{say(language, sees === 'this' ? 'share.isShown' : 'share.isEarlier')} </span>}
    <a className="more" href={href}>
      {say(language, act[sees])}
      <span className="unseen">{what}</span>
    </a>
  </p>
)

/** What the other seats show the reader of what they said. */
export const ShownFacts = ({ language, shown }: { language: Language; shown: readonly Shown[] }) => (
  <section>
    <h2>{say(language, 'track.shown')}</h2>
    <dl className="rows">
      {shown.map(({ key, label, lines, at, of }) => (
        <div key={key}>
          <dt>{pick(label, language)}</dt>
          <dd>
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p className="soft">
              {say(language, 'track.by.seat', { who: pick(of, language) })} · <Moment language={language} at={at} />
            </p>
          </dd>
        </div>
      ))}
    </dl>
  </section>
)

/** What the reader told, folded away, with the ways to have it corrected or deleted (个人信息保护法 art. 46, 47). */
export function Facts({ language, facts, deleteHref }: { language: Language; facts: readonly Fact[]; deleteHref?: string }) {
  return (
    <details>
      <summary>{say(language, 'track.facts')}</summary>
      <dl className="rows">
        {facts.map(({ key, label, lines, at, correctHref, sharing }) => (
          <div key={key}>
            <dt>{pick(label, language)}</dt>
            <dd>
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
              <p className="soft">
                <Moment language={language} at={at} />
              </p>
              {sharing && <Sharing language={language} what={pick(label, language)} {...sharing} />}
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
