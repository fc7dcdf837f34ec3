import { seal, SealBroken, unseal, type DataKeys, type Place } from './crypto.ts'

/** How long a browser carries a note: long enough to sign in elsewhere and come back. */
export const noteLifeMs = 10 * 60_000

const placeOf = (name: string): Place => ({ table: 'cookie', column: name, row: '', region: '' })

/** A text for the browser to carry that it can neither read nor alter, nor hand in under another name. */
export const sealNote = (ring: DataKeys, name: string, text: string, now: Date): string =>
  seal(ring, `${now.getTime() + noteLifeMs}|${text}`, placeOf(name))

/** The text of a note, or null when there is none, it is too old, or it is not ours. */
export function openNote(ring: DataKeys, name: string, sealed: string | undefined, now: Date): string | null {
  const opened = sealed ? unsealed(ring, name, sealed) : ''
  const [, until = '0', text = ''] = /^(\d+)\|(.*)$/s.exec(opened) ?? []
  return Number(until) > now.getTime() ? text : null
}

/** A note comes from outside, so one that does not open is no fault of ours. */
function unsealed(ring: DataKeys, name: string, sealed: string): string {
  try {
    return unseal(ring, sealed, placeOf(name))
  } catch (error) {
    if (error instanceof SealBroken) return ''
    throw error
  }
}
