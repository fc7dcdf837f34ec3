import { glob, readFile } from 'node:fs/promises'

/** A statement that begins with a comment: its name, and its text with the pieces its file gives a name filled in. */
export type Statement = { name: string; text: string }

/** Every hot statement of the sources. */
export async function hotStatements(): Promise<Statement[]> {
  const found: Statement[] = []
  for await (const file of glob('src/**/*.{ts,tsx}')) if (!/\.test\./.test(file)) found.push(...statementsIn(await readFile(file, 'utf8')))
  return found
}

/** The hot statements of one source. */
export const statementsIn = (source: string): Statement[] =>
  [...source.matchAll(/`\s*\/\*([\w.]+)\*\//g)].map(({ index, 1: name = '' }) => ({
    name,
    text: filled(templateAt(source, index), source),
  }))

/** A template literal from its first backtick to its last, whatever templates stand in its holes. */
function templateAt(source: string, start: number): string {
  let at = start + 1
  while (source[at] !== '`') at = source.startsWith('${', at) ? holeEnd(source, at) : at + 1
  return source.slice(start + 1, at)
}

function holeEnd(source: string, start: number): number {
  let at = start + 2
  for (let depth = 1; depth > 0; at++) {
    if (source[at] === '`') at += templateAt(source, at).length + 1
    else if (source[at] === '{') depth++
    else if (source[at] === '}') depth--
  }
  return at
}

/** With `${putClocks}` and its like replaced by what the same file says they are. */
const filled = (text: string, source: string): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (hole, name: string) => {
    const piece = new RegExp(`const ${name}: Fragment = \\{\\s*text: \``).exec(source)
    return piece ? templateAt(source, piece.index + piece[0].length - 1) : hole
  })

/** A table as a statement reads or writes it; without an alias its columns stand bare. */
type Mention = { table: string; alias: string }

const notAnAlias = new Set(
  'as cross for from group inner join left limit on order returning select set union using values where'.split(' '),
)

/**
 * What crosses regions in a statement: tables with a region that it does not bind to one, functions that are not told one, and
 * `hidden` where the tables come from elsewhere. Bound is what is compared with a value or a list, or with what is bound.
 */
export function crossings({ text }: Statement, withRegion: ReadonlySet<string>): string[] {
  const read = mentionsIn(text).filter(({ table }) => withRegion.has(table))
  const open = unbound(text, read)
  const untold = [...text.matchAll(/\b(sec\.\w+)\(([^)]*)\)/g)].flatMap(([, called = '', given = '']) =>
    given.includes('region') ? [] : [called],
  )
  const hidden = /(?:\*\/|\b(?:from|join|update|into)\b)\s*\(?\$\{/.test(text) ? ['hidden'] : []
  return [...new Set([...open.map(({ table }) => table), ...untold, ...hidden])]
}

/** A new row with its region is where it belongs, so it is left out. */
const mentionsIn = (text: string): Mention[] =>
  [
    ...text
      .replaceAll(/\binsert into \w+ \([^)]*\bregion\b/g, '')
      .matchAll(/\b(?:from|join|update|into)\s+(\w+(?:\s+\w+)?(?:,\s*\w+(?:\s+\w+)?)*)/g),
  ]
    .flatMap(([, listed = '']) => listed.split(/,\s*/))
    .map((one) => {
      const [table = '', alias = ''] = one.split(/\s+/)
      return { table, alias: notAnAlias.has(alias) ? '' : alias }
    })

/** What is left when whatever is bound was taken away, until nothing more is; an alias that several mentions share needs a condition for each. */
function unbound(text: string, read: readonly Mention[], left = read): readonly Mention[] {
  const open = new Set(left.map(({ alias }) => alias))
  const needed = (alias: string) => read.filter((other) => other.alias === alias).length
  const still = left.filter(({ alias }) => conditionsOn(text, alias, open) < needed(alias))
  return still.length === left.length ? left : unbound(text, read, still)
}

/** How many conditions compare the region of an alias with a value, a list, or the region of what is no longer `open`. */
function conditionsOn(text: string, alias: string, open: ReadonlySet<string>): number {
  const region = alias ? `\\b${alias}\\.region` : `(?<![.\\w])region`
  const value = String.raw`(?:any\(|rpad\(|\$\{)`
  const compared = [
    `${region} (?:=|>=|between) ${value}`,
    `starts_with\\(${region}, ${value}`,
    `starts_with\\(\\$\\{[^}]*\\}(?:::text)?, ${region}\\)`,
  ]
  const values = compared.flatMap((one) => [...text.matchAll(new RegExp(one, 'g'))]).length
  const peers = [...text.matchAll(/\b(?:(\w+)\.region = |starts_with\((\w+)\.region, )(\w+)\.region\b/g)].map(([, a, b, c = '']) => [
    a ?? b,
    c,
  ])
  return values + peers.filter(([a = '', b = '']) => (a === alias && !open.has(b)) || (b === alias && !open.has(a))).length
}
