import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { formatDate, formatDay, pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { Call, cited, PointedOut, PrintButton, Source } from './pieces/parts.tsx'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

/** How a decision is contested. Days are YYYY-MM-DD. */
type Contest = {
  how: Text
  cite: Cite
  limits: readonly { title: Text; lastDay: string; isProvisional: boolean; caveat?: Text }[]
  /** The time has not begun to run, or nobody wrote down that it has. */
  isUnserved: boolean
  office?: { name: string; address?: string; phone?: string }
}

/** One step of the calculation, in words. */
type Step = { title: string; outcome: string; explain: string; seen?: string; standard?: string; cite: Cite }

export type LetterProps = {
  page: Page
  /** Who decided. */
  office: string
  number?: string
  /** Whom it is for. */
  to?: string
  code: string
  /** What the matter is about. */
  asked: string
  title: Text
  words: Text
  ground?: Text
  reasons?: string
  cites: readonly Cite[]
  /** What the law has said with it. */
  pointsOut?: { words: Text; cite: Cite }
  contest?: Contest
  /** YYYY-MM-DD. */
  decidedOn: string
  /** A later decision was made in the matter. */
  isReplaced: boolean
  steps: readonly Step[]
  backHref: string
}

/** A decision as its letter says it, to read and to print. A copy: what was served is what counts. */
export function LetterPage(props: LetterProps) {
  const { page, office, number, to, code, asked, title, words, ground, reasons, cites, pointsOut } = props
  const { contest, decidedOn, isReplaced, steps, backHref } = props
  const { language } = page
  return (
    <Shell page={page} title={pick(title, language)} backHref={backHref}>
      <article className="sheet letter">
        <header>
          <p>{office}</p>
          <h1>{pick(title, language)}</h1>
          {number && <p className="soft">{number}</p>}
        </header>
        <dl className="rows">
          <Row label={say(language, 'letter.to')}>{to ?? say(language, 'letter.applicant')}</Row>
          <Row label={say(language, 'code.code')}>{code}</Row>
          <Row label={say(language, 'letter.asked')}>{asked}</Row>
        </dl>
        <h2>{say(language, 'letter.decided')}</h2>
        <p>
          <b>{pick(words, language)}</b>
        </p>
        {ground && <p>{pick(ground, language)}</p>}
        {reasons && (
          <>
            <h2>{say(language, 'letter.reasons')}</h2>
            <p className="told">{reasons}</p>
          </>
        )}
        <h2>{say(language, 'letter.articles')}</h2>
        <ul>
          {cites.map((cite) => (
            <li key={cited(cite, 'zh')}>{cited(cite, language)}</li>
          ))}
        </ul>
        {pointsOut && <PointedOut language={language} {...pointsOut} />}
        {contest && <HowToContest language={language} contest={contest} />}
        <p className="signed">
          {office}
          <br />
          <time dateTime={decidedOn}>{formatDate(decidedOn, language)}</time>
        </p>
        <p className="note">
          {say(language, 'letter.copy')}
          {isReplaced && ` ${say(language, 'letter.newer')}`}
        </p>
        {steps.length > 0 && <Steps language={language} steps={steps} />}
      </article>
      <p className="buttons">
        <PrintButton language={language} />
      </p>
    </Shell>
  )
}

const Row = ({ label, children }: { label: string; children: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

/** How, by when and where. */
function HowToContest({ language, contest: { how, cite, limits, isUnserved, office } }: { language: Language; contest: Contest }) {
  return (
    <>
      <h2>{say(language, 'letter.contest')}</h2>
      <p>{pick(how, language)}</p>
      {limits.map(({ title, lastDay, isProvisional, caveat }) => (
        <p key={title.en}>
          <b>{say(language, 'letter.lastDay', { what: pick(title, language), day: formatDay(lastDay, language) })}</b>
          {isProvisional && say(language, 'track.provisional')}
          {caveat && <span className="soft"> {pick(caveat, language)}</span>}
        </p>
      ))}
      {isUnserved && <p>{say(language, 'letter.unserved')}</p>}
      {office && (
        <p>
          {say(language, 'letter.where', { office: [office.name, office.address].filter(Boolean).join(' · ') })}{' '}
          {office.phone && <Call phone={office.phone} />}
        </p>
      )}
      <Source language={language} cite={cite} />
    </>
  )
}

/** What was looked at, the figure and the standard, how it came out, and the article of each step. */
const Steps = ({ language, steps }: { language: Language; steps: readonly Step[] }) => (
  <>
    <h2>{say(language, 'letter.steps')}</h2>
    <p>{say(language, 'letter.stepsWhy')}</p>
    <ol className="steps">
      {steps.map(({ title, outcome, explain, seen, standard, cite }) => (
        <li key={title + explain}>
          <p>
            <b>{title}</b> · {outcome}
          </p>
          <p>{explain}</p>
          {(seen ?? standard) && (
            <p className="figures">
              {seen && <span>{say(language, 'letter.seen', { value: seen })}</span>}
              {standard && <span>{say(language, 'letter.standard', { value: standard })}</span>}
            </p>
          )}
          <Source language={language} cite={cite} />
        </li>
      ))}
    </ol>
  </>
)
