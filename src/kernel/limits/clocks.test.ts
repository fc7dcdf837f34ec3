import { describe, expect, test } from 'vitest'
import { addDays, dayOf } from '../calendar/calendar.ts'
import { clocksFrom, tick } from './clocks.ts'
import { foresee } from './foresee.ts'
import { born } from '../decide.ts'
import type { Law, Line } from '../line.ts'
import type { Happening, Limit } from './limit.ts'
import type { Clock, Event } from '../matter.ts'
import { lines } from '#lines/services.ts'
import { serviceSettings } from '#lines/services.ts'
import { recordSettings } from '#records/settings/settings.ts'
import { respondents, twoSides } from '#test/two-sides.ts'

const [chen, ma, sun] = respondents
/** A calendar of weekends alone. 2 March 2026 is a Monday. */
const law = (settings: Record<string, unknown> = {}): Law => ({
  calendar: { lastYear: 2026, days: new Map(), regional: [] },
  setting: (key) => settings[key],
})
const at = (moment: string) => new Date(`${moment.length === 10 ? `${moment}T09:00` : moment}:00+08:00`)

type Happened = [day: string, action: string, input?: Event['input'], to?: string]

/** A log of the made-up line, opened on the first day that is told. */
function logOf(...told: readonly Happened[]): Event[] {
  const all: Happened[] = [
    [told[0]?.[0] ?? '2026-03-02', 'open', { line: twoSides.key, edition: twoSides.edition, data: {} }, 'open'],
    ...told,
  ]
  let state = ''
  return all.map(([day, action, input = {}, to], seq) => {
    const from = state
    state = to ?? twoSides.actions[action]?.to?.toString() ?? from
    return { region: '630102', id: 'm', seq, action, actor: 'system', at: at(day), from, to: state, input }
  })
}

const over = (limit: string, change: Partial<Limit<string, string>>): Line => {
  const its = { ...twoSides.limits[limit]!, ...change } as Limit<string, string> // a test's own change of one member
  return { ...twoSides, limits: { ...twoSides.limits, [limit]: its } }
}
const clocksOf = (line: Line, events: readonly Event[], its = law()) => clocksFrom(line, events, () => its)
const run = (clocks: readonly Clock[], limit: string, party: string | null = null) =>
  clocks.findLast((clock) => clock.limit === limit && clock.party === party)
const lastDay = (clock: Clock | undefined) => (clock?.dueAt ? dayOf(new Date(clock.dueAt.getTime() - 1)) : null)
const answerBy = (party: string, ...told: readonly Happened[]) => lastDay(run(clocksOf(twoSides, logOf(...told)), 'answer', party))

describe('a limit that every party has of their own', () => {
  test('two respondents served on different days keep their own limits; serving one never stops the other’s', () => {
    const clocks = clocksOf(
      twoSides,
      logOf(['2026-03-02', 'serve', { respondents: [chen] }], ['2026-03-04', 'serve', { respondents: [ma] }]),
    )
    expect([lastDay(run(clocks, 'answer', chen)), lastDay(run(clocks, 'answer', ma))]).toEqual(['2026-03-12', '2026-03-16'])
    expect(clocks.filter(({ limit, stoppedAt }) => limit === 'answer' && stoppedAt)).toEqual([])
  })

  test('one event may start it for several', () => {
    const clocks = clocksOf(twoSides, logOf(['2026-03-02', 'serve', { respondents: [chen, ma, chen] }]))
    expect(clocks.flatMap(({ limit, party }) => (limit === 'answer' ? [party] : []))).toEqual([chen, ma])
  })

  test('an answer stops the run of the party it names, and leaves the rest', () => {
    const clocks = clocksOf(
      twoSides,
      logOf(['2026-03-02', 'serve', { respondents: [chen, ma] }], ['2026-03-05', 'answer', { respondent: chen }]),
    )
    expect([run(clocks, 'answer', chen)?.stoppedAt, run(clocks, 'answer', ma)?.stoppedAt]).toEqual([at('2026-03-05'), null])
  })

  test('where all must answer, one party’s part ends their own run, and the others’ go on', () => {
    const part = { respondent: chen, part: { holder: chen, isLast: false } }
    const clocks = clocksOf(twoSides, logOf(['2026-03-02', 'serve', { respondents: [chen, ma] }], ['2026-03-04', 'answer', part]))
    expect(clocks.flatMap(({ limit, party, stoppedAt }) => (limit === 'answer' && !stoppedAt ? [party] : []))).toEqual([ma])
  })

  test('served again, a party’s run starts anew, and only theirs', () => {
    const clocks = clocksOf(
      twoSides,
      logOf(['2026-03-02', 'serve', { respondents: [chen, ma] }], ['2026-03-04', 'serve', { respondents: [chen] }]),
    )
    expect([lastDay(run(clocks, 'answer', chen)), lastDay(run(clocks, 'answer', ma))]).toEqual(['2026-03-16', '2026-03-12'])
  })

  test('what names nobody concerns all of them', () => {
    const clocks = clocksOf(twoSides, logOf(['2026-03-02', 'serve', { respondents: [chen, ma] }], ['2026-03-05', 'close']))
    expect(clocks.filter(({ stoppedAt }) => !stoppedAt)).toEqual([])
  })

  test('a breach concerns the party it records, though it may stop the limit', () => {
    const line = over('answer', { stoppedBy: ['answer', 'close', 'defaulted'] })
    const passed = { limit: 'answer', party: chen }
    const clocks = clocksOf(line, logOf(['2026-03-02', 'serve', { respondents: [chen, ma] }], ['2026-03-13', 'defaulted', passed]))
    expect([run(clocks, 'answer', chen)?.stoppedAt, run(clocks, 'answer', ma)?.stoppedAt]).toEqual([at('2026-03-13'), null])
  })

  test('a party without an id is a mistake of the line, not a limit of nobody', () => {
    const line = over('answer', { per: () => [''] })
    expect(() => clocksOf(line, logOf(['2026-03-02', 'serve', { respondents: [chen] }]))).toThrow(/names a party without an id/)
  })
})

describe('time that an event excludes', () => {
  const served: Happened = ['2026-03-02', 'serve', { respondents: [chen, ma] }]

  test('there is no last day from the event that pauses it to the one that resumes it', () => {
    expect(answerBy(chen, served, ['2026-03-05', 'appraise'])).toBeNull()
    expect(answerBy(chen, served, ['2026-03-05', 'appraise'], ['2026-03-10', 'appraised'])).toBe('2026-03-17')
  })

  test('the day it holds from is the one that is recorded, not the day of recording', () => {
    const appraised: Happened = ['2026-03-10', 'appraised', { on: '2026-03-09' }]
    expect(answerBy(chen, served, ['2026-03-06', 'appraise', { on: '2026-03-03' }], appraised)).toBe('2026-03-18')
  })

  test('a pause of one party leaves the others’ runs as they are', () => {
    const events: Happened[] = [served, ['2026-03-05', 'appraise', { respondent: chen }]]
    expect([answerBy(chen, ...events), answerBy(ma, ...events)]).toEqual([null, '2026-03-12'])
  })

  test('a pause that is said to end before it began excludes nothing', () => {
    expect(answerBy(chen, served, ['2026-03-05', 'appraise'], ['2026-03-06', 'appraised', { on: '2026-03-03' }])).toBe('2026-03-12')
  })

  test('leaving a state in which the limit waits does not end a pause that an event called for', () => {
    const line = over('answer', { pausedIn: ['negotiating'] })
    const meanwhile: Happened[] = [
      ['2026-03-05', 'negotiate', { days: 5 }],
      ['2026-03-06', 'leave'],
    ]
    const clocks = clocksOf(line, logOf(served, ['2026-03-04', 'appraise'], ...meanwhile))
    expect(run(clocks, 'answer', chen)).toMatchObject({
      dueAt: null,
      pauses: [
        { to: null, by: 2 },
        { from: '2026-03-05', to: '2026-03-06' },
      ],
    })
  })

  test('a pause of a fixed end moves the end as it was fixed, and reads nothing from the event that paused it', () => {
    const length = { until: ({ on }: Event['input']) => String(on) }
    const line = over('answer', { length, per: () => [chen], from: () => undefined } as Partial<Limit<string, string>>) // one member of the union for another
    const clocks = clocksOf(
      line,
      logOf(
        ['2026-03-02', 'serve', { on: '2026-03-20' }],
        ['2026-03-05', 'appraise', { on: '2026-03-05' }],
        ['2026-03-10', 'appraised', { on: '2026-03-09' }],
      ),
    )
    expect(lastDay(run(clocks, 'answer', chen))).toBe('2026-03-24')
  })
})

describe('a limit that is lengthened by an event', () => {
  const served: Happened = ['2026-03-02', 'serve', { respondents: [chen, ma] }]
  const begun: Happened = ['2026-03-02', 'negotiate', { days: 30 }]
  const negotiation = (...told: readonly Happened[]) => lastDay(run(clocksOf(twoSides, logOf(...told)), 'negotiation'))

  test('a period is counted on from its last day before any roll-over, and only the new last day rolls', () => {
    expect(answerBy(chen, served, ['2026-03-03', 'prolong', { days: 3 }])).toBe('2026-03-16')
    expect(answerBy(chen, served, ['2026-03-03', 'prolong', { days: 3 }], ['2026-03-04', 'prolong', { days: 4 }])).toBe('2026-03-19')
  })

  test('an extension of one party’s is nobody else’s', () => {
    expect(answerBy(ma, served, ['2026-03-03', 'prolong', { respondent: chen, days: 30 }])).toBe('2026-03-12')
  })

  test('a new end that is agreed replaces the old one and does not roll', () => {
    expect(negotiation(begun)).toBe('2026-04-01')
    expect(negotiation(begun, ['2026-03-20', 'agree', { until: '2026-05-02' }])).toBe('2026-05-02')
  })

  test('time excluded after a new end was agreed moves it; what was excluded before is in it already', () => {
    const before: Happened[] = [
      ['2026-03-05', 'appraise'],
      ['2026-03-10', 'appraised'],
    ]
    const agreed: Happened = ['2026-03-20', 'agree', { until: '2026-05-06' }]
    expect(negotiation(begun, ...before, agreed)).toBe('2026-05-06')
    expect(negotiation(begun, agreed, ['2026-03-25', 'appraise'], ['2026-03-30', 'appraised'])).toBe('2026-05-11')
  })

  test('an end that is agreed earlier is not held up by a pause that begins after it', () => {
    expect(negotiation(begun, ['2026-03-03', 'agree', { until: '2026-03-06' }], ['2026-03-09', 'appraise'])).toBe('2026-03-06')
  })

  test('an end agreed while it is paused waits for the pause', () => {
    const paused: Happened[] = [begun, ['2026-03-05', 'appraise'], ['2026-03-20', 'agree', { until: '2026-05-06' }]]
    expect(negotiation(...paused)).toBeNull()
    expect(negotiation(...paused, ['2026-03-22', 'appraised'])).toBe('2026-05-08')
  })

  test('a limit in hours is lengthened by hours', () => {
    const clocks = clocksOf(twoSides, logOf(['2026-03-02T09:00', 'prolong', { days: 6 }]))
    expect(run(clocks, 'callBack')?.dueAt).toEqual(at('2026-03-03T15:00'))
  })
})

describe('a computed length', () => {
  test('is what the starting event agreed, whatever a later event says', () => {
    const log = logOf(['2026-03-02', 'negotiate', { days: 7 }], ['2026-03-03', 'appraise', { days: 50 }], ['2026-03-04', 'appraised'])
    expect(lastDay(run(clocksOf(twoSides, log), 'negotiation'))).toBe('2026-03-10')
  })

  test('may hang on the matter as the starting event left it', () => {
    const length = ({ matter }: Happening) => ({
      count: matter.state === 'negotiating' ? 3 : 9,
      unit: 'calendarDay' as const,
    })
    const line = over('negotiation', { length, unit: 'calendarDay' })
    expect(lastDay(run(clocksOf(line, logOf(['2026-03-02', 'negotiate', { days: 30 }])), 'negotiation'))).toBe('2026-03-05')
  })

  test('that comes in another unit than its limit declares is refused, since it was proved by that', () => {
    const line = over('negotiation', { length: () => ({ count: 3, unit: 'hour' }), unit: 'calendarDay' })
    expect(() => clocksOf(line, logOf(['2026-03-02', 'negotiate', { days: 30 }]))).toThrow(/declare the unit/)
  })
})

describe('before an action is taken, nothing is said of what its form decides', () => {
  const log = logOf(['2026-03-02', 'serve', { respondents: [chen] }])
  const foreseen = (key: string, events = log, line = twoSides) =>
    foresee(line, born(line, events[0]!), key, clocksOf(line, events), {
      actor: { id: sun, kind: 'staff', grants: [] },
      now: at('2026-03-03'),
      law: law(),
    }).limits // a log begins

  test('whose run it will be', () => {
    expect(foreseen('serve')).toEqual([{ limit: 'answer', change: 'starts', dueAt: null }])
    expect(foreseen('answer')).toEqual([{ limit: 'answer', change: 'stops', dueAt: null }])
  })

  test('how long it will be, and until when it is extended', () => {
    expect(foreseen('negotiate')).toEqual([{ limit: 'negotiation', change: 'starts', dueAt: null }])
    const negotiating = logOf(['2026-03-02', 'negotiate', { days: 7 }])
    expect(foreseen('agree', negotiating)).toEqual([{ limit: 'negotiation', change: 'extends', dueAt: null }])
    const length = ({ matter }: Happening) => ({ count: matter.parent ? 20 : 10, unit: 'calendarDay' as const })
    const byMatter = over('negotiation', { length, unit: 'calendarDay' })
    expect(foreseen('negotiate', log, byMatter)).toEqual([{ limit: 'negotiation', change: 'starts', dueAt: null }])
    expect(foreseen('prolong')).toEqual([{ limit: 'answer', change: 'extends', dueAt: null }])
  })
})

describe('legal aid’s own rule of roll-over (民法典 §203)', () => {
  const defaults = Object.fromEntries(
    Object.entries({ ...serviceSettings, ...recordSettings }).map(([key, { default: value }]) => [key, value]),
  )
  const rollover = (rolls: boolean) => law({ ...defaults, 'legalAid.dayRollover': rolls })

  /** When a limit ends that starts on that day, whatever it starts from. */
  function endOf({ from: _, startsIf: __, ...limit }: Limit<string, string>, day: string, its: Law): number | undefined {
    const [event] = logOf([
      day,
      'serve',
      { until: day, at: `${day}T09:00:00Z`, isUrgent: false, channel: 'chat', replyBy: `${day}T09:00:00Z` },
    ]).slice(1)
    const line = { ...twoSides, limits: { alone: { ...limit, startedBy: ['serve'] } } }
    return tick(line, [], { event: event!, matter: born(line, event!), law: its })[0]?.dueAt?.getTime() // one was logged
  }

  /** The limits whose end hangs on the setting, on one of the days of a fortnight. */
  const moved = ({ limits }: Line) =>
    Object.keys(limits).filter((key) =>
      fortnight.some((day) => endOf(limits[key]!, day, rollover(true)) !== endOf(limits[key]!, day, rollover(false))),
    ) // keys of its own
  const fortnight = Array.from({ length: 14 }, (_, n) => addDays('2026-03-02', n))

  test('moves every limit of its own that is counted in days, and no day or moment that was fixed', () => {
    const legalAid = lines.find(({ key }) => key === 'legal-aid')! // one of the lines
    const isInDays = ([, { length, unit }]: [string, Limit<string, string>]) =>
      typeof length === 'function' ? unit === 'calendarDay' : 'count' in length && length.unit === 'calendarDay'
    expect(moved(legalAid)).toEqual(
      Object.entries(legalAid.limits)
        .filter(isInDays)
        .map(([key]) => key),
    )
  })

  test.each(lines.filter(({ key }) => key !== 'legal-aid').map((line) => [line.key, line] as const))('moves no limit of %s', (_, line) => {
    expect(moved(line)).toEqual([])
  })
})
