import { z } from 'zod'
import { attaching } from '#parts/attaching.ts'
import { nothing, reason } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'
import { Filing, noting } from './data.ts'
import { documents } from './documents.ts'
import type { SampleLineSeat } from './seats.ts'
import type { SampleLineState } from './states.ts'
import { cite } from './statutes.ts'

const open = ['received'] as const satisfies readonly SampleLineState[]

/** From what is asked to its answer. */
export const sampleLineActions = actions<SampleLineState, SampleLineSeat>()({
  attach: attaching({ by: ['applicant', 'intake', 'reviewer'], from: open, documents }),
  submit: {
    title: { zh: '提交', en: 'Send' },
    told: { zh: '您交上去了。', en: 'You sent it.' },
    by: ['applicant'],
    from: ['draft'],
    to: 'received',
    own: 'journey',
    asks: nothing,
    form: Filing,
    numbered: '样',
    files: true,
    set: (input, { data }) => noting(data, input),
    effects: ['confirmReceipt', 'tellAgency'],
  },
  answer: {
    title: { zh: '答复', en: 'Answer' },
    told: { zh: '我们答复您了。', en: 'You were answered.' },
    by: ['reviewer', 'director'],
    from: open,
    to: 'answered',
    form: z.object({ reply: reason({ zh: '答复（写给本人看）', en: 'Answer, addressed to the person' }) }),
    set: ({ reply }, { data }) => noting(data, { decision: { reason: reply } }),
    effects: ['tellSampleLineAnswered'],
    cite: cite('个人信息保护法', 50, 1),
    decides: {
      title: { zh: '答复书', en: 'Answer' },
      words: { zh: '您问的事，答复如下。', en: 'What you asked is answered here.' },
      reasonsIn: 'reply',
    },
  },
  withdraw: {
    title: { zh: '撤回', en: 'Withdraw' },
    told: { zh: '撤回了。', en: 'It was withdrawn.' },
    by: ['applicant'],
    from: ['draft', ...open],
    to: 'withdrawn',
    form: nothing,
    confirm: { zh: '确定撤回吗？需要时可以再提。', en: 'Withdraw it? You may ask again.' },
  },
  recount: recounting<SampleLineState>(open),
  overdue: {
    title: { zh: '逾期', en: 'Overdue' },
    told: { zh: '答复过了期限，已经报给司法局督办。', en: 'The answer is late; the justice bureau was told.' },
    by: ['system'],
    from: open,
    form: z.object({ limit: z.string() }),
    effects: ['alertSupervisor'],
  },
})
