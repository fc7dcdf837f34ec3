import { isDay } from '#kernel/calendar/calendar.ts'

/** A resident identity number (GB 11643-1999) and what it says; `division` is the place of first registration, not where the person lives. */
export type ResidentId =
  | { readonly ok: true; readonly id: string; readonly birthDate: string; readonly sex: 'male' | 'female'; readonly division: string }
  | { readonly ok: false; readonly flaw: 'length' | 'characters' | 'date' | 'future' | 'checksum' }

/** Reads an 18-digit number as of `today`. Abolished division codes are accepted, a lower-case x is stored upper-case. */
export function parseResidentId(text: string, today: string): ResidentId {
  const id = text.toUpperCase()
  const birthDate = birthDateIn(id)
  const flaw = flawOf(id, birthDate, today)
  return flaw
    ? { ok: false, flaw }
    : { ok: true, id, birthDate, sex: Number(id[16]) % 2 === 1 ? 'male' : 'female', division: id.slice(0, 6) }
}

/** The number of a person registered in a county, born that day, with a sequence 0–999 (odd is male): for seeds and tests. */
export function composeResidentId(division: string, birthDate: string, sequence: number): string {
  const body = division + birthDate.replaceAll('-', '') + String(sequence).padStart(3, '0')
  return body + checkDigit(body)
}

function flawOf(id: string, birthDate: string, today: string): Extract<ResidentId, { ok: false }>['flaw'] | null {
  if (id.length !== 18) return 'length'
  if (!/^\d{17}[\dX]$/.test(id)) return 'characters'
  if (!isDay(birthDate)) return 'date'
  if (birthDate > today) return 'future'
  return id[17] === checkDigit(id) ? null : 'checksum'
}

function birthDateIn(id: string): string {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
}

/** 2^(17−i) mod 11 for the i-th digit. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

function checkDigit(id: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(id[i]), 0)
  return '10X98765432'.charAt(sum % 11)
}
