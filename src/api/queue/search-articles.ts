import { chineseNumber, citeText, type Cite } from '#kernel/cite.ts'
import type { Line } from '#kernel/line.ts'
import { lines } from '#lines/services.ts'
import { pick } from '#platform/messages/messages.ts'

/** Where an article is relied on: by an action, a limit or a document of a line. */
type Use = { cite: Cite; line: Line; title: string }

const usesOf = (line: Line): Use[] =>
  [line.actions, line.limits, line.documents].flatMap((part) =>
    Object.values(part).flatMap(({ cite, title }) => (cite ? [{ cite, line, title: pick(title, 'zh') }] : [])),
  )
const uses = lines.flatMap(usesOf)

/** An article of the law, and where the lines rely on it. */
export type ArticleHit = { title: string; uses: { line: Line; title: string }[] }

/** The highest article of the statutes we cite is 1260 (民法典); what is typed in Chinese is looked up rather than read. */
const numerals = new Map(Array.from({ length: 999 }, (_, at) => [chineseNumber(at + 1), at + 1]))
const articleShape = /第?([一二三四五六七八九十百零]+|\d{1,4})条?$/

/** Articles some line relies on: 法律援助法43, 援助法第四十三条, 43, or a statute's name alone. */
export function findArticles(term: string, most: number): ArticleHit[] {
  const typed = term.replaceAll(/[\s《》]/g, '')
  const [whole = '', number = ''] = articleShape.exec(typed) ?? []
  const article = /^\d+$/.test(number) ? Number(number) : numerals.get(number)
  const name = whole ? typed.slice(0, -whole.length) : typed
  if (!article && name.length < 2) return []
  const found = uses.filter(({ cite }) => cite.law.includes(name) && (!article || cite.article === article))
  const byArticle = Map.groupBy(found, ({ cite: { law, article: its } }) => citeText({ law, article: its }))
  return [...byArticle].slice(0, most).map(([title, its]) => ({ title, uses: its.map(({ line, title: by }) => ({ line, title: by })) }))
}
