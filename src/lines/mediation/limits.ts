import { z } from 'zod'
import type { Event } from '#kernel/matter.ts'
import { daysSet, type Happening, type Limit } from '#kernel/limits/limit.ts'
import { answeringReferral } from '#parts/referral.ts'
import type { mediationActions } from './actions.ts'
import { reminderOf } from './rules.ts'
import type { MediationSeat } from './seats.ts'
import type { MediationState } from './states.ts'
import { cite } from './statutes.ts'

type Its = Limit<MediationState, keyof typeof mediationActions, MediationSeat>
type Input = Event['input']

const ids = z.array(z.uuid()).catch([])
const named = (input: Input): string[] => [...ids.parse(input['respondents']), ...ids.parse([input['respondent']])]
const hasNext = (event: Pick<Event, 'to' | 'input'>) => event.to !== 'performed' && typeof event.input['until'] === 'string'
const settled = ['seal', 'agreeOrally', 'fail', 'stop'] as const
const notBegun = ['decline', 'closeUnanswered', 'withdraw'] as const
const overWith = ['recordPerformed', 'recordBreach', 'writeDown'] as const

/** Seven days of each respondent to say whether they agree; a month from the consent of all; and the days that were agreed. */
export const limits = {
  reply: {
    title: { zh: '答复愿不愿意调解', en: 'Saying whether they agree' },
    kind: 'right',
    of: 'respondent',
    ...daysSet('mediation.replyDays'),
    startedBy: ['invite'],
    per: named,
    stoppedBy: ['consent', 'consentToOffer', 'release', ...notBegun],
    onBreach: 'unanswered',
    cite: cite('人民调解法', 17),
    uncertain: '法律没有写等多少天；这个天数是本平台定的',
    told: { zh: '法律没有写等多少天。不答复也没有关系。', en: 'The law sets no number of days, and nobody has to answer.' },
  },
  duration: {
    title: { zh: '调解', en: 'Mediation' },
    kind: 'duty',
    of: 'desk',
    unit: 'month',
    length: ({ law }: Pick<Happening, 'law'>) => ({ count: Number(law.setting('mediation.months')), unit: 'month' }),
    startedBy: ['consent', 'consentToOffer', 'release'],
    startsIf: ({ to }) => to === 'accepted',
    stoppedBy: settled,
    extendedBy: { agreeToExtend: ({ until }) => ({ until: String(until) }) },
    onBreach: 'overdue',
    cite: cite('人民调解工作若干规定', 33),
    uncertain: '规定只说“一般”一个月；2020 年的行业规范没有读到',
    told: { zh: '一般在一个月内谈完；各方都同意，可以延长。', en: 'A month as a rule; longer if everybody agrees.' },
  },
  answerReferral: answeringReferral(cite('个人信息保护法', 23)),
  labour: {
    title: { zh: '劳动争议十五日', en: 'Fifteen days of a labour dispute' },
    kind: 'appointment',
    of: 'desk',
    length: { count: 15, unit: 'calendarDay' },
    startedBy: ['open', 'submit', 'acceptReferral'],
    startsIf: ({ input }) => kindIn(input) === 'labour',
    stoppedBy: [...settled, ...notBegun, 'returnReferral', 'takeBackReferral'],
    onBreach: 'mayArbitrate',
    cite: cite('劳动争议调解仲裁法', 14, 3),
  },
  meeting: {
    title: { zh: '一起谈', en: 'Meeting of both sides' },
    kind: 'appointment',
    of: 'everybody',
    length: { at: ({ at }) => String(at) },
    startedBy: ['meetTogether'],
    stoppedBy: [...settled, 'noteGap'],
    cite: cite('人民调解法', 22),
  },
  instalment: {
    title: { zh: '约定的日子', en: 'An agreed day' },
    kind: 'appointment',
    of: 'everybody',
    length: { until: ({ until }) => String(until) },
    startedBy: ['seal', 'agreeOrally', 'recordInstalment'],
    startsIf: hasNext,
    stoppedBy: ['recordInstalment', ...overWith],
    onBreach: 'instalmentPassed',
    cite: cite('人民调解法', 31, 2),
  },
  instalmentReminder: {
    title: { zh: '提醒约定的日子', en: 'Reminder of an agreed day' },
    kind: 'appointment',
    of: 'desk',
    length: { at: ({ until }) => reminderOf(String(until)).toISOString() },
    startedBy: ['seal', 'agreeOrally', 'recordInstalment'],
    startsIf: (event) => hasNext(event) && event.at < reminderOf(String(event.input['until'])),
    stoppedBy: ['recordInstalment', 'remindInstalment', ...overWith],
    onBreach: 'remindInstalment',
    cite: cite('人民调解法', 31, 2),
  },
} satisfies Record<string, Its>

/** What it is about, as an opening or a filing settles it. */
const kindIn = (input: Input): unknown => input['kind'] ?? (input['data'] as Input | undefined)?.['kind'] // an opening keeps it in `data`
