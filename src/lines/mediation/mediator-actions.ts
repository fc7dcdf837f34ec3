import { z } from 'zod'
import { choice, nothing, onRegister, ownWords, seated, severalOnRegister, shortText } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { account, holdersIn } from '#kernel/seat.ts'
import { misdeeds, noting } from './data.ts'
import { no } from './refusals.ts'
import { officers, parties, partiesOf, somebodyIn } from './rules.ts'
import { seats, type MediationSeat } from './seats.ts'
import { asking, atTable, type MediationState } from './states.ts'
import { cite } from './statutes.ts'

/** Full-time and part-time (人民调解法 art. 13). */
const mediatorKinds = ['mediator', 'partTimeMediator'] as const
const mediatorTitle = { zh: '调解员', en: 'Mediator' }

/** Who mediates: appointed, wished for, refused, complained of; and what each of them says before anything else (人民调解法 arts. 15, 19, 23). */
export const mediatorActions = actions<MediationState, MediationSeat>()({
  appoint: {
    title: { zh: '安排调解员', en: 'Appoint mediators' },
    told: { zh: '调解员安排好了。', en: 'Mediators were appointed.' },
    openly: true,
    by: officers,
    from: atTable,
    form: z.object({
      mediators: severalOnRegister(mediatorTitle, seats.mediator.max, ...mediatorKinds),
      presiding: onRegister({ zh: '主持调解员', en: 'Presiding mediator' }, ...mediatorKinds),
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
  wishForMediator: {
    title: { zh: '想请谁来调解', en: 'Say who should mediate' },
    told: { zh: '您说了想请谁来调解。', en: 'You said who should mediate.' },
    shows: ['who'],
    by: parties,
    from: ['requested', ...asking, ...atTable],
    form: z.object({ who: shortText({ zh: '想请谁', en: 'Whom you would like' }) }),
    effects: ['tellAgency'],
    cite: cite('人民调解法', 19),
  },
  // The mediator leaves the table with it: whoever complains is not asked to go on before them.
  complain: {
    title: { zh: '投诉调解员', en: 'Complain of a mediator' },
    told: { zh: '您投诉了一位调解员，调解委员会会核查、处理。', en: 'You complained of a mediator; the committee looks into it.' },
    shows: ['about'],
    by: [...parties, ...officers],
    from: [...atTable, 'agreed', 'performed', 'breached', 'failed', 'ended'],
    form: z.object({
      mediator: seated(mediatorTitle, 'mediator'),
      about: choice({ zh: '什么情况', en: 'What happened' }, misdeeds),
      words: ownWords({ zh: '具体经过', en: 'In your words' }),
    }),
    when: somebodyIn('mediator'),
    rule: ({ input, matter }) => (holdersIn(matter, 'mediator').some(({ id }) => id === input.mediator) ? null : no('not_applicable')),
    seats: ({ mediator }, matter) => ({ mediator: holdersIn(matter, 'mediator').filter(({ id }) => id !== mediator) }),
    effects: ['tellComplaint', 'tellAgency'],
    cite: cite('人民调解法', 15),
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
})
