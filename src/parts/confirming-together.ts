import { deadline } from '#kernel/calendar/calendar.ts'
import type { Case } from '#kernel/line.ts'
import type { OwnRefusal } from '#kernel/refusal.ts'

/** The thirty days in which all may apply to a court together; a last day off moves on (人民调解法 art. 33, 民法典 art. 203). */
export const thirtyDays = { count: 30, unit: 'calendarDay' } as const

/** Whether the thirty days from the day an agreement took effect are over. */
export function isTooLateToConfirm(effectiveOn: string, { matter, now, law }: Pick<Case<never>, 'matter' | 'now' | 'law'>): boolean {
  const end = deadline(law.calendar, thirtyDays, effectiveOn, { region: matter.region })
  return end !== null && now >= end.dueAt
}

/** What is said then. */
export const confirmTooLate = {
  status: 409,
  text: {
    zh: '协议生效已过三十日，不能再申请司法确认。协议仍然有约束力；对方不履行的，请凭协议向人民法院起诉。',
    en: 'The thirty days are over, so the court no longer confirms it. The agreement still binds: if it is not kept you may go to court on it.',
  },
} satisfies OwnRefusal
