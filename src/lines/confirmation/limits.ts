import { z } from 'zod'
import { dayIn } from '#kernel/calendar/day-rule.ts'
import type { Event } from '#kernel/matter.ts'
import type { Limit } from '#kernel/limits/limit.ts'
import { thirtyDays } from '#parts/confirming-together.ts'
import type { confirmationActions } from './actions.ts'
import type { ConfirmationSeat } from './seats.ts'
import type { ConfirmationState } from './states.ts'
import { cite } from './statutes.ts'

type Its = Limit<ConfirmationState, keyof typeof confirmationActions, ConfirmationSeat>
type Input = Event['input']

const Opened = z.object({ data: z.object({ effectiveOn: z.iso.date() }) })
const explained = '最高人民法院关于适用民事诉讼法的解释'

/** Fifteen days of a party, from the day that party received the ruling. */
const objecting = (seat: ConfirmationSeat): Its => ({
  title: { zh: '对确认裁定提出异议', en: 'Objecting to the ruling' },
  kind: 'right',
  of: seat,
  length: { count: 15, unit: 'calendarDay' },
  startedBy: ['recordReceipt'],
  from: dayIn('on'),
  per: (input: Input) => z.array(z.uuid()).catch([]).parse([input[seat]]),
  stoppedBy: [],
  cite: cite(explained, 372, 2),
})

/** The thirty days of all together; the court's own, which are shown and bind nobody here; and the objections. */
export const limits = {
  apply: {
    title: { zh: '各方一起申请司法确认', en: 'Applying together' },
    kind: 'right',
    of: 'everybody',
    length: thirtyDays,
    startedBy: ['open'],
    from: (input) => Opened.safeParse(input).data?.data.effectiveOn,
    stoppedBy: ['apply', 'withdraw'],
    onBreach: 'lapse',
    cite: cite('人民调解法', 33, 1),
  },
  acceptance: {
    title: { zh: '法院说受理不受理', en: 'The court says whether it takes it' },
    kind: 'appointment',
    of: 'desk',
    length: { count: 3, unit: 'calendarDay' },
    startedBy: ['apply'],
    stoppedBy: ['accept', 'notAccept', 'withdraw'],
    cite: cite('最高人民法院关于人民调解协议司法确认程序的若干规定', 4),
  },
  ruling: {
    title: { zh: '法院裁定（目标）', en: 'The court’s ruling (a target)' },
    kind: 'appointment',
    of: 'desk',
    length: { count: 30, unit: 'calendarDay' },
    startedBy: ['accept'],
    from: dayIn('filedOn'),
    stoppedBy: ['confirm', 'reject', 'withdraw'],
    cite: cite('民事诉讼法', 187),
    uncertain: '另有规定写十五日、可延长十日；这是法院的目标，不能据此计算权利',
  },
  objectionOfOne: objecting('applicant'),
  objectionOfOther: objecting('respondent'),
  outsider: {
    title: { zh: '协议外的人提出异议', en: 'An outsider’s objection' },
    kind: 'right',
    of: 'desk',
    length: { count: 6, unit: 'month' },
    startedBy: ['recordOutsider'],
    from: dayIn('knewOn'),
    stoppedBy: [],
    cite: cite(explained, 372, 2),
  },
} satisfies Record<string, Its>
