import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages.ts'
import type { Language } from '#platform/messages.ts'
import { ActionForm } from './action-form.tsx'
import type { Act } from './action-form.tsx'
import { cited, Moment, PrintButton, Source } from './parts.tsx'
import { Shell } from './shell.tsx'
import type { Page } from './shell.tsx'
import { Facts } from './facts.tsx'
import type { Fact } from './facts.tsx'
import { Confirm, Documents, Readers } from './track-parts.tsx'
import type { Claim, Papers, Reading } from './track-parts.tsx'

/** A time limit as the reader is told of it. */
export type Due = { title: Text; dueAt: Date; cite: Cite; isProvisional?: boolean; caveat?: Text }

export type TrackProps = {
  page: Page
  title: Text
  code: string
  number?: string
  /** Limits we have missed ourselves: said before anything else. */
  late: readonly { title: Text; dueAt: Date; cite: Cite; remedy: Text }[]
  state: Text
  next?: Text
  /** Whose move it is, as the line says: "applicant" makes the page ask for it. */
  isYourMove: boolean
  due: readonly Due[]
  /** The hearing to come, if one is set. */
  hearing?: { at: Date; forum: Text; place: string }
  who: readonly { role: Text; name: string; phone?: string }[]
  /** What was decided and why, and the way to contest it. */
  decision?: { title: Text; words: Text; ground?: Text; reasons?: string; cites: readonly Cite[]; remedy?: { how: Text; cite: Cite } }
  claim?: Claim
  acts: readonly Act[]
  /** What else can be done, each on a page of its own. */
  elsewhere?: readonly { title: Text; href: string }[]
  history: readonly { at: Date; title: Text; by: Text; note?: string; cite?: Cite }[]
  papers: Papers
  readings: readonly Reading[]
  /** The moment up to which readings are told. */
  toldUntil: Date
  /** What the person told, each with a way to have it corrected. */
  facts?: readonly Fact[]
  deleteHref?: string
  /** Other matters of the same family: an objection, an appeal. */
  related: readonly { title: Text; href: string }[]
  backHref?: string
}

/** The state of a matter as a story: our lateness first, then now, next, by when, who, and what you can do. */
export function TrackPage(props: TrackProps) {
  const { page, title, code, number, late, acts, elsewhere = [], claim, decision, related, backHref } = props
  const { language } = page
  return (
    <Shell page={page} title={pick(title, language)} {...(backHref && { backHref })}>
      {late.map((limit) => (
        <section className="late" key={limit.title.en}>
          <h2>{say(language, 'track.late')}</h2>
          <p>
            {say(language, 'track.lateWhat', { what: pick(limit.title, language) })} <Moment language={language} at={limit.dueAt} />
          </p>
          <p>{pick(limit.remedy, language)}</p>
          <Source language={language} cite={limit.cite} />
        </section>
      ))}
      <h1>{pick(title, language)}</h1>
      <p className="soft">
        {say(language, 'code.code')} {code}
        {number && ` · ${number}`}
      </p>
      <Now language={language} {...props} />
      {decision && <Decision language={language} decision={decision} />}
      {claim && <Confirm language={language} claim={claim} />}
      {acts.length + elsewhere.length > 0 && (
        <section className="can">
          <h2>{say(language, 'track.can')}</h2>
          {acts.map((act) => (
            <details className="act" key={act.key} open={(act.errors ?? []).length > 0}>
              <summary>{act.title}</summary>
              <ActionForm language={language} act={act} />
            </details>
          ))}
          {elsewhere.map(({ title, href }) => (
            <p key={href}>
              <a className="more" href={href}>
                {pick(title, language)}
              </a>
            </p>
          ))}
        </section>
      )}
      <Documents language={language} papers={props.papers} />
      <Story language={language} history={props.history} />
      {related.length > 0 && (
        <section>
          <h2>{say(language, 'track.related')}</h2>
          <ul>
            {related.map(({ title, href }) => (
              <li key={href}>
                <a className="more" href={href}>
                  {pick(title, language)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {props.facts?.[0] && <Facts language={language} facts={props.facts} {...(props.deleteHref && { deleteHref: props.deleteHref })} />}
      <Readers language={language} readings={props.readings} until={props.toldUntil} />
      <PrintButton language={language} />
    </Shell>
  )
}

function Now({
  language,
  state,
  next,
  isYourMove,
  due,
  hearing,
  who,
}: { language: Language } & Pick<TrackProps, 'state' | 'next' | 'isYourMove' | 'due' | 'hearing' | 'who'>) {
  return (
    <section className="now">
      <p className="state">
        <b>{pick(state, language)}</b>
        {isYourMove && <span className="yours">{say(language, 'track.yourMove')}</span>}
      </p>
      {next && <p>{pick(next, language)}</p>}
      {hearing && <HearingToCome language={language} hearing={hearing} />}
      {due.map(({ title, dueAt, cite, isProvisional, caveat }) => (
        <div className="due" key={title.en}>
          <p>
            {pick(title, language)}
            <br />
            <b>
              <Moment language={language} at={dueAt} />
            </b>
            {isProvisional && <span className="soft"> {say(language, 'track.provisional')}</span>}
          </p>
          <Source language={language} cite={cite} />
          {caveat && <p className="soft">{pick(caveat, language)}</p>}
        </div>
      ))}
      {who.map(({ role, name, phone }) => (
        <p key={role.en}>
          {pick(role, language)} <b>{name}</b>{' '}
          {phone && (
            <a className="call" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
              {phone}
            </a>
          )}
        </p>
      ))}
    </section>
  )
}

const HearingToCome = ({ language, hearing }: { language: Language; hearing: NonNullable<TrackProps['hearing']> }) => (
  <div className="due">
    <p>
      {say(language, 'track.hearing')}
      <br />
      <b>
        <Moment language={language} at={hearing.at} />
      </b>
      <br />
      {pick(hearing.forum, language)} · {hearing.place}
    </p>
    <p className="soft">{say(language, 'track.hearingBring')}</p>
  </div>
)

function Decision({ language, decision }: { language: Language; decision: NonNullable<TrackProps['decision']> }) {
  const { title, words, ground, reasons, cites, remedy } = decision
  return (
    <section>
      <h2>{pick(title, language)}</h2>
      <p>{pick(words, language)}</p>
      {ground && <p>{pick(ground, language)}</p>}
      {reasons && <p className="quoted">{reasons}</p>}
      <p className="cite">
        {say(language, 'cite.by', { article: cites.map((cite) => cited(cite, language)).join(say(language, 'word.comma')) })}
      </p>
      {remedy && (
        <>
          <p>{pick(remedy.how, language)}</p>
          <Source language={language} cite={remedy.cite} />
        </>
      )}
    </section>
  )
}

function Story({ language, history }: { language: Language; history: TrackProps['history'] }) {
  return (
    <section>
      <h2>{say(language, 'track.story')}</h2>
      <ol className="story">
        {history.map(({ at, title, by, note, cite }) => (
          <li key={at.toISOString() + title.en}>
            <p>
              <b>{pick(title, language)}</b>
            </p>
            <p className="soft">
              <Moment language={language} at={at} /> · {pick(by, language)}
            </p>
            {note && <p className="quoted">{note}</p>}
            {cite && <Source language={language} cite={cite} />}
          </li>
        ))}
      </ol>
    </section>
  )
}
