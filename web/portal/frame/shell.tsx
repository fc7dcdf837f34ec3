import type { ReactNode } from 'react'
import { languages, tongueOf, type Tongue } from '#platform/messages/languages.ts'
import { say } from '#platform/messages/messages.ts'
import type { Language, MessageKey } from '#platform/messages/messages.ts'
import { scriptHref, style } from './assets.ts'
import { paths } from './paths.ts'

/** What every page knows of its reader. */
export type Page = {
  language: Language
  /** The page's own address, to come back to when its look was changed. */
  here: string
  isLarge?: boolean
  hasContrast?: boolean
  isSignedIn?: boolean
  /** The way out. Set where someone may look over the reader's shoulder: the window's title is then neutral, and nothing typed is kept. */
  exitHref?: string
  /** Whether search engines may list it: pages that are the same for everybody. */
  isListed?: boolean
  /** Read on a device others use next, as in a village room: every page offers to end the sitting. */
  isShared?: boolean
}

type Props = {
  page: Page
  title: string
  description?: string
  backHref?: string
  /** What goes with the page without being its subject: beside it where there is room, else below. */
  margin?: ReactNode
  /** The front door lays out the whole width itself. */
  isFront?: boolean
  children: ReactNode
}

/** The document around a page: skip link, wordmark, hotline, settings, quick exit and privacy. */
export function Shell({ page, title, description, backHref, margin, isFront, children }: Props) {
  const { language } = page
  const name = say(language, 'shell.name')
  const look = [page.isLarge && 'large', page.hasContrast && 'contrast'].filter(Boolean).join(' ')
  return (
    <html lang={tongueOf(language).tag} className={look || undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="color-scheme" content="light dark" />
        {page.isListed ? (
          <meta name="description" content={description ?? say(language, 'shell.description')} />
        ) : (
          <meta name="robots" content="noindex" />
        )}
        <title>{page.exitHref ? name : `${title} · ${name}`}</title>
        <link rel="icon" href={icon} />
        <style>{style}</style>
        <script src={scriptHref} defer />
      </head>
      <body>
        <a className="skip" href="#main">
          {say(language, 'shell.skip')}
        </a>
        <Header page={page} />
        {page.isShared && <Leave language={language} />}
        <main id="main">
          <div className={isFront ? 'front' : undefined}>
            {backHref && (
              <a className="back" href={backHref}>
                {say(language, 'shell.back')}
              </a>
            )}
            {children}
          </div>
          {margin && <div className="margin">{margin}</div>}
        </main>
        <Footer language={language} />
      </body>
    </html>
  )
}

/** The seal, drawn small. Within the page, so that a private one asks for nothing more. */
const icon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#9c1f17" d="M0 0h8v8H0z"/><path fill="none" stroke="#fff" d="M2 2.5h4M2 5.5h4M4 1v6"/></svg>')}`

function Header({ page }: { page: Page }) {
  const { language, exitHref } = page
  return (
    <header className="top">
      <div className="bar">
        <a className="mark" href={paths.home}>
          <span className="seal" lang="zh-CN">
            法惠
          </span>
          <span className="service">{say(language, 'shell.service')}</span>
        </a>
        <Hotline language={language} />
        <Settings page={page} />
      </div>
      {exitHref && (
        <a className="exit" href={exitHref} rel="nofollow">
          {say(language, 'shell.exit')}
        </a>
      )}
    </header>
  )
}

function Hotline({ language }: { language: Language }) {
  return (
    <a className="hotline" href="tel:12348">
      <b>12348</b> <span>{say(language, 'shell.hotline')}</span>
    </a>
  )
}

/** This page, looking otherwise. */
const changed = ({ here }: Page, name: string, value: string): string => `/set?${new URLSearchParams({ [name]: value, back: here })}`

function Settings({ page }: { page: Page }) {
  const { language, isLarge, hasContrast, isSignedIn } = page
  const looks: readonly { name: string; value: string; says: MessageKey }[] = [
    isLarge ? { name: 'text', value: 'normal', says: 'shell.textNormal' } : { name: 'text', value: 'large', says: 'shell.textLarge' },
    hasContrast
      ? { name: 'contrast', value: 'normal', says: 'shell.contrastNormal' }
      : { name: 'contrast', value: 'high', says: 'shell.contrastHigh' },
  ]
  return (
    <nav aria-label={say(language, 'shell.settings')}>
      <a href={isSignedIn ? paths.mine : paths.comeBack}>{say(language, isSignedIn ? 'shell.mine' : 'shell.comeBack')}</a>
      {looks.map(({ name, value, says }) => (
        <a key={name} href={changed(page, name, value)} rel="nofollow">
          {say(language, says)}
        </a>
      ))}
      {Object.entries<Tongue>(languages).map(
        ([key, { name, tag }]) =>
          key !== language && (
            <a key={key} href={changed(page, 'language', key)} rel="nofollow" lang={tag}>
              {name}
            </a>
          ),
      )}
      <button type="button" className="read" aria-pressed="false" hidden>
        {say(language, 'shell.read')}
      </button>
    </nav>
  )
}

function Footer({ language }: { language: Language }) {
  return (
    <footer className="foot">
      <p>
        <Hotline language={language} />
      </p>
      <p>
        <a href={paths.privacy}>{say(language, 'shell.privacy')}</a>
        <a href={paths.places}>{say(language, 'shell.places')}</a>
      </p>
    </footer>
  )
}

/** Ends the sitting at a shared device. */
function Leave({ language }: { language: Language }) {
  return (
    <form className="leave" method="post" action={paths.signOut}>
      <button type="submit" className="quiet">
        {say(language, 'shell.leave')}
      </button>
    </form>
  )
}
