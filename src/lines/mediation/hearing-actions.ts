import { z } from 'zod'
import { notAhead } from '#kernel/calendar/day-rule.ts'
import { choice, day, moment, nothing, ownWords, seated } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { gaps, its, noting, places } from './data.ts'
import { no } from './refusals.ts'
import { ForHolder, officers, parties, partiesOf, somebodyIn } from './rules.ts'
import type { MediationSeat } from './seats.ts'
import { inHand, type MediationState } from './states.ts'
import { cite } from './statutes.ts'

const { violence, power } = gaps
const ownSide = ownWords({
  zh: '您这边的情况、您想怎么解决（对方看不到）',
  en: 'Your side, and what you would like (the other side does not see it)',
})

/** How the sides are heard: together, apart, in their own words; and what is done where somebody is in danger (人民调解法 arts. 22, 23, 25). */
export const hearingActions = actions<MediationState, MediationSeat>()({
  meetTogether: {
    title: { zh: '约各方一起谈', en: 'Set a meeting of both sides' },
    told: { zh: '约好了一起谈的时间。', en: 'A meeting was set.' },
    shows: ['at', 'place'],
    openly: true,
    by: ['mediator', 'intake'],
    from: ['mediating'],
    form: z.object({ at: moment({ zh: '时间', en: 'Time' }), place: choice({ zh: '在哪里', en: 'Where' }, places) }),
    when: ({ matter }) => mayMeet(its(matter.data)),
    rule: ({ input, now }) => ahead(input.at, now),
    effects: ['tellMeeting'],
    cite: cite('人民调解法', 22),
  },
  meetApart: {
    title: { zh: '单独约一方谈', en: 'Set a talk with one side' },
    told: { zh: '约好了单独和您谈的时间。', en: 'A talk with you alone was set.' },
    shows: ['at', 'place'],
    toldTo: 'party',
    by: ['mediator', 'intake'],
    from: ['mediating'],
    form: z.object({
      party: seated({ zh: '约谁', en: 'With whom' }, 'applicant', 'respondent'),
      at: moment({ zh: '时间', en: 'Time' }),
      place: choice({ zh: '在哪里', en: 'Where' }, places),
    }),
    rule: ({ input, matter, now }) =>
      partiesOf(matter).some(({ id }) => id === input.party) ? ahead(input.at, now) : no('not_applicable'),
    set: (_, { data }) => noting(data, { isHeardApart: true }),
    effects: ['tellApart'],
    cite: cite('人民调解法', 22),
  },
  tell: {
    title: { zh: '说说自己这边的情况', en: 'Tell your side' },
    told: { zh: '您说了自己这边的情况，只给调解的人看。', en: 'You told your side; only those who mediate read it.' },
    shows: ['words'],
    by: parties,
    from: inHand,
    asks: z.object({ words: ownSide }),
    form: z.object({ words: ownSide, isPrivate: z.boolean().optional() }),
    set: ({ isPrivate }, { data }) => noting(data, isPrivate ? { isPrivate } : {}),
    effects: ['tellGap'],
    cite: cite('人民调解法', 22),
  },
  openSession: {
    title: { zh: '同意公开调解', en: 'Agree to an open session' },
    told: { zh: '同意公开调解。', en: 'An open session was agreed to.' },
    openly: true,
    by: [...parties, ...officers],
    jointly: parties,
    from: ['mediating'],
    form: ForHolder,
    when: ({ matter }) => {
      const { isPrivate, isOpenSession } = its(matter.data)
      return isPrivate ? no('never_together') : isOpenSession ? no('once_only') : somebodyIn(...parties)({ matter })
    },
    set: (_, { data }) => noting(data, { isOpenSession: true }),
    cite: cite('人民调解法', 23, undefined, 3),
    confirm: {
      zh: '各方都同意才公开，别人可以来旁听；随时可以改成不公开。同意吗？',
      en: 'It is open only if everybody agrees: others may listen. Anybody may close it at any time. Agree?',
    },
  },
  closeSession: {
    title: { zh: '要求不公开调解', en: 'Ask for a closed session' },
    told: { zh: '调解不公开进行。', en: 'The session is closed.' },
    openly: true,
    by: [...parties, 'mediator', ...officers],
    from: ['mediating'],
    form: nothing,
    when: ({ matter }) => (its(matter.data).isOpenSession ? null : no('not_applicable')),
    set: (_, { data }) => noting(data, { isOpenSession: false }),
    voids: ['openSession'],
    cite: cite('人民调解法', 23, undefined, 3),
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
})

/** Who is afraid is never called into one room; where a firm faces one person, that person is heard alone first. */
const mayMeet = ({ isPrivate, isUneven, isHeardApart }: ReturnType<typeof its>) =>
  isPrivate ? no('never_together') : isUneven && !isHeardApart ? no('apart_first') : null

const ahead = (at: string, now: Date) =>
  new Date(at) > now ? null : no('invalid', { issues: [{ path: 'at', code: 'answer.moment.past', message: 'answer.moment.past' }] })
