import { z } from 'zod'
import { attaching } from '#parts/attaching.ts'
import { choice, nothing, ownWords, passedLimit, remark } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { Filing, its, noting, ratings, stars, Urgency } from './data.ts'
import { documents } from './documents.ts'
import { no } from './refusals.ts'
import { mayRate, officers } from './rules.ts'
import type { ConsultationSeat } from './seats.ts'
import { inHand, type ConsultationState } from './states.ts'
import { cite } from './statutes.ts'

const question = ownWords({ zh: '还想问什么', en: 'What else would you like to know' })

/** What whoever asks does, or an officer for somebody on the telephone: 法律援助法 art. 23. */
export const askingActions = actions<ConsultationState, ConsultationSeat>()({
  attach: attaching({ by: ['applicant', 'intake', 'reviewer', 'adviser'], from: inHand, documents }),
  submit: {
    title: { zh: '提交咨询', en: 'Send the question' },
    told: { zh: '您问的事交上去了。', en: 'Your question was sent.' },
    by: ['applicant'],
    from: ['draft'],
    to: 'asked',
    own: 'journey',
    asks: nothing,
    form: Filing,
    files: true,
    set: (input, { data }) => noting(data, input),
    effects: ['confirmReceipt', 'tellAgency', 'tellUrgent'],
    cite: cite('法律援助法', 23),
  },
  rate: {
    title: { zh: '评一评这次答复', en: 'Rate the answer' },
    told: { zh: '您评了这次答复。', en: 'You rated the answer.' },
    shows: ['content'],
    by: ['applicant', 'intake'],
    from: ['answered', 'closed'],
    form: z.object({
      content: choice({ zh: '满意吗', en: 'Are you content' }, ratings),
      words: remark({ zh: '想说的话', en: 'In your words' }),
    }),
    when: mayRate,
    set: ({ content }, { data }) => noting(data, { rating: stars[content] }),
  },
  askAgain: {
    title: { zh: '没说清楚，接着问一次', en: 'Ask once more' },
    told: { zh: '您接着问了一次。', en: 'You asked once more.' },
    shows: ['question'],
    by: ['applicant', 'intake'],
    from: ['answered'],
    to: 'asked',
    asks: z.object({ question }),
    form: Urgency.extend({ question }),
    when: ({ matter }) => (its(matter.data).hasAskedAgain ? no('once_only') : null),
    set: ({ isUrgent }, { data }) => noting(data, { hasAskedAgain: true, isUrgent, isPrivate: isUrgent || its(data).isPrivate === true }),
    seats: () => ({ adviser: [], guide: [] }),
    effects: ['tellAgency', 'tellUrgent'],
  },
  markUrgent: {
    title: { zh: '有人可能有危险，先办', en: 'Somebody may be in danger: first' },
    told: { zh: '您的事先办。', en: 'Yours is handled first.' },
    by: [...officers, 'adviser'],
    from: inHand,
    form: nothing,
    when: ({ matter }) => (its(matter.data).isUrgent ? no('once_only') : null),
    set: (_, { data }) => noting(data, { isUrgent: true, isPrivate: true }),
    effects: ['tellUrgent'],
    confirm: {
      zh: '从现在起按有危险办：排到最前，页面不显示问了什么。对方正有危险的，请先让其打 110。确定吗？',
      en: 'It is handled first from now on, and its pages no longer say what it is about. In danger now: have them call 110. Go ahead?',
    },
  },
  withdraw: {
    title: { zh: '不问了', en: 'Withdraw the question' },
    told: { zh: '您撤回了。', en: 'You withdrew it.' },
    by: ['applicant', 'intake'],
    from: ['draft', ...inHand],
    to: 'withdrawn',
    form: nothing,
    confirm: { zh: '确定不问了吗？需要时可以再问。', en: 'Withdraw it? You may ask again.' },
  },
  close: {
    title: { zh: '到期了结', en: 'Closed in time' },
    told: { zh: '这次咨询了结了。', en: 'This was closed.' },
    by: ['system'],
    from: ['answered'],
    to: 'closed',
    form: passedLimit,
  },
})
