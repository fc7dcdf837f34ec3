import { daysSet, type Happening, type Limit } from '#kernel/limits/limit.ts'
import type { Event } from '#kernel/matter.ts'
import type { consultationActions } from './actions.ts'
import { Urgency } from './data.ts'
import type { ConsultationSeat } from './seats.ts'
import type { ConsultationState } from './states.ts'
import { cite } from './statutes.ts'

type Its = Limit<ConsultationState, keyof typeof consultationActions, ConsultationSeat>

/** What a limit is chosen by, as an opening or a question settles it. */
function urgencyOf({ input }: Pick<Event, 'input'>) {
  const asked = Urgency.safeParse(input['data'] ?? input) // an opening keeps it in `data`
  return asked.success ? asked.data : undefined
}

const byChannel = (which: (channel: string) => boolean) => (event: Event) => {
  const asked = urgencyOf(event)
  return asked !== undefined && !asked.isUrgent && which(asked.channel)
}
const hoursSet = (key: string) => ({
  unit: 'hour' as const,
  length: ({ law }: Pick<Happening, 'law'>) => ({ count: Number(law.setting(key)), unit: 'hour' as const }),
})
const replyBy = (input: Event['input']): string => urgencyOf({ input })?.replyBy ?? ''

const asking = ['open', 'submit', 'askAgain'] as const
/** What comes back from another body is the desk's again, on whatever channel it was asked. */
const returning = ['referralReturned', 'referralEnded', 'recallReferral'] as const
const isReturned = ({ action }: Pick<Event, 'action'>) => returning.some((one) => one === action)
const leading = ['answer', 'approve', 'schedule', 'refer', 'referToMediation', 'convert', 'lose', 'withdraw'] as const
const article = cite('法律援助法', 23)
const ours = { zh: '法律没有写多久，这个时间是我们给自己定的。', en: 'The law sets no time; we set ourselves this one.' }

/** A day for a message, seven working days for a letter, minutes in a live chat; an hour where somebody may be in danger (RULEBOOK §2.3). */
export const limits = {
  urgent: {
    title: { zh: '有危险的先答复', en: 'Answering somebody in danger' },
    kind: 'duty',
    of: 'desk',
    ...hoursSet('consultation.urgentHours'),
    startedBy: [...asking, 'markUrgent'],
    startsIf: (event) => event.action === 'markUrgent' || urgencyOf(event)?.isUrgent === true,
    stoppedBy: leading,
    onBreach: 'overdue',
    cite: article,
    uncertain: '法律没有写；这个时间是本平台定的',
    told: ours,
  },
  message: {
    title: { zh: '答复', en: 'Answering' },
    kind: 'duty',
    of: 'desk',
    ...hoursSet('consultation.messageHours'),
    startedBy: [...asking, ...returning],
    startsIf: (event) => isReturned(event) || byChannel((channel) => channel !== 'letter' && channel !== 'chat')(event),
    stoppedBy: [...leading, 'markUrgent'],
    onBreach: 'overdue',
    cite: article,
    uncertain: '二十四小时出自一个区的办事指南（照国家标准写），标准原文没有读到',
    told: ours,
  },
  letter: {
    title: { zh: '答复来信', en: 'Answering a letter' },
    kind: 'duty',
    of: 'desk',
    ...daysSet('consultation.letterDays', 'workingDay'),
    startedBy: asking,
    startsIf: byChannel((channel) => channel === 'letter'),
    stoppedBy: [...leading, 'markUrgent'],
    onBreach: 'overdue',
    cite: article,
    uncertain: '七个工作日出自一个区的办事指南（照国家标准写），标准原文没有读到',
    told: ours,
  },
  chat: {
    title: { zh: '回应在线咨询', en: 'Replying in a live chat' },
    kind: 'duty',
    of: 'desk',
    length: { at: replyBy },
    startedBy: asking,
    startsIf: (event) => byChannel((channel) => channel === 'chat')(event) && replyBy(event.input) !== '',
    stoppedBy: [...leading, 'markUrgent'],
    onBreach: 'overdue',
    cite: article,
    uncertain: '指南印的是“5 小时”，像是“5 分钟”之误',
    told: ours,
  },
  meeting: {
    title: { zh: '约好的时间', en: 'The agreed time' },
    kind: 'duty',
    of: 'desk',
    length: { at: ({ at }) => String(at) },
    startedBy: ['schedule'],
    stoppedBy: leading,
    onBreach: 'overdue',
    cite: article,
    told: { zh: '这是约好的时间。', en: 'This is the agreed time.' },
  },
  again: {
    title: { zh: '接着问一次', en: 'Asking once more' },
    kind: 'right',
    of: 'applicant',
    ...daysSet('consultation.againDays'),
    startedBy: ['answer', 'approve'],
    stoppedBy: ['askAgain', 'convert'],
    onBreach: 'close',
    cite: article,
    uncertain: '法律没有写；这个天数是本平台定的',
    told: ours,
  },
} satisfies Record<string, Its>
