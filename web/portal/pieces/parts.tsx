import { citeText, citeTextEn } from '#kernel/cite.ts'
import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { formatMoment, formatSoon, pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { paths } from '#portal/frame/paths.ts'

/** A citation in the reader's language. */
export const cited = (cite: Cite, language: Language): string => pick({ zh: citeText(cite), en: citeTextEn(cite) }, language)

/** Which article stands behind what was just said. */
export function Source({ language, cite }: { language: Language; cite: Cite }) {
  return <p className="cite">{say(language, 'cite.by', { article: cited(cite, language) })}</p>
}

/** A right of the reader's that the law has said with a decision, and its article. */
export const PointedOut = ({ language, words, cite }: { language: Language; words: Text; cite: Cite }) => (
  <>
    <p className="note">{pick(words, language)}</p>
    <Source language={language} cite={cite} />
  </>
)

/** A moment, for people and for machines. Within the year of `now` the year goes without saying. */
export function Moment({ language, at, now }: { language: Language; at: Date; now?: Date }) {
  return <time dateTime={at.toISOString()}>{formatMoment(at, language, now)}</time>
}

/** A number to ring. */
export const Call = ({ phone }: { phone: string }) => (
  <a className="call" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
    {phone}
  </a>
)

/** Prints the page. Shown by the script; without it the browser's own menu does the same. */
export function PrintButton({ language }: { language: Language }) {
  return (
    <button type="button" className="quiet print" hidden>
      {say(language, 'shell.print')}
    </button>
  )
}

/** An office one can go to or ring. */
export type Office = {
  name: string
  kind?: Text
  /** Where it is not for the county asked about: the place it is for. */
  elsewhere?: string
  address?: string
  phone?: string
  /** As the office wrote them. */
  hours?: string
  /** Absent where its hours cannot be read: then nothing is claimed. */
  opening?: { isOpen: boolean; until: Date }
  km?: number
}

/** Offices, nearest first as given, each with a number to ring. */
export function Offices({ language, offices, now }: { language: Language; offices: readonly Office[]; now: Date }) {
  if (offices.length === 0) return <p>{say(language, 'place.none')}</p>
  return (
    <ul className="list offices">
      {offices.map((office) => (
        <li key={office.name}>
          <h3>{office.name}</h3>
          {office.elsewhere && <p className="soft">{office.elsewhere}</p>}
          {office.kind && <p className="soft">{pick(office.kind, language)}</p>}
          {office.address && (
            <p>
              {office.address}
              {office.km !== undefined && <span className="soft"> {say(language, 'place.away', { km: office.km })}</span>}
            </p>
          )}
          {office.opening && (
            <p className={office.opening.isOpen ? 'open' : 'shut'}>
              {say(language, office.opening.isOpen ? 'place.open' : 'place.shut', {
                when: formatSoon(office.opening.until, now, language),
              })}
            </p>
          )}
          {office.hours && <p>{office.hours}</p>}
          {office.phone && (
            <p>
              <Call phone={office.phone} />
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Why signing in by phone once is worth it now, and the way there. */
export const SignInOnce = ({ language, why }: { language: Language; why: 'question.noSecret' | 'receipt.prove' }) => (
  <div className="note">
    <p>{say(language, why)}</p>
    <p>
      <a className="more" href={paths.signIn}>
        {say(language, 'return.signIn')}
      </a>
    </p>
  </div>
)

/** The two keys one comes back by; the secret as long as this browser remembers it. */
export const TwoKeys = ({
  language,
  code,
  secret,
  isBig,
}: {
  language: Language
  code: string
  secret?: string | undefined
  isBig?: true
}) => (
  <dl className={isBig ? 'pair big' : 'pair'}>
    <dt>{say(language, 'code.code')}</dt>
    <dd>{code}</dd>
    {secret && (
      <>
        <dt>{say(language, 'code.secret')}</dt>
        <dd>{secret}</dd>
      </>
    )}
  </dl>
)
