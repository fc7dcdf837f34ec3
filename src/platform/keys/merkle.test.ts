import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenBatch, canonicalJson, headHash, leaf, merkleRoot, signHead, verifyHead, type Batch, type Digest } from './merkle.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const publicKey = createPublicKey(privateKey)
const salt = Buffer.alloc(16, 3)
const leafOf = (row: unknown): Buffer => leaf(row, salt)

describe.each<Digest>(['sha256', 'sm3'])('the root under %s', (digest) => {
  const rootOf = (rows: readonly unknown[]): string =>
    merkleRoot(
      rows.map((row) => leaf(row, salt, digest)),
      digest,
    ).toString('hex')
  const rows = fc.uniqueArray(fc.record({ seq: fc.nat(), who: fc.string(), what: fc.constantFrom('reveal', 'open', 'export') }), {
    minLength: 1,
    maxLength: 40,
    selector: ({ seq }) => seq,
  })
  const changes: Record<string, (all: readonly unknown[], at: number) => readonly unknown[]> = {
    'one row is changed': (all, at) => all.with(at, { ...Object(all[at]), who: 'someone else' }),
    'one row is taken out': (all, at) => all.toSpliced(at, 1),
    'one row is put in': (all, at) => all.toSpliced(at, 0, { seq: -1, who: 'x', what: 'open' }),
    'a row is written twice': (all, at) => all.toSpliced(at, 0, all[at]),
    'the last row is written twice': (all) => [...all, all.at(-1)],
    'two rows change places': (all, at) => all.with(at, all[0]).with(0, all[at]),
  }

  test.each(Object.keys(changes))('moves when %s', (title) => {
    fc.assert(
      fc.property(rows, fc.nat(), (all, n) => {
        const changed = changes[title]?.(all, n % all.length)
        fc.pre(canonicalJson(changed) !== canonicalJson(all))
        expect(rootOf(changed ?? all)).not.toBe(rootOf(all))
      }),
    )
  })
})

test('the root is the one of RFC 6962 §2.1: leaves in pairs, a last odd one rises alone', () => {
  const [a, b, c] = [leafOf(1), leafOf(2), leafOf(3)]
  expect(merkleRoot([a])).toEqual(a)
  expect(merkleRoot([a, b, c])).toEqual(merkleRoot([merkleRoot([a, b]), c]))
  expect(merkleRoot([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('a leaf tells nothing without its salt, and a short salt is refused', () => {
  expect(leaf({ seq: 1 }, salt)).not.toEqual(leaf({ seq: 1 }, Buffer.alloc(16, 4)))
  expect(() => leaf({ seq: 1 }, Buffer.alloc(8))).toThrow(/16 to 255 bytes/)
})

describe('canonical JSON', () => {
  test('spells equal values alike, whatever the order they were built in', () => {
    expect(canonicalJson({ b: [1, null, '法'], a: { d: true, c: 0.1 } })).toBe('{"a":{"c":0.1,"d":true},"b":[1,null,"法"]}')
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(turned)).toBe(canonicalJson(value))
      }),
    )
  })

  test('is JSON, and loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('a moment is spelled as it is stored, and an absent member as none', () => {
    expect(canonicalJson({ at: new Date(0), note: undefined })).toBe('{"at":"1970-01-01T00:00:00.000Z"}')
  })

  test('refuses what JSON would turn into something else', () => {
    for (const value of [NaN, Infinity, undefined, [undefined], 10n, new Map([[1, 2]]), new Set(), () => 1])
      expect(() => canonicalJson(value)).toThrow(/JSON/)
  })
})

function log(batches: number): Batch[] {
  const all: Batch[] = []
  for (let n = 0; n < batches; n++) {
    const leaves = Array.from({ length: 5 }, (_, i) => leafOf({ seq: n * 5 + i, what: 'open' }))
    const last = all.at(-1)
    const previous = last ? headHash(last.head) : null
    // The first two as they were made while transaction ids were the order.
    const places =
      n < 2 ? { version: 1 as const, from: 700 + n * 10, to: 708 + n * 10 } : { version: 2 as const, from: n * 5 + 1, to: n * 5 + 5 }
    const head = { ...places, previous, root: merkleRoot(leaves).toString('hex'), at: `2026-11-23T08:00:0${n}Z` }
    all.push({ leaves, head: signHead(privateKey, head) })
  }
  return all
}

describe('a chain of sealed batches', () => {
  const chain = log(6)
  const witnessed = headHash(chain[5]?.head ?? never())
  const at = (n: number): Batch => chain[n] ?? never()

  test('left alone, it holds', async () => {
    expect(await brokenBatch(publicKey, chain, witnessed)).toBeNull()
    expect(chain.every(({ head }) => verifyHead(publicKey, head))).toBe(true)
  })

  test('columns a database adds to a head do not break its seal', () => {
    expect(verifyHead(publicKey, Object.assign({ id: 7 }, at(2).head))).toBe(true)
  })

  const { privateKey: forger } = generateKeyPairSync('ed25519')
  const second = at(2).head
  const fewer = { root: merkleRoot([leafOf({ seq: 10 })]).toString('hex') }
  const tampered: Record<string, [Batch[], number]> = {
    'a row changed': [chain.with(2, { ...at(2), leaves: at(2).leaves.with(1, leafOf({ seq: 11, what: 'export' })) }), 2],
    'a row taken out': [chain.with(2, { ...at(2), leaves: at(2).leaves.toSpliced(4, 1) }), 2],
    'a row put in': [chain.with(2, { ...at(2), leaves: [...at(2).leaves, leafOf({ seq: 14.5 })] }), 2],
    'two rows exchanged': [chain.with(2, { ...at(2), leaves: at(2).leaves.toReversed() }), 2],
    'a head altered': [chain.with(2, { ...at(2), head: { ...at(2).head, at: '2026-11-23T08:00:02.5Z' } }), 2],
    'a batch and its head removed': [chain.toSpliced(2, 1), 2],
    'a batch sealed with another key': [chain.with(2, { ...at(2), head: signHead(forger, second) }), 2],
    'the last batches cut off': [chain.slice(0, 4), 4],
    'the first batch cut off': [chain.slice(1), 0],
    'two batches exchanged': [chain.with(2, at(3)).with(3, at(2)), 2],
    'a batch sealed anew by the real key': [
      chain.with(2, { leaves: [leafOf({ seq: 10 })], head: signHead(privateKey, { ...second, ...fewer }) }),
      2,
    ],
    'the same rows sealed twice': [
      [...chain, { ...at(5), head: signHead(privateKey, { ...at(5).head, previous: headHash(at(5).head) }) }],
      6,
    ],
    'everything gone': [[], 0],
  }

  test.each(Object.keys(tampered))('%s is found where it happened', async (title) => {
    const [batches, place] = tampered[title] ?? never()
    expect(await brokenBatch(publicKey, batches, witnessed)).toBe(place)
  })

  test('it is read a batch at a time, and no further than where it breaks', async () => {
    const read: number[] = []
    async function* batches() {
      for (const [n, batch] of chain.with(2, at(3)).entries()) {
        read.push(n)
        yield batch
      }
    }
    expect(await brokenBatch(publicKey, batches(), witnessed)).toBe(2)
    expect(read).toEqual([0, 1, 2])
  })

  test('at random places, seven kinds of tampering are always found', async () => {
    const kinds: ((n: number, row: number) => Batch[])[] = [
      (n, row) => chain.with(n, { ...at(n), leaves: at(n).leaves.with(row, randomBytes(32)) }),
      (n, row) => chain.with(n, { ...at(n), leaves: at(n).leaves.toSpliced(row, 1) }),
      (n, row) => chain.with(n, { ...at(n), leaves: at(n).leaves.toSpliced(row, 0, randomBytes(32)) }),
      (n, row) => chain.with(n, { ...at(n), head: { ...at(n).head, to: at(n).head.to + row + 1 } }),
      (n) => chain.toSpliced(n, 1),
      (n) => chain.slice(0, n),
      (n) => chain.with(n, { ...at(n), head: signHead(forger, at(n).head) }),
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), fc.nat(5), fc.nat(4), async (tamper, n, row) => {
        expect(await brokenBatch(publicKey, tamper(n, row), witnessed)).not.toBeNull()
      }),
      { numRuns: 700 },
    )
  })
})

function never(): never {
  throw new Error('The test asks for a batch that is not there.')
}
