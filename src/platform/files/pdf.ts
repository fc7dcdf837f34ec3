import { constants, inflateRawSync } from 'node:zlib'
import { maxFileBytes, refuseFile } from './file-refused.ts'
import { skipSpace, textAt, valueAt, type Cursor, type Dictionary, type Value } from './pdf-values.ts'
import { holdsZip } from './zip.ts'

/** A PDF as it is; refused where something in it runs, loads or opens another file, and where that cannot be seen (ISO 32000-1 §12.6, §7.11.4). */
export function onlyPdf(bytes: Buffer): Buffer {
  if (!bytes.subarray(-1024).includes('%%EOF')) refuseFile('unreadable')
  if (holdsZip(bytes)) refuseFile('typeNotAllowed')
  const objects = [...objectsIn(bytes)]
  const packed = objects.filter(holdsObjects)
  // Its texts are locked, its names are not; but a packed object is locked as a whole.
  if (packed.length && objects.some(({ value }) => entriesOf(value).some(([key]) => key === 'Encrypt'))) refuseFile('locked')
  const all = [...objects, ...packed.flatMap((one) => unpackedFrom(bytes, one))]
  if (all.some(({ value, isStream }) => isActive(value) || (isStream && isElsewhere(value)))) refuseFile('active')
  const its: Looking = { named: Map.groupBy(all, ({ number }) => number), seen: new Set() }
  if (all.some(({ value }) => startsSomething(value, its))) refuseFile('active')
  return bytes
}

/** An object, by its number where it says one; of a stream its dictionary, and where its content begins. */
type Found = { number: number | undefined; value: Value; isStream: boolean; content: number }

/** So often may the same bytes be read: objects do not lie within one another but where somebody wants to keep the reader busy. */
const mostReadings = 8

/** Every object of a file, wherever it stands and whatever its table says: a reader may be led anywhere. A trailer counts as one. */
function* objectsIn(bytes: Buffer): Generator<Found> {
  let read = 0
  for (const [word, at] of beginningsIn(bytes)) {
    const its: Cursor = { bytes, at: at + word.length }
    skipSpace(its)
    if (!begins.test(bytes.toString('latin1', its.at, its.at + 2))) continue
    const value = valueAt(its)
    read += its.at - at
    if (read > mostReadings * bytes.length) refuseFile('unreadable')
    skipSpace(its)
    const isStream = bytes.toString('latin1', its.at, its.at + 6) === 'stream'
    yield { number: numberBefore(bytes, at), value, isStream, content: contentAfter(bytes, its.at + 6) }
  }
}

/** A dictionary, a list: nothing else does anything. */
const begins = /^(<<|\[)/

/** Three letters in the midst of a picture, or the end of an object, begin none: before the word stands a number, or something that is no part of a word. */
function* beginningsIn(bytes: Buffer): Generator<[string, number]> {
  for (const word of ['obj', 'trailer'])
    for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + 1))
      if (/^[\d\s\0()<>[\]{}/%]?$/.test(bytes.toString('latin1', Math.max(0, at - 1), at))) yield [word, at]
}

function numberBefore(bytes: Buffer, at: number): number | undefined {
  const [, number] = /(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]*$/.exec(bytes.toString('latin1', Math.max(0, at - 40), at)) ?? []
  return number === undefined ? undefined : Number(number)
}

const contentAfter = (bytes: Buffer, at: number): number => at + (bytes[at] === 13 && bytes[at + 1] === 10 ? 2 : 1)

const entriesOf = (value: Value): Dictionary['entries'] => (value.is === 'dictionary' ? value.entries : [])
const valuesOf = (value: Value, key: string): Value[] => entriesOf(value).flatMap(([its, one]) => (its === key ? [one] : []))
const nameIn = (value: Value): string | undefined => (value.is === 'name' ? value.name : undefined)

/** Objects may be packed into a stream (§7.5.7); some readers take any stream that says how many there are and where they begin. */
const holdsObjects = ({ value, isStream }: Found): boolean =>
  isStream &&
  (valuesOf(value, 'Type').some((type) => nameIn(type) === 'ObjStm') ||
    (valuesOf(value, 'N').length > 0 && valuesOf(value, 'First').length > 0))

/** What packed objects may unpack to. */
const mostUnpacked = 4 * maxFileBytes
const mostObjects = 200_000

function unpackedFrom(bytes: Buffer, { value, content }: Found): Found[] {
  const [count, first] = [numberOf(value, 'N'), numberOf(value, 'First')]
  const text = contentOf(bytes, value, content)
  if (count > mostObjects) refuseFile('unreadable')
  const head: Cursor = { bytes: text, at: 0 }
  const places = Array.from({ length: count }, () => ({ number: integerAt(head), at: first + integerAt(head) }))
  let read = 0
  return places.map(({ number, at }) => {
    const its: Cursor = { bytes: text, at }
    const value = valueAt(its)
    read += its.at - at
    if (read > mostReadings * text.length) refuseFile('unreadable')
    return { number, value, isStream: false, content: 0 }
  })
}

function integerAt(its: Cursor): number {
  skipSpace(its)
  const word = its.at < its.bytes.length ? textAt(its) : ''
  return /^\d{1,10}$/.test(word) ? Number(word) : refuseFile('unreadable')
}

/** A number that is said once, and here. */
function numberOf(value: Value, key: string): number {
  const [said, ...more] = valuesOf(value, key)
  return said?.is === 'number' && said.number >= 0 && more.length === 0 ? said.number : refuseFile('unreadable')
}

/** The content of a stream of objects, packed as every program packs one, or not at all. */
function contentOf(bytes: Buffer, value: Value, from: number): Buffer {
  const filters = valuesOf(value, 'Filter').flatMap((filter) => (filter.is === 'list' ? filter.items : [filter]))
  const isForeseen = valuesOf(value, 'DecodeParms').some((parameters) => !isPlain(parameters))
  if (isForeseen || filters.some((filter) => !flate.has(nameIn(filter) ?? ''))) refuseFile('unreadable')
  if (filters.length === 0) return bytes.subarray(from, Math.max(from, bytes.indexOf('endstream', from)))
  if (filters.length > 1 || ((bytes[from] ?? 0) & 15) !== 8 || (bytes[from + 1] ?? 0) & 32) refuseFile('unreadable')
  try {
    // Without the check at its end, and up to where it was cut: readers take what they get.
    return inflateRawSync(bytes.subarray(from + 2), { maxOutputLength: mostUnpacked, finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return refuseFile('unreadable')
  }
}

const flate = new Set(['FlateDecode', 'Fl'])

/** Parameters that change nothing: none, or no prediction. */
const isPlain = (parameters: Value): boolean =>
  parameters.is === 'other' ||
  (parameters.is === 'list'
    ? parameters.items.every(isPlain)
    : valuesOf(parameters, 'Predictor').every((one) => one.is === 'number' && one.number <= 1))

/** What a name alone tells of: code, programs and other files started, files and films within, forms that are programs. */
const active: ReadonlySet<string> = new Set([
  'JavaScript',
  'JS',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'RichMedia',
  'XFA',
  'GoToE',
  'GoToR',
  'ImportData',
  'SubmitForm',
  'Rendition',
  '3D',
])

function isActive(value: Value): boolean {
  if (value.is === 'name') return active.has(value.name)
  if (value.is === 'list') return value.items.some(isActive)
  return entriesOf(value).some(([key, one]) => active.has(key) || isActive(one)) || embeds(value)
}

/** A file specification with the file in it (§7.11.3). */
const embeds = (value: Value): boolean =>
  valuesOf(value, 'EF').length > 0 &&
  (['F', 'UF'].some((key) => valuesOf(value, key).length > 0) ||
    valuesOf(value, 'Type').some((type) => /^F(ilespec)?$/.test(nameIn(type) ?? '')))

/** A stream whose content is another file's (§7.3.8.2). */
const isElsewhere = (value: Value): boolean => valuesOf(value, 'F').length > 0

/** The objects of each number, and the actions that were looked at already: each shows a place, or there would be no more to look for. */
type Looking = { named: ReadonlyMap<number | undefined, readonly Found[]>; seen: Set<Value> }

/** Something is done when the file or a page of it is opened, or a mouse passes, other than to show a place in it. */
const startsSomething = (value: Value, its: Looking): boolean =>
  value.is === 'list'
    ? value.items.some((one) => startsSomething(one, its))
    : entriesOf(value).some(([key, one]) => (starts.get(key)?.(one, its) ?? false) || startsSomething(one, its))

/** What a key makes start: one action when the file is opened, or one for each of several occasions. */
const starts: ReadonlyMap<string, (value: Value, its: Looking) => boolean> = new Map([
  ['OpenAction', (value, its) => !isHarmless(value, its)],
  ['AA', (value, its) => targetsOf(value, its).some((at) => !at || entriesOf(at).some(([, action]) => !isHarmless(action, its)))],
])

const targetsOf = (value: Value, { named }: Looking): (Value | undefined)[] =>
  value.is === 'reference' ? (named.get(value.to)?.map((found) => found.value) ?? [undefined]) : [value]

/** Actions that show a place in the file, or a layer of it. */
const shows = new Set(['GoTo', 'Named', 'SetOCGState', 'Thread'])

/** Whether an action shows a place and nothing after it does more; one that is not there may be another in another reader's eyes. */
const isHarmless = (action: Value, its: Looking): boolean =>
  targetsOf(action, its).every((at) => {
    if (at?.is !== 'dictionary') return at !== undefined
    if (its.seen.has(at)) return true
    its.seen.add(at)
    const types = valuesOf(at, 'S')
    const next = valuesOf(at, 'Next').flatMap((one) => (one.is === 'list' ? one.items : [one]))
    return types.length > 0 && types.every((type) => shows.has(nameIn(type) ?? '')) && next.every((one) => isHarmless(one, its))
  })
