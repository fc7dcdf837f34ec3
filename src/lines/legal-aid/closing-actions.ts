import { z } from 'zod'
import { choice, day, fen, nothing, reason } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { mayStillObject, outcomeOf, recoveredWithinClaim, sinceAssigned } from './rules.ts'
import type { LegalAidSeat } from './seats.ts'
import type { LegalAidState } from './states.ts'
import { cite } from './statutes.ts'
import { no } from './refusals.ts'
import { its, noting } from './data.ts'

/** From the reported result to the archive: RULEBOOK LA-16 … LA-19. */
export const closing = actions<LegalAidState, LegalAidSeat>()({
  conclude: {
    title: { zh: '报告办结', en: 'Report the conclusion' },
    told: { zh: '承办人报告，事情办完了。', en: 'Your lawyer reports that it is finished.' },
    shows: ['result', 'concludedOn'],
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
    rule: ({ matter, input, now }) => sinceAssigned('concludedOn', input.concludedOn, matter, now) ?? recoveredWithinClaim(input),
    set: (input, { data }) => noting(data, { outcome: { ...input, confirmation: 'claimed' } }),
    effects: ['askConfirmation'],
    cite: cite('法律援助法', 50),
  },
  confirmOutcome: {
    title: { zh: '确认结果', en: 'Confirm the outcome' },
    told: { zh: '您回复了结果是否属实。', en: 'You said whether the result is right.' },
    shows: ['agrees', 'receivedFen'],
    by: ['applicant', 'proxy', 'intake'],
    from: ['concluded', 'fileSubmitted', 'fileApproved', 'subsidyPaid', 'archived'],
    form: z.object({
      agrees: choice(
        { zh: '承办人报告的结果属实吗？', en: 'Is the reported result right?' },
        { yes: { zh: '属实', en: 'Yes' }, partly: { zh: '只有一部分', en: 'Only in part' }, no: { zh: '不属实', en: 'No' } },
      ),
      receivedFen: fen({ zh: '实际收到', en: 'Actually received' }).optional(),
    }),
    rule: ({ input }) =>
      input.agrees === 'partly' && input.receivedFen === undefined
        ? no('invalid', { issues: [{ path: 'receivedFen', code: 'missing_amount', message: 'answer.amount' }] })
        : null,
    when: ({ matter }) => (outcomeOf(matter.data)?.confirmation === 'claimed' ? null : no('once_only')),
    set: ({ agrees, receivedFen }, { data }) => {
      const outcome = outcomeOf(data)
      if (!outcome) return {}
      const confirmedFen = receivedFen ?? (agrees === 'yes' ? outcome.recoveredFen : 0)
      return noting(data, { outcome: { ...outcome, confirmation: agrees === 'yes' ? 'confirmed' : 'contradicted', confirmedFen } })
    },
    effects: ['tellContradicted'],
    cite: cite('法律援助法', 59),
  },
  submitFile: {
    title: { zh: '提交卷宗', en: 'Hand in the file' },
    told: { zh: '承办人把卷宗交上去了。', en: 'The file was handed in.' },
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
    told: { zh: '卷宗审核通过了。', en: 'The file was approved.' },
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
    set: ({ grade }, { data }) => noting(data, { grade }),
    cite: cite('法律援助法', 59),
  },
  returnFile: {
    title: { zh: '退回补正', en: 'Return the file' },
    told: { zh: '卷宗还要补正。', en: 'The file has to be completed.' },
    by: ['reviewer', 'director'],
    from: ['fileSubmitted'],
    to: (_, { data }) => (its(data).termination && !outcomeOf(data) ? 'terminationSent' : 'concluded'),
    reaches: ['concluded', 'terminationSent'],
    form: z.object({ reason: reason() }),
    effects: ['tellProvider'],
  },
  paySubsidy: {
    title: { zh: '发放办案补贴', en: 'Pay the subsidy' },
    told: { zh: '承办人的补贴发放了，不用您出钱。', en: 'The lawyer was paid by the state; it costs you nothing.' },
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
    set: (input, { data }) => noting(data, { subsidy: input }),
    cite: cite('法律援助法', 52),
  },
  archive: {
    title: { zh: '归档', en: 'Archive' },
    told: { zh: '这件事办完归档了。', en: 'The matter is finished and filed away.' },
    by: ['intake', 'reviewer', 'director'],
    from: ['subsidyPaid', 'refusalSent', 'refusalFinal', 'terminationSentUnassigned', 'terminationFinal'],
    bulk: true,
    to: 'archived',
    form: nothing,
    when: ({ matter, now, law }) =>
      (matter.state !== 'subsidyPaid' || its(matter.data).termination) && mayStillObject(matter, now, law) ? no('too_early') : null,
    cite: cite('档案法', 37),
  },
})
