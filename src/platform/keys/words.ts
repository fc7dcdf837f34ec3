import { createHmac, timingSafeEqual } from 'node:crypto'
import { isoDigest } from './digest.ts'
import { newSalt, seal, subkey, unseal, type Keyring, type Place } from './crypto.ts'

/** What somebody wrote, as it is kept: the mark that stands in its place, the text sealed, and the salt of the mark. The two go when it is erased. */
export type Words = { mark: string; text: string; salt: string }

type Ring = Pick<Keyring, 'suite' | 'current' | 'keys' | 'learn' | 'blind'>

/** Seals what was written and makes its mark, which says nothing of it to whoever has not the key, nor to anybody once the salt is gone. */
export function keepWords(ring: Ring, region: string, said: unknown): Words {
  const plain = JSON.stringify(said)
  const salt = newSalt()
  const mark = markOf(ring, salt, plain)
  return { mark, salt, text: seal(ring, plain, placeOf(region, mark)) }
}

/** What was written. Throws `SealBroken` where it was altered or put in another's place. */
export const openWords = (ring: Ring, region: string, { mark, text }: Pick<Words, 'mark' | 'text'>): unknown =>
  JSON.parse(unseal(ring, text, placeOf(region, mark)))

/** Whether the words are those the mark was made of. */
export function isOfMark(ring: Ring, region: string, { mark, text, salt }: Words): boolean {
  const made = markOf(ring, salt, JSON.stringify(openWords(ring, region, { mark, text })))
  return made.length === mark.length && timingSafeEqual(Buffer.from(made), Buffer.from(mark))
}

/** Whether a value is a mark and not what somebody wrote: whatever is typed is kept under one. */
export const isMark = (value: unknown): value is string => typeof value === 'string' && /^said:[\w-]{43}$/.test(value)

/** Every mark in a value, however deep. */
export function marksIn(value: unknown): string[] {
  if (isMark(value)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(marksIn) : []
}

/** A value with what was written in place of the marks; `gone` where that is not to be had any more. */
export function spelt<T>(value: T, words: ReadonlyMap<string, unknown>, gone: string): T {
  return speltOut(value, words, gone) as T // a mark stands where text stood
}

function speltOut(value: unknown, words: ReadonlyMap<string, unknown>, gone: string): unknown {
  if (isMark(value)) return words.get(value) ?? gone
  if (Array.isArray(value)) return value.map((one) => speltOut(one, words, gone))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, speltOut(one, words, gone)]))
}

/** What tells the same request from another, and nothing else of what was typed into it. */
export const intentOf = (ring: Pick<Keyring, 'blind'>, asked: unknown): string =>
  createHmac('sha256', subkey(ring, 'said')).update(isoDigest(asked)).digest('hex')

const markOf = (ring: Ring, salt: string, plain: string): string =>
  `said:${createHmac('sha256', subkey(ring, 'said')).update(`${salt}|`).update(plain).digest('base64url')}`

const placeOf = (region: string, mark: string): Place => ({ table: 'said_text', column: 'text', row: mark, region })
