import { seal, SealBroken, unseal, type DataKeys, type Place } from './crypto.ts'

/** How long a browser carries a note: long enough to sign in elsewhere and come back. */
export const noteLifeMs = 10 * 60_000

const placeOf = (name: string): Place => ({ table: 'cookie', column: name, row: '', region: '' })

/** A text for a browser to carry under this name for as long as its cookie lives: it can neither read nor alter it. */
export const sealCookie = (ring: DataKeys, name: string, text: string): string => seal(ring, text, placeOf(name))

/** The same with an end, however long the cookie is kept. */
export const sealNote = (ring: DataKeys, name: string, text: string, now: Date): string =>
  sealCookie(ring, name, `${now.getTime() + noteLifeMs}|${text}`)

/** The text of a note, or null when there is none, it is too old, or it is not ours. */
export function openNote(ring: DataKeys, name: string, sealed: string | undefined, now: Date): string | null {
  const opened = openCookie(ring, name, sealed)
  const [, until = '0', text = ''] = /^(\d+)\|(.*)$/s.exec(opened) ?? []
  return Number(until) > now.getTime() ? text : null
}

/** The text of a cookie, empty where there is none. It comes from outside, so one that does not open is no fault of ours. */
export function openCookie(ring: DataKeys, name: string, sealed: string | undefined): string {
  if (!sealed) return ''
  try {
    return unseal(ring, sealed, placeOf(name))
  } catch (error) {
    if (error instanceof SealBroken) return ''
    throw error
  }
}
