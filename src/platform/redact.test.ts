import { Writable } from 'node:stream'
import * as fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { censor, redactions } from './redact.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A number with its check character (GB 11643-1999 §4.3). */
function withCheck(body: string): string {
  const sum = Array.from(body).reduce((total, figure, at) => total + Number(figure) * (weights[at] ?? 0), 0)
  return body + '10X98765432'.charAt(sum % 11)
}

const figures = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((all) => all.join(''))
const born = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10).replaceAll('-', ''))
const idNumber = fc
  .tuple(fc.constantFrom('440106', '110101', '654226', '320281'), born, figures(3), fc.boolean())
  .map(([region, day, order, isSmall]) => (isSmall ? withCheck(region + day + order).toLowerCase() : withCheck(region + day + order)))
const mobile = fc.tuple(fc.constantFrom('13', '14', '15', '16', '17', '18', '19'), figures(9)).map(([head, rest]) => head + rest)
const card = fc.tuple(fc.constantFrom('62', '4', '5'), figures(15)).map(([head, rest]) => head + rest)
const around = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('电话：', 'tel:', '+86', '0', '—', 'X', '9 ', '身份证号'))
const gap = fc.constantFrom('', ' ', '-', '\u3000', ' - '.trim(), '·', '\u200B', '.')

/** The number with the same separator after every few figures, as people write it. */
const spaced = (number: fc.Arbitrary<string>): fc.Arbitrary<{ number: string; written: string }> =>
  fc.tuple(number, gap, fc.integer({ min: 3, max: 6 })).map(([plain, mark, size]) => {
    const groups = plain.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
    return { number: plain, written: groups.join(mark) }
  })

/** What of the text could still be read as the number: at most four of its figures in a row may be left. */
const survives = (number: string, text: string): boolean => {
  const left = text.normalize('NFKC').replaceAll(/[^0-9Xx]/g, '')
  return left.includes(number) || left.includes(number.slice(2, -2))
}

test.each([
  ['resident ID', idNumber],
  ['mobile', mobile],
  ['bank card', card],
])('no valid %s number survives, wherever it stands and however it is spaced', (_, number) => {
  fc.assert(
    fc.property(around, spaced(number), around, (before, { number, written }, after) => {
      expect(survives(number, censor(before + written + after))).toBe(false)
    }),
    { numRuns: 3000 },
  )
})

test('numbers in full-width and in Chinese digits are masked as well', () => {
  expect(censor('电话１３８００１３８０００，谢谢')).toBe('电话[number]，谢谢')
  expect(censor('打一三八〇零一三八零零零找我')).toBe('打[number]找我')
})

test('two numbers in one text are both masked, and the words stay', () => {
  expect(censor('李某 11010119900307851X，电话 (138) 0013-8000，已受理')).toBe('李某 [number]，电话 ([number]，已受理')
})

test.each([
  '法律援助法第四十三条，七日内审查',
  '2026-11-23 10:20:30 收到申请',
  '粤法援〔2026〕1234号',
  'matter 0190a1b2-1234-7123-8123-123456789012 opened',
  'file ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad kept',
  '补贴 123456.78 元',
  '12348',
])('%j holds nothing personal and stays as it is', (text) => {
  expect(censor(text)).toBe(text)
})

test('a long text without numbers, and one of nothing but digits, are read in one pass', () => {
  expect(censor('1234567890 a'.repeat(100_000))).toHaveLength(1_200_000)
  expect(censor('7'.repeat(1_000_000))).toBe('[number]')
})

test('the log masks credentials and personal fields to two levels deep', () => {
  let line = ''
  const out = new Writable({ write: (chunk, _, done) => ((line += String(chunk)), done()) })
  const log = pino({ redact: { paths: [...redactions], censor: '[masked]' } }, out)
  log.info({
    password: 'leak',
    person: { idNumber: 'leak', phone: 'leak', id: 'p1' },
    event: { input: { fullName: 'leak', code: 'leak' } },
    req: { headers: { authorization: 'leak', cookie: 'leak', host: 'fahui' }, body: { any: 'leak' } },
    res: { headers: { 'set-cookie': 'leak' } },
  })
  expect(line).not.toContain('leak')
  expect(JSON.parse(line)).toMatchObject({ person: { id: 'p1' }, req: { headers: { host: 'fahui' } } })
})
