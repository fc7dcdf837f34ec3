import { z } from 'zod'
import { cite } from '#kernel/cite.ts'
import { notAhead } from '#kernel/day-rule.ts'
import { choice, day, fen, nothing, reason, reference, yes } from '#kernel/form.ts'
import { hearingActions } from '#kernel/hearing.ts'
import { actions, type Text } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'
import { no } from '#kernel/refusal.ts'
import { firmConflict, mayStillObject, outcomeOf, type Outcome } from './rules.ts'
import { terminationCodes, terminations, type TerminationCode } from './matters.ts'
import { states, type LegalAidState } from './states.ts'

const open = (Object.keys(states) as LegalAidState[]).filter((state) => !('final' in states[state]) && state !== 'draft') // keys of the record
const groundTitles = Object.fromEntries(terminationCodes.map((code) => [code, terminations[code].title])) as Record<TerminationCode, Text> // a title for each code

const terminationOf = (code: unknown) => {
  const found = terminationCodes.find((one) => one === code)
  return found && { title: terminations[found].title, cite: terminations[found].article }
}

const Choose = z.object({
  practitioner: reference({ zh: '承办人', en: 'Provider' }, 'candidate'),
  bothConsent: yes({
    zh: '双方书面同意（仅同所冲突且本县无其他人选时）',
    en: 'Both parties consent in writing (same-firm conflict, no other provider in the county)',
  }).optional(),
  reason: reason({ zh: '特别说明', en: 'Explanation' }).optional(),
})
const Chosen = Choose.extend({ provider: z.uuid(), office: z.uuid(), verdict: z.enum(['assignable', 'hold']) })

/** From the decision to the archive: RULEBOOK LA-11 … LA-19. */
export const casework = actions<LegalAidState>()({
  assign: {
    title: { zh: '指派承办人', en: 'Assign' },
    by: ['director'],
    from: ['granted'],
    bulk: true,
    to: 'assigned',
    own: 'candidates',
    asks: Choose,
    form: Chosen,
    rule: firmConflict,
    set: ({ provider }) => ({ assignee: provider }),
    effects: ['tellAssigned', 'tellProvider'],
    cite: cite('法律援助法', 43, 1),
  },
  /** Urgent aid comes before the decision: the provider starts, the review goes on. */
  assignUrgently: {
    title: { zh: '先行安排承办人', en: 'Send someone at once' },
    by: ['director'],
    from: ['urgent'],
    own: 'candidates',
    asks: Choose,
    form: Chosen,
    rule: firmConflict,
    set: ({ provider }) => ({ assignee: provider }),
    effects: ['tellAssigned', 'tellProvider'],
    cite: cite('法律援助法', 44),
  },
  engage: {
    title: { zh: '已签委托协议', en: 'Agreement signed' },
    by: ['assignee'],
    from: ['assigned'],
    to: 'handling',
    form: z.object({ exception: reason({ zh: '未能签订的客观原因（没有协议时填写）', en: 'Why it could not be signed' }).optional() }),
    rule: ({ matter, input }) =>
      matter.documents.includes('agreement') || input.exception ? null : no('missing_document', { missing: ['agreement'] }),
    effects: ['tellEngaged'],
    cite: cite('办理法律援助案件程序规定', 27),
  },
  progress: {
    title: { zh: '记录进展', en: 'Record progress' },
    by: ['assignee'],
    from: ['handling'],
    form: z.object({
      kind: choice(
        { zh: '做了什么', en: 'What was done' },
        {
          interview: { zh: '约见谈话', en: 'Interview' },
          evidence: { zh: '调查取证', en: 'Evidence' },
          negotiation: { zh: '与对方协商', en: 'Negotiation' },
          filing: { zh: '提交仲裁或起诉', en: 'Filed a claim' },
          hearing: { zh: '开庭', en: 'Hearing' },
          other: { zh: '其他', en: 'Other' },
        },
      ),
      on: day({ zh: '日期', en: 'Date' }),
      isMajor: yes({ zh: '属于重大事项，需报告机构', en: 'Major: to be reported to the agency' }).optional(),
    }),
    rule: ({ input, now }) => notAhead('on', input.on, now),
    effects: ['tellProgress'],
    cite: cite('法律援助法', 46),
  },
  ...hearingActions<LegalAidState>({
    from: ['assigned', 'handling'],
    pending: ['assigned', 'handling', 'replacing'],
    changed: ['tellHearing'],
    soon: ['remindOfHearing', 'remindProvider'],
  }),
  requestReplacement: {
    title: { zh: '申请更换承办人', en: 'Ask for another lawyer' },
    by: ['applicant', 'proxy'],
    from: ['assigned', 'handling'],
    to: 'replacing',
    form: z.object({ reason: reason({ zh: '承办人没有尽责的情况', en: 'What went wrong' }) }),
    set: (_, { data, state }) => ({ data: { ...data, replacingFrom: state } }),
    effects: ['tellAgency'],
    cite: cite('法律援助法', 55),
  },
  reportConflict: {
    title: { zh: '报告利益冲突或不能办理', en: 'Report a conflict or inability' },
    by: ['assignee'],
    from: ['assigned', 'handling'],
    to: 'replacing',
    form: z.object({ reason: reason() }),
    set: (_, { data, state }) => ({ data: { ...data, replacingFrom: state } }),
    effects: ['tellAgency'],
    cite: cite('律师法', 39),
  },
  replace: {
    title: { zh: '更换承办人', en: 'Replace the provider' },
    by: ['director'],
    from: ['replacing'],
    to: 'assigned',
    own: 'candidates',
    asks: Choose,
    form: Chosen,
    rule: ({ matter, input }) => (input.provider === matter.assignee ? no('not_applicable') : firmConflict({ input })),
    set: ({ provider }, { documents }) => ({ assignee: provider, documents: documents.filter((kind) => kind !== 'agreement') }),
    effects: ['tellAssigned', 'tellProvider'],
    cite: cite('法律援助法', 55),
  },
  keepProvider: {
    title: { zh: '不予更换', en: 'Keep the provider' },
    by: ['director'],
    from: ['replacing'],
    to: (_, { data }) => (data['replacingFrom'] === 'assigned' ? 'assigned' : 'handling'),
    reaches: ['assigned', 'handling'],
    form: z.object({ reason: reason() }),
    effects: ['tellKept'],
    cite: cite('法律援助法', 55),
  },
  terminate: {
    title: { zh: '决定终止援助', en: 'Terminate aid' },
    by: ['director'],
    from: ['urgent', 'granted', 'assigned', 'handling', 'replacing'],
    to: 'terminated',
    form: z.object({ ground: choice({ zh: '法定事由', en: 'Statutory ground' }, groundTitles), reason: reason() }),
    rule: ({ matter, input }) =>
      input.ground === 'T4' && matter.data['route'] === 'noMeansTest' ? no('not_applicable', { ground: 'T4' }) : null,
    set: (input, { data }) => ({ data: { ...data, termination: input } }),
    cite: cite('法律援助法', 48, 1),
    decides: {
      title: { zh: '终止法律援助决定书', en: 'Decision to terminate legal aid' },
      words: { zh: '经审查，决定终止法律援助。', en: 'Legal aid is terminated.' },
      reasonsIn: 'reason',
      ground: ({ ground }) => terminationOf(ground),
      remedy: 'object',
    },
    confirm: { zh: '终止后承办人不再办理，当事人可以提出异议。确定吗？', en: 'The provider stops; the recipient may object. Terminate?' },
  },
  serveTermination: {
    title: { zh: '登记终止决定送达', en: 'Record service of the termination' },
    by: ['intake', 'reviewer', 'director'],
    from: ['terminated'],
    bulk: true,
    to: 'terminationSent',
    form: z.object({ servedOn: day({ zh: '收到决定书的日期', en: 'Received on' }) }),
    rule: ({ input, now }) => notAhead('servedOn', input.servedOn, now),
    set: ({ servedOn }, { data }) => ({ data: { ...data, servedOn } }),
    effects: ['tellTerminated', 'tellObjectionRoute'],
    cite: cite('法律援助法', 48),
  },
  conclude: {
    title: { zh: '报告办结', en: 'Report the conclusion' },
    by: ['assignee'],
    from: ['handling'],
    to: 'concluded',
    form: z.object({
      result: choice(
        { zh: '结果', en: 'Result' },
        {
          won: { zh: '全部支持', en: 'Won' },
          partlyWon: { zh: '部分支持', en: 'Partly won' },
          settled: { zh: '和解', en: 'Settled' },
          mediated: { zh: '调解', en: 'Mediated' },
          lost: { zh: '未获支持', en: 'Lost' },
          withdrawn: { zh: '撤诉', en: 'Withdrawn' },
        },
      ),
      concludedOn: day({ zh: '结案日期（收到裁判文书或达成协议之日）', en: 'Closing date' }),
      claimedFen: fen({ zh: '请求金额', en: 'Amount claimed' }),
      recoveredFen: fen({ zh: '实际追回金额', en: 'Amount recovered' }),
      hearings: z.int().min(0).max(99).meta({ title: '开庭次数', titleEn: 'Hearings' }),
      meetings: z.int().min(0).max(99).meta({ title: '会见次数', titleEn: 'Meetings' }),
    }),
    rule: ({ input, now }) => notAhead('concludedOn', input.concludedOn, now),
    set: (input, { data }) => ({ data: { ...data, outcome: { ...input, confirmation: 'claimed' } satisfies Outcome } }),
    effects: ['askConfirmation'],
    cite: cite('法律援助法', 50),
  },
  confirmOutcome: {
    title: { zh: '确认结果', en: 'Confirm the outcome' },
    by: ['applicant', 'proxy', 'intake'],
    from: ['concluded', 'fileSubmitted', 'fileApproved', 'subsidyPaid', 'archived'],
    form: z.object({
      agrees: choice(
        { zh: '承办人报告的结果属实吗？', en: 'Is the reported result right?' },
        { yes: { zh: '属实', en: 'Yes' }, no: { zh: '不属实', en: 'No' } },
      ),
      receivedFen: fen({ zh: '您实际收到的钱', en: 'Money you actually received' }).optional(),
    }),
    when: ({ matter }) => (outcomeOf(matter.data)?.confirmation === 'claimed' ? null : no('once_only')),
    set: ({ agrees, receivedFen }, { data }) => {
      const outcome = outcomeOf(data)
      return {
        data: {
          ...data,
          outcome: {
            ...outcome,
            confirmation: agrees === 'yes' ? 'confirmed' : 'contradicted',
            confirmedFen: receivedFen ?? (agrees === 'yes' ? outcome?.recoveredFen : 0),
          },
        },
      }
    },
    effects: ['tellAgency'],
    cite: cite('法律援助法', 59),
  },
  submitFile: {
    title: { zh: '提交卷宗', en: 'Hand in the file' },
    by: ['assignee'],
    from: ['concluded', 'terminationSent'],
    to: 'fileSubmitted',
    needs: ['report'],
    form: nothing,
    effects: ['tellAgency'],
    cite: cite('法律援助法', 50),
  },
  approveFile: {
    title: { zh: '卷宗审核通过', en: 'Approve the file' },
    by: ['reviewer', 'director'],
    from: ['fileSubmitted'],
    to: 'fileApproved',
    form: z.object({
      grade: choice(
        { zh: '质量等级', en: 'Quality' },
        {
          excellent: { zh: '优秀', en: 'Excellent' },
          good: { zh: '良好', en: 'Good' },
          pass: { zh: '合格', en: 'Pass' },
          fail: { zh: '不合格', en: 'Fail' },
        },
      ),
    }),
    set: ({ grade }, { data }) => ({ data: { ...data, grade } }),
    cite: cite('法律援助法', 59),
  },
  returnFile: {
    title: { zh: '退回补正', en: 'Return the file' },
    by: ['reviewer', 'director'],
    from: ['fileSubmitted'],
    to: 'concluded',
    form: z.object({ reason: reason() }),
    effects: ['tellProvider'],
  },
  paySubsidy: {
    title: { zh: '发放办案补贴', en: 'Pay the subsidy' },
    by: ['director'],
    from: ['fileApproved'],
    to: 'subsidyPaid',
    form: z.object({
      amountFen: fen({ zh: '补贴金额', en: 'Subsidy' }),
      unconfirmed: reason({ zh: '当事人未确认结果时的说明（联系不上、抽查回访等）', en: 'Why it is paid without confirmation' }).optional(),
    }),
    when: ({ matter }) => (outcomeOf(matter.data)?.confirmation === 'contradicted' ? no('not_confirmed') : null),
    rule: ({ matter, input }) =>
      !outcomeOf(matter.data) || outcomeOf(matter.data)?.confirmation === 'confirmed' || input.unconfirmed ? null : no('not_confirmed'),
    set: (input, { data }) => ({ data: { ...data, subsidy: input } }),
    cite: cite('法律援助法', 52),
  },
  archive: {
    title: { zh: '归档', en: 'Archive' },
    by: ['intake', 'reviewer', 'director'],
    from: ['subsidyPaid', 'refused'],
    bulk: true,
    to: 'archived',
    form: nothing,
    when: ({ matter, now, law }) =>
      (matter.state === 'refused' || matter.data['termination']) && mayStillObject(matter, now, law) ? no('too_early') : null,
    cite: cite('档案法', 37),
  },
  recount: recounting(open),
  overdue: {
    title: { zh: '逾期', en: 'Overdue' },
    by: ['system'],
    from: open,
    form: z.object({ limit: z.string() }),
    set: ({ limit }, { data }) => ({
      data: { ...data, lateFor: [...new Set([...((data['lateFor'] as string[] | undefined) ?? []), limit])] },
    }),
    effects: ['alertSupervisor'],
    cite: cite('法律援助法', 61),
  }, // written here alone
})
