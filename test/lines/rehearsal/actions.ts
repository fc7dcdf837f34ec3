import { z } from 'zod'
import { attaching } from '#parts/attaching.ts'
import { notAhead } from '#kernel/calendar/day-rule.ts'
import { day, nothing, passedLimit, reference, seated } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'
import { no } from '#kernel/refusal.ts'
import { account, holdersIn } from '#kernel/seat.ts'
import { documents } from './documents.ts'
import { joinedBy, ownOrRecorded, partiesOf, somebodyIn, withinSeat } from './rules.ts'
import { seats, type RehearsalSeat } from './seats.ts'
import { gathering, open, type RehearsalState } from './states.ts'
import { cite } from './statutes.ts'

const respondentTitle = { zh: '被申请人', en: 'Respondent' }
const mediatorTitle = { zh: '调解员', en: 'Mediator' }
const respondent = seated(respondentTitle, 'respondent')
const mediator = seated(mediatorTitle, 'mediator')
const holder = seated({ zh: '代谁记录', en: 'Recorded for' }, 'applicant', 'respondent')

/** What brings people to the table, and what those who work on it do there. */
const tableActions = actions<RehearsalState, RehearsalSeat>()({
  attach: attaching({ by: ['applicant', 'respondent', 'mediator', 'intake'], from: open, documents }),
  serve: {
    title: { zh: '送达被申请人', en: 'Serve respondents' },
    by: ['intake'],
    from: gathering,
    form: z.object({
      respondents: z.array(reference(respondentTitle, 'person')).min(1),
      on: day({ zh: '送达日期', en: 'Served on' }).optional(),
    }),
    when: ({ matter }) => (holdersIn(matter, 'respondent').length < seats.respondent.max ? null : no('not_applicable')),
    rule: ({ input, now, matter }) =>
      notAhead('on', input.on, now) ?? withinSeat('respondent', joinedBy({ matter }, 'respondent', input.respondents)),
    seats: ({ respondents }, matter) => ({ respondent: joinedBy({ matter }, 'respondent', respondents) }),
    cite: cite('人民调解法', 17),
  },
  link: {
    title: { zh: '登记当事人账号', en: 'Record a party’s account' },
    by: ['intake'],
    from: open,
    form: z.object({ holder, account: reference({ zh: '账号', en: 'Account' }, 'account') }),
    when: ({ matter }) => (partiesOf(matter).some((one) => !one.account) ? null : no('not_applicable')),
    rule: ({ input, matter }) =>
      partiesOf(matter).some(({ id, account }) => id === input.holder && !account) &&
      !Object.values(matter.seats).some((held) => held?.some(({ account }) => account === input.account))
        ? null
        : no('not_applicable'),
    seats: (input, matter) => {
      const linked = (seat: RehearsalSeat) =>
        holdersIn(matter, seat).map((one) => (one.id === input.holder ? { ...one, account: input.account } : one))
      return { applicant: linked('applicant'), respondent: linked('respondent') }
    },
  },
  release: {
    title: { zh: '被申请人退出', en: 'A respondent leaves' },
    by: ['intake'],
    from: gathering,
    form: z.object({ respondent }),
    when: somebodyIn('respondent'),
    rule: (its) => ownOrRecorded('respondent', its.input.respondent, its),
    seats: (input, matter) => ({ respondent: holdersIn(matter, 'respondent').filter(({ id }) => id !== input.respondent) }),
  },
  appoint: {
    title: { zh: '安排调解员', en: 'Appoint mediators' },
    openly: true,
    by: ['intake'],
    from: ['received'],
    to: 'mediating',
    form: z.object({ mediators: z.array(reference(mediatorTitle, 'account')).min(1).max(seats.mediator.max) }),
    seats: ({ mediators }) => ({ mediator: [...new Set(mediators)].map(account) }),
    cite: cite('人民调解法', 19),
  },
  call: {
    title: { zh: '联系双方', en: 'Call both sides' },
    by: ['mediator'],
    from: ['mediating'],
    form: z.object({ mediator }),
    rule: (its) => ownOrRecorded('mediator', its.input.mediator, its),
  },
  propose: {
    title: { zh: '提出协议', en: 'Put an agreement to both sides' },
    openly: true,
    by: ['mediator'],
    from: ['mediating'],
    to: 'signing',
    form: nothing,
    when: somebodyIn('respondent'),
  },
  edit: {
    title: { zh: '修改协议', en: 'Change the agreement' },
    openly: true,
    by: ['mediator'],
    from: ['signing'],
    form: nothing,
    voids: ['sign'],
  },
})

/** What the two sides do, by themselves or by the clerk who writes it down. */
const partyActions = actions<RehearsalState, RehearsalSeat>()({
  reply: {
    title: { zh: '答复', en: 'Reply' },
    by: ['respondent', 'intake'],
    from: gathering,
    form: z.object({ respondent }),
    when: somebodyIn('respondent'),
    rule: (its) => ownOrRecorded('respondent', its.input.respondent, its),
  },
  sign: {
    title: { zh: '签字', en: 'Sign' },
    openly: true,
    by: ['applicant', 'respondent', 'intake'],
    jointly: ['applicant', 'respondent'],
    from: ['signing'],
    to: 'agreed',
    form: z.object({ holder: holder.optional() }),
    cite: cite('人民调解法', 29),
  },
  refuse: {
    title: { zh: '不同意调解', en: 'Refuse mediation' },
    confirm: { zh: '调解就此结束。', en: 'Mediation ends with it.' },
    openly: true,
    by: ['applicant', 'respondent', 'intake'],
    from: ['mediating', 'signing'],
    to: 'ended',
    form: nothing,
    cite: cite('人民调解法', 23),
  },
  withdraw: {
    title: { zh: '撤回', en: 'Withdraw' },
    confirm: { zh: '这件事就此了结。', en: 'It ends with it.' },
    openly: true,
    by: ['applicant', 'intake'],
    from: open,
    to: 'withdrawn',
    form: nothing,
  },
  recount: recounting<RehearsalState>(open),
  overdue: { title: { zh: '逾期', en: 'Overdue' }, by: ['system'], from: open, form: passedLimit },
})

/** Everything that can happen at the table. */
export const rehearsalActions = { ...tableActions, ...partyActions }
