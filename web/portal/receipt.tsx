import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import { formatDay, formatMoment, pick, say } from '#platform/messages/messages.ts'
import { Call, PrintButton, SignInOnce, Source, TwoKeys } from './pieces/parts.tsx'
import { QrCode } from './pieces/qr-code.tsx'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'
import { Urgent } from './pieces/urgent.tsx'

export type ReceiptProps = {
  page: Page
  title: string
  /** Somebody may be reading along: the sheet does not say what it is about, and asks for no photograph. */
  isPrivate: boolean
  code: string
  /** As long as this browser remembers it; the server keeps only its hash. */
  secret?: string
  /** The reader has proved a phone or an identity, which brings them back instead. */
  isKnown?: true
  /** They asked for texts to a number that nobody has proved. */
  wantsTexts?: boolean
  receivedAt: Date
  office: { name: string; phone?: string }
  /** What happens now, in order; `by` is a day, YYYY-MM-DD. */
  steps: readonly { text: Text; by?: string; cite?: Cite }[]
  trackHref: string
  /** Opens the page one returns by, with the code filled in and never the secret: whoever finds the paper has one of two. */
  returnUrl: string
}

/** Proof that it arrived: code, secret, what happens next and by when. Made to be printed or photographed. */
export function ReceiptPage(its: ReceiptProps) {
  const { page, isPrivate, secret, isKnown, wantsTexts, office, steps, trackHref } = its
  const { language } = page
  return (
    <Shell page={page} title={say(language, 'receipt.title')}>
      <Sheet {...its} />
      {isPrivate && <Urgent language={language} only={['110', '12338']} />}
      {wantsTexts && page.isShared && <p className="note">{say(language, 'receipt.proveShared')}</p>}
      {!isKnown && !page.isShared && (wantsTexts || !secret) && (
        <SignInOnce language={language} why={wantsTexts ? 'receipt.prove' : 'question.noSecret'} />
      )}
      <h2>{say(language, 'receipt.next')}</h2>
      <ol className="steps">
        {steps.map(({ text, by, cite }) => (
          <li key={text.en}>
            <p>{pick(text, language)}</p>
            {by && <p className="by">{say(language, 'track.by', { day: formatDay(by, language) })}</p>}
            {cite && <Source language={language} cite={cite} />}
          </li>
        ))}
      </ol>
      <p className="buttons">
        <a className="button" href={trackHref}>
          {say(language, 'receipt.track')}
        </a>
        <PrintButton language={language} />
      </p>
      {office.phone && (
        <p>
          {say(language, 'receipt.ask', { office: office.name })} <Call phone={office.phone} />
        </p>
      )}
    </Shell>
  )
}

/** What is kept of it: what, where and when, and the two keys one comes back by. */
function Sheet({ page: { language }, title, isPrivate, code, secret, isKnown, receivedAt, office, returnUrl }: ReceiptProps) {
  const keeping = isKnown ? 'receipt.known' : !secret ? 'receipt.noSecret' : isPrivate ? 'receipt.keepPrivate' : 'receipt.keep'
  return (
    <div className="sheet">
      <h1>{say(language, 'receipt.title')}</h1>
      <p>{title}</p>
      <p>{office.name}</p>
      <p>{say(language, 'receipt.at', { at: formatMoment(receivedAt, language) })}</p>
      <div className="keys">
        <TwoKeys language={language} code={code} secret={secret} isBig />
        <figure>
          <QrCode text={returnUrl} label={say(language, 'receipt.scan')} />
          <figcaption>{say(language, 'receipt.scan')}</figcaption>
        </figure>
      </div>
      <p className="note">{say(language, keeping)}</p>
    </div>
  )
}
