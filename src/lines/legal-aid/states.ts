import type { State, Text } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { its, type Outcome } from './data.ts'
import { contestOf, outcomeOf } from './rules.ts'
import { has } from '#kernel/keyed.ts'
import { referralTold } from './referral-states.ts'

const toConfirm: Text = { zh: '结果要您核实过，才算数。', en: 'The result counts once you have confirmed it.' }
const lookedInto: Text = {
  zh: '您说结果不对，法律援助机构会再去查。',
  en: 'You said the result is not right; the agency looks into it again.',
}

/** What the person is told after what they said of the result; undefined where the state says it. */
const answered: Record<Outcome['confirmation'], Text | undefined> = { claimed: toConfirm, confirmed: undefined, contradicted: lookedInto }
const byAnswer = ({ data }: Pick<Matter, 'data'>): Text | undefined => answered[outcomeOf(data)?.confirmation ?? 'confirmed']

const underReview: Text = {
  zh: '您提出了异议，司法局正在审查，有了结果会告诉您。',
  en: 'You objected. The justice bureau is looking at it and will tell you what it decides.',
}
const keptByBureau: Text = {
  zh: '司法局审查后维持了这个决定。不服的，可以申请行政复议或者向法院起诉；情况以后有变化，可以重新申请。',
  en: 'The justice bureau kept the decision. You may ask for reconsideration or go to court; if your situation changes you may apply again.',
}
const byContest = ({ data }: Pick<Matter, 'data'>): Text | undefined => {
  const contest = contestOf(data)
  return contest && (contest.isKept ? keptByBureau : underReview)
}

/** What was decided is served, and may be objected to. */
const mayObject: Text = {
  zh: '如果不服，可以在期限内向司法局提出异议。',
  en: 'You may object to the justice bureau within the time given.',
}
/** The time to object is over. */
const settled: Text = {
  zh: '提出异议的期限过了。您的情况以后有变化，可以重新申请。',
  en: 'The time to object has passed. If your situation changes you may apply again.',
}

/** What is left is the office's own: the person has nothing more to do. */
const done = {
  title: { zh: '已经办完', en: 'Done' },
  waitsFor: ['desk'],
  nextFor: byAnswer,
  next: { zh: '机构还在整理案卷，您不用再做什么。', en: 'The agency is putting its file in order; you need do nothing more.' },
} as const satisfies Partial<State>

const handled = {
  check: { zh: '本机构审核卷宗。', en: 'The agency checks the file.' },
  pay: { zh: '本机构给承办人发补贴。', en: 'The agency pays the provider.' },
  archive: { zh: '本机构把卷宗归档。', en: 'The agency archives the file.' },
} as const

export const states = {
  draft: {
    title: { zh: '填写中', en: 'Being filled in' },
    waitsFor: ['applicant'],
    next: { zh: '填完并提交后，法律援助机构才会收到。', en: 'The legal aid agency sees it once you submit it.' },
    desk: { next: { zh: '申请人填完提交后，本机构才会收到。', en: 'The agency sees it once the applicant submits it.' } },
  },
  ...referralTold,
  inCustody: {
    title: { zh: '监管场所待转交', en: 'With the place of custody' },
    waitsFor: ['organ'],
    next: { zh: '监管场所应在二十四小时内把申请转交法律援助机构。', en: 'The place of custody must pass it on within 24 hours.' },
  },
  submitted: {
    title: { zh: '审查中', en: 'Under review' },
    waitsFor: ['desk'],
    next: { zh: '法律援助机构会在七日内决定是否给予援助。', en: 'The agency decides within seven days.' },
    desk: { next: { zh: '本机构应在七日内决定是否给予援助。', en: 'The agency decides within seven days.' } },
  },
  supplementing: {
    title: { zh: '等您补充材料', en: 'Waiting for your documents' },
    waitsFor: ['applicant'],
    next: {
      zh: '请在通知的日期前补齐材料，补齐前不计入审查时间。',
      en: 'Please send what is missing by the date given; the review waits meanwhile.',
    },
    desk: {
      title: { zh: '等申请人补充材料', en: 'Waiting for the applicant’s documents' },
      next: {
        zh: '申请人应在通知的日期前补齐，补齐前不计入审查时间。',
        en: 'The applicant supplies what is missing by the date given; the review waits meanwhile.',
      },
    },
  },
  urgent: {
    title: { zh: '先行援助', en: 'Urgent aid given' },
    waitsFor: ['desk'],
    next: {
      zh: '已决定先帮您，马上安排承办人；请在写明的日期前补办手续。',
      en: 'We help you first: somebody is being sent at once. Please complete the papers by the date given.',
    },
    nextFor: (matter) =>
      holdersIn(matter, 'assignee').length
        ? {
            zh: '承办人已经安排好，会主动联系您；请在写明的日期前补办手续。',
            en: 'Somebody was sent and will contact you. Please complete the papers by the date given.',
          }
        : undefined,
    desk: {
      next: {
        zh: '本机构先安排承办人，申请人应在补办日期前补齐手续。',
        en: 'Someone is sent first; the applicant completes the papers by the date given.',
      },
    },
  },
  granted: {
    title: { zh: '已给予援助，待指派', en: 'Granted, to be assigned' },
    waitsFor: ['desk'],
    next: { zh: '三日内会指派律师或法律援助人员。', en: 'A lawyer is assigned within three days.' },
    desk: { next: { zh: '本机构应在三日内指派承办人。', en: 'The agency assigns a provider within three days.' } },
  },
  correcting: {
    title: { zh: '责令改正', en: 'Ordered to correct' },
    waitsFor: ['desk'],
    next: {
      zh: '司法局要求法律援助机构改正，机构会重新作出决定。',
      en: 'The justice bureau ordered a correction; the agency decides again.',
    },
    desk: {
      next: { zh: '司法局要求改正，本机构应重新作出决定。', en: 'The justice bureau ordered a correction; the agency decides again.' },
    },
  },
  refused: {
    title: { zh: '不予援助', en: 'Refused' },
    waitsFor: ['desk'],
    next: { zh: '决定书会送给您；如果不服，可以提出异议。', en: 'The decision will be sent to you; you may object.' },
    desk: {
      title: { zh: '不予援助，待送达', en: 'Refused, to be served' },
      next: { zh: '决定书要送达申请人；申请人不服可以提出异议。', en: 'The decision is served on the applicant, who may object.' },
    },
  },
  refusalSent: {
    title: { zh: '不予援助', en: 'Refused' },
    waitsFor: ['desk'],
    lasts: true,
    next: mayObject,
    desk: {
      title: { zh: '不予援助决定已送达', en: 'Refusal served' },
      next: {
        zh: '申请人不服的，可以在期限内向司法局提出异议；期满后由本机构归档。',
        en: 'The applicant may object to the justice bureau within the time given; after it the agency archives the file.',
      },
    },
  },
  contested: {
    title: { zh: '不予援助', en: 'Refused' },
    waitsFor: ['desk'],
    lasts: true,
    next: underReview,
    desk: {
      title: { zh: '不予援助，异议审查中', en: 'Refused, objected to' },
      next: {
        zh: '司法局审查当事人的异议：维持的，由本机构归档；责令改正的，由本机构重新决定。',
        en: 'The justice bureau considers the objection: if the decision is kept the agency archives the file, else it decides again.',
      },
    },
  },
  refusalFinal: {
    title: { zh: '不予援助', en: 'Refused' },
    waitsFor: ['desk'],
    mayApplyAgain: true,
    nextFor: byContest,
    next: settled,
    desk: { title: { zh: '不予援助，待归档', en: 'Refused, to be archived' }, next: handled.archive },
  },
  deemedWithdrawn: {
    title: { zh: '视为撤回', en: 'Deemed withdrawn' },
    final: true,
    leavesNoFile: true,
    waitsFor: [],
    mayApplyAgain: true,
    next: { zh: '材料没有按时补齐，这次申请已结束，您可以重新申请。', en: 'The documents did not arrive in time. You may apply again.' },
    desk: {
      next: {
        zh: '材料没有按时补齐，这次申请已结束，申请人可以重新申请。',
        en: 'The documents did not arrive in time. The applicant may apply again.',
      },
    },
  },
  withdrawn: {
    title: { zh: '已撤回', en: 'Withdrawn' },
    final: true,
    leavesNoFile: true,
    waitsFor: [],
    mayApplyAgain: true,
    next: { zh: '申请已撤回，需要时可以重新申请。', en: 'The application was withdrawn. You may apply again.' },
  },
  referred: {
    title: { zh: '已转其他机构', en: 'Referred elsewhere' },
    final: true,
    leavesNoFile: true,
    waitsFor: [],
    next: { zh: '这件事由通知里写明的机构办理。', en: 'The body named in the notice handles this.' },
    nextFor: ({ data: { referredTo: to } }) =>
      typeof to === 'string' ? { zh: `这件事由${to}办理，请去找他们。`, en: `This is handled by ${to}: please turn to them.` } : undefined,
  },
  assigned: {
    title: { zh: '已指派，待签协议', en: 'Assigned, agreement to be signed' },
    waitsFor: ['assignee'],
    next: { zh: '五日内会请您签委托协议。', en: 'You will be asked to sign an agreement within five days.' },
    desk: {
      next: { zh: '承办人应在五日内和受援人签委托协议。', en: 'The provider signs an agreement with the recipient within five days.' },
    },
  },
  handling: {
    title: { zh: '办理中', en: 'In progress' },
    waitsFor: ['assignee'],
    lasts: true,
    next: { zh: '承办人会随时告诉您进展。', en: 'Your lawyer keeps you informed.' },
    desk: { next: { zh: '承办人应随时把进展告诉受援人。', en: 'The provider keeps the recipient informed.' } },
  },
  replacing: {
    title: { zh: '更换承办人审查中', en: 'Replacement under review' },
    waitsFor: ['desk'],
    next: { zh: '机构会在五日内决定是否更换。', en: 'The agency decides within five days.' },
    desk: { next: { zh: '本机构应在五日内决定是否更换。', en: 'The agency decides within five days.' } },
  },
  concluded: {
    title: { zh: '承办人说办完了', en: 'Your lawyer says it is done' },
    waitsFor: ['assignee'],
    lasts: true,
    nextFor: byAnswer,
    next: {
      zh: '您核实过结果了，承办人接着整理案卷，您不用再做什么。',
      en: 'You confirmed the result. Your lawyer puts the file in order; you need do nothing more.',
    },
    desk: {
      title: { zh: '已办结，待交卷', en: 'Concluded, file to be handed in' },
      next: { zh: '受援人确认结果是否属实，承办人提交卷宗。', en: 'The recipient confirms the result; the provider hands in the file.' },
    },
  },
  terminated: {
    title: { zh: '已终止，待送达', en: 'Terminated, to be served' },
    waitsFor: ['desk'],
    next: { zh: '终止决定会送给您；不服可以提出异议。', en: 'The decision will be sent to you; you may object.' },
    desk: {
      next: { zh: '终止决定要送达受援人；受援人不服可以提出异议。', en: 'The decision is served on the recipient, who may object.' },
    },
  },
  terminationSent: {
    title: { zh: '终止决定已送达', en: 'Termination served' },
    waitsFor: ['assignee'],
    lasts: true,
    nextFor: byContest,
    next: mayObject,
    desk: {
      next: {
        zh: '受援人不服的，可以在期限内向司法局提出异议。',
        en: 'The recipient may object to the justice bureau within the time given.',
      },
    },
  },
  terminationSentUnassigned: {
    title: { zh: '终止决定已送达', en: 'Termination served' },
    waitsFor: ['desk'],
    lasts: true,
    nextFor: byContest,
    next: mayObject,
    desk: {
      title: { zh: '终止决定已送达，没有承办人', en: 'Termination served, nobody assigned' },
      next: {
        zh: '受援人不服的，可以在期限内向司法局提出异议；期满后由本机构归档。',
        en: 'The recipient may object to the justice bureau within the time given; after it the agency archives the file.',
      },
    },
  },
  terminationFinal: {
    title: { zh: '已终止援助', en: 'Terminated' },
    waitsFor: ['desk'],
    nextFor: byContest,
    next: settled,
    desk: { title: { zh: '已终止援助，待归档', en: 'Terminated, to be archived' }, next: handled.archive },
  },
  fileSubmitted: { ...done, lasts: true, desk: { title: { zh: '卷宗待审核', en: 'File under check' }, next: handled.check } },
  fileApproved: { ...done, desk: { title: { zh: '待发补贴', en: 'Subsidy to be paid' }, next: handled.pay } },
  subsidyPaid: { ...done, desk: { title: { zh: '待归档', en: 'To be archived' }, next: handled.archive } },
  archived: {
    title: { zh: '已归档', en: 'Archived' },
    final: true,
    waitsFor: [],
    nextFor: byAnswer,
    next: { zh: '这件事已经办完并归档。', en: 'This matter is finished and archived.' },
  },
} as const satisfies Record<string, State>

export type LegalAidState = keyof typeof states

/** The state that a matter of this line stands in. */
export function stateOf(state: string): LegalAidState {
  if (!has(states, state))
    throw new Error(`No state of legal aid is called ${state}. Was it renamed, and the edition is still the old one?`)
  return state
}

/** Where a matter stands that was refused; while the bureau looks at the refusal it rests. */
export const refusals = ['refused', 'refusalSent', 'refusalFinal', 'contested'] as const satisfies readonly LegalAidState[]

/** Where what was decided may be objected to, in time or late (法律援助法 art. 49). */
export const contestable = [
  ...refusals,
  'terminationSent',
  'terminationSentUnassigned',
  'terminationFinal',
] as const satisfies readonly LegalAidState[]

/** The steps of a file being closed, which does not wait for the bureau. */
export const closingFile = ['concluded', 'fileSubmitted', 'fileApproved', 'subsidyPaid'] as const satisfies readonly LegalAidState[]

/** Aid that was ended may be objected to while the lawyer hands in its file. */
export const isContestableClosing = ({ state, data }: Pick<Matter, 'state' | 'data'>): boolean =>
  its(data).termination !== undefined && its(data).correctedBy === undefined && closingFile.some((one) => one === state)
