import { v7 } from 'uuid'
import { addDays } from '#kernel/calendar.ts'
import type { Matter } from '#kernel/matter.ts'
import { wantKeys } from '#lines/data-request/wants.ts'
import { applicantsTitles, documents } from '#lines/legal-aid/documents.ts'
import { cast } from './world.ts'
import { accountIn } from '#kernel/seat.ts'

/** An input of one action that every rule over the input accepts today, `n` varying what may vary: what is then refused is refused by `check`. */
type RightInput = (m: Matter, today: string, n: number) => unknown

const why = '根据现有材料，理由已经书面说明清楚。'
const nothing: RightInput = () => ({})
const reason: RightInput = () => ({ reason: why })
const served: RightInput = (_, today) => ({ servedOn: today })
const decided: RightInput = (_, today) => ({ reason: why, servedOn: today })
const oneOf = <T>(list: readonly T[], n: number) => list[n % list.length]
const paper =
  (kinds: readonly string[]): RightInput =>
  (_, __, n) => ({ kind: oneOf(kinds, n), document: v7(), hash: 'a'.repeat(64) })
const provider: RightInput = (m) => ({
  practitioner: v7(),
  provider: (accountIn(m, 'assignee') === cast.zhao.id ? cast.qian : cast.zhao).id,
  office: v7(),
  verdict: 'assignable',
})
const overdue =
  (limit: string): RightInput =>
  () => ({ limit })
const filing = {
  matterCode: 'M31-5',
  forWhom: 'self',
  route: 'exempt',
  recipient: v7(),
  channel: 'web',
  isPrivate: false,
  isUnder14: false,
  hasGuardianConsent: false,
  topic: 'unpaidWages',
  contact: 'page',
}

const hearing: RightInput = (_, today, n) => ({
  at: `${addDays(today, 1 + (n % 40))}T09:30:00+08:00`,
  forum: 'court',
  court: '演示区人民法院',
  room: '第三法庭',
})
const hearingSteps = {
  scheduleHearing: hearing,
  cancelHearing: () => ({ because: 'postponed' }),
  remindHearing: overdue('hearingReminder'),
} satisfies Record<string, RightInput>

/** For every line, for every action. A test asserts that none is forgotten. */
export const rightInputs: Record<string, Record<string, RightInput>> = {
  'legal-aid': {
    attach: paper(Object.keys(documents)),
    submit: () => filing,
    handOver: (_, today) => ({ ...filing, handedOverAt: `${today}T00:00:00+08:00` }),
    forward: nothing,
    ask: (_, today, n) => ({ missing: [oneOf(Object.keys(applicantsTitles), n)], until: addDays(today, 1 + (n % 9)) }),
    supply: nothing,
    lapse: nothing,
    withdraw: nothing,
    refer: () => ({ to: '另一家机构', reason: why }),
    recuse: reason,
    assess: (_, __, n) => ({ assessment: v7(), proposal: oneOf(['grant', 'refuse'], n), urgent: true, topPriority: true }),
    urgentAid: (_, today) => ({ ground: 'preservation', until: addDays(today, 7) }),
    grant: () => ({ note: why }),
    refuse: reason,
    serveRefusal: served,
    settle: overdue('objection'),
    contest: () => ({ objection: v7() }),
    serveContested: served,
    keep: () => ({ objection: v7() }),
    resume: (_, today) => ({ objection: v7(), servedOn: today }),
    correct: () => ({ objection: v7() }),
    appointProxy: () => ({ proxy: cast.ma.id, consents: true }),
    dismissProxy: nothing,
    assign: provider,
    assignUrgently: provider,
    engage: () => ({ exception: why }),
    progress: (_, today) => ({ kind: 'interview', on: today }),
    ...hearingSteps,
    requestReplacement: reason,
    reportConflict: (_, __, n) => ({ cause: oneOf(['conflict', 'unable'], n), reason: why }),
    replace: provider,
    keepProvider: reason,
    terminate: () => ({ ground: 'T5', reason: why }),
    serveTermination: served,
    conclude: ({ data }, today, n) => ({
      result: 'won',
      concludedOn: [addDays(today, -(n % 20)), String(data['assignedOn'])].toSorted().at(-1),
      claimedFen: 1000,
      recoveredFen: n,
      hearings: 1,
      meetings: 1,
    }),
    confirmOutcome: (_, __, n) => oneOf([{ agrees: 'yes' }, { agrees: 'partly', receivedFen: n }, { agrees: 'no' }], n),
    submitFile: nothing,
    approveFile: () => ({ grade: 'good' }),
    returnFile: reason,
    paySubsidy: () => ({ amountFen: 120_000, unconfirmed: why }),
    archive: nothing,
    overdue: overdue('review'),
    recount: () => ({ limits: ['review'] }),
  },
  objection: {
    attach: paper(['evidence']),
    addGrounds: nothing,
    uphold: decided,
    order: decided,
    rejectLate: decided,
    withdraw: nothing,
    overdue: overdue('decide'),
    recount: () => ({ limits: ['decide'] }),
  },
  'data-request': {
    attach: paper(['identity', 'copy', 'evidence']),
    submit: (_, __, n) => ({ wants: oneOf(wantKeys, n), recipient: v7(), channel: 'web' }),
    askIdentity: (_, today, n) => ({ until: addDays(today, 1 + (n % 9)) }),
    supply: nothing,
    fulfil: () => ({ reply: why, mustBeKept: false }),
    restrict: reason,
    answerPartly: reason,
    refuse: reason,
    withdraw: nothing,
    overdue: overdue('answer'),
    recount: () => ({ limits: ['answer'] }),
  },
  'criminal-notice': {
    attach: paper(['notice', 'indictment', 'report']),
    markIncomplete: reason,
    complete: nothing,
    assign: provider,
    informOrgan: nothing,
    accept: nothing,
    defendantRefuses: () => ({ isJustified: true }),
    noticeAgain: nothing,
    counselRetained: nothing,
    progress: (_, today) => ({ kind: 'meeting', on: today }),
    ...hearingSteps,
    conclude: (_, today) => ({ concludedOn: today, stageResult: 'acquitted' }),
    submitFile: nothing,
    archive: nothing,
    overdue: overdue('assign'),
    recount: () => ({ limits: ['assign'] }),
  },
}
