import { z } from 'zod'
import { attaching } from '#parts/attaching.ts'
import { notAhead } from '#kernel/calendar/day-rule.ts'
import { choice, day, nothing, passedLimit, reference, seated } from '#kernel/form.ts'
import { actions, type Case } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'
import type { No } from '#kernel/refusal.ts'
import { holdersIn, seatedIn } from '#kernel/seat.ts'
import { exclusions, grounds, its, noting, venues } from './data.ts'
import { documents } from './documents.ts'
import { no } from './refusals.ts'
import { seats, type ConfirmationSeat } from './seats.ts'
import { before, open, type ConfirmationState } from './states.ts'
import { cite } from './statutes.ts'
import { isTooLateToConfirm } from '#parts/confirming-together.ts'

const officers = ['intake', 'director'] as const
const parties = ['applicant', 'respondent'] as const
const explained = '最高人民法院关于适用民事诉讼法的解释'
const holder = seated({ zh: '代谁记录', en: 'Recorded for' }, ...parties).optional()
const onDay = (zh: string, en: string) => day({ zh, en })
const courtName = z
  .string()
  .trim()
  .regex(/^[\u4e00-\u9fff（）·]{2,30}(法院|法庭)$/, 'answer.court')
  .meta({ title: '法院', titleEn: 'Court', description: '写全称，例如：西宁市城东区人民法院' })

const wrongCourt = { zh: '不归这个法院管', en: 'Another court is the right one' }

function inTime(seen: Omit<Case<never>, 'input'>): No | null {
  const { effectiveOn } = its(seen.matter.data)
  return effectiveOn && isTooLateToConfirm(effectiveOn, seen) ? no('confirm_too_late') : null
}

/** From the agreement to the court's ruling: 人民调解法 art. 33, 民事诉讼法 arts. 205–206. */
export const confirmationActions = actions<ConfirmationState, ConfirmationSeat>()({
  attach: attaching({ by: [...parties, ...officers, 'system'], from: [...open, 'confirmed', 'rejected'], documents }),
  link: {
    title: { zh: '登记当事人账号', en: 'Record a party’s account' },
    by: officers,
    from: open,
    form: z.object({
      holder: seated({ zh: '当事人', en: 'Party' }, ...parties),
      account: reference({ zh: '账号', en: 'Account' }, 'account'),
    }),
    when: ({ matter }) => (seatedIn(matter).some(({ account }) => !account) ? null : no('not_applicable')),
    rule: ({ input, matter }) =>
      seatedIn(matter).some(({ id, account }) => id === input.holder && !account) &&
      !seatedIn(matter).some(({ account }) => account === input.account)
        ? null
        : no('not_applicable'),
    seats: (input, matter) => {
      const linked = (seat: ConfirmationSeat) =>
        holdersIn(matter, seat).map((one) => (one.id === input.holder ? { ...one, account: input.account } : one))
      return { applicant: linked('applicant'), respondent: linked('respondent') }
    },
  },
  chooseCourt: {
    title: { zh: '定好向哪个法院申请', en: 'Choose the court' },
    told: { zh: '定好了向哪个法院申请。', en: 'The court was chosen.' },
    shows: ['court', 'venue', 'exclusion'],
    openly: true,
    by: [...parties, ...officers],
    from: before,
    to: 'prepared',
    form: z.object({
      venue: choice({ zh: '为什么是这个法院', en: 'Why this court' }, venues),
      court: courtName,
      exclusion: choice({ zh: '协议里有没有法院不确认的内容', en: 'Is there anything a court does not confirm' }, exclusions),
    }),
    set: (input, { data }) => noting(data, input),
    // Whoever applied to one court did not apply to another.
    voids: ['apply'],
    effects: ['tellPrepared'],
    cite: cite('民事诉讼法', 205),
  },
  apply: {
    title: { zh: '申请司法确认', en: 'Apply for confirmation' },
    told: { zh: '申请了司法确认。', en: 'Confirmation was applied for.' },
    openly: true,
    by: [...parties, ...officers],
    jointly: parties,
    from: ['prepared'],
    to: 'filed',
    form: z.object({ holder }),
    when: (one) => inTime(one) ?? (parties.some((seat) => !holdersIn(one.matter, seat).length) ? no('not_applicable') : null),
    effects: ['tellApplied', 'tellAgency'],
    cite: cite('民事诉讼法', 205),
    confirm: { zh: '要各方都申请才算数。不收钱。确定申请吗？', en: 'It counts once everybody has applied. It is free. Apply?' },
  },
  lapse: {
    title: { zh: '三十日届满', en: 'The thirty days are over' },
    told: {
      zh: '三十日过了，没有一起申请。协议仍然有约束力。',
      en: 'The thirty days passed without a joint application. The agreement still binds.',
    },
    openly: true,
    by: ['system'],
    from: before,
    to: 'lapsed',
    form: passedLimit,
    effects: ['tellLapsed'],
    cite: cite('人民调解法', 33, 1),
  },
  accept: {
    title: { zh: '法院受理', en: 'The court takes it' },
    told: { zh: '法院受理了。', en: 'The court took it.' },
    shows: ['filedOn'],
    openly: true,
    by: officers,
    from: ['filed'],
    to: 'accepted',
    form: z.object({ filedOn: onDay('法院立案的日子', 'Filed at the court on') }),
    rule: ({ input, now }) => notAhead('filedOn', input.filedOn, now),
    effects: ['tellCourt'],
    cite: cite('最高人民法院关于人民调解协议司法确认程序的若干规定', 4),
  },
  notAccept: {
    title: { zh: '法院不受理', en: 'The court does not take it' },
    told: { zh: '法院没有受理。', en: 'The court did not take it.' },
    shows: ['exclusion'],
    openly: true,
    by: officers,
    from: ['filed'],
    to: 'notAccepted',
    form: z.object({ exclusion: choice({ zh: '法院说的理由', en: 'As the court says' }, { ...others(), wrongCourt }) }),
    effects: ['tellCourt'],
    cite: cite(explained, 355),
  },
  confirm: {
    title: { zh: '法院裁定确认', en: 'The court confirms' },
    told: { zh: '法院裁定协议有效。', en: 'The court ruled that the agreement is valid.' },
    shows: ['on'],
    openly: true,
    by: officers,
    from: ['accepted'],
    to: 'confirmed',
    form: z.object({ on: onDay('裁定的日子', 'Ruled on') }),
    rule: ({ input, now }) => notAhead('on', input.on, now),
    effects: ['tellCourt'],
    cite: cite('民事诉讼法', 206),
  },
  reject: {
    title: { zh: '法院裁定驳回', en: 'The court rejects' },
    told: { zh: '法院没有确认。可以再调解，也可以起诉。', en: 'The court did not confirm it. Mediation and the court remain open.' },
    shows: ['ground', 'on'],
    openly: true,
    by: officers,
    from: ['accepted'],
    to: 'rejected',
    form: z.object({ on: onDay('裁定的日子', 'Ruled on'), ground: choice({ zh: '法院说的理由', en: 'As the court says' }, grounds) }),
    rule: ({ input, now }) => notAhead('on', input.on, now),
    effects: ['tellCourt'],
    cite: cite(explained, 358),
  },
  recordReceipt: {
    title: { zh: '登记谁哪天收到裁定', en: 'Record who received the ruling, and when' },
    by: officers,
    from: ['confirmed'],
    form: z.object({
      applicant: seated(seats.applicant.title, 'applicant').optional(),
      respondent: seated(seats.respondent.title, 'respondent').optional(),
      on: onDay('收到的日子', 'Received on'),
    }),
    rule: ({ input, matter, now }) => ofTheTable(matter, input) ?? notAhead('on', input.on, now),
    cite: cite(explained, 372, 2),
  },
  recordOutsider: {
    title: { zh: '协议外的人说权益受损', en: 'Somebody outside says that it harms them' },
    by: officers,
    from: ['confirmed'],
    form: z.object({ knewOn: onDay('知道的日子', 'Knew of it on') }),
    rule: ({ input, now }) => notAhead('knewOn', input.knewOn, now),
    cite: cite(explained, 372, 2),
  },
  withdraw: {
    title: { zh: '撤回申请', en: 'Withdraw' },
    told: { zh: '您撤回了申请。', en: 'You withdrew.' },
    by: [...parties, ...officers],
    from: open,
    to: 'withdrawn',
    form: nothing,
    cite: cite('最高人民法院关于人民调解协议司法确认程序的若干规定', 5),
    confirm: {
      zh: '有一方撤回，就不能一起申请了。协议仍然有约束力。确定吗？',
      en: 'Then there is no joint application. The agreement still binds. Withdraw?',
    },
  },
  recount: recounting<ConfirmationState>(open),
})

/** What a court names when it does not take a case. */
function others() {
  const { none: _nothing, ...named } = exclusions
  return named
}

/** One person of the table at a time. */
function ofTheTable(matter: Case<never>['matter'], input: { applicant?: string | undefined; respondent?: string | undefined }): No | null {
  const named = parties.filter((seat) => input[seat])
  const [seat] = named
  if (named.length !== 1 || !seat) return no('one_of_them')
  return holdersIn(matter, seat).some(({ id }) => id === input[seat]) ? null : no('not_applicable', { seat })
}
