import type { State } from '#kernel/line.ts'
import { referralStates, referring } from '#parts/referral.ts'

/** Where an application stands that came from elsewhere or was written down for somebody, and one that was referred on. */
export const referralTold = {
  ...referralStates,
  referring,
  completing: {
    title: { zh: '待补全申请', en: 'To be completed' },
    waitsFor: ['applicant'],
    next: {
      zh: '还差几个问题。您可以在网上接着填，也可以打电话、到窗口，由工作人员替您记。说过的不用再说一遍。',
      en: 'A few questions are left. Answer them online, by telephone or at the window; what you told is not asked again.',
    },
    desk: {
      next: {
        zh: '联系本人，把还没问到的问题问完后提交；说过的不再问。',
        en: 'Ask the person what is left and submit it; what was told is not asked again.',
      },
    },
  },
} as const satisfies Record<string, State>
