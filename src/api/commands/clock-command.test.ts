import { describe, expect, test } from 'vitest'
import { nationalCalendar } from '#records/register/holidays.ts'
import { clockUsage, runClock } from './clock-command.ts'

async function ask(args: string, input: AsyncIterable<string> | Iterable<string> | string = ''): Promise<unknown[]> {
  const answers: unknown[] = []
  for await (const line of runClock(args.split(' '), input, nationalCalendar())) answers.push(JSON.parse(line))
  return answers
}

const askLines = (...lines: unknown[]) => ask('--jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

describe('one question', () => {
  test('AC-04: 7 days across National Day end on 8 October (法律援助法 §43)', async () => {
    const line = [...(runClock('--days 7 --unit calendar --from 2026-09-28'.split(' '), '', nationalCalendar()) as string[])] // one question is answered at once
    expect(line).toEqual(['{"due":"2026-10-08","target":"2026-10-05","provisional":false}'])
  })

  test('AC-23: 15 working days with a supplement end on 10 March (公证法 §30)', async () => {
    expect(await ask('--days 15 --unit working --from 2026-02-02 --pause 2026-02-10..2026-02-26')).toMatchObject([{ due: '2026-03-10' }])
  })

  test('AC-16: 24 hours do not wait for the end of Qingming (法律援助法 §39)', async () => {
    expect(await ask('--hours 24 --from 2026-04-03T16:00')).toEqual([
      { due: '2026-04-04T16:00', target: '2026-04-04T16:00', provisional: false },
    ])
  })

  test('hours asked from a day are counted from its first moment', async () => {
    expect(await ask('--hours 24 --unit calendar --from 2026-04-03')).toMatchObject([{ due: '2026-04-04T00:00' }])
  })

  test('months and years are counted too, and a day in 2027 is provisional', async () => {
    expect(await ask('--months 6 --from 2026-05-06')).toMatchObject([{ due: '2026-11-06', provisional: false }])
    expect(await ask('--years 1 --from 2026-06-30')).toMatchObject([{ due: '2027-06-30', provisional: true }])
  })

  test('several pauses add up, and an open one leaves no deadline', async () => {
    const pauses = '--pause 2026-03-04..2026-03-10 --pause 2026-03-08..2026-03-16'
    expect(await ask(`--days 7 --from 2026-03-02 --region 630102 ${pauses}`)).toMatchObject([{ due: '2026-03-23', target: '2026-03-21' }])
    expect(await ask('--days 7 --from 2026-03-02 --pause 2026-03-04..')).toEqual([{ due: null, target: null, provisional: false }])
  })
})

describe('a wrong question is refused with its reason and the usage', () => {
  test.each([
    ['--days 7 --from 2026-02-31', 'from: "2026-02-31" is not a day that exists'],
    ['--days 7', 'from: '],
    ['--from 2026-03-02', 'days: exactly one of'],
    ['--days 7 --months 1 --from 2026-03-02', 'months: exactly one of'],
    ['--days seven --from 2026-03-02', 'days: '],
    ['--days 0 --from 2026-03-02', 'days: '],
    ['--days 7 --unit banking --from 2026-03-02', 'unit: '],
    ['--months 1 --unit working --from 2026-03-02', 'unit: only days'],
    ['--hours 24 --from 2026-03-02T09:00 --pause 2026-03-02..', 'pauses: a limit in hours'],
    ['--days 7 --from 2026-03-02 --pause 2026-03-04', '--pause 2026-03-04: '],
    ['--days 7 --from 2026-03-02 --pause 2026-03-16..2026-03-04', 'pauses[0]: ends before it begins'],
    ['--days 7 --from 2026-03-02 --region 99', 'region: is not a division code'],
    ['--days 7 --since 2026-03-02', "Unknown option '--since'"],
    ['--jsonl --days 7', '--jsonl takes its questions from the input'],
  ])('clock %s', (args, reason) => {
    const asked = () => runClock(args.split(' '), '', nationalCalendar())
    expect(asked).toThrow(reason)
    expect(asked).toThrow(clockUsage)
  })
})

describe('many questions', () => {
  test('are answered line by line, in order, and a bad one does not stop the rest', async () => {
    const answers = await askLines(
      { days: 7, unit: 'calendar', from: '2026-09-28' },
      { days: 7, from: '2026-02-31' },
      { days: 15, unit: 'working', from: '2026-02-02', pauses: [['2026-02-10', '2026-02-26']] },
      { days: 7, from: '2026-03-02', pauses: [['2026-03-04', null]] },
      { days: 7, from: '2026-03-02', pauses: [['2026-03-04', '2026-02-31']] },
      { days: '7', from: '2026-03-02' },
      { days: 7, form: '2026-03-02', from: '2026-03-02' },
      [7],
      { days: null, months: 3, unit: null, from: '2026-04-20', pauses: null, region: '630102' },
    )
    expect(answers).toEqual([
      { due: '2026-10-08', target: '2026-10-05', provisional: false },
      { error: 'from: "2026-02-31" is not a day that exists (YYYY-MM-DD)' },
      { due: '2026-03-10', target: '2026-03-10', provisional: false },
      { due: null, target: null, provisional: false },
      { error: 'pauses[0][1]: "2026-02-31" is not a day that exists (YYYY-MM-DD)' },
      { error: expect.stringMatching(/^days: /) },
      { error: expect.stringMatching(/form/) },
      { error: expect.any(String) },
      { due: '2026-07-20', target: '2026-07-20', provisional: false },
    ])
  })

  test('may arrive in chunks broken anywhere, with blank lines and no last line end', async () => {
    const text = '{"days":7,"from":"2026-09-28"}\n\r\n{"days":\n{"hours":24,"from":"2026-04-03T16:00"}'
    const whole = await ask('--jsonl', text)
    expect(whole).toMatchObject([{ due: '2026-10-08' }, { error: 'the line is not JSON' }, { due: '2026-04-04T16:00' }])
    expect(await ask('--jsonl', text)).toEqual(await ask('--jsonl', [...text]))
  })

  test('a period that leaves the calendar is an error of that line alone', async () => {
    expect(await askLines({ years: 9000, from: '2026-01-01' }, { days: 1, from: '2026-03-02' })).toMatchObject([
      { error: expect.any(String) },
      { due: '2026-03-03' },
    ])
  })
})
