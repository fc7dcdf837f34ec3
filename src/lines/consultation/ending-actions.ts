import { z } from 'zod'
import { choice, moment, nothing, passedLimit, shortText } from '#kernel/form.ts'
import { phone } from '#kernel/journey/journey-answers.ts'
import { actions } from '#kernel/line.ts'
import { recounting } from '#kernel/recounting.ts'
import { recalling, referralAnswers, referringTo } from '#parts/referral.ts'
import { bodies, its, meetings, noting } from './data.ts'
import { no } from './refusals.ts'
import { ahead, officers, somebodyToRefer } from './rules.ts'
import type { ConsultationSeat } from './seats.ts'
import { inHand, unanswered, type ConsultationState } from './states.ts'
import { cite } from './statutes.ts'

const back = { to: () => 'asked' as const, reaches: ['asked'] as const }
const answered = referralAnswers<ConsultationState>({ from: ['referring'], back })

/** How a consultation goes on elsewhere or later, or comes to nothing. */
export const endingActions = actions<ConsultationState, ConsultationSeat>()({
  schedule: {
    title: { zh: '约个时间', en: 'Agree a time' },
    told: { zh: '约好了时间。', en: 'A time was agreed.' },
    shows: ['at', 'how'],
    by: [...officers, 'adviser'],
    from: unanswered,
    to: 'scheduled',
    form: z.object({ at: moment({ zh: '什么时间', en: 'When' }), how: choice({ zh: '怎么谈', en: 'How' }, meetings) }),
    rule: ({ input, now }) => ahead(input.at, now),
    set: ({ at }, { data }) => noting(data, { meetingAt: at }),
    effects: ['tellScheduled'],
  },
  notReached: {
    title: { zh: '没有联系上', en: 'Could not be reached' },
    told: { zh: '我们没有联系上您。', en: 'We could not reach you.' },
    by: [...officers, 'adviser'],
    from: unanswered,
    form: nothing,
    set: (_, { data }) => noting(data, { tries: (its(data).tries ?? 0) + 1 }),
    effects: ['tellNotReached'],
  },
  lose: {
    title: { zh: '几次都没联系上，不再找', en: 'Stop trying' },
    told: { zh: '几次都没有联系上您。', en: 'We tried several times and could not reach you.' },
    by: officers,
    from: unanswered,
    to: 'lost',
    form: nothing,
    when: ({ matter, law }) => ((its(matter.data).tries ?? 0) >= Number(law.setting('consultation.tries')) ? null : no('try_again_first')),
    effects: ['tellConsultationEnded'],
    confirm: { zh: '确定不再找了吗？本人随时可以再来问。', en: 'Stop trying? The person may always ask again.' },
  },
  refer: {
    title: { zh: '告诉该找哪个单位', en: 'Say whom to turn to' },
    told: { zh: '这件事请找这个单位。', en: 'Please turn to this body.' },
    shows: ['to', 'body', 'phone'],
    by: officers,
    from: unanswered,
    to: 'referred',
    form: z.object({
      to: choice({ zh: '哪一类', en: 'What kind' }, bodies),
      body: shortText({ zh: '单位名称', en: 'Name of the body' }),
      phone: phone.meta({ title: '电话', titleEn: 'Telephone' }),
    }),
    set: ({ to }, { data }) => noting(data, { referredTo: to }),
    effects: ['tellConsultationEnded'],
  },
  referToMediation: {
    ...referringTo({
      to: 'mediation',
      title: { zh: '转去人民调解', en: 'Refer to mediation' },
      told: { zh: '这件事转去人民调解了。', en: 'It was referred to mediation.' },
      carries: ['person', 'contact', 'story'],
      by: ['applicant', ...officers],
      from: unanswered,
      waits: 'referring',
      people: ['applicant'],
      elsewhere: true,
      cite: cite('个人信息保护法', 23),
    }),
    when: somebodyToRefer,
  },
  convert: {
    ...referringTo({
      to: 'legal-aid',
      title: { zh: '转为申请法律援助', en: 'Make it an application for legal aid' },
      told: { zh: '这件事转去申请法律援助了。', en: 'It was passed on as an application for legal aid.' },
      carries: ['person', 'contact', 'story'],
      by: ['applicant', ...officers],
      from: [...unanswered, 'answered'],
      waits: 'referring',
      people: ['applicant'],
      elsewhere: true,
      cite: cite('法律援助法', 23),
    }),
    when: somebodyToRefer,
  },
  ...recalling<ConsultationState, ConsultationSeat>({ by: ['applicant', ...officers], from: ['referring'], back }),
  ...answered,
  // What another service goes on with is an application there, or a referral like any other.
  referralAccepted: {
    ...answered.referralAccepted,
    to: ({ service }) => (service === 'legal-aid' ? 'converted' : 'referred'),
    reaches: ['converted', 'referred'],
  },
  recount: recounting<ConsultationState>([...inHand, 'answered']),
  overdue: {
    title: { zh: '逾期', en: 'Overdue' },
    told: { zh: '答复过了期限，已经报给司法局督办。', en: 'The answer is late; the justice bureau was told.' },
    by: ['system'],
    from: inHand,
    form: passedLimit,
    effects: ['alertSupervisor'],
  },
})
