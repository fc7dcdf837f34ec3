import { z } from 'zod'
import { notAhead, notPast } from '#kernel/calendar/day-rule.ts'
import { choice, day, moment, nothing, passedLimit, reference, seated } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'
import { account, holdersIn } from '#kernel/seat.ts'
import { gaps, guests, its, noting, places } from './data.ts'
import { no } from './refusals.ts'
import { ForHolder, officers, partiesOf, somebodyIn } from './rules.ts'
import { seats, type MediationSeat } from './seats.ts'
import { inHand, underWay, type MediationState } from './states.ts'
import { cite } from './statutes.ts'

const mediatorTitle = { zh: '调解员', en: 'Mediator' }
const { violence, power } = gaps
const until = day({ zh: '谈到哪一天', en: 'Going on until' })
const atTable = ['accepted', 'mediating'] as const satisfies readonly MediationState[]

/** What happens between the consent of all and an agreement, or the end without one: 人民调解法 arts. 19–26. */
export const tableActions = actions<MediationState, MediationSeat>()({
  appoint: {
    title: { zh: '安排调解员', en: 'Appoint mediators' },
    told: { zh: '调解员安排好了。', en: 'Mediators were appointed.' },
    openly: true,
    by: officers,
    from: atTable,
    form: z.object({
      mediators: z.array(reference(mediatorTitle, 'account')).min(1).max(seats.mediator.max),
      presiding: reference({ zh: '主持调解员', en: 'Presiding mediator' }, 'account'),
    }),
    // Nobody mediates between themselves and another.
    rule: ({ input: { mediators, presiding }, matter }) =>
      mediators.includes(presiding) && !partiesOf(matter).some(({ account }) => account && mediators.includes(account))
        ? null
        : no('not_applicable', { seat: 'mediator' }),
    set: ({ presiding }, { data }) => noting(data, { presiding }),
    seats: ({ mediators }) => ({ mediator: [...new Set(mediators)].map(account) }),
    cite: cite('人民调解法', 19),
  },
  rejectMediator: {
    title: { zh: '要求换调解员', en: 'Ask for another mediator' },
    told: { zh: '有一方要求换调解员，正在另行安排。', en: 'Another mediator was asked for.' },
    by: ['applicant', 'respondent', ...officers],
    from: atTable,
    to: 'accepted',
    form: z.object({ mediator: seated(mediatorTitle, 'mediator') }),
    when: somebodyIn('mediator'),
    rule: ({ input, matter }) => (holdersIn(matter, 'mediator').some(({ id }) => id === input.mediator) ? null : no('not_applicable')),
    seats: ({ mediator }, matter) => ({ mediator: holdersIn(matter, 'mediator').filter(({ id }) => id !== mediator) }),
    effects: ['tellAgency'],
    cite: cite('人民调解法', 23, undefined, 1),
  },
  begin: {
    title: { zh: '讲明权利，开始调解', en: 'Explain everybody’s rights and begin' },
    told: { zh: '调解员讲明了权利和协议的效力，调解开始了。', en: 'Rights and effect were explained, and mediation began.' },
    openly: true,
    by: ['mediator'],
    from: ['accepted'],
    to: 'mediating',
    form: nothing,
    cite: cite('人民调解工作若干规定', 30),
    confirm: {
      zh: '请先向各方讲明：调解自愿、不收钱，可以要求换人、公开或者不公开，随时可以不谈；达成的协议有约束力。都讲了吗？',
      en: 'First explain: it is voluntary and free; they may ask for another mediator, an open or closed session, and stop at any time; an agreement binds. All said?',
    },
  },
  meetTogether: {
    title: { zh: '约各方一起谈', en: 'Set a meeting of both sides' },
    told: { zh: '约好了一起谈的时间。', en: 'A meeting was set.' },
    shows: ['at', 'place'],
    openly: true,
    by: ['mediator', 'intake'],
    from: ['mediating'],
    form: z.object({ at: moment({ zh: '时间', en: 'Time' }), place: choice({ zh: '在哪里', en: 'Where' }, places) }),
    when: ({ matter }) => (its(matter.data).isPrivate ? no('never_together') : null),
    rule: ({ input, now }) => ahead(input.at, now),
    effects: ['tellMeeting'],
    cite: cite('人民调解法', 22),
  },
  meetApart: {
    title: { zh: '单独约一方谈', en: 'Set a talk with one side' },
    told: { zh: '约好了单独谈的时间。', en: 'A talk apart was set.' },
    by: ['mediator', 'intake'],
    from: ['mediating'],
    form: z.object({
      party: seated({ zh: '约谁', en: 'With whom' }, 'applicant', 'respondent'),
      at: moment({ zh: '时间', en: 'Time' }),
      place: choice({ zh: '在哪里', en: 'Where' }, places),
    }),
    rule: ({ input, matter, now }) =>
      partiesOf(matter).some(({ id }) => id === input.party) ? ahead(input.at, now) : no('not_applicable'),
    cite: cite('人民调解法', 22),
  },
  // Told to nobody at the table but those who work on it: the one it is about may be standing beside the one it protects.
  noteGap: {
    title: { zh: '有人不方便当面谈', en: 'Note that somebody cannot speak freely' },
    told: { zh: '调解的安排有变化。', en: 'The arrangements of the mediation changed.' },
    by: ['mediator', ...officers],
    from: inHand,
    form: z.object({ gap: choice({ zh: '什么情况', en: 'What it is' }, { violence, power }) }),
    when: ({ matter }) => (its(matter.data).isPrivate ? no('once_only') : null),
    set: (_, { data }) => noting(data, { isPrivate: true }),
    effects: ['tellGap'],
    cite: cite('人民调解法', 3),
  },
  reportDanger: {
    title: { zh: '已报告公安或者有关部门', en: 'Report to the police or another authority' },
    told: { zh: '有关情况已依法报告。', en: 'It was reported as the law asks.' },
    by: ['mediator', ...officers],
    from: [...inHand, 'declined', 'unanswered', 'failed', 'ended', 'breached'],
    form: z.object({
      to: choice(
        { zh: '报给谁', en: 'Reported to' },
        { police: { zh: '公安机关', en: 'The police' }, other: { zh: '其他有关部门', en: 'Another authority' } },
      ),
      on: day({ zh: '哪天报的', en: 'On' }).optional(),
    }),
    rule: ({ input, now }) => notAhead('on', input.on, now),
    cite: cite('人民调解法', 25),
  },
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

const ahead = (at: string, now: Date) =>
  new Date(at) > now ? null : no('invalid', { issues: [{ path: 'at', code: 'answer.moment.past', message: 'answer.moment.past' }] })
