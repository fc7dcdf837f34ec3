import type { State } from '#kernel/line.ts'
import { referralStates } from '#parts/referral.ts'
import { its } from './data.ts'
import type { MediationSeat } from './seats.ts'

/** Told to both sides alike wherever mediation leads to nothing (人民调解法 art. 26). */
const otherWays = {
  zh: '这不影响任何一方的权利：可以再申请调解，也可以依法申请仲裁、请有关机关处理，或者向人民法院起诉。',
  en: 'Nobody loses a right by it: either side may ask for mediation again, go to arbitration, turn to an authority, or go to court.',
}
/** Read by both sides: it says what anybody may do, and not who is the weaker. */
const uneven = {
  zh: '调解员会先单独听每一方说，再约到一起。谁都可以带一个人来，也可以先打 12348 免费问清楚。随时可以不谈了。',
  en: 'The mediator hears each side alone before both meet. Anybody may bring somebody along, or ask 12348 first, free of charge. You may stop at any time.',
}
const closed = { final: true, waitsFor: [] } as const

export const states = {
  ...referralStates,
  draft: {
    title: { zh: '填写中', en: 'Being filled in' },
    waitsFor: ['applicant'],
    next: { zh: '填完并交上去后，调解委员会才会收到。', en: 'The committee sees it once you send it.' },
    desk: { next: { zh: '本人填完交上来后，调解委员会才会收到。', en: 'The committee sees it once the person sends it.' } },
  },
  requested: {
    title: { zh: '已收到，待联系对方', en: 'Received' },
    waitsFor: ['desk'],
    next: { zh: '调解委员会会去问对方愿不愿意。调解不收钱。', en: 'The committee asks the other side whether they agree. It is free.' },
    desk: { next: { zh: '登记被申请人，并问其愿不愿意。', en: 'Enter the other side, and ask whether they agree.' } },
  },
  offered: {
    title: { zh: '调解委员会提议，征求各方意见', en: 'Offered by the committee' },
    waitsFor: ['applicant', 'respondent'],
    next: {
      zh: '人民调解不收钱，谈不谈都自愿。各方都愿意就开始；不愿意也不用说理由，谁的权利都不受影响。',
      en: 'Mediation is free and voluntary. It begins if everybody agrees; anybody may say no, need give no reason, and nobody loses a right.',
    },
    desk: {
      next: {
        zh: '等各方说愿不愿意；有一方不愿意的，不得调解。',
        en: 'Each says whether they agree; if one does not, there is no mediation.',
      },
    },
  },
  consentPending: {
    title: { zh: '征求被申请人意见', en: 'Asking the other side' },
    waitsFor: ['respondent'],
    next: {
      zh: '人民调解不收钱，谈不谈都自愿。被申请人愿意就开始；不愿意也不用说理由，谁的权利都不受影响。',
      en: 'Mediation is free and voluntary. It begins if the other side agrees; they may say no, need give no reason, and nobody loses a right.',
    },
    desk: {
      next: {
        zh: '等被申请人说愿不愿意；有一方不愿意的，不得调解。',
        en: 'Each says whether they agree; if one does not, there is no mediation.',
      },
    },
  },
  accepted: {
    title: { zh: '已受理，待安排调解员', en: 'Accepted' },
    waitsFor: ['desk'],
    next: {
      zh: '马上安排调解员。您可以接受，也可以要求换人。',
      en: 'Mediators are being appointed. You may accept them or ask for others.',
    },
    desk: { next: { zh: '安排调解员，调解员讲明权利后开始。', en: 'Appoint mediators, who explain everybody’s rights first.' } },
  },
  mediating: {
    title: { zh: '调解中', en: 'In mediation' },
    waitsFor: ['mediator'],
    lasts: true,
    nextFor: ({ data }) =>
      its(data).isUneven
        ? uneven
        : { zh: '调解员会联系您。您随时可以不谈了。', en: 'The mediator will contact you. You may stop at any time.' },
    desk: {
      next: {
        zh: '听取各方意见，促成协议；任何一方可以随时终止。',
        en: 'Hear everybody and help them agree; either may stop at any time.',
      },
    },
  },
  signing: {
    title: { zh: '协议已写好，待各方签名', en: 'Waiting for signatures' },
    waitsFor: ['applicant', 'respondent', 'mediator'],
    next: { zh: '看清楚再签。所有人都签了，协议才拿得出去。', en: 'Read it before you sign. No copy leaves before everybody has.' },
    desk: { next: { zh: '等各方当事人和调解员都签名。', en: 'Both sides and the mediators sign.' } },
  },
  sealing: {
    title: { zh: '都已签名，待盖章', en: 'Signed, to be sealed' },
    waitsFor: ['desk'],
    next: { zh: '调解委员会盖章后，协议生效。', en: 'It takes effect once the committee seals it.' },
  },
  agreed: {
    title: { zh: '已达成协议，履行中', en: 'Agreed' },
    waitsFor: ['desk'],
    lasts: true,
    next: {
      zh: '协议对各方有约束力，请按约定履行。自生效起三十日内，各方可以一起申请司法确认。',
      en: 'It binds everybody. Within thirty days of its taking effect all may ask the court together to confirm it.',
    },
    desk: {
      next: {
        zh: '督促各方履行；要司法确认的，自生效起三十日内共同申请。',
        en: 'See that it is performed; confirmation is asked for together within thirty days.',
      },
    },
  },
  performed: {
    title: { zh: '已履行', en: 'Performed' },
    ...closed,
    next: { zh: '协议履行完了，这件事了结了。', en: 'The agreement was performed, and the matter is settled.' },
  },
  breached: {
    title: { zh: '协议没有履行', en: 'Not performed' },
    ...closed,
    next: {
      zh: '对履行或者协议内容有争议的，可以向人民法院起诉；法院确认过的，可以申请强制执行。',
      en: 'Either side may go to court over it; where the court confirmed it, enforcement may be asked for.',
    },
  },
  declined: { title: { zh: '没有开始调解', en: 'Not taken up' }, ...closed, next: otherWays },
  unanswered: { title: { zh: '没有等到答复', en: 'No answer came' }, ...closed, next: otherWays },
  failed: { title: { zh: '调解没有达成协议', en: 'No agreement reached' }, ...closed, next: otherWays },
  ended: { title: { zh: '调解终止', en: 'Ended' }, ...closed, next: otherWays },
  withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, ...closed, leavesNoFile: true },
} as const satisfies Record<string, State<MediationSeat>>

export type MediationState = keyof typeof states

/** While both sides are asked whether they agree. */
export const asking = ['offered', 'consentPending'] as const satisfies readonly MediationState[]
/** From the consent of everybody to the last signature. */
export const underWay = ['accepted', 'mediating', 'signing', 'sealing'] as const satisfies readonly MediationState[]
/** Where it ended without having helped: the other ways are told. */
export const fruitless = ['declined', 'unanswered', 'failed', 'ended', 'breached'] as const satisfies readonly MediationState[]
/** Once all agreed, until a text is to be signed. */
export const atTable = ['accepted', 'mediating'] as const satisfies readonly MediationState[]
/** Every state in which the committee has it in hand. */
export const inHand = ['requested', ...asking, ...underWay, 'agreed'] as const satisfies readonly MediationState[]
