import type { State } from '#kernel/line.ts'
import { referring } from '#parts/referral.ts'
import type { ConsultationSeat } from './seats.ts'

const turnTo = { zh: '该找谁、电话多少，写在下面的经过里。', en: 'Whom to turn to, and their number, is in the story below.' }
const goesOn = {
  zh: '由接收的单位接着办，说过的不用再说一遍。',
  en: 'The body that took it over goes on with it; nothing has to be told twice.',
}
const closed = { final: true, waitsFor: [], leavesNoFile: true } as const

export const states = {
  draft: {
    title: { zh: '填写中', en: 'Being filled in' },
    waitsFor: ['applicant'],
    next: { zh: '写完并提交后，我们才会收到。', en: 'We see it once you send it.' },
    desk: { next: { zh: '本人写完提交后才会收到。', en: 'It arrives once the person sends it.' } },
  },
  asked: {
    title: { zh: '已收到，待答复', en: 'Received' },
    waitsFor: ['desk'],
    next: { zh: '我们会尽快答复。不用证件，也不收钱。', en: 'We answer as soon as we can. No papers are needed, and it is free.' },
    desk: {
      next: {
        zh: '直接答复，或者请律师、志愿者解答；有危险的先办。',
        en: 'Answer it, or have a lawyer or volunteer answer; danger first.',
      },
    },
  },
  advising: {
    title: { zh: '正在解答', en: 'Being answered' },
    waitsFor: ['adviser'],
    next: { zh: '已经请人解答，写好就给您。', en: 'Somebody was asked to answer; you hear as soon as it is written.' },
    desk: {
      next: { zh: '由解答人答复；窗口也可以直接答复或者另请别人。', en: 'The adviser answers; the desk may answer or ask somebody else.' },
    },
  },
  checking: {
    title: { zh: '答复写好了，正在把关', en: 'Being looked over' },
    waitsFor: ['guide', 'desk'],
    next: { zh: '答复已经写好，律师看过就发给您。', en: 'The answer is written; a lawyer looks it over before you get it.' },
    desk: {
      next: { zh: '志愿者的答复由律师或者机构看过再发出。', en: 'A lawyer or the agency approves a volunteer’s answer before it leaves.' },
    },
  },
  scheduled: {
    title: { zh: '约好了时间', en: 'A time was agreed' },
    waitsFor: ['desk'],
    lasts: true,
    next: { zh: '到约好的时间我们和您谈。来不了请提前说一声。', en: 'We talk at the agreed time. Please tell us if you cannot come.' },
    desk: { next: { zh: '按约定的时间联系，谈完后记下答复。', en: 'Talk at the agreed time, then write down the answer.' } },
  },
  answered: {
    title: { zh: '已答复', en: 'Answered' },
    waitsFor: ['applicant'],
    leavesNoFile: true,
    next: {
      zh: '没说清楚的，可以接着问一次；也请您评一评。',
      en: 'If something is unclear you may ask once more; and please rate the answer.',
    },
    desk: {
      next: { zh: '本人可以再问一次，也可以评价；到期自动了结。', en: 'The person may ask once more and rate; it closes by itself.' },
    },
  },
  closed: {
    title: { zh: '已了结', en: 'Closed' },
    ...closed,
    next: { zh: '这次咨询了结了。有别的事，随时再问。', en: 'This is closed. Ask again whenever you need.' },
  },
  referring,
  referred: {
    title: { zh: '已转介', en: 'Referred' },
    ...closed,
    next: goesOn,
    nextFor: ({ data }) => (data['referredTo'] ? turnTo : goesOn),
  },
  converted: { title: { zh: '转为申请法律援助', en: 'Became an application for legal aid' }, ...closed, next: goesOn },
  lost: {
    title: { zh: '没有联系上', en: 'Not reached' },
    ...closed,
    next: {
      zh: '几次都没有联系上您。需要的时候请再来问，或者打 12348。',
      en: 'We could not reach you. Ask again when you need, or call 12348.',
    },
    desk: { next: { zh: '几次都没有联系上；本人随时可以再来问。', en: 'Could not be reached; the person may always ask again.' } },
  },
  withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, ...closed },
} as const satisfies Record<string, State<ConsultationSeat>>

export type ConsultationState = keyof typeof states

/** While the desk or somebody it asked has it. */
export const inHand = ['asked', 'advising', 'checking', 'scheduled'] as const satisfies readonly ConsultationState[]
/** While anybody may be asked to answer. */
export const unanswered = ['asked', 'advising', 'scheduled'] as const satisfies readonly ConsultationState[]
