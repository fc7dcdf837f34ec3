import { lock, locking, SealBroken, sealedOf, unlock, type DataKeys, type Place, type Sealed } from './crypto.ts'

/** The line sealed bytes begin with: no file we take in begins so, and what has it not is plain. */
const mark = 'fahui-sealed'

/** As many bytes from the start as hold that line, whatever the suite. */
export const headBytes = 256

/** What is sealed as it is written down: the pieces come after a line of `headLength`, which `head` tells once all of them were taken. */
export type Sealing = { headLength: number; pieces: AsyncIterable<Buffer>; head(): Buffer }

/** Bytes sealed and bound to their place, for what is too large for a column: a line `fahui-sealed|suite|kid|iv|tag`, then the ciphertext. No more than a piece of them is held. */
export function sealPieces(ring: DataKeys, plain: Iterable<Buffer> | AsyncIterable<Buffer>, place: Place): Sealing {
  const { suite, kid, iv, tagBytes, update, end } = locking(ring, place)
  const headWith = (tag: Buffer) => headFor({ suite, kid, iv, tag })
  async function* pieces(): AsyncGenerator<Buffer> {
    for await (const piece of plain) yield update(piece)
  }
  return { headLength: headWith(Buffer.alloc(tagBytes)).length, pieces: pieces(), head: () => headWith(end()) }
}

/** The same for what is in memory as a whole. */
export function sealBytes(ring: DataKeys, plain: Buffer, place: Place): Buffer {
  const sealed = lock(ring, plain, place)
  return Buffer.concat([headFor(sealed), sealed.ct])
}

/** Bytes that are sealed already, to be written as they lie. */
export const sealedAlready = (bytes: Buffer): Sealing => ({ headLength: 0, pieces: inOnePiece(bytes), head: () => Buffer.alloc(0) })

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

/** The bytes that were sealed at this place; throws `SealBroken` for altered bytes, another place or a key we do not hold. */
export function unsealBytes(ring: DataKeys, sealed: Buffer, place: Place): Buffer {
  const { suite, kid, iv, tag, length } = headOf(sealed)
  const part = (text: string) => Buffer.from(text, 'base64url')
  return unlock(ring, sealedOf(suite, kid, { iv: part(iv), tag: part(tag), ct: sealed.subarray(length) }), place)
}

/** Whether bytes are sealed at all; their first 256 are enough to tell. */
export const isSealed = (bytes: Buffer): boolean => bytes.subarray(0, mark.length + 1).toString('latin1') === `${mark}|`

/** Whether sealed bytes are under the current key and suite already; their first 256 are enough to tell. */
export function isCurrent(ring: DataKeys, bytes: Buffer): boolean {
  const { suite, kid } = headOf(bytes)
  return suite === ring.suite && kid === ring.current
}

const headFor = ({ suite, kid, iv, tag }: Omit<Sealed, 'ct'>): Buffer =>
  Buffer.from(`${[mark, suite, kid, iv.toString('base64url'), tag.toString('base64url')].join('|')}\n`, 'latin1')

function headOf(bytes: Buffer) {
  const end = bytes.subarray(0, headBytes).indexOf('\n')
  const [its, suite = '', kid = '', iv = '', tag = '', ...rest] = bytes.subarray(0, Math.max(end, 0)).toString('latin1').split('|')
  if (its !== mark || rest.length > 0)
    throw new SealBroken('malformed', 'Not sealed bytes. Was a file cut short, or a plain one asked for as sealed?')
  return { suite, kid, iv, tag, length: end + 1 }
}
