import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Schema } from '../contract.ts'
import { answersOf, asksAt, fieldsOf, fixedOf, pathOf } from './schema-fields.ts'

const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({ type: 'object', properties, required })
const askFor = (property: Schema) => fieldsOf(object({ it: property }))[0]?.ask

describe('a form drawn from its schema', () => {
  it('offers titled choices by their titles, and bare ones by their values', () => {
    expect(askFor({ oneOf: [{ const: 'civil', title: '民事' }] })).toEqual({ kind: 'choice', choices: [{ value: 'civil', label: '民事' }] })
    expect(askFor({ type: 'string', enum: ['民事'] })).toEqual({ kind: 'choice', choices: [{ value: '民事', label: '民事' }] })
  })

  it('offers several of a set as boxes, as many as the schema wants', () => {
    const ask = askFor({ type: 'array', minItems: 1, items: { oneOf: [{ const: 'wages', title: '欠薪' }] } })
    expect(ask).toEqual({ kind: 'choices', choices: [{ value: 'wages', label: '欠薪' }], min: 1 })
  })

  it('asks for money in fen, for days, and for moments as such', () => {
    expect(askFor({ type: 'integer', format: 'fen', minimum: 0 })).toEqual({ kind: 'money', min: 0 })
    expect(askFor({ type: 'string', format: 'date', pattern: '^.*$' })).toEqual({ kind: 'date' })
    expect(askFor({ type: 'string', format: 'date-time' })).toEqual({ kind: 'moment' })
  })

  it('gives several lines to what someone will read, and one line to the rest', () => {
    expect(askFor({ type: 'string', maxLength: 200 })).toMatchObject({ isLong: false })
    expect(askFor({ type: 'string', maxLength: 201 })).toMatchObject({ isLong: true })
    expect(askFor({ type: 'string', long: true })).toMatchObject({ isLong: true })
  })

  it('does not insist on what may be null, may be left out, or answers itself', () => {
    const schema = object(
      {
        a: { type: 'string' },
        b: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        c: { type: 'string', default: '' },
        d: { type: 'string' },
      },
      ['a', 'b', 'c'],
    )
    expect(fieldsOf(schema).map((field) => field.isRequired)).toEqual([true, false, false, false])
  })

  it('sends fixed values without asking for them', () => {
    const schema = object({ kind: { const: 'counter' }, note: { type: 'string' } })
    expect(fieldsOf(schema).map(({ path }) => path)).toEqual([['note']])
    expect(fixedOf(schema)).toEqual({ kind: 'counter' })
  })
})

describe('what is sent', () => {
  it('leaves out what was left empty, and trims what was typed', () => {
    expect(answersOf({ a: ' 有理由 ', b: '  ', c: undefined, d: null, e: { f: '' }, g: [' x ', ''], h: 0, i: false })).toEqual({
      a: '有理由',
      g: ['x'],
      h: 0,
      i: false,
    })
  })

  it('sends the same the second time as the first', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (values) => {
        const once = answersOf(values)
        expect(answersOf(once)).toEqual(once)
      }),
    )
  })
})

describe('what the server found wrong', () => {
  const fields = fieldsOf(
    object({
      reason: { type: 'string' },
      home: object({ town: { type: 'string' } }),
      members: { type: 'array', items: object({ income: { type: 'integer' } }) },
    }),
  )

  it('is placed at its field, however deep', () => {
    for (const path of ['reason', 'input.reason', 'home.town', 'members.0.income', 'members[0].income'])
      expect(asksAt(fields, pathOf(path))).toBe(true)
  })

  it('is shown above the form when the form has no such field', () => {
    for (const path of ['other', 'home', 'reason.deeper', '']) expect(asksAt(fields, pathOf(path))).toBe(false)
  })
})
