import { refuseFile } from './file-refused.ts'

/** Boxes that hold other boxes on the way to metadata, and boxes that are metadata: place, device, thumbnails (ISO/IEC 14496-12 §8.10–8.11). */
const holders = new Set(['moov', 'trak'])
const metadata = new Set(['udta', 'meta', 'uuid', 'free', 'skip'])

/** The film with its metadata blanked where it stands: sizes stay, so the film's own offsets stay true. */
export function withoutPlaces(bytes: Buffer): Buffer {
  const film = Buffer.from(bytes)
  if (!blankMetadata(film, 0, film.length).includes('moov')) refuseFile('unreadable')
  return film
}

/** Boxes within boxes on the way to metadata: `moov`, `trak`, and one more than any camera writes. */
const deepestBox = 3

function blankMetadata(film: Buffer, from: number, to: number, depth = 0): string[] {
  if (depth > deepestBox) refuseFile('unreadable')
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
  if (at + 8 > to) refuseFile('unreadable')
  const size = film.readUInt32BE(at)
  const body = at + (size === 1 ? 16 : 8)
  const end = size === 0 ? to : at + (size === 1 && body <= to ? Number(film.readBigUInt64BE(at + 8)) : size)
  if (body > end || end > to) refuseFile('unreadable')
  return { type: film.toString('latin1', at + 4, at + 8), body, end }
}
