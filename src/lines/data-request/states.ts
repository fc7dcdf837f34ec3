import type { State } from '#kernel/line.ts'

export const states = {
  draft: {
    title: { zh: '填写中', en: 'Being filled in' },
    waitsFor: ['applicant'],
    next: { zh: '填完并提交后，我们才会收到。', en: 'We see it once you send it.' },
    desk: { next: { zh: '本人填完提交后，机构才会收到。', en: 'The agency sees it once the person sends it.' } },
  },
  received: {
    title: { zh: '已收到，待答复', en: 'Received' },
    waitsFor: ['desk'],
    next: { zh: '我们会核实并书面答复您。', en: 'We check it and answer you in writing.' },
    desk: { next: { zh: '机构核实后书面答复本人。', en: 'The agency checks it and answers in writing.' } },
  },
  provingIdentity: {
    title: { zh: '等您证明身份', en: 'Waiting for proof of identity' },
    waitsFor: ['applicant'],
    next: { zh: '请补上身份证明，免得把您的信息交给别人。', en: 'Please prove who you are, so that nobody else is given what is yours.' },
    desk: {
      title: { zh: '等本人证明身份', en: 'Waiting for proof of identity' },
      next: {
        zh: '本人要先补上身份证明，免得把信息交给别人。',
        en: 'The person proves who they are first, so that nobody else is given what is theirs.',
      },
    },
  },
  fulfilled: {
    title: { zh: '已照办', en: 'Done as asked' },
    final: true,
    waitsFor: [],
    next: { zh: '已经照您的要求办了，答复写在上面。', en: 'It was done as you asked; the answer is above.' },
    desk: { next: { zh: '已照本人的要求办理并答复。', en: 'It was done as asked, and answered.' } },
  },
  partly: {
    title: { zh: '部分照办', en: 'Done in part' },
    final: true,
    waitsFor: [],
    next: {
      zh: '不能照办的部分，理由写在上面。不同意的，可以依法向人民法院起诉。',
      en: 'The reasons for what was not done are above. If you disagree you may go to court.',
    },
    desk: {
      next: {
        zh: '不能照办的部分写明了理由；本人不同意的，可以依法向人民法院起诉。',
        en: 'The reasons for what was not done are given; the person may go to court.',
      },
    },
  },
  refused: {
    title: { zh: '不予办理', en: 'Refused' },
    final: true,
    waitsFor: [],
    next: {
      zh: '理由写在上面。不同意的，可以依法向人民法院起诉。',
      en: 'The reasons are above. If you disagree you may go to court.',
    },
    desk: { next: { zh: '已写明理由；本人不同意的，可以依法向人民法院起诉。', en: 'The reasons are given; the person may go to court.' } },
  },
  withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true, leavesNoFile: true, waitsFor: [] },
} as const satisfies Record<string, State>

export type DataRequestState = keyof typeof states
