import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type Hmac,
  type KeyObject,
} from 'node:crypto'

/** How a column is encrypted: AES-256-GCM, or SM4-CTR with HMAC-SM3 (GB/T 32907, GB/T 32905) where commercial cryptography is required. */
export type Suite = 'aes256gcm' | 'sm4ctr-hmacsm3'

/**
 * The keys of one cell, kept outside the database. `keys` holds every data key still in use by its id; `current` seals new values. `learn` looks
 * again for a key that is not among them: another process may have added it since.
 */
export type Keyring = {
  readonly suite: Suite
  readonly current: string
  readonly keys: ReadonlyMap<string, Buffer>
  readonly learn?: (kid: string) => Buffer | undefined
  readonly blind: Buffer
  readonly auditKey: KeyObject
  readonly contextKey: Buffer
}

/** The one cell of the database a sealed value belongs to. It cannot be opened anywhere else. */
export type Place = { readonly table: string; readonly column: string; readonly row: string; readonly region: string }

/** Stands for the region of what belongs to no county, such as an account's phone. */
export const nationwide = '00'

/** A sealed value that must not be trusted: not our format, sealed under a key we do not hold, or altered or moved from its place. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
  readonly code: 'malformed' | 'unknownKey' | 'tampered'

  constructor(code: SealBroken['code'], detail: string) {
    super(detail)
    this.code = code
  }
}

/** What sealing takes of a keyring. */
export type DataKeys = Pick<Keyring, 'suite' | 'current' | 'keys' | 'learn'>
/** A sealed value in its parts. */
export type Sealed = { readonly suite: Suite; readonly kid: string; readonly iv: Buffer; readonly ct: Buffer; readonly tag: Buffer }
type Box = Pick<Sealed, 'ct' | 'tag'>

/** The value as text fit for a column, `suite|kid|iv|ct|tag`, bound to its place. */
export function seal(ring: DataKeys, plain: string, place: Place): string {
  const { suite, kid, iv, ct, tag } = lock(ring, Buffer.from(plain, 'utf8'), place)
  return [suite, kid, ...[iv, ct, tag].map((part) => part.toString('base64url'))].join('|')
}

/** The value that was sealed at this place. Throws `SealBroken` for an altered text, another place or a key we do not hold. */
export const unseal = (ring: DataKeys, sealed: string, place: Place): string => unlock(ring, parse(sealed), place).toString('utf8')

/** Bytes under the current key, bound to their place. */
export function lock(ring: DataKeys, plain: Buffer, place: Place): Sealed {
  const { update, end, ...its } = locking(ring, place)
  const ct = update(plain)
  return { ...its, ct, tag: end() }
}

/** The same piece by piece, for what is too large to be held twice: each comes back locked, and at the end the tag over all of them. */
export function locking(ring: DataKeys, place: Place): Pick<Sealed, 'suite' | 'kid' | 'iv'> & Locking & { tagBytes: number } {
  const { suite, current: kid } = ring
  const { ivBytes, tagBytes, lock: begin } = ciphers[suite]
  const iv = randomBytes(ivBytes)
  return { suite, kid, iv, tagBytes, ...begin(dataKey(ring, kid), iv, bindings(suite, kid, place)) }
}

/** The bytes that were locked at this place; throws as `unseal` does. */
export const unlock = (ring: DataKeys, { suite, kid, iv, ct, tag }: Sealed, place: Place): Buffer =>
  ciphers[suite].unlock(dataKey(ring, kid), iv, bindings(suite, kid, place), { ct, tag })

/** The same value under the current key and suite, or null when it is there already. The step a key rotation repeats. */
export function reseal(ring: DataKeys, sealed: string, place: Place): string | null {
  const { suite, kid } = parse(sealed)
  return suite === ring.suite && kid === ring.current ? null : seal(ring, unseal(ring, sealed, place), place)
}

/** What a stored number, login or address is found by: 128 bits of HMAC-SM3 as hex, different in every region and for every kind. */
export function blindIndex(
  ring: Pick<Keyring, 'blind'>,
  kind: 'idNumber' | 'phone' | 'login' | 'address',
  region: string,
  normalised: string,
): string {
  if (region === '' || normalised === '')
    throw new Error(`A blind index of ${kind} needs a region and a value: an empty one would match every blank.`)
  const key = derive('sm3', ring.blind, `blind:${kind}`, 32)
  return createHmac('sm3', key)
    .update(JSON.stringify([region, normalised]))
    .digest()
    .subarray(0, 16)
    .toString('hex')
}

/** Drawn for each thing whose digest might otherwise be guessed from. */
export const newSalt = (): string => randomBytes(16).toString('base64url')

/** A key for one use, made of the key that is never rotated: what is digested under it is compared years later. */
export const subkey = (ring: Pick<Keyring, 'blind'>, use: 'said' | 'kept'): KeyObject => derive('sha256', ring.blind, use, 32)

const ciphers: Record<Suite, { ivBytes: number; tagBytes: number; lock: Lock; unlock: Unlock }> = {
  // A random 96-bit IV is safe for 2³² values under one key (NIST SP 800-38D §8.3); a key is rotated long before.
  aes256gcm: { ivBytes: 12, tagBytes: 16, lock: lockGcm, unlock: unlockGcm },
  'sm4ctr-hmacsm3': { ivBytes: 16, tagBytes: 32, lock: lockSm, unlock: unlockSm },
}

type Locking = { update(plain: Buffer): Buffer; end(): Buffer }
type Lock = (key: Buffer, iv: Buffer, aad: Buffer) => Locking
type Unlock = (key: Buffer, iv: Buffer, aad: Buffer, box: Box) => Buffer

function lockGcm(key: Buffer, iv: Buffer, aad: Buffer): Locking {
  const cipher = createCipheriv('aes-256-gcm', derive('sha256', key, 'aes256gcm', 32), iv).setAAD(aad)
  return {
    update: (plain) => cipher.update(plain), // all of it: a counter mode holds nothing back
    end() {
      cipher.final()
      return cipher.getAuthTag()
    },
  }
}

function unlockGcm(key: Buffer, iv: Buffer, aad: Buffer, { ct, tag }: Box): Buffer {
  const options = { authTagLength: ciphers.aes256gcm.tagBytes }
  const decipher = createDecipheriv('aes-256-gcm', derive('sha256', key, 'aes256gcm', 32), iv, options)
    .setAAD(aad)
    .setAuthTag(tag)
  const plain = decipher.update(ct) // all of it: a counter mode holds nothing back
  try {
    decipher.final()
  } catch {
    throw tampered()
  }
  return plain
}

function lockSm(key: Buffer, iv: Buffer, aad: Buffer): Locking {
  const cipher = createCipheriv('sm4-ctr', derive('sm3', key, 'sm4ctr-hmacsm3:encrypt', 16), iv)
  const mac = macSm(key, iv, aad)
  return {
    update(plain) {
      const ct = cipher.update(plain) // likewise
      mac.update(ct)
      return ct
    },
    end: () => mac.digest(),
  }
}

function unlockSm(key: Buffer, iv: Buffer, aad: Buffer, { ct, tag }: Box): Buffer {
  if (!timingSafeEqual(macSm(key, iv, aad).update(ct).digest(), tag)) throw tampered()
  const decipher = createDecipheriv('sm4-ctr', derive('sm3', key, 'sm4ctr-hmacsm3:encrypt', 16), iv)
  return Buffer.concat([decipher.update(ct), decipher.final()])
}

/** Over what is bound, and then over the ciphertext, which the caller adds. */
function macSm(key: Buffer, iv: Buffer, aad: Buffer): Hmac {
  // The length keeps bindings and ciphertext apart: without it, bytes could move from one to the other under the same tag.
  const length = Buffer.alloc(4)
  length.writeUInt32BE(aad.length)
  const mac = createHmac('sm3', derive('sm3', key, 'sm4ctr-hmacsm3:authenticate', 32))
  return mac.update(length).update(aad).update(iv)
}

/**
 * One key per use from one stored key (RFC 5869), as the key object ciphers take: from plain bytes they would make one for every value, which
 * costs three times the sealing. Remembered as long as the stored key is.
 */
function derive(digest: 'sha256' | 'sm3', key: Buffer, use: string, bytes: number): KeyObject {
  const uses = derived.get(key) ?? new Map<string, KeyObject>()
  const found = uses.get(use) ?? createSecretKey(Buffer.from(hkdfSync(digest, key, '', `fahui:${use}`, bytes)))
  derived.set(key, uses.set(use, found))
  return found
}

const derived = new WeakMap<Buffer, Map<string, KeyObject>>()

// JSON, not a joined string: a separator inside a value must not make two places look alike.
const bindings = (suite: Suite, kid: string, { table, column, row, region }: Place): Buffer =>
  Buffer.from(JSON.stringify([suite, kid, table, column, row, region]), 'utf8')

function dataKey(ring: DataKeys, kid: string): Buffer {
  const key = ring.keys.get(kid) ?? ring.learn?.(kid)
  if (!key)
    throw new SealBroken(
      'unknownKey',
      `No data key ${kid} in the key folder. Was a key file removed, or the database restored without its keys?`,
    )
  return key
}

const tampered = (): SealBroken =>
  new SealBroken('tampered', 'A sealed value was altered, or copied from another row, column, table or region.')

const isSuite = (text: string): text is Suite => Object.hasOwn(ciphers, text)

function parse(sealed: string): Sealed {
  const [suite = '', kid = '', ...parts] = sealed.split('|')
  const [iv, ct, tag, ...rest] = parts.map(decoded)
  if (!iv || !ct || !tag || rest.length > 0) throw malformed()
  return sealedOf(suite, kid, { iv, ct, tag })
}

/** The parts of a sealed value, each as long as its suite has it; throws `SealBroken` otherwise. */
export function sealedOf(suite: string, kid: string, { iv, ct, tag }: Pick<Sealed, 'iv' | 'ct' | 'tag'>): Sealed {
  if (!isSuite(suite) || kid === '') throw malformed()
  if (iv.length !== ciphers[suite].ivBytes || tag.length !== ciphers[suite].tagBytes) throw malformed()
  return { suite, kid, iv, ct, tag }
}

/**
 * Node reads base64url leniently; only the one spelling we write is accepted, so that no altered text opens. Whole groups of four letters are
 * spelt in one way only, once what it skips, and the two letters of plain base64 it takes as well, are ruled out; the last group is spelt again.
 */
function decoded(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  const isWhole = bytes.length === Math.floor((text.length * 3) / 4) && !text.includes('+') && !text.includes('/')
  const last = text.length & ~3
  if (!isWhole || bytes.toString('base64url', (last * 3) / 4) !== text.slice(last)) throw malformed()
  return bytes
}

const malformed = (): SealBroken =>
  new SealBroken('malformed', 'Not a sealed value. Was the column read raw, written unsealed, or cut short?')
