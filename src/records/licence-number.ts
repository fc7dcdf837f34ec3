import { provinceCodes } from './division-code.ts'

/** A lawyer's licence number. It names the institution's place at the last change, so it never decides where a lawyer may act. */
export type LicenceNumber =
  | { readonly ok: true; readonly form: 'old'; readonly number: string }
  | ({ readonly ok: true; readonly form: 'new'; readonly number: string } & LicenceParts)
  | { readonly ok: false; readonly flaw: 'length' | 'characters' | 'province' | 'year' }

/** What the 17 digits say; `category` and `sex` codes beyond those read in the numbering notice are kept as they stand. */
export type LicenceParts = {
  readonly certificate: string
  readonly province: string
  readonly city: string
  readonly firstPractised: number
  readonly category: 'fullTime' | 'partTime' | 'hongKong' | 'macau' | 'other'
  readonly sex: 'male' | 'female' | 'unknown'
  readonly serial: string
}

/** Reads 17 digits, or the 12 of before 2010 that still occur, as of `today`. There is no check digit. */
export function parseLicenceNumber(text: string, today: string): LicenceNumber {
  if (text.length !== 12 && text.length !== 17) return { ok: false, flaw: 'length' }
  if (!/^\d+$/.test(text)) return { ok: false, flaw: 'characters' }
  if (text.length === 12) return { ok: true, form: 'old', number: text }
  const parts = partsOf(text)
  if (!provinceCodes.has(parts.province)) return { ok: false, flaw: 'province' }
  if (parts.firstPractised < LAWYERS_RESTORED || parts.firstPractised > Number(today.slice(0, 4))) return { ok: false, flaw: 'year' }
  return { ok: true, form: 'new', number: text, ...parts }
}

/** The year the profession was restored: nobody in practice was licensed earlier. */
const LAWYERS_RESTORED = 1979

const categories = ['other', 'fullTime', 'partTime', 'hongKong', 'macau'] as const
const sexes = ['male', 'female'] as const

function partsOf(text: string): LicenceParts {
  return {
    certificate: text.charAt(0),
    province: text.slice(1, 3),
    city: text.slice(1, 5),
    firstPractised: Number(text.slice(5, 9)),
    category: categories[Number(text[9])] ?? 'other',
    sex: sexes[Number(text[10])] ?? 'unknown',
    serial: text.slice(11),
  }
}
