import { fileTypeFromBuffer } from 'file-type'
import sharp, { type Sharp } from 'sharp'

/** The largest file a person may hand in: 25 MB, a scanned contract or a minute of video. */
export const maxFileBytes = 25 * 1024 * 1024

/** A file that is not taken in, and why: too large, of a kind we do not accept, damaged, or empty. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly code: 'tooLarge' | 'typeNotAllowed' | 'unreadable' | 'empty'

  constructor(code: FileRefused['code']) {
    super(`A file was refused: ${code}.`)
    this.code = code
  }
}

type Kind = { readonly mime: string; readonly extension: string; readonly magic: string; readonly at: number; readonly clean: Clean }
type Clean = (bytes: Buffer) => Buffer | Promise<Buffer>

const jpeg = { mime: 'image/jpeg', extension: 'jpg', clean: (bytes: Buffer) => redrawn(bytes, (image) => image.jpeg({ quality: 90 })) }
const heic = { ...jpeg, magic: 'ftyp', at: 4 }
const wordMime = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** What is accepted, by the type its first bytes show. The magic is checked again because `file-type` looks past a leading tag. */
const kinds: Readonly<Record<string, Kind>> = {
  'image/jpeg': { ...jpeg, magic: '\xff\xd8\xff', at: 0 },
  'image/png': {
    mime: 'image/png',
    extension: 'png',
    magic: '\x89PNG\r\n\x1a\n',
    at: 0,
    clean: (bytes) => redrawn(bytes, (image) => image.png()),
  },
  // Kept as JPEG, which every browser and court printer opens.
  'image/heic': heic,
  'image/heif': heic,
  'application/pdf': { mime: 'application/pdf', extension: 'pdf', magic: '%PDF-', at: 0, clean: onlyPdf },
  [wordMime]: { mime: wordMime, extension: 'docx', magic: 'PK\x03\x04', at: 0, clean: onlyWord },
  'video/mp4': { mime: 'video/mp4', extension: 'mp4', magic: 'ftyp', at: 4, clean: withoutPlaces },
}

/** All of an upload, or `FileRefused` where it is empty or too large. */
export async function gather(source: Buffer | AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
    total += chunk.length
    // Leaving the loop closes the source, so the rest of an endless upload is never read.
    if (total > maxFileBytes) throw new FileRefused('tooLarge')
    chunks.push(chunk)
  }
  if (total === 0) throw new FileRefused('empty')
  return Buffer.concat(chunks)
}

/** What is kept of what was handed in, by what its bytes show; `FileRefused` for a kind we do not take, and for one that is damaged. */
export async function cleaned(bytes: Buffer): Promise<Pick<Kind, 'mime' | 'extension'> & { bytes: Buffer }> {
  const kind = kinds[(await detected(bytes)) ?? '']
  if (!kind || !startsAs(bytes, kind)) throw new FileRefused('typeNotAllowed')
  return { bytes: await kind.clean(bytes), mime: kind.mime, extension: kind.extension }
}

const startsAs = (bytes: Buffer, { magic, at }: Kind): boolean => bytes.subarray(at, at + magic.length).toString('latin1') === magic

async function detected(bytes: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime
  } catch {
    // A file made to confuse the detector is damaged as far as we are concerned.
    throw new FileRefused('unreadable')
  }
}

/** 64 megapixels: above any phone's usual photograph, and 192 MB when decoded. */
const maxPixels = 64_000_000

/** The picture drawn anew, upright: what is not picture (place, time, device, anything hidden behind it) stays behind. */
async function redrawn(bytes: Buffer, encode: (image: Sharp) => Sharp): Promise<Buffer> {
  try {
    return await encode(sharp(bytes, { limitInputPixels: maxPixels }).autoOrient()).toBuffer()
  } catch {
    // Cut short, too many pixels, or a codec this build of sharp lacks (HEVC, and so most HEIC photographs).
    throw new FileRefused('unreadable')
  }
}

function onlyPdf(bytes: Buffer): Buffer {
  if (!bytes.subarray(-1024).includes('%%EOF')) throw new FileRefused('unreadable')
  if (zipEnd(bytes) !== null) throw new FileRefused('typeNotAllowed')
  return bytes
}

/** Unpacked size and parts a Word file may have: ten times the largest we would take, and still far below what a bomb needs. */
const maxUnpacked = { bytes: 10 * maxFileBytes, parts: 2000 }

function onlyWord(bytes: Buffer): Buffer {
  const parts = zipParts(bytes)
  if (parts.some(({ name }) => /vbaproject/i.test(name))) throw new FileRefused('typeNotAllowed')
  const unpacked = parts.reduce((sum, { size }) => sum + size, 0)
  if (parts.length > maxUnpacked.parts || unpacked > maxUnpacked.bytes) throw new FileRefused('tooLarge')
  return bytes
}

/** Where the end record of a ZIP archive begins, when the file closes with one (PKWARE APPNOTE §4.3.16). */
function zipEnd(bytes: Buffer): number | null {
  const furthest = bytes.length - 22 - 0xffff
  for (let at = bytes.lastIndexOf('PK\x05\x06'); at >= Math.max(0, furthest); at = at === 0 ? -1 : bytes.lastIndexOf('PK\x05\x06', at - 1))
    if (at + 22 <= bytes.length && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return at
  return null
}

function zipParts(bytes: Buffer): { name: string; size: number }[] {
  const end = zipEnd(bytes)
  if (end === null) throw new FileRefused('unreadable')
  const parts = []
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) throw new FileRefused('unreadable')
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    parts.push({ name: bytes.toString('utf8', at + 46, nameEnd), size: bytes.readUInt32LE(at + 24) })
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}

/** Boxes that hold other boxes on the way to metadata, and boxes that are metadata: place, device, thumbnails (ISO/IEC 14496-12 §8.10–8.11). */
const holders = new Set(['moov', 'trak'])
const metadata = new Set(['udta', 'meta', 'uuid', 'free', 'skip'])

/** The film with its metadata blanked where it stands: sizes stay, so the film's own offsets stay true. */
function withoutPlaces(bytes: Buffer): Buffer {
  const film = Buffer.from(bytes)
  if (!blankMetadata(film, 0, film.length).includes('moov')) throw new FileRefused('unreadable')
  return film
}

/** Boxes within boxes on the way to metadata: `moov`, `trak`, and one more than any camera writes. */
const deepestBox = 3

function blankMetadata(film: Buffer, from: number, to: number, depth = 0): string[] {
  if (depth > deepestBox) throw new FileRefused('unreadable')
  const types: string[] = []
  for (let at = from; at < to;) {
    const { type, body, end } = boxAt(film, at, to)
    if (holders.has(type)) blankMetadata(film, body, end, depth + 1)
    if (metadata.has(type)) film.fill(0, body, end).write('free', at + 4, 'latin1')
    types.push(type)
    at = end
  }
  return types
}

function boxAt(film: Buffer, at: number, to: number): { type: string; body: number; end: number } {
  if (at + 8 > to) throw new FileRefused('unreadable')
  const size = film.readUInt32BE(at)
  const body = at + (size === 1 ? 16 : 8)
  const end = size === 0 ? to : at + (size === 1 && body <= to ? Number(film.readBigUInt64BE(at + 8)) : size)
  if (body > end || end > to) throw new FileRefused('unreadable')
  return { type: film.toString('latin1', at + 4, at + 8), body, end }
}

/** The person's own name for the file with the ending its content calls for; no folders, no invisible characters, at most 80 characters. */
export function servedName(name: string, extension: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const stem = base
    .replaceAll(/\p{C}/gu, '')
    .replace(/\.[^.]*$/, '')
    .trim()
  return `${Array.from(stem).slice(0, 80).join('') || '文件'}.${extension}`
}
