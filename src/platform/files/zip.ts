import { inflateRawSync } from 'node:zlib'
import { maxFileBytes, refuseFile } from './file-refused.ts'

/** A part of an archive, unpacked. */
export type Part = { readonly name: string; readonly bytes: Buffer }

/** What an archive may unpack to: ten times the largest file we take, and still far below what a bomb needs. */
const most = { bytes: 10 * maxFileBytes, parts: 2000 }
/** Text packs to a fiftieth, a blank picture to a few hundredths; what packs better and is large besides is made to burst. */
const burst = { ratio: 200, bytes: 4 * 1024 * 1024 }

type Entry = { name: string; method: number; flags: number; packed: number; size: number; at: number }

/**
 * The parts of an archive, each unpacked and found to be what the directory says of it. Refuses what readers of archives would take differently: a directory that
 * does not close the file, parts that lie over one another, a name twice or with a path out of it, a size that is not the declared one.
 */
export function unzipped(bytes: Buffer): Part[] {
  const { entries, start } = directoryOf(bytes)
  if (entries.length > most.parts || entries.reduce((sum, { size }) => sum + size, 0) > most.bytes) refuseFile('tooLarge')
  const names = new Set(entries.map(({ name }) => name.toLowerCase()))
  if (names.size < entries.length || entries.some(({ name }) => /\\|^\/|(^|\/)\.\.(\/|$)|\0/.test(name))) refuseFile('unreadable')
  let free = 0
  return entries
    .toSorted((a, b) => a.at - b.at)
    .map((entry) => {
      const { content, end } = contentOf(bytes, entry, start)
      if (entry.at < free) refuseFile('unreadable')
      free = end
      return { name: entry.name, bytes: content }
    })
}

/** Where the end record of a ZIP archive begins, when the file closes with one (PKWARE APPNOTE §4.3.16). */
function zipEnd(bytes: Buffer): number | null {
  const furthest = bytes.length - 22 - 0xffff
  for (const at of endsIn(bytes)) {
    if (at < furthest) return null
    if (at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return at
  }
  return null
}

/** Every place, the last first, where the end record of an archive could begin. */
function* endsIn(bytes: Buffer): Generator<number> {
  for (let at = bytes.lastIndexOf('PK\x05\x06'); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf('PK\x05\x06', at - 1))
    if (at + 22 <= bytes.length) yield at
}

/** Whether an archive that a reader would open lies anywhere in a file of another kind: behind its end, or in its midst. */
export function holdsZip(bytes: Buffer): boolean {
  if (zipEnd(bytes) !== null) return true
  for (const at of endsIn(bytes)) {
    const start = at - bytes.readUInt32LE(at + 12)
    if (start >= 0 && start < at && bytes.readUInt32LE(start) === central) return true
  }
  return false
}

const central = 0x02014b50
const local = 0x04034b50

function directoryOf(bytes: Buffer): { entries: Entry[]; start: number } {
  const end = zipEnd(bytes) ?? refuseFile('unreadable')
  const start = bytes.readUInt32LE(end + 16)
  const entries: Entry[] = []
  let at = start
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== central) refuseFile('unreadable')
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    entries.push({
      name: bytes.toString('utf8', at + 46, nameEnd),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    })
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  // What is in the directory's place and not in the directory would be seen by a reader that counts otherwise.
  if (at !== end && !isLargeEnd(bytes, { at, end, start })) refuseFile('unreadable')
  return { entries, start }
}

/** The end record for archives above four gigabytes, which some programs write in any case: it must tell of the same directory. */
const isLargeEnd = (bytes: Buffer, { at, end, start }: Record<'at' | 'end' | 'start', number>): boolean =>
  end - at === 76 && bytes.readUInt32LE(at) === 0x06064b50 && bytes.readBigUInt64LE(at + 48) === BigInt(start)

/** Set where a part is encrypted. */
const encrypted = 1

const unpack: Readonly<Record<number, (packed: Buffer, size: number) => Buffer>> = {
  0: (packed) => packed,
  // One byte of room more than declared: what has more to say overflows it.
  8: (packed, size) => inflateRawSync(packed, { maxOutputLength: size + 1 }),
}

function contentOf(bytes: Buffer, { name, method, flags, packed, size, at }: Entry, start: number): { content: Buffer; end: number } {
  const body = at + 30 + (at + 30 <= start ? bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28) : 0)
  const end = body + packed
  if (end > start || body === at + 30 || bytes.readUInt32LE(at) !== local) refuseFile('unreadable')
  if (bytes.toString('utf8', at + 30, at + 30 + bytes.readUInt16LE(at + 26)) !== name) refuseFile('unreadable')
  if (flags & encrypted) refuseFile('locked')
  if (size > burst.bytes && size > burst.ratio * packed) refuseFile('tooLarge')
  const content = unpacked(bytes.subarray(body, end), method, size)
  if (content.length !== size) refuseFile('unreadable')
  return { content, end }
}

function unpacked(packed: Buffer, method: number, size: number): Buffer {
  try {
    return unpack[method]?.(packed, size) ?? refuseFile('unreadable')
  } catch {
    // Damaged, longer than declared, or packed in a way no office program writes.
    return refuseFile('unreadable')
  }
}
