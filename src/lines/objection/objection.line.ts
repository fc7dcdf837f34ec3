import { z } from 'zod'
import { privacy } from '#parts/traits.ts'
import { attaching } from '#parts/attaching.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { dayIn, notAhead, notBefore } from '#kernel/calendar/day-rule.ts'
import { day, nothing, ownWords, reason } from '#kernel/form.ts'
import { line, type Case, type Deciding, type Text } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'
import { cite } from './statutes.ts'
import { grounds } from './grounds.ts'
import { Data, its, noting } from './data.ts'
import { desk } from './desk.ts'
import { no } from './refusals.ts'

const Decision = z.object({ reason: reason({ zh: '决定理由', en: 'Reasons' }), servedOn: day({ zh: '送达日期', en: 'Served on' }) })
const servedSinceFiled = ({ matter, input, now }: Pick<Case<{ servedOn: string }>, 'matter' | 'input' | 'now'>) =>
  notAhead('servedOn', input.servedOn, now) ??
  notBefore('servedOn', input.servedOn, { day: dayOf(matter.openedAt), words: 'answer.date.beforeFiling' })
/** Out of time it can only be rejected as late: the bureau looks no further (RULEBOOK §2.1). */
const inTime = ({ matter }: Pick<Case<never>, 'matter'>) => (its(matter.data).inTime === false ? no('too_late') : null)

/** Where one goes from a decision that was kept (RULEBOOK §2.1). */
const onward = {
  how: {
    zh: '如果不服，可以自收到本决定之日起六十日内申请行政复议，也可以自收到之日起六个月内向人民法院起诉。',
    en: 'If you disagree you may ask for administrative reconsideration within sixty days of receiving this decision, or go to court within six months.',
  },
  cite: cite('法律援助法', 49, 3),
}
const decides = (words: Text, remedy?: Deciding['remedy']): Deciding => ({
  title: { zh: '法律援助异议决定书', en: 'Decision on the objection' },
  words,
  reasonsIn: 'reason',
  ...(remedy && { remedy }),
})

const documents = { evidence: { title: { zh: '异议材料', en: 'Papers for the objection' } } }
const recount = recounting(['filed', 'upheld', 'outOfTime'])

/** The objection to a refusal or termination: a matter of its own, decided by the justice bureau (法律援助法 art. 49; RULEBOOK LA-20 … LA-22). */
export const objection = line({
  key: 'objection',
  edition: '2022-01-01',
  title: { zh: '法律援助异议', en: 'Objection' },
  desk,
  data: Data,
  traits: privacy,
  initial: 'filed',
  seats: { applicant: { title: { zh: '申请人', en: 'applicant' }, side: 'asks', sees: 'all' } },
  principal: 'applicant',
  openedBy: ['citizen', 'intake', 'supervisor'],
  numbered: '议',
  asked: [grounds],
  files: true,
  opened: { zh: '您提出了异议，司法局已经收到。', en: 'You objected, and the bureau received it.' },
  onOpen: ['confirmReceipt', 'tellBureau'],
  // The subject of the matter it is about, which the opening writes down.
  subject: (data) => its(data).subject,
  states: {
    filed: {
      title: { zh: '司法局审查中', en: 'With the justice bureau' },
      waitsFor: ['desk'],
      next: { zh: '司法局会在五日内作出书面决定。', en: 'The bureau decides in writing within five days.' },
      desk: { next: { zh: '司法局应在五日内作出书面决定。', en: 'The bureau decides in writing within five days.' } },
    },
    upheld: {
      title: { zh: '维持原决定', en: 'Decision kept' },
      final: true,
      waitsFor: [],
      next: { zh: '不服的，可以申请行政复议或者向法院起诉。', en: 'You may ask for reconsideration or go to court.' },
      desk: {
        next: { zh: '当事人不服的，可以申请行政复议或者向法院起诉。', en: 'The person may ask for reconsideration or go to court.' },
      },
    },
    ordered: {
      title: { zh: '责令改正', en: 'Correction ordered' },
      final: true,
      waitsFor: [],
      next: { zh: '法律援助机构会重新作出决定。', en: 'The agency will decide again.' },
    },
    outOfTime: {
      title: { zh: '超过期限，不予受理', en: 'Out of time' },
      final: true,
      waitsFor: [],
      next: { zh: '您仍可以依法申请行政复议或者向法院起诉。', en: 'Reconsideration and court remain open.' },
      desk: { next: { zh: '当事人仍可以依法申请行政复议或者向法院起诉。', en: 'Reconsideration and court remain open to the person.' } },
    },
    withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true, waitsFor: [] },
  },
  documents,
  actions: {
    attach: attaching({ by: ['applicant', 'intake'], from: ['filed'], documents }),
    addGrounds: {
      title: { zh: '补充不服的理由', en: 'Add to your reasons' },
      told: { zh: '您补充了不服的理由。', en: 'You added to your reasons.' },
      by: ['applicant'],
      from: ['filed'],
      // Kept as an answer, not in the log.
      asks: z.object({ words: ownWords({ zh: '还想对司法局说的', en: 'What else the bureau should know' }) }),
      form: nothing,
      effects: ['tellBureau'],
      cite: cite('法律援助法', 49, 1),
    },
    uphold: {
      title: { zh: '维持原决定', en: 'Keep the decision' },
      told: { zh: '司法局作出了决定：维持原决定。', en: 'The bureau kept the decision.' },
      by: ['supervisor'],
      from: ['filed'],
      to: 'upheld',
      form: Decision,
      rule: servedSinceFiled,
      when: inTime,
      set: (input, { data }) => noting(data, { decision: { ...input, result: 'upheld' } }),
      effects: ['keepParent', 'tellObjectionDecided'],
      cite: cite('法律援助法', 49, 2),
      decides: decides({ zh: '经审查，维持法律援助机构的决定。', en: 'The agency’s decision is kept.' }, onward),
    },
    order: {
      title: { zh: '责令法律援助机构改正', en: 'Order a correction' },
      told: { zh: '司法局作出了决定：要求法律援助机构改正。', en: 'The bureau ordered a correction.' },
      by: ['supervisor'],
      from: ['filed'],
      to: 'ordered',
      form: Decision,
      rule: servedSinceFiled,
      when: inTime,
      set: (input, { data }) => noting(data, { decision: { ...input, result: 'ordered' } }),
      effects: ['correctParent', 'tellObjectionDecided'],
      cite: cite('法律援助法', 49, 2),
      decides: decides({
        zh: '经审查，责令法律援助机构改正，重新作出决定。',
        en: 'The agency is ordered to correct its decision.',
      }),
    },
    rejectLate: {
      title: { zh: '超过期限不予受理', en: 'Reject as out of time' },
      told: { zh: '异议过了期限，没有受理。', en: 'The objection came too late to be considered.' },
      by: ['supervisor'],
      from: ['filed'],
      to: 'outOfTime',
      form: Decision,
      rule: servedSinceFiled,
      when: ({ matter }) => (its(matter.data).inTime === false ? null : no('in_time')),
      set: (input, { data }) => noting(data, { decision: { ...input, result: 'outOfTime' } }),
      effects: ['tellObjectionDecided'],
      cite: cite('法律援助法', 49, 1),
      decides: decides(
        { zh: '异议超过法定期限，不予受理。', en: 'The objection came after the time limit and is not considered.' },
        onward,
      ),
    },
    withdraw: {
      title: { zh: '撤回异议', en: 'Withdraw' },
      told: { zh: '异议撤回了。', en: 'The objection was withdrawn.' },
      by: ['applicant'],
      from: ['filed'],
      to: 'withdrawn',
      form: nothing,
      effects: ['resumeParent'],
      confirm: { zh: '确定撤回异议吗？', en: 'Withdraw the objection?' },
    },
    recount,
    overdue: {
      title: { zh: '逾期', en: 'Overdue' },
      told: { zh: '司法局过了期限还没有决定，已经上报督办。', en: 'The bureau is late, and this was reported.' },
      by: ['system'],
      from: ['filed'],
      form: z.object({ limit: z.string() }),
      effects: ['alertSupervisor'],
    },
  },
  limits: {
    decide: {
      title: { zh: '作出异议决定', en: 'Deciding the objection' },
      kind: 'duty',
      of: 'desk',
      length: { count: 5, unit: 'calendarDay' },
      startedBy: ['open'],
      stoppedBy: ['uphold', 'order', 'rejectLate', 'withdraw'],
      onBreach: 'overdue',
      cite: cite('法律援助法', 49, 2),
    },
    reconsideration: {
      title: { zh: '申请行政复议', en: 'Asking for reconsideration' },
      kind: 'right',
      of: 'applicant',
      length: { count: 60, unit: 'calendarDay' },
      startedBy: ['uphold', 'rejectLate'],
      from: dayIn('servedOn'),
      stoppedBy: [],
      cite: cite('行政复议法', 20),
    },
    lawsuit: {
      title: { zh: '向法院起诉', en: 'Going to court' },
      kind: 'right',
      of: 'applicant',
      length: { count: 6, unit: 'month' },
      startedBy: ['uphold', 'rejectLate'],
      from: dayIn('servedOn'),
      stoppedBy: [],
      cite: cite('行政诉讼法', 46),
    },
  },
})
