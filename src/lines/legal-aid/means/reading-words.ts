import type { Text } from '#kernel/line.ts'
import type { Answer, Outcome } from './finding.ts'
import type { Assessment } from './means.ts'

/** What an assessment proposes, as officers say it. */
export const proposalWords: Record<Assessment['proposal'], Text> = {
  grant: { zh: '建议给予援助', en: 'Proposal: grant' },
  refuse: { zh: '建议不予援助', en: 'Proposal: refuse' },
  refer: { zh: '建议转其他机构', en: 'Proposal: refer elsewhere' },
  consult: { zh: '提供咨询即可', en: 'Advice suffices' },
  notice: { zh: '按通知辩护办理', en: 'Defence on notice' },
  cannotDecide: { zh: '事实不全或标准未定，暂不能判断', en: 'Facts missing or standard unset: cannot tell' },
}

/** How a step came out, as officers say it. */
export const outcomeWords: Record<Outcome | Answer, Text> = {
  pass: { zh: '符合', en: 'Met' },
  fail: { zh: '不符合', en: 'Not met' },
  missing: { zh: '缺少事实', en: 'Fact missing' },
  notNeeded: { zh: '不需要', en: 'Not needed' },
  unset: { zh: '标准未设定', en: 'Standard unset' },
  applies: { zh: '属于', en: 'Applies' },
  doesNotApply: { zh: '不属于', en: 'Does not apply' },
  proposes: { zh: '建议', en: 'Proposes' },
}
