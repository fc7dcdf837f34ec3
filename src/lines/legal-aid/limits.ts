import type { Period } from '#kernel/calendar/calendar.ts'
import { dayIn } from '#kernel/calendar/day-rule.ts'
import { daysSet } from '#kernel/limits/limit.ts'
import type { Event } from '#kernel/matter.ts'
import { answeringReferral } from '#parts/referral.ts'
import { hearingLimits } from '#parts/hearing.ts'
import { rolls } from './rollover.ts'
import { cite } from './statutes.ts'

const days = (count: number): Period => ({ count, unit: 'calendarDay' })
/** A statutory number of days, which rolls over as legal aid's rule says. */
const ownDays = (count: number) => ({ length: days(count), rolls })
/** The same where the number is a setting. */
const ownDaysSet = (key: string) => ({ ...daysSet(key), rolls })
const fixedDay = (field: string) => (input: Record<string, unknown>) => String(input[field])

/** Statutory limits of legal aid on application; lengths not read in an authoritative text are settings (RULEBOOK §4.1, §8). */
export const limits = {
  forward: {
    title: { zh: '监管场所转交申请', en: 'Forwarding from custody' },
    kind: 'duty',
    of: 'organ',
    length: { count: 24, unit: 'hour' },
    startedBy: ['handOver'],
    from: dayIn('handedOverAt'),
    stoppedBy: ['forward', 'withdraw'],
    onBreach: 'overdue',
    cite: cite('法律援助法', 39),
  },
  answerReferral: answeringReferral(cite('个人信息保护法', 23)),
  review: {
    title: { zh: '审查并作出决定', en: 'Review and decision' },
    kind: 'duty',
    of: 'desk',
    ...ownDays(7),
    startedBy: ['submit', 'forward'],
    from: dayIn('receivedOn'),
    stoppedBy: ['grant', 'refuse', 'lapse', 'withdraw', 'refer', 'referralAccepted', 'returnReferral', 'terminate'],
    pausedIn: ['supplementing'],
    onBreach: 'overdue',
    cite: cite('法律援助法', 43, 1),
  },
  supplement: {
    title: { zh: '补充材料', en: 'Supplying what is missing' },
    kind: 'duty',
    of: 'applicant',
    length: { until: fixedDay('until') },
    startedBy: ['ask'],
    stoppedBy: ['supply', 'urgentAid', 'lapse', 'withdraw', 'refer', 'grant', 'refuse'],
    onBreach: 'lapse',
    cite: cite('法律援助法', 43, 2),
  },
  urgentPapers: {
    title: { zh: '先行援助后补办手续', en: 'Completing papers after urgent aid' },
    kind: 'duty',
    of: 'applicant',
    length: { until: fixedDay('until') },
    startedBy: ['urgentAid'],
    stoppedBy: ['grant', 'refuse', 'terminate', 'withdraw'],
    onBreach: 'overdue',
    cite: cite('法律援助法', 44, 2),
    uncertain: '办理法律援助案件程序规定第二十一条未能核对原文',
  },
  assignment: {
    title: { zh: '指派承办人', en: 'Assignment' },
    kind: 'duty',
    of: 'desk',
    ...ownDays(3),
    startedBy: ['grant'],
    stoppedBy: ['assign', 'terminate'],
    onBreach: 'overdue',
    cite: cite('法律援助法', 43, 1),
  },
  engagement: {
    title: { zh: '签订委托协议', en: 'Signing the agreement' },
    kind: 'duty',
    of: 'assignee',
    ...ownDays(5),
    startedBy: ['assign', 'replace', 'keepProvider'],
    startsIf: (event: Event) => event.to === 'assigned',
    stoppedBy: ['engage', 'requestReplacement', 'reportConflict', 'terminate'],
    onBreach: 'overdue',
    cite: cite('办理法律援助案件程序规定', 27),
  },
  replacement: {
    title: { zh: '决定是否更换承办人', en: 'Deciding on replacement' },
    kind: 'duty',
    of: 'desk',
    ...ownDaysSet('replacement.decideDays'),
    startedBy: ['requestReplacement', 'reportConflict'],
    stoppedBy: ['replace', 'keepProvider', 'terminate'],
    onBreach: 'overdue',
    cite: cite('法律援助法', 55),
    uncertain: '五日的期限未能核对原文',
  },
  terminationService: {
    title: { zh: '送达终止决定', en: 'Serving the termination' },
    kind: 'duty',
    of: 'desk',
    ...ownDaysSet('termination.sendDays'),
    startedBy: ['terminate'],
    stoppedBy: ['serveTermination'],
    onBreach: 'overdue',
    cite: cite('法律援助法', 48),
    uncertain: '三日的期限未能核对原文',
  },
  ...hearingLimits(['conclude', 'terminate'], cite('法律援助法', 46)),
  fileHandIn: {
    title: { zh: '提交结案卷宗', en: 'Handing in the file' },
    kind: 'duty',
    of: 'assignee',
    ...ownDaysSet('closing.fileDays'),
    startedBy: ['conclude', 'serveTermination', 'returnFile'],
    startsIf: (event: Event) => event.to !== 'terminationSentUnassigned',
    from: dayIn('concludedOn'),
    stoppedBy: ['submitFile', 'archive', 'correct'],
    onBreach: 'overdue',
    cite: cite('法律援助法', 50),
    uncertain: '三十日的期限未能核对原文',
  },
  fileCheck: {
    title: { zh: '审核卷宗', en: 'Checking the file' },
    kind: 'duty',
    of: 'desk',
    ...ownDaysSet('closing.checkDays'),
    startedBy: ['submitFile'],
    stoppedBy: ['approveFile', 'returnFile', 'archive', 'correct'],
    onBreach: 'overdue',
    cite: cite('法律援助法', 52),
    uncertain: '三十日的期限未能核对原文',
  },
  objection: {
    title: { zh: '提出异议', en: 'Objecting' },
    kind: 'right',
    of: 'applicant',
    ...ownDaysSet('objection.days'),
    startedBy: ['serveRefusal', 'serveTermination', 'resume'],
    startsIf: ({ to }: Event) => ['refusalSent', 'terminationSent', 'terminationSentUnassigned'].includes(to),
    from: dayIn('servedOn'),
    stoppedBy: ['contest', 'correct'],
    onBreach: 'settle',
    cite: cite('法律援助法', 49, 1),
    uncertain: '十五日的期限未能核对原文',
  },
} as const
