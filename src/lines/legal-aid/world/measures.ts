import { sql } from 'kysely'
import { fact, ratio, sum, type Measure } from '#indicators/indicator.ts'
import { cite } from '../statutes.ts'

export const clocks = fact('clock_fact', 'line', 'limit', 'region', 'city', 'province', 'due_at', 'stopped_at', 'stopped_by')
export const outcomes = fact(
  'outcome_fact',
  'line',
  'region',
  'city',
  'province',
  'concluded_on',
  'result',
  'claimed_fen',
  'recovered_fen',
  'confirmation',
  'confirmed_fen',
)

/** Of the limits that have run: those met by one of `metBy`, in time or late. What fell away before its day, as by a withdrawal, is nobody's merit and not counted. */
const onTime = (limit: string, metBy: readonly string[]) =>
  ({
    better: 'higher',
    over: clocks,
    at: 'due_at',
    among: (row: typeof clocks.cols) =>
      sql`${row.line} = 'legal-aid' and ${row.limit} = ${limit} and (coalesce(${row.stopped_at} >= ${row.due_at}, true) or ${row.stopped_by} && ${metBy}::text[])`,
    when: (row: typeof clocks.cols) => sql`coalesce(${row.stopped_at} < ${row.due_at}, false)`,
  }) as const

/** Share of reviews decided within seven days (法律援助法 art. 43), of those whose seven days have run. */
export const reviewedOnTime = ratio({
  key: 'legal-aid.reviewed-on-time',
  title: { zh: '七日内审查率', en: 'Reviewed within seven days' },
  source: cite('法律援助法', 43, 1),
  ...onTime('review', ['grant', 'refuse']),
})

/** Share of grants assigned within three days. */
export const assignedOnTime = ratio({
  key: 'legal-aid.assigned-on-time',
  title: { zh: '三日内指派率', en: 'Assigned within three days' },
  source: cite('法律援助法', 43, 1),
  ...onTime('assignment', ['assign']),
})

/** Money recovered for recipients, fen: as providers report it, as far as the recipients received it, and what of it they deny. */
export const moneyRecovered = sum({
  key: 'legal-aid.money-recovered',
  title: { zh: '为受援人追回的金额', en: 'Money recovered for recipients' },
  better: 'higher',
  source: cite('法律援助法', 50),
  over: outcomes,
  at: 'concluded_on',
  among: ({ line }) => sql`${line} = 'legal-aid'`,
  claimed: ({ recovered_fen }) => sql`${recovered_fen}`,
  confirmed: ({ confirmed_fen }) => sql`${confirmed_fen}`,
  contradicted: ({ recovered_fen, confirmed_fen, confirmation }) =>
    sql`case when ${confirmation} = 'contradicted' then greatest(${recovered_fen} - coalesce(${confirmed_fen}, 0), 0) end`,
})

export const legalAidMeasures: readonly Measure[] = [reviewedOnTime, assignedOnTime, moneyRecovered]
