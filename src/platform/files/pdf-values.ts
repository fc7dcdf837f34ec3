import { refuseFile } from './file-refused.ts'

/** What stands in a PDF where a value may (ISO 32000-1 §7.3). Names are decoded, since `/J#53` is `/JS`; a dictionary keeps a key that stands twice, since readers differ over which counts; texts and numbers are not told apart. */
export type Value =
  | { is: 'name'; name: string }
  | { is: 'dictionary'; entries: readonly (readonly [key: string, value: Value])[] }
  | { is: 'list'; items: readonly Value[] }
  | { is: 'reference'; to: number }
  | { is: 'number'; number: number }
  | { is: 'other' }

export type Dictionary = Extract<Value, { is: 'dictionary' }>

/** A place in a text that is being read. */
export type Cursor = { readonly bytes: Buffer; at: number }

/** Values within values: deeper than any program writes, and far less than a stack holds. */
const deepest = 100

const space = new Set([0, 9, 10, 12, 13, 32])
const delimiters = new Set([...'()<>[]{}/%'].map((one) => one.charCodeAt(0)))
const isRegular = (byte: number | undefined): byte is number => byte !== undefined && !space.has(byte) && !delimiters.has(byte)
const newline = new Set([10, 13])

type Reader = (its: Cursor, depth: number) => Value

/** What begins with these bytes, and how it is read; anything else is a word. */
const readers: Readonly<Record<string, Reader>> = {
  '/': (its) => ({ is: 'name', name: nameAt(its) }),
  '(': skipText,
  '[': (its, depth) => ({ is: 'list', items: listAt(its, depth) }),
  '<': (its, depth) => (its.bytes[its.at + 1] === 0x3c ? dictionaryAt(its, depth) : skipHex(its)),
}

/** The value that begins here; refuses a file that ends in its midst. */
export function valueAt(its: Cursor, depth = 0): Value {
  if (depth > deepest) refuseFile('unreadable')
  skipSpace(its)
  const byte = its.bytes[its.at] ?? refuseFile('unreadable')
  const read: Reader = readers[String.fromCharCode(byte)] ?? wordAt
  return read(its, depth)
}

/** Goes on past white space and comments. */
export function skipSpace(its: Cursor): void {
  for (;;) {
    const byte = its.bytes[its.at]
    if (byte === 0x25) while (its.at < its.bytes.length && !newline.has(its.bytes[its.at] ?? 0)) its.at++
    else if (byte === undefined || !space.has(byte)) return
    else its.at++
  }
}

function nameAt(its: Cursor): string {
  const from = ++its.at
  while (isRegular(its.bytes[its.at])) its.at++
  return its.bytes
    .toString('latin1', from, its.at)
    .replaceAll(/#([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function skipText(its: Cursor): Value {
  for (let open = 0; its.at < its.bytes.length; its.at++) {
    const byte = its.bytes[its.at]
    if (byte === 0x5c) its.at++
    else if (byte === 0x28) open++
    else if (byte === 0x29 && --open === 0) {
      its.at++
      return { is: 'other' }
    }
  }
  return refuseFile('unreadable')
}

function skipHex(its: Cursor): Value {
  const end = its.bytes.indexOf('>', its.at)
  if (end < 0) refuseFile('unreadable')
  its.at = end + 1
  return { is: 'other' }
}

function listAt(its: Cursor, depth: number): Value[] {
  const items: Value[] = []
  its.at++
  for (;;) {
    skipSpace(its)
    if (its.bytes[its.at] === 0x5d) break
    items.push(valueAt(its, depth + 1))
  }
  its.at++
  return items
}

/** Readers go on past a value that has no key: it is kept under none. */
function dictionaryAt(its: Cursor, depth: number): Value {
  const entries: [string, Value][] = []
  its.at += 2
  for (;;) {
    skipSpace(its)
    if (its.bytes[its.at] === 0x3e) break
    const key = its.bytes[its.at] === 0x2f ? nameAt(its) : ''
    skipSpace(its)
    if (its.bytes[its.at] === 0x3e) entries.push([key, { is: 'other' }])
    else entries.push([key, valueAt(its, depth + 1)])
  }
  its.at += its.bytes[its.at + 1] === 0x3e ? 2 : 1
  return { is: 'dictionary', entries }
}

/** Its bytes; a byte that begins nothing is a word by itself, so that reading goes on. */
export function textAt(its: Cursor): string {
  const from = its.at
  while (isRegular(its.bytes[its.at])) its.at++
  if (its.at === from) its.at++
  return its.bytes.toString('latin1', from, its.at)
}

function wordAt(its: Cursor): Value {
  const word = textAt(its)
  if (!/^[+-]?\d+$/.test(word)) return { is: 'other' }
  const { at } = its
  if (isWord(its, /^\d+$/) && isWord(its, /^R$/)) return { is: 'reference', to: Number(word) }
  its.at = at
  return { is: 'number', number: Number(word) }
}

/** Whether such a word comes next; goes on past it. */
function isWord(its: Cursor, like: RegExp): boolean {
  skipSpace(its)
  return isRegular(its.bytes[its.at]) && like.test(textAt(its))
}
