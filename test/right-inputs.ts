import { v7 } from 'uuid'
import type { Actor } from '#kernel/actor.ts'
import { addDays } from '#kernel/calendar/calendar.ts'
import type { Matter } from '#kernel/matter.ts'
import { accountIn } from '#kernel/seat.ts'
import { cast } from '#test/world.ts'

/** An input of one action that every rule over the input accepts today, `n` varying what may vary, when `who` takes it: what is then refused is refused by `check`. */
export type RightInput = (m: Matter, today: string, n: number, who: Actor) => unknown

export const why = '根据现有材料，理由已经书面说明清楚。'
export const nothing: RightInput = () => ({})
export const reason: RightInput = () => ({ reason: why })
export const served: RightInput = (_, today) => ({ servedOn: today })
export const decided: RightInput = (_, today) => ({ reason: why, servedOn: today })
export const oneOf = <T>(list: readonly T[], n: number) => list[n % list.length]
export const paper =
  (kinds: readonly string[]): RightInput =>
  (_, __, n) => ({ kind: oneOf(kinds, n), document: v7(), hash: 'a'.repeat(64) })
export const provider: RightInput = (m) => ({
  practitioner: v7(),
  provider: (accountIn(m, 'assignee') === cast.zhao.id ? cast.qian : cast.zhao).id,
  office: v7(),
  verdict: 'assignable',
})
export const overdue =
  (limit: string): RightInput =>
  () => ({ limit })
const hearing: RightInput = (_, today, n) => ({
  at: `${addDays(today, 1 + (n % 40))}T09:30:00+08:00`,
  forum: 'court',
  court: '演示区人民法院',
  room: '第三法庭',
})
export const hearingSteps = {
  scheduleHearing: hearing,
  cancelHearing: () => ({ because: 'postponed' }),
  remindHearing: overdue('hearingReminder'),
} satisfies Record<string, RightInput>
