import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Text } from '#kernel/line.ts'
import type { Field } from '#kernel/journey/journey.ts'
import { formatDay, formatMoment, pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { FieldView } from './field.tsx'
import { ErrorSummary, Form } from './form.tsx'
import type { FieldError, Hidden, Values } from './form.tsx'
import { Moment } from './parts.tsx'
import { paths } from '#portal/frame/paths.ts'
import { Sharing } from './facts.tsx'

/** A result someone reports, reached on a day, YYYY-MM-DD; it counts only when the person it was for confirms it. */
export type Claim = {
  text: string
  by: string
  on: string
  action: string
  hidden: Hidden
  values?: Values
  errors?: readonly FieldError[]
}

const outcome: Field = {
  name: 'agrees',
  kind: 'radio',
  label: { zh: '是这样吗？', en: 'Is this so?' },
  options: [
    { value: 'yes', label: { zh: '是，我收到了', en: 'Yes, I received it' } },
    { value: 'partly', label: { zh: '只有一部分', en: 'Only in part' } },
    { value: 'no', label: { zh: '不是', en: 'No' } },
  ],
}
const received: Field = {
  name: 'receivedFen',
  kind: 'yuan',
  label: { zh: '您一共收到多少（元）', en: 'How much you received in all, yuan' },
  hint: { zh: '只有一部分的，请写收到多少；别的可以不填。', en: 'If only in part, write how much; otherwise leave it empty.' },
  optional: true,
}

export function Confirm({ language, claim }: { language: Language; claim: Claim }) {
  const errors = claim.errors ?? []
  return (
    <section className="claim">
      <h2>{say(language, 'track.confirm')}</h2>
      <p>
        {claim.by} · {formatDay(claim.on, language)}
      </p>
      <p className="quoted">{claim.text}</p>
      <p>{say(language, 'track.confirmWhy')}</p>
      <ErrorSummary language={language} errors={errors} form="confirm" />
      <Form action={claim.action} hidden={claim.hidden} submit={say(language, 'track.confirmSend')}>
        {[outcome, received].map((field) => (
          <FieldView key={field.name} language={language} field={field} value={claim.values?.[field.name]} errors={errors} form="confirm" />
        ))}
      </Form>
    </section>
  )
}

/** Papers held and papers asked for. */
export type Papers = {
  held: readonly {
    title: Text
    at: Date
    href?: string
    /** It is being looked at for harm, and cannot be opened yet. */ isUnchecked?: true
    /** Whose it is, where it is not the reader's. */ of?: Text
    /** Whether the other side sees it, and where that is changed. */ sharing?: { isShared: boolean; href: string }
  }[]
  missing: readonly { title: Text; hint?: Text; href: string }[]
  addHref?: string
}

/** Each paper that was asked for, and the way to add it: where it is asked for, it is what comes next. */
export const Missing = ({ language, missing }: { language: Language; missing: Papers['missing'] }) =>
  missing.map(({ title, hint, href }) => (
    <div key={href}>
      <p>
        <b>{pick(title, language)}</b>
      </p>
      {hint && <p className="soft">{pick(hint, language)}</p>}
      <a className="button" href={href}>
        {say(language, 'track.add')}
        <span className="unseen">{pick(title, language)}</span>
      </a>
    </div>
  ))

export function Documents({ language, papers, now }: { language: Language; papers: Papers; now: Date }) {
  return (
    <section>
      <h2>{say(language, 'track.papers')}</h2>
      {papers.held.length === 0 && <p>{say(language, 'track.noPapers')}</p>}
      <ul>
        {papers.held.map(({ title, at, href, isUnchecked, of, sharing }) => (
          <li key={at.toISOString() + title.en}>
            {href ? (
              <a className="more" href={href}>
                {pick(title, language)}
              </a>
            ) : (
              pick(title, language)
            )}{' '}
            <span className="soft">
              <Moment language={language} at={at} now={now} />
              {of && ` · ${say(language, 'track.by.seat', { who: pick(of, language) })}`}
              {isUnchecked && ` · ${say(language, 'track.unchecked')}`}
            </span>
            {sharing && (
              <Sharing language={language} what={pick(title, language)} sees={sharing.isShared ? 'this' : 'nothing'} href={sharing.href} />
            )}
          </li>
        ))}
      </ul>
      {papers.addHref && (
        <p>
          <a className="more add" href={papers.addHref}>
            {say(language, 'track.addAny')}
          </a>
        </p>
      )}
    </section>
  )
}

/** Somebody was allowed to see a matter that was closed to them: from when until when, in what office, for what. */
export type Opened = { from: Date; until: Date; who: string; why: Text }

export const OpenedUrgently = ({ language, opened }: { language: Language; opened: readonly Opened[] }) => (
  <section>
    <h2>{say(language, 'track.urgent')}</h2>
    <p>{say(language, 'track.urgentWhat')}</p>
    <ul>
      {opened.map(({ from, until, who, why }) => (
        <li key={from.toISOString() + who}>
          {who} · {pick(why, language)}
          <br />
          <span className="soft">
            {say(language, 'track.urgentTime', { from: formatMoment(from, language), until: formatMoment(until, language) })}
          </span>
        </li>
      ))}
    </ul>
  </section>
)

/** Someone read this record: when, in what office, for what (个人信息保护法 art. 45). */
export type Reading = { at: Date; who: string; purpose: Text }

export function Readers({ language, readings, until }: { language: Language; readings: readonly Reading[]; until: Date }) {
  return (
    <details className="readers">
      <summary>{say(language, 'track.readers', { n: readings.length, day: formatDay(dayOf(until), language) })}</summary>
      <p>{say(language, 'track.readersUntil', { when: formatMoment(until, language) })}</p>
      <p>{say(language, 'track.readersWhy')}</p>
      <p>
        <a className="more" href={paths.readings}>
          {say(language, 'readings.title')}
        </a>
      </p>
      <ul>
        {readings.map(({ at, who, purpose }) => (
          <li key={at.toISOString() + who}>
            <Moment language={language} at={at} /> · {who} · {pick(purpose, language)}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What was passed on by the person's leave: which topics and to whom, how they said so, and how far it has come. */
export type CarriedItem = { id: string; words: string; leave: string; stage: string }

export const Carried = ({ language, carried }: { language: Language; carried: readonly CarriedItem[] }) => (
  <section>
    <h2>{say(language, 'track.carried')}</h2>
    <ul>
      {carried.map(({ id, words, leave, stage }) => (
        <li key={id}>
          {words} <span className="soft">{[leave, stage].join(' · ')}</span>
        </li>
      ))}
    </ul>
  </section>
)
