import { z } from 'zod'
import { attaching } from '#parts/attaching.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { notAhead, wrongDay } from '#kernel/calendar/day-rule.ts'
import { choice, choices, day, limitKey, nothing, reason, remark, shortText } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { applicantsTitles, documents } from './documents.ts'
import { Filing } from './filing-form.ts'
import { filed } from './proxy-actions.ts'
import { isCriminal } from './matters.ts'
import { askedOf, recused, recusedOf, untilWithin } from './rules.ts'
import { serving } from './serving.ts'
import type { LegalAidSeat } from './seats.ts'
import type { LegalAidState } from './states.ts'
import { cite } from './statutes.ts'
import { no } from './refusals.ts'
import { its, noting } from './data.ts'

const guardian = (input: z.output<typeof Filing>) => (input.isUnder14 && !input.hasGuardianConsent ? no('guardian_consent') : null)

/** Aid is refused only where that was proposed. */
const unproposed = (proposal: string | undefined) =>
  proposal === 'refuse' ? null : no(proposal === undefined ? 'not_assessed' : 'not_proposed')

/** From the first answer to the decision: RULEBOOK LA-01 … LA-10. */
export const intake = actions<LegalAidState, LegalAidSeat>()({
  attach: attaching({
    by: ['applicant', 'proxy', 'intake', 'assignee', 'reviewer'],
    from: ['draft', 'completing', 'referring', ...filed],
    documents,
  }),
  submit: {
    title: { zh: '提交申请', en: 'Submit' },
    told: { zh: '申请交上去了，法律援助机构已经收到。', en: 'The application was sent and received.' },
    by: ['applicant', 'proxy', 'intake'],
    from: ['draft', 'completing'],
    to: 'submitted',
    own: 'journey',
    asks: nothing,
    form: Filing,
    numbered: { kinds: ['民', '刑'], of: ({ matterCode }) => (isCriminal(matterCode) ? '刑' : '民') },
    files: true,
    rule: ({ input, now }) => guardian(input) ?? notAhead('receivedOn', input.receivedOn, now),
    set: (input, { data }) => noting(data, input),
    effects: ['confirmReceipt', 'tellAgency'],
    cite: cite('法律援助法', 40),
  },
  handOver: {
    title: { zh: '向监管场所提出', en: 'Hand to the place of custody' },
    told: { zh: '申请交给了监管场所，由他们转交。', en: 'The application was handed to the place of custody, which passes it on.' },
    by: ['applicant', 'proxy', 'intake'],
    from: ['draft', 'completing'],
    to: 'inCustody',
    own: 'journey',
    numbered: '刑',
    files: true,
    asks: nothing,
    form: Filing.extend({ handedOverAt: z.iso.datetime({ offset: true }) }),
    rule: ({ input, now }) =>
      guardian(input) ?? (Date.parse(input.handedOverAt) > now.getTime() ? wrongDay('handedOverAt', 'future') : null),
    set: ({ handedOverAt: _, ...input }, { data }) => noting(data, input),
    effects: ['confirmReceipt'],
    cite: cite('法律援助法', 39),
  },
  forward: {
    title: { zh: '收到监管场所转交', en: 'Received from custody' },
    told: { zh: '监管场所转来的申请，法律援助机构收到了。', en: 'The application came in from the place of custody.' },
    by: ['intake', 'reviewer'],
    from: ['inCustody'],
    bulk: true,
    to: 'submitted',
    form: nothing,
    effects: ['confirmReceipt', 'tellAgency'],
    cite: cite('法律援助法', 39),
  },
  ask: {
    title: { zh: '一次性告知补充材料', en: 'Ask once for what is missing' },
    told: { zh: '还差一些材料，请您补上。', en: 'Some documents are missing: please add them.' },
    shows: ['missing', 'until', 'explain'],
    by: ['intake', 'reviewer', 'director'],
    from: ['submitted'],
    to: 'supplementing',
    form: z.object({
      missing: choices({ zh: '缺少的材料', en: 'What is missing' }, applicantsTitles),
      until: day({ zh: '补齐日期', en: 'To be supplied by' }),
      explain: remark({ zh: '需要说明的情况', en: 'What to explain' }),
    }),
    when: ({ matter }) => (askedOf(matter.data) ? no('once_only', { article: '法律援助法 43' }) : null),
    rule: (one) => untilWithin('supplement.deadlineDays', one),
    set: ({ missing, until }, { data }) => noting(data, { asked: { missing, until } }),
    effects: ['askForDocuments'],
    cite: cite('法律援助法', 43, 2),
  },
  supply: {
    title: { zh: '材料已补齐', en: 'Everything is supplied' },
    told: { zh: '材料补齐了，接着审查。', en: 'Everything is there, and the review goes on.' },
    by: ['applicant', 'proxy', 'intake'],
    from: ['supplementing'],
    to: 'submitted',
    form: nothing,
    when: ({ matter }) => {
      const missing = (askedOf(matter.data)?.missing ?? []).filter((kind) => !matter.documents.includes(kind))
      return missing.length ? no('missing_document', { missing }) : null
    },
    effects: ['tellAgency'],
    cite: cite('法律援助法', 43, 2),
  },
  lapse: {
    title: { zh: '逾期未补充，视为撤回', en: 'Deemed withdrawn' },
    told: { zh: '材料没有按时补齐，这次申请结束了。', en: 'The documents did not come in time, and the application ended.' },
    by: ['system', 'intake', 'reviewer'],
    from: ['supplementing'],
    to: 'deemedWithdrawn',
    form: z.object({ limit: limitKey }).partial(),
    when: ({ matter, now }) => {
      const until = askedOf(matter.data)?.until
      return until && dayOf(now) <= until ? no('too_early', { until }) : null
    },
    effects: ['tellDeemedWithdrawn'],
    cite: cite('法律援助法', 43, 2),
  },
  withdraw: {
    title: { zh: '撤回申请', en: 'Withdraw' },
    told: { zh: '这次申请撤回了。', en: 'The application was withdrawn.' },
    by: ['applicant'],
    from: ['draft', 'completing', 'inCustody', 'submitted', 'supplementing', 'referring'],
    to: 'withdrawn',
    form: nothing,
    confirm: {
      zh: '撤回后这次申请就结束了，需要时可以重新申请。确定撤回吗？',
      en: 'This ends the application; you may apply again. Withdraw it?',
    },
  },
  refer: {
    title: { zh: '告知由其他机构办理', en: 'Refer elsewhere' },
    told: { zh: '这件事归另一家机构办，请您去找他们。', en: 'Another body handles this: please turn to them.' },
    shows: ['to', 'reason'],
    by: ['intake', 'reviewer', 'director'],
    from: ['submitted', 'supplementing'],
    to: 'referred',
    form: z.object({
      to: shortText({ zh: '应由哪个机构办理', en: 'Competent body' }),
      reason: reason(),
      duplicateOf: z.uuid().optional().meta({ title: '先受理的申请', titleEn: 'Application received first', of: 'matter' }),
    }),
    set: (input, { data }) => noting(data, { referredTo: input.to }),
    effects: ['tellReferred'],
    cite: cite('法律援助法', 38),
  },
  recuse: {
    title: { zh: '本人回避', en: 'Recuse myself' },
    told: { zh: '一位工作人员为了公正，退出了这件事。', en: 'An officer stepped back from this matter, to keep it fair.' },
    by: ['reviewer', 'director'],
    from: ['submitted', 'supplementing', 'urgent'],
    form: z.object({ reason: reason() }),
    set: (_, { data }, { actor }) => noting(data, { recused: [...recusedOf(data), actor] }),
  },
  assess: {
    title: { zh: '核算资格', en: 'Assess eligibility' },
    by: ['reviewer', 'director'],
    from: ['submitted', 'supplementing', 'urgent', 'correcting'],
    own: 'compute',
    rank: 3,
    asks: nothing,
    form: z.object({
      assessment: z.uuid(),
      proposal: z.enum(['grant', 'refuse', 'refer', 'consult', 'notice', 'cannotDecide']),
      urgent: z.boolean(),
      topPriority: z.boolean(),
    }),
    when: recused,
    set: (input, { data }) => noting(data, { assessment: input }),
    cite: cite('个人信息保护法', 24, 3),
  },
  urgentAid: {
    title: { zh: '先行提供援助', en: 'Give urgent aid' },
    told: { zh: '事情急，决定先帮您，手续以后再补。', en: 'It was urgent: help comes first, papers later.' },
    shows: ['until'],
    by: ['reviewer', 'director'],
    from: ['submitted', 'supplementing'],
    to: 'urgent',
    form: z.object({
      ground: choice(
        { zh: '事由', en: 'Ground' },
        {
          lessThanSevenDays: { zh: '距时效或法定期限届满不足七日', en: 'Less than seven days to a limitation or procedural deadline' },
          preservation: { zh: '需要立即申请财产保全、证据保全或先予执行', en: 'Preservation or advance enforcement is needed at once' },
          other: { zh: '法律规定的其他情形', en: 'Another ground set by law' },
        },
      ),
      until: day({ zh: '补办手续日期', en: 'Papers to be completed by' }),
    }),
    when: recused,
    rule: (one) =>
      untilWithin('urgentAid.completeDays', one) ??
      (one.input.ground === 'lessThanSevenDays' && its(one.matter.data).assessment?.urgent === false
        ? no('not_applicable', { article: '法律援助法 44' })
        : null),
    set: (input, { data }) => noting(data, { urgentAid: input }),
    effects: ['tellUrgentAid'],
    cite: cite('法律援助法', 44),
  },
  grant: {
    title: { zh: '决定给予法律援助', en: 'Grant aid' },
    told: { zh: '决定给您法律援助。', en: 'Legal aid was granted.' },
    rank: 2,
    by: ['reviewer', 'director'],
    from: ['submitted', 'urgent', 'correcting'],
    to: 'granted',
    form: z.object({
      note: reason({ zh: '理由（系统建议不是“给予”时必填）', en: 'Reason (where the proposal was not to grant)' }).optional(),
    }),
    when: (one) => recused(one) ?? (one.matter.state !== 'correcting' && !its(one.matter.data).assessment ? no('not_assessed') : null),
    rule: ({ matter, input }) =>
      its(matter.data).assessment?.proposal !== 'grant' && !input.note && matter.state !== 'correcting' ? no('against_proposal') : null,
    effects: ['tellGranted'],
    cite: cite('法律援助法', 43, 1),
    decides: {
      title: { zh: '给予法律援助决定书', en: 'Decision to grant legal aid' },
      words: {
        zh: '经审查，您的申请符合法律援助条件，决定给予法律援助。',
        en: 'Your application meets the conditions, and legal aid is granted.',
      },
      reasonsIn: 'note',
      assessed: 'grant',
    },
  },
  refuse: {
    title: { zh: '决定不予法律援助', en: 'Refuse aid' },
    told: { zh: '决定不给援助，理由写在决定里。', en: 'Legal aid was refused; the reasons are in the decision.' },
    // Only open where the assessment proposes it: then it comes before a grant against the proposal.
    rank: 1,
    by: ['reviewer', 'director'],
    from: ['submitted', 'urgent'],
    to: 'refused',
    form: z.object({ reason: reason({ zh: '不予援助的理由（写给申请人看）', en: 'Reasons, addressed to the applicant' }) }),
    when: (one) => recused(one) ?? unproposed(its(one.matter.data).assessment?.proposal),
    set: (input, { data }, { at }) => noting(data, { refusal: input, decidedOn: dayOf(at) }),
    effects: ['tellRefused'],
    cite: cite('法律援助法', 43, 1),
    decides: {
      title: { zh: '不予法律援助决定书', en: 'Decision to refuse legal aid' },
      words: { zh: '经审查，决定不予法律援助。', en: 'Legal aid is refused.' },
      reasonsIn: 'reason',
      assessed: 'refuse',
      remedy: 'object',
    },
    confirm: {
      zh: '不予援助的决定会写明理由和提出异议的途径，并送达申请人。确定吗？',
      en: 'The decision states its reasons and the way to object. Refuse?',
    },
  },
  serveRefusal: {
    ...serving,
    title: { zh: '登记决定书送达', en: 'Record service of the refusal' },
    told: { zh: '决定书送到您手里了。', en: 'The decision was delivered to you.' },
    from: ['refused', 'refusalSent'],
    to: 'refusalSent',
    bulk: true,
    effects: ['tellObjectionRoute'],
    cite: cite('法律援助法', 49, 1),
  },
})
