import { generateKeyPairSync, randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blindIndex, reseal, seal, SealBroken, unseal, type Keyring, type Place, type Suite } from './crypto.ts'

const place: Place = { table: 'person', column: 'id_number', row: '0190a1b2-0000-7000-8000-000000000001', region: '440106' }
const suites: Suite[] = ['aes256gcm', 'sm4ctr-hmacsm3']

const ringOf = (suite: Suite): Keyring => ({
  suite,
  current: 'k1',
  keys: new Map([['k1', randomBytes(32)]]),
  blind: randomBytes(32),
  auditKey: generateKeyPairSync('ed25519').privateKey,
  contextKey: randomBytes(32),
})

const codeOf = (action: () => unknown): string => {
  try {
    return `opened: ${String(action())}`
  } catch (error) {
    return error instanceof SealBroken ? error.code : `other: ${String(error)}`
  }
}

describe.each(suites)('%s', (suite) => {
  const ring = ringOf(suite)

  test('what was sealed at a place is read back there, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (plain) => {
        expect(unseal(ring, seal(ring, plain, place), place)).toBe(plain)
      }),
    )
  })

  test('the same value sealed twice looks different, so equal numbers cannot be counted in the table', () => {
    const texts = new Set(Array.from({ length: 200 }, () => seal(ring, '110101199003078515', place)))
    expect(texts.size).toBe(200)
  })

  test('a ciphertext moved to another row, column, table or region does not open', () => {
    const sealed = seal(ring, '110101199003078515', place)
    for (const key of ['table', 'column', 'row', 'region'] as const)
      expect(codeOf(() => unseal(ring, sealed, { ...place, [key]: `${place[key]}0` }))).toBe('tampered')
  })

  test('a place cannot be spelled in a second way by moving text between its parts', () => {
    const sealed = seal(ring, '张三', { ...place, table: 'a","b', column: 'c' })
    expect(codeOf(() => unseal(ring, sealed, { ...place, table: 'a', column: 'b","c' }))).toBe('tampered')
  })

  test('changing any one character of a sealed value is noticed', () => {
    const sealed = seal(ring, '13800138000', place)
    const character = fc.constantFrom(...'ABCXYZabcxyz0189-_=|')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), character, (at, replacement) => {
        fc.pre(sealed[at] !== replacement)
        const altered = sealed.slice(0, at) + replacement + sealed.slice(at + 1)
        expect(['malformed', 'unknownKey', 'tampered']).toContain(codeOf(() => unseal(ring, altered, place)))
      }),
      { numRuns: 2000 },
    )
  })

  test('the same bytes spelt another way do not open: as plain base64, padded, broken into lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (plain) => {
        const sealed = seal(ring, plain, place)
        const spellings = [sealed.replaceAll('-', '+'), sealed.replaceAll('_', '/'), `${sealed}=`, sealed.replace(/(....)$/, '\n$1')]
        for (const other of spellings) if (other !== sealed) expect(codeOf(() => unseal(ring, other, place))).not.toContain('opened')
      }),
    )
  })

  test('a value cut short or lengthened does not open', () => {
    const sealed = seal(ring, '13800138000', place)
    for (let length = 0; length < sealed.length; length++)
      expect(codeOf(() => unseal(ring, sealed.slice(0, length), place))).not.toContain('opened')
    for (const tail of ['A', '=', '|', '|AAAA', ' ']) expect(codeOf(() => unseal(ring, sealed + tail, place))).not.toContain('opened')
  })

  test('a value under a lost key names the key, not the value', () => {
    const sealed = seal(ring, '13800138000', place)
    const other = { ...ring, current: 'k2', keys: new Map([['k2', randomBytes(32)]]) }
    expect(codeOf(() => unseal(other, sealed, place))).toBe('unknownKey')
    expect(() => unseal(other, sealed, place)).toThrow(/k1/)
  })

  test('the same kid with another key does not open', () => {
    const sealed = seal(ring, '13800138000', place)
    expect(codeOf(() => unseal({ ...ring, keys: new Map([['k1', randomBytes(32)]]) }, sealed, place))).toBe('tampered')
  })

  test('after a rotation every value is readable, is moved to the new key once, and none is left under the old one', () => {
    const values = Array.from({ length: 300 }, (_, i) => ({ plain: `${i}号`, sealed: seal(ring, `${i}号`, place) }))
    const rotated = { ...ring, current: 'k2', keys: new Map([...ring.keys, ['k2', randomBytes(32)]]) }
    const without = { ...rotated, keys: new Map([...rotated.keys].filter(([kid]) => kid !== 'k1')) }
    for (const { plain, sealed } of values) {
      const moved = reseal(rotated, sealed, place) ?? ''
      expect([unseal(rotated, sealed, place), unseal(without, moved, place)]).toEqual([plain, plain])
      expect(codeOf(() => unseal(without, sealed, place))).toBe('unknownKey')
      expect(reseal(rotated, moved, place)).toBeNull()
    }
  })
})

test('a cell that changes its suite still reads the old values and moves them over', () => {
  const old = ringOf('aes256gcm')
  const sealed = seal(old, '13800138000', place)
  const now: Keyring = { ...old, suite: 'sm4ctr-hmacsm3' }
  const moved = reseal(now, sealed, place) ?? ''
  expect(moved).toMatch(/^sm4ctr-hmacsm3\|k1\|/)
  expect(unseal(now, moved, place)).toBe('13800138000')
})

test('the suite named in a sealed value cannot be exchanged for the other', () => {
  const ring = ringOf('aes256gcm')
  const [, ...rest] = seal(ring, '13800138000', place).split('|')
  expect(codeOf(() => unseal(ring, ['sm4ctr-hmacsm3', ...rest].join('|'), place))).toBe('malformed')
})

describe('the blind index', () => {
  const ring = ringOf('sm4ctr-hmacsm3')
  const index = (kind: 'idNumber' | 'phone' | 'login', region: string, value: string): string => blindIndex(ring, kind, region, value)

  test('finds the same number in the same region, as 128 bits of hex', () => {
    expect(index('phone', '440106', '13800138000')).toMatch(/^[0-9a-f]{32}$/)
    expect(index('phone', '440106', '13800138000')).toBe(index('phone', '440106', '13800138000'))
  })

  test('does not tell that a number in another region, of another kind or under another key is the same', () => {
    const all = [
      index('phone', '440106', '13800138000'),
      index('phone', '440107', '13800138000'),
      index('login', '440106', '13800138000'),
      index('idNumber', '440106', '13800138000'),
      index('phone', '4401061', '3800138000'),
      blindIndex(ringOf('aes256gcm'), 'phone', '440106', '13800138000'),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  test('refuses a blank value or region, which would tie all blanks together', () => {
    expect(() => index('phone', '440106', '')).toThrow(/region and a value/)
    expect(() => index('phone', '', '13800138000')).toThrow(/region and a value/)
  })

  test('is unchanged between releases, or stored people could not be found again', () => {
    expect(blindIndex({ blind: Buffer.alloc(32, 7) }, 'idNumber', '440106', '110101199003078515')).toBe('84bbd8658cfabd03d9056a0e2f7aea8a')
  })
})
