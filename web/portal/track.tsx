import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { daysUntil, formatDue, formatMoment, pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { ActionForm } from './pieces/action-form.tsx'
import type { Act } from './pieces/action-form.tsx'
import { Form } from './pieces/form.tsx'
import { Call, cited, Moment, PointedOut, PrintButton, Source } from './pieces/parts.tsx'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'
import { Facts, ShownFacts } from './pieces/facts.tsx'
import type { Fact, Shown } from './pieces/facts.tsx'
import { Carried, Confirm, Documents, Missing, OpenedUrgently, Readers } from './pieces/track-parts.tsx'
import type { CarriedItem, Claim, Opened, Papers, Reading } from './pieces/track-parts.tsx'
import { ByLink } from './by-link.tsx'

/** A time limit as the reader is told of it: what, whose it is, the first moment after it, and its article. */
export type Due = { title: Text; whose: Text; dueAt: Date; cite: Cite; isProvisional?: boolean; caveat?: Text }

export type TrackProps = {
  page: Page
  now: Date
  title: Text
  code: string
  number?: string
  /** Limits we have missed ourselves: said before anything else. */
  late: readonly { title: Text; dueAt: Date; cite: Cite; remedy: Text }[]
  state: Text
  next?: Text
  /** Whose move it is, as the line says: "applicant" makes the page ask for it. */
  isYourMove: boolean
  /** What the officer wrote on asking for something. */
  asked?: string
  due: readonly Due[]
  /** The hearing to come, if one is set. */
  hearing?: { at: Date; forum: Text; place: string }
  who: readonly { role: Text; name: string; phone?: string }[]
  /** What was decided and why, and the way to contest it. */
  decision?: {
    title: Text
    words: Text
    ground?: Text
    reasons?: string
    cites: readonly Cite[]
    /** What the law has said with it. */
    pointsOut?: { words: Text; cite: Cite }
    remedy?: { how: Text; cite: Cite }
    /** The letter to read and print. */
    href: string
  }
  claim?: Claim
  acts: readonly Act[]
  /** What else can be done, each on a page of its own. */
  elsewhere?: readonly { title: Text; href: string }[]
  /** `body`: whose step it is, where several bodies had it in hand. */
  history: readonly { at: Date; title: Text; by: Text; body?: Text; note?: string; cite?: Cite }[]
  /** What the reader let be passed on, and how far that has come. */
  carried?: readonly CarriedItem[]
  papers: Papers
  /** What the reader was sent, the latest first. */
  sent?: readonly { at: Date; text: string }[]
  readings: readonly Reading[]
  /** How many officers see it, where they are named; absent where all do whose work it is. */
  confinedTo?: number
  /** To whom it was opened by a second officer's word: told at once. */
  opened?: readonly Opened[]
  /** The moment up to which readings are told. */
  toldUntil: Date
  /** What the person told, each with a way to have it corrected. */
  facts?: readonly Fact[]
  /** What the other seats show the reader. */
  shown?: readonly Shown[]
  deleteHref?: string
  /** Other matters of the same family: an objection, an appeal. */
  related: readonly { title: Text; href: string }[]
  backHref?: string
  /** It is read by a one-time link. */
  isByLink?: true
}

/** The state of a matter as a story: our lateness first, then now, next, by when, who, and what you can do. */
export function TrackPage(props: TrackProps) {
  const { page, now, title, code, number, late, elsewhere = [], claim, decision, backHref } = props
  const { language } = page
  const acts = props.acts.filter(({ isNext }) => !isNext)
  return (
    <Shell page={page} title={pick(title, language)} {...(backHref && { backHref })} margin={<Beside {...props} />}>
      {late.map((limit) => (
        <Late key={limit.title.en} language={language} limit={limit} now={now} />
      ))}
      <h1>{pick(title, language)}</h1>
      <p className="soft">
        {say(language, 'code.code')} <span className="code">{code}</span>
      </p>
      {number && <p className="soft">{number}</p>}
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
      <Story language={language} history={props.history} now={now} />
      {props.isByLink && <ByLink language={language} />}
    </Shell>
  )
}

/** What is kept with the matter: its papers, its family, what was told, who read it. */
function Beside({
  page: { language },
  now,
  papers,
  related,
  carried,
  facts,
  shown,
  deleteHref,
  sent,
  readings,
  confinedTo,
  opened,
  toldUntil,
}: TrackProps) {
  return (
    <>
      <Documents language={language} papers={papers} now={now} />
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
      {carried?.[0] && <Carried language={language} carried={carried} />}
      {sent?.[0] && <Sent language={language} sent={sent} now={now} />}
      {shown?.[0] && <ShownFacts language={language} shown={shown} />}
      {facts?.[0] && <Facts language={language} facts={facts} {...(deleteHref && { deleteHref })} />}
      {opened?.[0] && <OpenedUrgently language={language} opened={opened} />}
      {confinedTo !== undefined && <p>{say(language, 'track.confined', { n: confinedTo })}</p>}
      <Readers language={language} readings={readings} until={toldUntil} />
      <PrintButton language={language} />
      <p className="soft printed">{say(language, 'track.asOf', { at: formatMoment(now, language) })}</p>
    </>
  )
}

/** The messages the reader was sent: one who lost a text, or may get none, reads it here. */
const Sent = ({ language, sent, now }: { language: Language; sent: NonNullable<TrackProps['sent']>; now: Date }) => (
  <section>
    <h2>{say(language, 'track.sent')}</h2>
    <ul>
      {sent.map(({ at, text }) => (
        <li key={at.toISOString() + text}>
          {text}{' '}
          <span className="soft">
            <Moment language={language} at={at} now={now} />
          </span>
        </li>
      ))}
    </ul>
  </section>
)

function Late({ language, limit, now }: { language: Language; limit: TrackProps['late'][number]; now: Date }) {
  const { title, dueAt, remedy, cite } = limit
  const told = { what: pick(title, language), day: formatDue(dueAt, now, language), n: -daysUntil(dueAt, now) }
  return (
    <section className="late">
      <h2>{say(language, 'track.late')}</h2>
      <p>{say(language, 'track.lateWhat', told)}</p>
      <p>{pick(remedy, language)}</p>
      <Source language={language} cite={cite} />
    </section>
  )
}

function Now({ language, now, state, next, isYourMove, asked, papers, acts, due, hearing, who }: { language: Language } & TrackProps) {
  return (
    <section className="now">
      <p className="state">
        <b>{pick(state, language)}</b>
        {isYourMove && <span className="yours">{say(language, 'track.yourMove')}</span>}
      </p>
      {next && <p>{pick(next, language)}</p>}
      {isYourMove && asked && <p className="quoted">{asked}</p>}
      <Missing language={language} missing={papers.missing} />
      {acts
        .filter(({ isNext }) => isNext)
        .map(({ key, title, action, hidden }) => (
          <div key={key}>
            <Form action={action} hidden={hidden} submit={title} />
          </div>
        ))}
      {hearing && <HearingToCome language={language} hearing={hearing} now={now} />}
      {due.map((limit) => (
        <DueBy key={limit.title.en} language={language} limit={limit} now={now} />
      ))}
      {who.length > 0 && (
        <div>
          {who.map(({ role, name, phone }) => (
            <p key={role.en + name}>
              <span className="soft">{pick(role, language)}</span> <b>{name}</b> {phone && <Call phone={phone} />}
            </p>
          ))}
        </div>
      )}
    </section>
  )
}

/** One limit: what and whose, until when, under which article. */
function DueBy({ language, limit, now }: { language: Language; limit: Due; now: Date }) {
  const { title, whose, dueAt, cite, isProvisional, caveat } = limit
  return (
    <div className="due">
      <p>
        {pick(title, language)} <span className="soft">{say(language, 'track.whose', { who: pick(whose, language) })}</span>
      </p>
      <p className="by">
        {say(language, 'track.by', { day: formatDue(dueAt, now, language) })}
        <span className="soft">{say(language, 'track.left', { n: daysUntil(dueAt, now) })}</span>
      </p>
      {isProvisional && <p className="soft">{say(language, 'track.provisional')}</p>}
      <Source language={language} cite={cite} />
      {caveat && <p className="soft">{pick(caveat, language)}</p>}
    </div>
  )
}

const HearingToCome = ({ language, hearing, now }: { language: Language; hearing: NonNullable<TrackProps['hearing']>; now: Date }) => (
  <div className="due">
    <p>{say(language, 'track.hearing')}</p>
    <p className="by">
      <Moment language={language} at={hearing.at} now={now} />
    </p>
    <p>
      {pick(hearing.forum, language)} · {hearing.place}
    </p>
    <p className="soft">{say(language, 'track.hearingBring')}</p>
  </div>
)

function Decision({ language, decision }: { language: Language; decision: NonNullable<TrackProps['decision']> }) {
  const { title, words, ground, reasons, cites, pointsOut, remedy, href } = decision
  return (
    <section>
      <h2>{pick(title, language)}</h2>
      <p>{pick(words, language)}</p>
      {ground && <p>{pick(ground, language)}</p>}
      {reasons && <p className="quoted">{reasons}</p>}
      <p className="cite">
        {say(language, 'cite.by', { article: cites.map((cite) => cited(cite, language)).join(say(language, 'word.comma')) })}
      </p>
      {pointsOut && <PointedOut language={language} {...pointsOut} />}
      {remedy && (
        <>
          <p>{pick(remedy.how, language)}</p>
          <Source language={language} cite={remedy.cite} />
        </>
      )}
      <p>
        <a className="more" href={href}>
          {say(language, 'letter.full')}
        </a>
      </p>
    </section>
  )
}

/** What has been, the latest first. */
function Story({ language, history, now }: { language: Language; history: TrackProps['history']; now: Date }) {
  return (
    <section>
      <h2>{say(language, 'track.story')}</h2>
      <ol className="story">
        {history.map(({ at, title, by, body, note, cite }) => (
          <li key={[at.toISOString(), title.en, body?.zh].join(' ')}>
            <p>
              <b>{pick(title, language)}</b>
            </p>
            <p className="soft">
              <Moment language={language} at={at} now={now} /> · {pick(by, language)}
              {body && ` · ${pick(body, language)}`}
            </p>
            {note && <p className="quoted">{note}</p>}
            {cite && <Source language={language} cite={cite} />}
          </li>
        ))}
      </ol>
    </section>
  )
}
