import { z } from 'zod'
import { attaching } from '#parts/attaching.ts'
import { notPast } from '#kernel/calendar/day-rule.ts'
import { day, nothing, reason } from '#kernel/form.ts'
import { actions, type Case, type Deciding, type Text } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'
import { documents } from './documents.ts'
import type { DataRequestState } from './states.ts'
import { Filing, its, noting } from './data.ts'
import { cite } from './statutes.ts'
import { no } from './refusals.ts'

const Reply = z.object({ reply: reason({ zh: '答复（写给本人看）', en: 'Answer, addressed to the person' }) })
const Reasons = z.object({ reason: reason({ zh: '理由（写给本人看）', en: 'Reasons, addressed to the person' }) })
const decided = ({ reason }: z.output<typeof Reasons>, { data }: Case<never>['matter']) => noting(data, { decision: { reason } })
const court = {
  how: { zh: '不同意的，可以依法向人民法院起诉。', en: 'If you disagree you may go to court.' },
  cite: cite('个人信息保护法', 50, 2),
}
const answers = (words: Text, reasonsIn: 'reply' | 'reason', remedy?: Deciding['remedy']): Deciding => ({
  title: { zh: '个人信息请求答复书', en: 'Answer to a request over personal information' },
  words,
  reasonsIn,
  ...(remedy && { remedy }),
})
const open: DataRequestState[] = ['received', 'provingIdentity']

/** From the request to its answer: 个人信息保护法 art. 44–50. */
export const requestActions = actions<DataRequestState, 'applicant'>()({
  attach: attaching({ by: ['applicant', 'intake', 'reviewer'], from: open, documents }),
  submit: {
    title: { zh: '提交请求', en: 'Send the request' },
    told: { zh: '请求交上去了。', en: 'The request was sent.' },
    by: ['applicant'],
    from: ['draft'],
    to: 'received',
    own: 'journey',
    asks: nothing,
    form: Filing,
    numbered: '信',
    files: true,
    set: (input, { data }) => noting(data, input),
    effects: ['confirmReceipt', 'tellAgency'],
    cite: cite('个人信息保护法', 50, 1),
  },
  askIdentity: {
    title: { zh: '请本人证明身份', en: 'Ask for proof of identity' },
    told: { zh: '请您证明一下身份。', en: 'You were asked for proof of identity.' },
    shows: ['until'],
    by: ['intake', 'reviewer', 'director'],
    from: ['received'],
    to: 'provingIdentity',
    form: z.object({ until: day({ zh: '补齐日期', en: 'To be supplied by' }) }),
    when: ({ matter }) =>
      its(matter.data).asked || matter.documents.includes('identity') ? no('once_only', { article: '个人信息保护法 50' }) : null,
    rule: ({ input, now }) => notPast('until', input.until, now),
    set: ({ until }, { data }) => noting(data, { asked: { missing: ['identity'], until } }),
    effects: ['askForDocuments'],
    cite: cite('个人信息保护法', 50, 1),
  },
  supply: {
    title: { zh: '身份证明已补上', en: 'Proof of identity is supplied' },
    told: { zh: '身份证明补上了。', en: 'Proof of identity was supplied.' },
    by: ['applicant', 'intake'],
    from: ['provingIdentity'],
    to: 'received',
    form: nothing,
    needs: ['identity'],
    effects: ['tellAgency'],
    cite: cite('个人信息保护法', 50, 1),
  },
  fulfil: {
    title: { zh: '照办并答复', en: 'Do as asked and answer' },
    told: { zh: '照您的要求办好了。', en: 'It was done as you asked.' },
    by: ['reviewer', 'director'],
    from: ['received'],
    to: 'fulfilled',
    asks: Reply,
    form: Reply.extend({ mustBeKept: z.boolean() }),
    rule: ({ matter, input }) => (its(matter.data).wants === 'delete' && input.mustBeKept ? no('must_be_kept') : null),
    set: ({ reply }, { data }) => noting(data, { decision: { reason: reply } }),
    effects: ['carryOut', 'tellDataAnswered'],
    cite: cite('个人信息保护法', 50, 1),
    decides: answers({ zh: '已经照您的要求办理。', en: 'It was done as you asked.' }, 'reply'),
    confirm: {
      zh: '要求更正、删除的，系统会马上改、马上删，删了不能恢复。确定吗？',
      en: 'A correction or deletion is carried out at once, and a deletion cannot be undone. Go ahead?',
    },
  },
  /** A file the law has kept is not deleted; it is stored and put to no other use. */
  restrict: {
    title: { zh: '依法须保存，停止其他使用', en: 'Must be kept: stop all other use' },
    told: { zh: '依法要保存的，只保存，不再作别的使用。', en: 'It is stored as the law asks, and used for nothing else.' },
    by: ['reviewer', 'director'],
    from: ['received'],
    to: 'partly',
    asks: Reasons,
    form: Reasons,
    when: ({ matter }) => (its(matter.data).wants === 'delete' ? null : no('not_applicable')),
    set: decided,
    effects: ['stopUse', 'tellDataAnswered'],
    cite: cite('个人信息保护法', 47, 2),
    decides: answers(
      { zh: '依法须保存的，只保存，不再作别的使用。', en: 'What the law has us keep is stored and used for nothing else.' },
      'reason',
      court,
    ),
  },
  answerPartly: {
    title: { zh: '部分照办', en: 'Do it in part' },
    told: { zh: '照您的要求办了一部分。', en: 'It was done in part.' },
    by: ['reviewer', 'director'],
    from: ['received'],
    to: 'partly',
    form: Reasons,
    set: decided,
    effects: ['tellDataAnswered'],
    cite: cite('个人信息保护法', 50, 1),
    decides: answers({ zh: '部分照您的要求办理。', en: 'It was done in part.' }, 'reason', court),
  },
  refuse: {
    title: { zh: '不予办理', en: 'Refuse' },
    told: { zh: '这个要求没有照办，理由写在答复里。', en: 'It was refused; the reasons are in the answer.' },
    by: ['reviewer', 'director'],
    from: open,
    to: 'refused',
    form: Reasons,
    set: decided,
    effects: ['tellDataAnswered'],
    cite: cite('个人信息保护法', 50, 1),
    decides: answers({ zh: '您的要求不予办理。', en: 'The request is refused.' }, 'reason', court),
    confirm: {
      zh: '决定会写明理由，并告诉本人可以向法院起诉。确定吗？',
      en: 'The decision states its reasons and that the person may go to court. Refuse?',
    },
  },
  withdraw: {
    title: { zh: '撤回请求', en: 'Withdraw' },
    told: { zh: '请求撤回了。', en: 'The request was withdrawn.' },
    by: ['applicant'],
    from: ['draft', ...open],
    to: 'withdrawn',
    form: nothing,
    confirm: { zh: '确定撤回这个请求吗？需要时可以再提。', en: 'Withdraw the request? You may ask again.' },
  },
  recount: recounting<DataRequestState>(open),
  overdue: {
    title: { zh: '逾期', en: 'Overdue' },
    told: { zh: '答复过了期限，已经报给司法局督办。', en: 'The answer is late; the justice bureau was told.' },
    by: ['system'],
    from: ['received'],
    form: z.object({ limit: z.string() }),
    effects: ['alertSupervisor'],
  },
})
