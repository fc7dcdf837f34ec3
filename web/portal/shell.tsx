import type { ReactNode } from 'react'
import { say } from '#platform/messages.ts'
import type { Language } from '#platform/messages.ts'
import { paths } from './paths.ts'

/** What every page knows of its reader. */
export type Page = {
  language: Language
  /** This page in the other language. */
  otherLanguageHref: string
  /** This page with large text, or back to normal when it is large. */
  textSizeHref: string
  isLarge?: boolean
  isSignedIn?: boolean
  /** A harmless site to leave to. Set where someone may look over the reader's shoulder: the window's title is then neutral too. */
  exitHref?: string
  /** Read on a device others use next, as in a village room: every page offers to end the sitting. */
  isShared?: boolean
}

type Props = { page: Page; title: string; backHref?: string; children: ReactNode }

/** The document around a page: skip link, wordmark, quick exit, 12348 and privacy. */
export function Shell({ page, title, backHref, children }: Props) {
  const { language } = page
  const name = say(language, 'shell.name')
  return (
    <html lang={language === 'zh' ? 'zh-CN' : 'en'} className={page.isLarge ? 'large' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{page.exitHref ? name : `${title} · ${name}`}</title>
        <link rel="stylesheet" href={paths.css} />
      </head>
      <body>
        <a className="skip" href="#main">
          {say(language, 'shell.skip')}
        </a>
        <Header page={page} />
        {page.isShared && <Leave language={language} />}
        <main id="main">
          {backHref && (
            <a className="back" href={backHref}>
              {say(language, 'shell.back')}
            </a>
          )}
          {children}
        </main>
        <Footer language={language} />
      </body>
    </html>
  )
}

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
        <nav aria-label={say(language, 'shell.settings')}>
          <a href={page.textSizeHref}>{say(language, page.isLarge ? 'shell.textNormal' : 'shell.textLarge')}</a>
          <a href={page.otherLanguageHref} lang={language === 'zh' ? 'en' : 'zh-CN'}>
            {language === 'zh' ? 'English' : '中文'}
          </a>
          <a href={page.isSignedIn ? paths.mine : paths.comeBack}>{say(language, page.isSignedIn ? 'shell.mine' : 'shell.comeBack')}</a>
        </nav>
      </div>
      {exitHref && (
        <a className="exit" href={exitHref} rel="noreferrer nofollow">
          {say(language, 'shell.exit')}
        </a>
      )}
    </header>
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

function Footer({ language }: { language: Language }) {
  return (
    <footer className="foot">
      <p>
        <a href="tel:12348">12348</a> {say(language, 'shell.hotline')}
      </p>
      <p>
        <a href={paths.privacy}>{say(language, 'shell.privacy')}</a>
        <a href={paths.places}>{say(language, 'shell.places')}</a>
      </p>
    </footer>
  )
}
