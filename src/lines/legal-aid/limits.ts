import type { Period } from '#kernel/calendar.ts'
import { cite } from '#kernel/cite.ts'
import type { Law } from '#kernel/line.ts'
import type { Event } from '#kernel/matter.ts'

const days = (count: number): Period => ({ count, unit: 'calendarDay' })
const daysSet = (key: string) => (law: Law) => days(Number(law.setting(key)))
const dayIn = (field: string) => (input: Record<string, unknown>) => String(input[field])
const dayOr = (field: string) => (input: Record<string, unknown>) => (typeof input[field] === 'string' ? input[field] : undefined)

/** Statutory limits of legal aid on application; lengths not read in an authoritative text are settings (RULEBOOK §4.1, §8). */
export const limits = {
  forward: {
    title: { zh: '监管场所转交申请', en: 'Forwarding from custody' }, kind: 'duty', of: 'organ', length: { count: 24, unit: 'hour' },
    startedBy: ['handOver'], from: dayOr('handedOverAt'), stoppedBy: ['forward', 'withdraw'], onBreach: 'overdue', cite: cite('法律援助法', 39),
  },
  review: {
    title: { zh: '审查并作出决定', en: 'Review and decision' }, kind: 'duty', of: 'agency', length: days(7), startedBy: ['submit', 'forward'], from: dayOr('receivedOn'),
    stoppedBy: ['grant', 'refuse', 'lapse', 'withdraw', 'refer', 'terminate'], pausedIn: ['supplementing'], onBreach: 'overdue', cite: cite('法律援助法', 43, 1),
  },
  supplement: {
    title: { zh: '补充材料', en: 'Supplying what is missing' }, kind: 'duty', of: 'applicant', length: { until: dayIn('until') },
    startedBy: ['ask'], stoppedBy: ['supply', 'urgentAid', 'lapse', 'withdraw', 'refer', 'grant', 'refuse'], onBreach: 'lapse', cite: cite('法律援助法', 43, 2),
  },
  urgentPapers: {
    title: { zh: '先行援助后补办手续', en: 'Completing papers after urgent aid' }, kind: 'duty', of: 'applicant', length: { until: dayIn('until') },
    startedBy: ['urgentAid'], stoppedBy: ['grant', 'refuse', 'terminate', 'withdraw'], onBreach: 'overdue', cite: cite('法律援助法', 44, 2),
    uncertain: '办理法律援助案件程序规定第二十一条未能核对原文',
  },
  assignment: {
    title: { zh: '指派承办人', en: 'Assignment' }, kind: 'duty', of: 'agency', length: days(3),
    startedBy: ['grant'], stoppedBy: ['assign', 'terminate'], onBreach: 'overdue', cite: cite('法律援助法', 43, 1),
  },
  engagement: {
    title: { zh: '签订委托协议', en: 'Signing the agreement' }, kind: 'duty', of: 'assignee', length: days(5),
    startedBy: ['assign', 'replace', 'keepProvider'], startsIf: (event: Event) => event.to === 'assigned', stoppedBy: ['engage', 'requestReplacement', 'reportConflict', 'terminate'], onBreach: 'overdue', cite: cite('办理法律援助案件程序规定', 27),
  },
  replacement: {
    title: { zh: '决定是否更换承办人', en: 'Deciding on replacement' }, kind: 'duty', of: 'agency', length: daysSet('replacement.decideDays'),
    startedBy: ['requestReplacement', 'reportConflict'], stoppedBy: ['replace', 'keepProvider', 'terminate'], onBreach: 'overdue', cite: cite('法律援助法', 55),
    uncertain: '五日的期限未能核对原文',
  },
  terminationService: {
    title: { zh: '送达终止决定', en: 'Serving the termination' }, kind: 'duty', of: 'agency', length: daysSet('termination.sendDays'),
    startedBy: ['terminate'], stoppedBy: ['serveTermination'], onBreach: 'overdue', cite: cite('法律援助法', 48), uncertain: '三日的期限未能核对原文',
  },
  fileHandIn: {
    title: { zh: '提交结案卷宗', en: 'Handing in the file' }, kind: 'duty', of: 'assignee', length: daysSet('closing.fileDays'),
    startedBy: ['conclude', 'serveTermination', 'returnFile'], from: dayOr('concludedOn'), stoppedBy: ['submitFile', 'archive', 'correct'], onBreach: 'overdue', cite: cite('法律援助法', 50), uncertain: '三十日的期限未能核对原文',
  },
  fileCheck: {
    title: { zh: '审核卷宗', en: 'Checking the file' }, kind: 'duty', of: 'agency', length: daysSet('closing.checkDays'),
    startedBy: ['submitFile'], stoppedBy: ['approveFile', 'returnFile', 'correct'], onBreach: 'overdue', cite: cite('法律援助法', 52), uncertain: '三十日的期限未能核对原文',
  },
  objection: {
    title: { zh: '提出异议', en: 'Objecting' }, kind: 'right', of: 'applicant', length: daysSet('objection.days'),
    startedBy: ['serveRefusal', 'serveTermination'], from: dayOr('servedOn'), stoppedBy: ['correct'], cite: cite('法律援助法', 49, 1), uncertain: '十五日的期限未能核对原文',
  },
} as const
