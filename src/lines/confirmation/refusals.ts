import { refusing, type OwnRefusal } from '#kernel/refusal.ts'
import { confirmTooLate } from '#parts/confirming-together.ts'

/** What this service alone refuses, to the one who reads it, with what to do next. */
export const refusals = {
  confirm_too_late: confirmTooLate,
  one_of_them: {
    status: 422,
    text: { zh: '一次只登记一个人收到裁定的日子。请分开登记。', en: 'Each person has a day of their own. Record one person at a time.' },
  },
} satisfies Record<string, OwnRefusal>

/** A refusal, of this service or of any; a misspelt code does not compile. */
export const no = refusing(refusals)
