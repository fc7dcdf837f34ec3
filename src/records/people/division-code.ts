/** How deep a division lies (GB/T 2260 to the county, the statistical code below it). */
export type DivisionLevel = 'province' | 'prefecture' | 'county' | 'township' | 'village'

/** A division by its code without the zeros that only pad it ('630100' → '6301'), or what is wrong with the text. */
export type Division =
  | { readonly ok: true; readonly code: string; readonly level: DivisionLevel; readonly parent: string | null }
  | { readonly ok: false; readonly flaw: 'length' | 'characters' | 'province' | 'gap' }

/** The two digits of every province-level division, 71 台湾, 81 香港 and 82 澳门 among them. */
export const provinceCodes: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
)

const levels = [
  { level: 'province', length: 2 },
  { level: 'prefecture', length: 4 },
  { level: 'county', length: 6 },
  { level: 'township', length: 9 },
  { level: 'village', length: 12 },
] as const satisfies readonly { level: DivisionLevel; length: number }[]

/** Reads a code of 2, 4, 6, 9 or 12 digits. Codes change every year: whether it is in force is the region table's to say. */
export function parseDivisionCode(text: string): Division {
  if (!levels.some(({ length }) => length === text.length)) return { ok: false, flaw: 'length' }
  if (!/^\d+$/.test(text)) return { ok: false, flaw: 'characters' }
  if (!provinceCodes.has(text.slice(0, 2))) return { ok: false, flaw: 'province' }
  const code = unpadded(text)
  const level = levels.find(({ length }) => length === code.length)?.level
  return level && !hasGap(code) ? { ok: true, code, level, parent: parentOf(code) } : { ok: false, flaw: 'gap' }
}

/** Whether a division lies in (or is) the division of `prefix`; everything lies in the empty prefix, the nation. */
export function isWithin(code: string, prefix: string): boolean {
  return unpadded(code).startsWith(unpadded(prefix))
}

/** Six digits for forms and statutes that print them: '63' → '630000'. Townships and villages give their county. */
export function sixDigits(code: string): string {
  return code.slice(0, 6).padEnd(6, '0')
}

const groups = /^(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d{3})(\d{3})?)?)?)?$/

/** Drops trailing groups of zeros, never single zeros: 630102 has none to drop. */
function unpadded(code: string): string {
  const parts = groups.exec(code)?.slice(1).filter(Boolean)
  if (!parts) return code
  while (parts.length > 1 && /^0+$/.test(parts.at(-1) ?? '')) parts.pop()
  return parts.join('')
}

/** An empty level above a filled one. Counties may be empty: 东莞, 中山, 儋州 and 嘉峪关 have townships directly under the city. */
function hasGap(code: string): boolean {
  const [, , prefecture, , township] = groups.exec(code) ?? []
  return prefecture === '00' || township === '000'
}

function parentOf(code: string): string | null {
  const above = levels.findLast(({ length }) => length < code.length)
  return above ? unpadded(code.slice(0, above.length)) : null
}
