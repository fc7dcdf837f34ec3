import { z } from 'zod'
import { notPast } from '#kernel/calendar/day-rule.ts'
import { choice, day, nothing, passedLimit } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'
import { guests, its, noting } from './data.ts'
import { no } from './refusals.ts'
import { ForHolder, officers } from './rules.ts'
import type { MediationSeat } from './seats.ts'
import { inHand, underWay, type MediationState } from './states.ts'
import { cite } from './statutes.ts'

const until = day({ zh: '谈到哪一天', en: 'Going on until' })

/** How long it goes on, who joins, and the end without an agreement (人民调解法 arts. 20–26). */
export const tableActions = actions<MediationState, MediationSeat>()({
  proposeExtension: {
    title: { zh: '提议延长', en: 'Propose to go on for longer' },
    told: { zh: '调解员提议多谈些日子，各方都同意才行。', en: 'The mediator proposes more time; everybody must agree.' },
    shows: ['until'],
    openly: true,
    by: ['mediator'],
    from: ['mediating'],
    form: z.object({ until }),
    rule: ({ input, now }) => notPast('until', input.until, now),
    set: (input, { data }) => noting(data, { proposedUntil: input.until }),
    voids: ['agreeToExtend'],
    cite: cite('人民调解工作若干规定', 33),
  },
  agreeToExtend: {
    title: { zh: '同意延长', en: 'Agree to go on' },
    told: { zh: '同意多谈些日子。', en: 'More time was agreed to.' },
    shows: ['until'],
    openly: true,
    by: ['applicant', 'respondent', 'mediator', ...officers],
    jointly: ['applicant', 'respondent'],
    from: ['mediating'],
    asks: ForHolder,
    form: ForHolder.extend({ until }),
    when: ({ matter }) => (its(matter.data).proposedUntil ? null : no('not_applicable')),
    set: (_, { data: { proposedUntil: _asked, ...data } }) => ({ data }),
    cite: cite('人民调解工作若干规定', 33),
  },
  proposeGuest: {
    title: { zh: '提议请人参加', en: 'Propose that somebody joins' },
    told: { zh: '提议请人来帮着谈，各方都同意才请。', en: 'It is proposed that somebody joins; everybody must agree.' },
    shows: ['guest'],
    openly: true,
    by: ['applicant', 'respondent', 'mediator'],
    from: ['mediating'],
    form: z.object({ guest: choice({ zh: '请谁', en: 'Who' }, guests) }),
    set: (input, { data }) => noting(data, { proposedGuest: input.guest }),
    voids: ['agreeToGuest'],
    cite: cite('人民调解法', 20, 1),
  },
  agreeToGuest: {
    title: { zh: '同意请人参加', en: 'Agree that they join' },
    told: { zh: '同意请人参加。', en: 'It was agreed that they join.' },
    openly: true,
    by: ['applicant', 'respondent', 'mediator', ...officers],
    jointly: ['applicant', 'respondent'],
    from: ['mediating'],
    form: ForHolder,
    when: ({ matter }) => (its(matter.data).proposedGuest ? null : no('not_applicable')),
    set: (_, { data: { proposedGuest: _asked, ...data }, data: held }) => {
      const { proposedGuest, guests: before = [] } = its(held)
      return noting(data, { guests: proposedGuest ? [...before, proposedGuest] : before })
    },
    cite: cite('人民调解法', 20, 1),
  },
  fail: {
    title: { zh: '调解不成，终止并告知其他办法', en: 'End without agreement, and tell the other ways' },
    told: { zh: '没有谈成。还可以仲裁、请有关机关处理或者起诉。', en: 'No agreement. Arbitration, the authorities and the court remain.' },
    openly: true,
    by: ['mediator', ...officers],
    from: underWay,
    to: 'failed',
    form: nothing,
    effects: ['tellOtherWays'],
    cite: cite('人民调解法', 26),
    confirm: { zh: '各方会被告知还有哪些办法。确定终止吗？', en: 'Both sides are told which ways remain. End it?' },
  },
  stop: {
    title: { zh: '不谈了', en: 'Stop' },
    told: { zh: '您说了不再谈。', en: 'You said you would stop.' },
    by: ['applicant', 'respondent', ...officers],
    from: underWay,
    to: 'ended',
    form: nothing,
    effects: ['tellOtherWays'],
    cite: cite('人民调解法', 23, undefined, 2),
    confirm: {
      zh: '随时可以不谈，不用说理由，也不影响您的权利。确定吗？',
      en: 'You may stop at any time, give no reason and lose no right. Go ahead?',
    },
  },
  recount: recounting<MediationState>(inHand),
  mayArbitrate: {
    title: { zh: '劳动争议满十五日', en: 'Fifteen days of a labour dispute' },
    told: {
      zh: '满十五日没有达成协议，可以依法申请劳动仲裁，也可以接着谈。',
      en: 'Fifteen days passed: labour arbitration is open, and so is going on.',
    },
    openly: true,
    by: ['system'],
    from: inHand,
    form: passedLimit,
    effects: ['tellMayArbitrate'],
    cite: cite('劳动争议调解仲裁法', 14, 3),
  },
  overdue: {
    title: { zh: '逾期', en: 'Overdue' },
    told: { zh: '调解的期限到了。要接着谈，各方都同意就可以延长。', en: 'The time for mediation is over; it goes on if everybody agrees.' },
    openly: true,
    by: ['system'],
    from: underWay,
    form: passedLimit,
    effects: ['alertSupervisor'],
  },
})
