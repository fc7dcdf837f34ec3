import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { markChinese } from './mark-chinese.ts'

/** A whole page as text: no client script is needed to read it or to answer it. */
export function renderPage(page: ReactElement): string {
  const html = `<!doctype html>${renderToStaticMarkup(page)}`
  return html.startsWith('<!doctype html><html lang="zh') ? html : markChinese(html)
}
