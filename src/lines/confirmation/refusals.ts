import { refusing, type OwnRefusal } from '#kernel/refusal.ts'

/** What this service alone refuses, to the one who reads it, with what to do next. */
export const refusals = {
  confirm_too_late: {
    status: 409,
    text: {
      zh: '协议生效已过三十日，不能再申请司法确认。协议仍然有约束力；对方不履行的，请凭协议向人民法院起诉。',
      en: 'The thirty days are over, so the court no longer confirms it. The agreement still binds: if it is not kept you may go to court on it.',
    },
  },
  one_of_them: {
    status: 422,
    text: { zh: '一次只登记一个人收到裁定的日子。请分开登记。', en: 'Each person has a day of their own. Record one person at a time.' },
  },
} satisfies Record<string, OwnRefusal>

/** A refusal, of this service or of any; a misspelt code does not compile. */
export const no = refusing(refusals)
