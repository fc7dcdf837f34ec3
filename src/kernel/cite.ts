import { byKey } from './keyed.ts'

/** A statute or rule that is relied on: when this version was adopted and came into force, and its short name in English. `docs/sources.md` says what was read of each. */
export type Statute = { adopted: string; inForce: string; short: string }
export type Statutes = Readonly<Record<string, Statute>>

/** One article of a statute, with paragraph (款) and item (项) where the rule stands in one; `short` is the statute's English name. */
export type Cite = { law: string; short?: string; article: number; paragraph?: number; item?: number }

/** Cites articles of these statutes; a misspelt one does not compile. A test checks that `docs/sources.md` lists every cited article. */
export const citing =
  <const S extends Statutes>(statutes: S) =>
  (law: keyof S & string, article: number, paragraph?: number, item?: number): Cite => ({
    law,
    ...(statutes[law] && { short: statutes[law].short }),
    article,
    ...(paragraph && { paragraph }),
    ...(item && { item }),
  })

/** Those among declared statutes that a line relies on. */
export const relyingOn = <S extends Statutes, const L extends keyof S & string>(statutes: S, ...laws: readonly L[]): Record<L, S[L]> =>
  byKey(laws, (law) => statutes[law])

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** A number below 1,000 in Chinese, as statutes count their articles: 110 → 一百一十. */
export function chineseNumber(n: number): string {
  const [hundreds, rest] = [Math.floor(n / 100), n % 100]
  const [tens, ones] = [Math.floor(rest / 10), rest % 10]
  const head = hundreds ? `${digits[hundreds]}百` : ''
  if (!tens) return head + (head && ones ? '零' : '') + digits[ones]
  return head + (tens === 1 && !head ? '十' : `${digits[tens]}十`) + digits[ones]
}

/** The citation as a Chinese reader writes it: 《民法典》第二百零三条第二款. */
export function citeText({ law, article, paragraph, item }: Cite): string {
  const part = (n: number | undefined, unit: string) => (n ? `第${chineseNumber(n)}${unit}` : '')
  return `《${law}》${part(article, '条')}${part(paragraph, '款')}${part(item, '项')}`
}

/** The citation in English: Civil Code, art. 203(2). */
export function citeTextEn({ law, short = law, article, paragraph, item }: Cite): string {
  return `${short}, art. ${article}${paragraph ? `(${paragraph})` : ''}${item ? ` item ${item}` : ''}`
}
