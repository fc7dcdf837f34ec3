import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Calendar, deadline, isDay, isMoment, type Period, type Unit } from '#kernel/calendar/calendar.ts'
import { parseDivisionCode } from '#records/people/division-code.ts'

/** How to ask the clock, as printed when it is asked wrongly. */
export const clockUsage = `clock --days N [--unit calendar|working] --from YYYY-MM-DD [--pause A..B]... [--region CODE]
clock --months N | --years N --from YYYY-MM-DD [--pause A..B]... [--region CODE]
clock --hours N --from YYYY-MM-DDTHH:mm   (a day alone is its first moment)
clock --jsonl < questions, one a line: {"days":7,"unit":"calendar","from":"2026-09-28","pauses":[["2026-09-29",null]],"region":"630102"}
Prints {"due","target","provisional"} for each; due and target are null while a pause is open (--pause A..).`

/**
 * Answers when a statutory limit ends, one JSON line a question; with `--jsonl` the questions are the lines of `input`, given as text or as
 * chunks of text (a stream need not break at line ends), and a bad one is answered by its error. Wrong arguments throw with the usage.
 */
export function runClock(
  args: readonly string[],
  input: AsyncIterable<string> | Iterable<string> | string,
  calendar: Calendar,
): AsyncIterable<string> | Iterable<string> {
  const options = readArguments(args)
  if (options.jsonl === true) {
    if (Object.keys(options).length > 1) throw wrong('--jsonl takes its questions from the input: no other option goes with it')
    return answerLines(typeof input === 'string' ? [input] : input, calendar)
  }
  const question = Question.safeParse(questionIn(options))
  if (!question.success) throw wrong(flawIn(question.error))
  return [answer(question.data, calendar)]
}

/** A day given for a limit in hours is counted from its first moment. */
const momentOf = (from: string): string => (isDay(from) ? `${from}T00:00` : from)

const kinds = ['days', 'months', 'years', 'hours'] as const
const countError = 'must be a whole number from 1 to 100000'
const count = z.int(countError).min(1, countError).max(100_000, countError).nullish()
const day = z.string().refine(isDay, { error: ({ input }) => `${JSON.stringify(input)} is not a day that exists (YYYY-MM-DD)` })
const pause = z.tuple([day, day.nullable()]).refine(([from, to]) => to === null || from <= to, 'ends before it begins')

/** A null stands for an absent field, as exports from tables write it. */
const Question = z
  .strictObject({
    days: count,
    months: count,
    years: count,
    hours: count,
    unit: z.enum(['calendar', 'working']).nullish(),
    from: z.string('says from which day (or for hours, moment) to count, as text'),
    pauses: z
      .array(pause)
      .nullish()
      .transform((pauses) => pauses ?? []),
    region: z
      .string()
      .refine((code) => parseDivisionCode(code).ok, 'is not a division code')
      .nullish(),
  })
  .superRefine((question, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    const given = kinds.filter((kind) => typeof question[kind] === 'number')
    const inHours = typeof question.hours === 'number'
    const shown = JSON.stringify(question.from)
    if (given.length !== 1) refuse(given[1] ?? 'days', 'exactly one of days, months, years and hours says how long')
    if (question.unit === 'working' && typeof question.days !== 'number') refuse('unit', 'only days are counted as working days')
    if (!inHours && !isDay(question.from)) refuse('from', `${shown} is not a day that exists (YYYY-MM-DD)`)
    if (inHours && !isMoment(momentOf(question.from))) refuse('from', `${shown} is not a moment (YYYY-MM-DDTHH:mm or RFC 3339)`)
    if (inHours && question.pauses.length > 0) refuse('pauses', 'a limit in hours is never paused')
  })
type Question = z.output<typeof Question>

function answer(question: Question, calendar: Calendar): string {
  const pauses = question.pauses.map(([from, to]) => ({ from, to }))
  const from = typeof question.hours === 'number' ? momentOf(question.from) : question.from
  const end = deadline(calendar, periodIn(question), from, { pauses, region: question.region ?? undefined })
  return JSON.stringify({ due: end?.due ?? null, target: end?.target ?? null, provisional: end?.provisional ?? false })
}

function periodIn(question: Question): Period {
  const units: Record<(typeof kinds)[number], Unit> = {
    days: question.unit === 'working' ? 'workingDay' : 'calendarDay',
    months: 'month',
    years: 'year',
    hours: 'hour',
  }
  const kind = kinds.find((kind) => typeof question[kind] === 'number') ?? 'days'
  return { count: question[kind] ?? 0, unit: units[kind] }
}

async function* answerLines(chunks: AsyncIterable<string> | Iterable<string>, calendar: Calendar): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim()) yield answerLine(line, calendar)
  }
  if (rest.trim()) yield answerLine(rest, calendar)
}

/** One bad question must not stop the others, so whatever is wrong with it becomes its answer. */
function answerLine(line: string, calendar: Calendar): string {
  try {
    const question = Question.safeParse(JSON.parse(line))
    return question.success ? answer(question.data, calendar) : JSON.stringify({ error: flawIn(question.error) })
  } catch (error) {
    if (error instanceof SyntaxError) return JSON.stringify({ error: 'the line is not JSON' })
    if (error instanceof RangeError) return JSON.stringify({ error: error.message })
    throw error
  }
}

/** The first flaw, led by its field: `pauses[0][1]: "2026-02-31" is not a day that exists`. */
function flawIn({ issues: [first] }: z.ZodError): string {
  if (!first) return 'the question is wrong'
  const field = first.path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i ? '.' : ''}${String(step)}`)).join('')
  return field ? `${field}: ${first.message}` : first.message
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        days: text,
        months: text,
        years: text,
        hours: text,
        unit: text,
        from: text,
        region: text,
        pause: { type: 'string', multiple: true },
        jsonl: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
}

function questionIn({ pause = [], jsonl: _jsonl, ...rest }: ReturnType<typeof readArguments>): Record<string, unknown> {
  const counts = kinds.flatMap((kind) => (rest[kind] === undefined ? [] : [[kind, countIn(rest[kind])]]))
  return { ...rest, ...Object.fromEntries(counts), pauses: pause.map(pauseIn) }
}

function countIn(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN
}

function pauseIn(text: string): readonly [string, string | null] {
  const [from = '', to, ...more] = text.split('..')
  if (to === undefined || more.length > 0) throw wrong(`--pause ${text}: a pause is written A..B, or A.. while it is open`)
  return [from, to || null]
}

function wrong(message: string): Error {
  return new Error(`${message}\n\n${clockUsage}`)
}
