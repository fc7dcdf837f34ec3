import { createHash, sign, verify, type KeyObject } from 'node:crypto'

/** The hash a seal is built with; SM3 where commercial cryptography is required. */
export type Digest = 'sha256' | 'sm3'

/** What a seal says: the batch's root, the first and last place in it, when it was made, and the head before it (null for the first). Of version 1 the places are transaction ids, of version 2 they are counted without gaps. */
export type Head = {
  readonly version: 1 | 2
  readonly previous: string | null
  readonly root: string
  readonly from: number
  readonly to: number
  readonly at: string
}

/** A head with the sealer's Ed25519 signature, base64url. */
export type SignedHead = Head & { readonly signature: string }

/** Audit rows sealed together: their leaves in order, and the head over them. */
export type Batch = { readonly head: SignedHead; readonly leaves: readonly Buffer[] }

/**
 * The fingerprint of one audit row. The salt, drawn per row, keeps a row from being guessed from its leaf; when the row and its salt
 * are erased (个人信息保护法 §47) the leaf stays, and the log still proves itself.
 */
export function leaf(row: unknown, salt: Buffer, digest: Digest = 'sha256'): Buffer {
  if (salt.length < 16 || salt.length > 255) throw new Error(`A leaf needs 16 to 255 bytes of salt, not ${salt.length}.`)
  return hashOf(digest, Buffer.of(leafMark, salt.length), salt, Buffer.from(canonicalJson(row), 'utf8'))
}

/** One root over all leaves in order (RFC 6962 §2.1), so no row can change, go, come or move unseen. */
export function merkleRoot(leaves: readonly Buffer[], digest: Digest = 'sha256'): Buffer {
  let level = leaves
  while (level.length > 1) level = raised(level, digest)
  return level[0] ?? hashOf(digest)
}

/** The one spelling of a JSON value: keys in code-unit order, no blanks (RFC 8785). Throws for what JSON cannot tell apart or hold. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object')
    throw new Error(`JSON has no ${typeof value} (${String(value)}). Is a column read as a bigint, or left undefined?`)
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON())
  if (Object.prototype.toString.call(value) !== '[object Object]')
    throw new Error('Only plain objects and lists have one spelling in JSON.')
  return canonicalObject(value)
}

/** Seals a batch: the head, signed with the audit key. */
export function signHead(key: KeyObject, { version, previous, root, from, to, at }: Head): SignedHead {
  const head = { version, previous, root, from, to, at }
  return { ...head, signature: sign(null, textOf(head), key).toString('base64url') }
}

/** Whether the sealer signed exactly this head. */
export const verifyHead = (publicKey: KeyObject, head: SignedHead): boolean =>
  verify(null, textOf(head), publicKey, Buffer.from(head.signature, 'base64url'))

/** What the next head names as `previous`, and what a witness outside keeps: SHA-256 over the head and its signature, hex. */
export const headHash = (head: SignedHead): string =>
  hashOf('sha256', textOf(head), Buffer.from(head.signature, 'base64url')).toString('hex')

/**
 * The place of the first batch that is not as it was sealed, or null; of what was read only the last head is kept, and nothing after a broken batch is.
 * `witnessed` is the last head's hash as kept elsewhere: without it, the end of the log could be cut off unseen; a log that stops short of it is
 * broken at its end.
 */
export async function brokenBatch(
  publicKey: KeyObject,
  batches: AsyncIterable<Batch> | Iterable<Batch>,
  witnessed: string | null,
  digest: Digest = 'sha256',
): Promise<number | null> {
  let before: SignedHead | null = null
  let isWhole = witnessed === null
  let place = 0
  let counted = 0
  for await (const batch of batches) {
    if (!follows({ before, counted }, batch, publicKey, digest)) return place
    isWhole ||= headHash(batch.head) === witnessed
    before = batch.head
    counted += batch.leaves.length
    place += 1
  }
  return isWhole ? null : place
}

/** The head before, and how many rows lie under it and those before it. */
type SoFar = { before: SignedHead | null; counted: number }

function follows({ before, counted }: SoFar, { head, leaves }: Batch, publicKey: KeyObject, digest: Digest): boolean {
  const isInOrder =
    head.version === 2
      ? head.from === counted + 1 && head.to === counted + leaves.length
      : head.from <= head.to && (before === null || (before.version === 1 && head.from > before.to))
  const isChained = head.previous === (before === null ? null : headHash(before))
  return isInOrder && isChained && verifyHead(publicKey, head) && merkleRoot(leaves, digest).toString('hex') === head.root
}

/** Marks keep a leaf from passing for a branch, and so a forged tree from having the same root. */
const leafMark = 0
const branchMark = 1

function raised(level: readonly Buffer[], digest: Digest): Buffer[] {
  const next: Buffer[] = []
  for (let at = 0; at < level.length; at += 2) {
    const pair = level.slice(at, at + 2)
    // A last leaf without a partner rises alone: doubling it would let a copied last row go unseen.
    next.push(pair.length === 2 ? hashOf(digest, Buffer.of(branchMark), ...pair) : Buffer.concat(pair))
  }
  return next
}

function canonicalObject(value: object): string {
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  // The default order is by code unit, as RFC 8785 §3.2.3 asks; a locale would differ between machines.
  const spelled = members.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
  return `{${spelled.join(',')}}`
}

// The first line keeps a signature from being passed off as one over something else the audit key might sign.
const textOf = ({ version, previous, root, from, to, at }: Head): Buffer =>
  Buffer.from(`fahui audit head ${version}\n${canonicalJson({ previous, root, from, to, at })}`, 'utf8')

const hashOf = (digest: Digest, ...parts: Buffer[]): Buffer => createHash(digest).update(Buffer.concat(parts)).digest()
