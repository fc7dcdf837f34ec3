/** A court's case number: year of acceptance, court, type and serial, with its part where one case has several rulings (之一). */
export type CaseNumber = {
  readonly year: number
  readonly court: string
  readonly type: string
  readonly serial: number
  readonly part?: string
}

/** An office's own file number (no national format was read): year, the office's short name, one character for the kind, serial. */
export type MatterNumber = { readonly year: number; readonly office: string; readonly kind: string; readonly serial: number }

/**
 * The court's character and its digits, then the type: the court is one character (青), or 最高法, so that 青民终 is 青 and 民终.
 * 人民法院案件案号规定 2016; brackets may be half-width.
 */
const caseShape = /^[（(](\d{4})[）)](最高法|[\u4e00-\u9fa5]\d{0,4})([\u4e00-\u9fa5]{1,4})([1-9]\d{0,8})号(之[一二三四五六七八九十]+)?$/

/** Reads a court's case number; undefined if it is not one. */
export function parseCaseNumber(text: string): CaseNumber | undefined {
  const [, year, court, type, serial, part] = caseShape.exec(text) ?? []
  if (!year || !court || !type || !serial) return undefined
  return { year: Number(year), court, type, serial: Number(serial), ...(part && { part }) }
}

/** Writes a case number as courts print it: （2026）青0102民初123号. */
export function formatCaseNumber({ year, court, type, serial, part = '' }: CaseNumber): string {
  return `（${year}）${court}${type}${serial}号${part}`
}

const matterShape = /^[（(](\d{4})[）)]([\u4e00-\u9fa5]{1,12})([\u4e00-\u9fa5])(\d{5,9})号$/

/** Reads an office's file number; undefined if it is not one. */
export function parseMatterNumber(text: string): MatterNumber | undefined {
  const [, year, office, kind, serial] = matterShape.exec(text) ?? []
  if (!year || !office || !kind || Number(serial) === 0) return undefined
  return { year: Number(year), office, kind, serial: Number(serial) }
}

/** Writes an office's file number: （2026）西法援民00123号. Unique by office, kind, year and serial; gaps are allowed, reuse is not. */
export function formatMatterNumber({ year, office, kind, serial }: MatterNumber): string {
  return `（${year}）${office}${kind}${String(serial).padStart(5, '0')}号`
}
