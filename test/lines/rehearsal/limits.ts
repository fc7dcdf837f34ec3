import { z } from 'zod'
import { dayIn } from '#kernel/calendar/day-rule.ts'
import type { Limit } from '#kernel/limits/limit.ts'
import type { rehearsalActions } from './actions.ts'
import type { RehearsalSeat } from './seats.ts'
import type { RehearsalState } from './states.ts'
import { cite } from './statutes.ts'

type Its = Limit<RehearsalState, keyof typeof rehearsalActions, RehearsalSeat>
type Input = Parameters<NonNullable<Its['per']>>[0]

const ids = z.array(z.uuid()).catch([])
const named = (input: Input, many: string, one: string): string[] => [...ids.parse(input[many]), ...ids.parse([input[one]])]
const ends = ['sign', 'refuse', 'withdraw'] as const
const invented = '演示的期限，法律没有写'

/** Ten days for each respondent from their own service, and a day for each mediator from the appointment. */
export const limits = {
  reply: {
    title: { zh: '答复', en: 'Replying' },
    kind: 'duty',
    of: 'respondent',
    length: { count: 10, unit: 'calendarDay' },
    startedBy: ['serve'],
    from: dayIn('on'),
    per: (input) => named(input, 'respondents', 'respondent'),
    stoppedBy: ['reply', 'release', ...ends],
    onBreach: 'overdue',
    cite: cite('人民调解法', 17),
    uncertain: invented,
  },
  firstCall: {
    title: { zh: '首次联系', en: 'First call' },
    kind: 'duty',
    of: 'mediator',
    length: { count: 24, unit: 'hour' },
    startedBy: ['appoint'],
    per: (input) => named(input, 'mediators', 'mediator'),
    stoppedBy: ['call', ...ends],
    onBreach: 'overdue',
    cite: cite('人民调解法', 21),
    uncertain: invented,
  },
} satisfies Record<string, Its>
