import type { State, Text } from '#kernel/line.ts'
import { its } from './data.ts'
import type { ConfirmationSeat } from './seats.ts'

const closed = { final: true, waitsFor: [] } as const
const wayOn: Text = {
  zh: '可以请调解委员会再调解、变更协议或者重新达成协议，也可以向人民法院起诉。',
  en: 'You may go back to the committee for another agreement, or go to court.',
}
const sign: Text = {
  zh: '各方都同意，才能向法院申请；只有一方的，法院不受理。不收钱。',
  en: 'The court takes it only from everybody together. It is free.',
}
const notTaken: Text = {
  zh: '注意：协议里有法院不确认的内容（比如离婚、房子归谁），法院很可能不受理。这部分要另外起诉或者办手续。',
  en: 'Careful: part of it is nothing a court confirms (a divorce, whose house it is), so it will probably not be taken. That part needs a lawsuit or another procedure.',
}

export const states = {
  preparing: {
    title: { zh: '准备申请', en: 'Being prepared' },
    waitsFor: ['desk'],
    next: { zh: '先定好向哪个法院申请。', en: 'First the right court is chosen.' },
    desk: {
      next: {
        zh: '定好法院，看有没有法院不确认的内容，备好材料。',
        en: 'Choose the court, look for what it does not confirm, get the papers ready.',
      },
    },
  },
  prepared: {
    title: { zh: '待各方一起申请', en: 'Waiting for everybody to apply' },
    waitsFor: ['applicant', 'respondent'],
    nextFor: ({ data }) => ((its(data).exclusion ?? 'none') === 'none' ? sign : notTaken),
    desk: { next: { zh: '等各方都申请；只有一方的，不能提交法院。', en: 'Everybody applies; one side alone is not enough.' } },
  },
  filed: {
    title: { zh: '各方已申请，待法院受理', en: 'Applied for' },
    waitsFor: ['desk'],
    next: { zh: '材料交给法院，法院会说受理不受理。', en: 'The papers go to the court, which says whether it takes the case.' },
    desk: { next: { zh: '把材料交法院，登记法院受理不受理。', en: 'Hand the papers to the court, and record whether it takes the case.' } },
  },
  accepted: {
    title: { zh: '法院已受理', en: 'Taken by the court' },
    waitsFor: ['desk'],
    lasts: true,
    next: { zh: '法院审查后作出裁定。', en: 'The court examines it and rules.' },
    desk: { next: { zh: '法院裁定后登记结果。', en: 'Record what the court ruled.' } },
  },
  confirmed: {
    title: { zh: '法院已确认，协议有效', en: 'Confirmed' },
    ...closed,
    next: {
      zh: '对方不履行的，可以向法院申请强制执行，期限两年。认为裁定有错的，收到裁定之日起十五日内向作出裁定的法院提出异议；协议外的人，知道之日起六个月内提出。',
      en: 'If it is not kept you may ask for enforcement within two years. Whoever thinks the ruling wrong objects at that court within fifteen days of receiving it; an outsider within six months of knowing of it.',
    },
    desk: {
      next: {
        zh: '不履行的，可以申请强制执行，期限两年。当事人有异议的，收到裁定之日起十五日内提出；协议外的人，知道之日起六个月内提出。',
        en: 'Enforcement may be asked for within two years. A party objects within fifteen days of receiving the ruling, an outsider within six months of knowing of it.',
      },
    },
  },
  rejected: { title: { zh: '法院没有确认', en: 'Not confirmed' }, ...closed, next: wayOn },
  notAccepted: { title: { zh: '法院没有受理', en: 'Not taken by the court' }, ...closed, next: wayOn },
  lapsed: {
    title: { zh: '过了三十日，没有申请', en: 'The thirty days are over' },
    ...closed,
    next: {
      zh: '不能再申请确认了。协议仍然有约束力，对方不履行的，可以凭协议向人民法院起诉。',
      en: 'It can no longer be confirmed. The agreement still binds: if it is not kept you may go to court on it.',
    },
  },
  // Its people are those of the mediation, whose file is kept.
  withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, ...closed },
} as const satisfies Record<string, State<ConfirmationSeat>>

export type ConfirmationState = keyof typeof states

/** Until the court has it. */
export const before = ['preparing', 'prepared'] as const satisfies readonly ConfirmationState[]
export const open = [...before, 'filed', 'accepted'] as const satisfies readonly ConfirmationState[]
