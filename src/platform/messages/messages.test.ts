import * as fc from 'fast-check'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { everyNo } from '#test/refusing.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'
import {
  daysUntil,
  formatDay,
  formatDue,
  formatMoment,
  formatYuan,
  isMessageKey,
  parseYuan,
  refusalText,
  say,
  yuanInput,
} from './messages.ts'
import type { Language, MessageKey } from './messages.ts'

const keys = Object.keys(zh).filter(isMessageKey)
const languages: Language[] = ['zh', 'en']

type Ast = ReturnType<IntlMessageFormat['getAst']>
/** The placeholders of a pattern, inside its plural branches too. */
function namesIn(elements: Ast): string[] {
  return elements.flatMap((element) => {
    const inner = 'options' in element ? Object.values(element.options).flatMap((option) => namesIn(option.value)) : []
    return element.type >= 1 && element.type <= 6 && 'value' in element ? [String(element.value), ...inner] : inner
  })
}
const placeholders = (text: string) =>
  [...new Set(namesIn(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst()))].toSorted()
/** The message with a number in every gap. */
const filled = (language: Language, key: MessageKey) =>
  say(language, key, Object.fromEntries(placeholders({ zh, en }[language][key]).map((name) => [name, 3])))
const words = (text: string) => text.match(/[A-Za-z]+/g) ?? []

describe('messages', () => {
  test('Chinese and English have the same keys, and every one can be said', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(zh).toSorted())
    for (const language of languages) expect(keys.filter((key) => !/\S/.test(filled(language, key)))).toEqual([])
  })

  test('the two languages take the same placeholders', () => {
    expect(keys.filter((key) => placeholders(en[key]).join() !== placeholders(zh[key]).join())).toEqual([])
  })

  test('no English is left in a Chinese message', () => {
    const allowed = new Set(['PDF', 'MB'])
    const found = keys.flatMap((key) => words(filled('zh', key)).map((word) => ({ key, word })))
    expect(found.filter(({ word }) => !allowed.has(word))).toEqual([])
  })

  test('no Chinese is left in an English message', () => {
    expect(keys.filter((key) => /\p{Script=Han}/u.test(filled('en', key)))).toEqual([])
  })

  test('every refusal tells the reader what to do next, in both languages', () => {
    for (const face of ['person', 'desk'] as const) {
      expect(everyNo.filter((one) => !/[。；].*(请|再|到时候|不会丢)/.test(refusalText(one, 'zh', face)))).toEqual([])
      expect(everyNo.filter((one) => refusalText(one, 'en', face).split(/[.;]/).length < 3)).toEqual([])
    }
  })

  test('a code the schema made up is no message', () => {
    expect(isMessageKey('toString')).toBe(false)
    expect(isMessageKey('answer.required' satisfies MessageKey)).toBe(true)
  })
})

describe('days and moments', () => {
  test('a day is said with its weekday', () => {
    expect(formatDay('2026-03-09', 'zh')).toBe('2026年3月9日（周一）')
    expect(formatDay('2026-03-09', 'en')).toBe('Mon 9 March 2026')
  })

  test('a moment is read off the clock in Shanghai, midnight as 00:00', () => {
    expect(formatMoment(new Date('2026-03-09T16:00:00Z'), 'zh')).toBe('2026年3月10日（周二）00:00')
    expect(formatMoment(new Date('2026-03-09T06:05:00Z'), 'en')).toBe('Mon 9 March 2026, 14:05')
  })
})

describe('the end of a limit', () => {
  const now = new Date('2026-11-25T10:00:00+08:00')
  const said = (dueAt: string) => formatDue(new Date(dueAt), now, 'zh')

  test('is its last day, with no hour and within the year with no year', () => {
    expect(said('2026-12-04T00:00:00+08:00')).toBe('12月3日（周四）')
    expect(said('2027-01-06T00:00:00+08:00')).toBe('2027年1月5日（周二）')
  })

  test('is a minute where the law counts hours', () => {
    expect(said('2026-11-26T09:30:00+08:00')).toBe('11月26日（周四）09:30')
  })

  test('is today on its last day', () => {
    expect(daysUntil(new Date('2026-11-26T00:00:00+08:00'), now)).toBe(0)
    expect(daysUntil(new Date('2026-11-25T00:00:00+08:00'), now)).toBe(-1)
  })
})

describe('money', () => {
  test('fen are said as yuan', () => {
    expect(formatYuan(1_234_567, 'zh')).toBe('12,345.67 元')
    expect(formatYuan(1_234_567, 'en')).toBe('¥12,345.67')
    expect(formatYuan(2_700_000, 'zh')).toBe('27,000 元')
    expect(formatYuan(5, 'zh')).toBe('0.05 元')
    expect(formatYuan(-105, 'en')).toBe('-¥1.05')
  })

  test.each([
    ['1.2万', 1_200_000],
    ['１２０００', 1_200_000],
    ['12,000元', 1_200_000],
    ['12，000 块钱', 1_200_000],
    ['￥12000.5', 1_200_050],
    ['1万2千', 1_200_000],
    ['2.7w', 2_700_000],
    ['2千1万', null],
    ['0.001', null],
    ['-5', null],
    ['', null],
    ['1e5', null],
    ['9'.repeat(40), null],
    ['1..2', null],
  ])('%s is read as %s fen', (text, fen) => {
    expect(parseYuan(text)).toBe(fen)
  })

  test('whatever we write we can read, in both languages and in a field', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e14 }), (fen) => {
        for (const text of [formatYuan(fen, 'zh'), formatYuan(fen, 'en'), yuanInput(fen)]) expect(parseYuan(text)).toBe(fen)
      }),
    )
  })

  test('what is read is a whole number of fen or nothing, and reading never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('1', '0', '９', '.', ',', '万', '千', '元', '-', ' ', '¥', 'x') }), (text) => {
        const fen = parseYuan(text)
        expect(fen === null || (Number.isSafeInteger(fen) && fen >= 0)).toBe(true)
      }),
    )
  })
})
