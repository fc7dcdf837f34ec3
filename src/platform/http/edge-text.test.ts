import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { findBadText, findUnbounded, longestText, refuseUnreadable } from './edge-text.ts'

test('clean text of any script and shape passes', () => {
  expect(findBadText({ 姓名: '李秀英', 备注: ['𠮷野家', '👩‍⚖️', ''], n: 1, b: true, x: null, u: undefined })).toBeNull()
})

test('a NUL is found in a value, in a key and in a bare string', () => {
  expect(findBadText({ a: [{ b: 'x\0y' }] })).toBe('$["a"][0]["b"]')
  expect(findBadText({ a: { 'k\0': 1 } })).toBe(String.raw`$["a"]["k\u0000"]`)
  expect(findBadText('\0')).toBe('$')
})

test('half of a surrogate pair is found in a value and in a key', () => {
  expect(findBadText(['好', '\uD83D'])).toBe('$[1]')
  expect(findBadText({ '\uDC00': 1 })).toBe(String.raw`$["\udc00"]`)
})

test('the first one in reading order is named', () => {
  expect(findBadText({ a: ['ok', { b: '\0' }], c: '\0' })).toBe('$["a"][1]["b"]')
})

test('a body nested 200,000 deep gets an answer', () => {
  let deep: unknown = '\0'
  for (let i = 0; i < 200_000; i++) deep = [deep]
  expect(findBadText(deep)).toHaveLength(1 + 200_000 * 3)
})

test('a million short texts are read in one pass', () => {
  expect(findBadText([...Array.from({ length: 1_000_000 }, () => '字'), '\0'])).toBe('$[1000000]')
})

test('whatever JSON arrives, it passes exactly when PostgreSQL could store every text in it', () => {
  const units = fc.constantFrom('a', '法', '\0', '\uD83D', '\uDE00', '😀')
  const text = fc.array(units, { maxLength: 4 }).map((parts) => parts.join(''))
  const body = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(text, tie('any'), { maxKeys: 3 }),
    ),
  })).any
  fc.assert(
    fc.property(body, (value) => {
      // JSON escapes exactly these two faults as \u0000 and \ud800–\udfff; no text above holds a backslash of its own.
      expect(findBadText(value) !== null).toBe(/\\u(?:0000|d[89a-f])/.test(JSON.stringify(value)))
    }),
    { numRuns: 3000 },
  )
})

test('a text without end and values nested without end are found where they begin to be', () => {
  expect(findUnbounded({ story: '讨'.repeat(longestText), rows: [[['1']]] })).toBeNull()
  expect(findUnbounded({ a: ['讨'.repeat(longestText + 1)] })).toBe('$["a"][0]')
  expect(findUnbounded({ ['讨'.repeat(longestText + 1)]: 1 })).not.toBeNull()
  let deep: unknown = 1
  for (let i = 0; i < 200_000; i++) deep = [deep]
  expect(findUnbounded(deep)).toHaveLength(1 + 33 * 3)
})

test('what cannot be stored is told before what is without end, wherever either stands', () => {
  const long = '讨'.repeat(longestText + 1)
  const refusal = (body: unknown) => {
    try {
      refuseUnreadable(body)
      return null
    } catch (error) {
      return error
    }
  }
  expect(refusal({ a: long, b: '\0' })).toMatchObject({ code: 'bad_text', detail: { issues: [{ path: '["b"]' }] } })
  expect(refusal({ a: '好', b: [long, long] })).toMatchObject({ code: 'invalid', detail: { issues: [{ path: '["b"][0]' }] } })
  expect(refusal({ a: '好' })).toBeNull()
})
