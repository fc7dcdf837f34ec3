import type { Duty } from '../contract.ts'
import { keysIn } from '../ui/keyed.ts'

/** Each duty with what it lets a person do, in the words of whoever appoints them. */
export const duties: Record<Duty, { title: string; may: string }> = {
  intake: { title: '窗口人员', may: '接收申请和材料，送达文书' },
  reviewer: { title: '审查人员', may: '审查申请，作出给予或者不予援助的决定' },
  director: { title: '机构负责人', may: '审查决定，指派、更换承办人，终止援助' },
  supervisor: { title: '司法局', may: '处理异议，收到超期提醒' },
  manager: { title: '省级管理员', may: '设定法律留给本地决定的标准' },
  auditor: { title: '审计人员', may: '查看谁看过、改过什么' },
  administrator: { title: '账号管理员', may: '管理本地区的账号；看不到任何事项，也不能兼任其他岗位' },
}

/** Every duty, in the order of the table. */
export const dutyKeys = keysIn(duties)

/** Somebody's duties in words; a provider has none. */
export const dutyWords = (its: readonly Duty[]): string => its.map((duty) => duties[duty].title).join('、') || '承办人员'
