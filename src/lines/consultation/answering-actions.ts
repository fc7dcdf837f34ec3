import { z } from 'zod'
import { ownWords, reason, reference, remark, yes } from '#kernel/form.ts'
import { actions, type Deciding } from '#kernel/line.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { account, accountIn } from '#kernel/seat.ts'
import { pointingOut, toSay } from './aid.ts'
import { isGuided, its, noting, Registered } from './data.ts'
import { no } from './refusals.ts'
import { approvers, isGuidedHere, officers, pointsOutAid } from './rules.ts'
import type { ConsultationSeat } from './seats.ts'
import { unanswered, type ConsultationState } from './states.ts'
import { cite } from './statutes.ts'

const mayQualify = yes({ zh: '看来符合法律援助条件，建议申请', en: 'Seems to qualify for legal aid' }).optional()
const Reply = z.object({ reply: reason({ zh: '答复（写给本人看）', en: 'Answer, addressed to the person' }), mayQualify })
/** What the server adds to an answer, whoever writes it: that the right to aid was pointed out, and as whom somebody answered. */
const Answer = Reply.extend({
  pointedOutAid: yes({ zh: '已提示可以申请法律援助', en: 'The right to legal aid was pointed out' }),
  licence: z.string().max(40).optional(),
})
const Chosen = z.object({ practitioner: reference({ zh: '请谁', en: 'Whom' }, 'candidate') })
const Sent = Registered.extend({ provider: z.uuid() })

const deciding: Deciding = {
  title: { zh: '法律咨询答复', en: 'Answer to your question' },
  words: { zh: '您问的事，答复如下。', en: 'What you asked is answered here.' },
  reasonsIn: 'reply',
  pointsOut: pointingOut,
}

const answeredBy = (by: string, { pointedOutAid, mayQualify: may, licence }: z.output<typeof Answer>) => ({
  answered: { by, pointedOutAid, mayQualify: may === true, ...(licence && { licence }) },
})
const registered = ({ practitioner, kind, licence }: z.output<typeof Sent>) => ({ practitioner, kind, ...(licence && { licence }) })

/** Who answers, and how an answer leaves: 法律援助法 arts. 17, 23. */
export const answeringActions = actions<ConsultationState, ConsultationSeat>()({
  answer: {
    title: { zh: '答复', en: 'Answer' },
    told: { zh: '我们答复您了。', en: 'You were answered.' },
    by: [...officers, 'adviser'],
    from: unanswered,
    to: 'answered',
    asks: Reply,
    form: Answer,
    when: (of) => (isGuidedHere(of) ? no('needs_guide', { article: '法律援助法 17' }) : null),
    rule: pointsOutAid,
    set: (input, { data }, { actor }) => noting(data, answeredBy(actor, input)),
    effects: ['tellConsultationAnswered'],
    cite: cite('法律援助法', 23),
    decides: deciding,
    confirm: toSay,
    rank: 1,
  },
  passOn: {
    title: { zh: '请律师或者志愿者解答', en: 'Have a lawyer or volunteer answer' },
    told: { zh: '已经请人解答。', en: 'Somebody was asked to answer.' },
    by: ['intake', 'director'],
    from: ['asked', 'advising'],
    to: 'advising',
    asks: Chosen,
    form: Sent,
    rule: ({ input, matter }) => (isGuided(input.kind) && its(matter.data).isPrivate ? no('not_for_volunteers') : null),
    set: (input, { data }) => noting(data, { adviser: registered(input) }),
    seats: ({ provider }) => ({ adviser: [account(provider)] }),
    effects: ['tellProvider'],
    cite: cite('法律援助法', 17),
  },
  setGuide: {
    title: { zh: '请律师把关', en: 'Have a lawyer look it over' },
    told: { zh: '请了一位律师把关。', en: 'A lawyer was asked to look it over.' },
    by: ['intake', 'director'],
    from: ['advising', 'checking'],
    asks: Chosen,
    form: Sent,
    rule: ({ input, matter }) =>
      isGuided(input.kind) || accountIn(matter, 'adviser') === input.provider ? no('needs_guide', { article: '法律援助法 17' }) : null,
    set: (input, { data }) => noting(data, { guide: registered(input) }),
    seats: ({ provider }) => ({ guide: [account(provider)] }),
    cite: cite('法律援助法', 17),
  },
  draftAnswer: {
    title: { zh: '写好答复，请人把关', en: 'Hand in an answer to be looked over' },
    told: { zh: '答复写好了，正在请人把关。', en: 'The answer is written and being looked over.' },
    inward: true,
    by: ['adviser'],
    from: ['advising'],
    to: 'checking',
    form: Reply,
    when: (of) => (isGuidedHere(of) ? null : no('not_applicable')),
    effects: ['tellAgency'],
    cite: cite('法律援助法', 17),
  },
  approve: {
    title: { zh: '看过了，发出答复', en: 'Approve the answer' },
    told: { zh: '我们答复您了。', en: 'You were answered.' },
    by: approvers,
    from: ['checking'],
    to: 'answered',
    asks: z.object({ reply: remark({ zh: '改成这样（不改可以不填）', en: 'Changed to (empty: as it is)' }, 2000), mayQualify }),
    form: Answer,
    rule: pointsOutAid,
    set: (input, matter, event) => noting(matter.data, answeredBy(writerOf(matter, event), input)),
    effects: ['tellConsultationAnswered'],
    cite: cite('法律援助法', 17),
    decides: deciding,
  },
  sendBack: {
    title: { zh: '退回去再写', en: 'Send it back' },
    told: { zh: '答复还在修改。', en: 'The answer is being reworked.' },
    inward: true,
    by: approvers,
    from: ['checking'],
    to: 'advising',
    form: z.object({ reason: ownWords({ zh: '哪里要改', en: 'What to change' }) }),
    effects: ['tellProvider'],
    cite: cite('法律援助法', 17),
  },
})

/** Whoever wrote what somebody else let leave. */
const writerOf = (matter: Matter, { actor }: Event): string => accountIn(matter, 'adviser') ?? actor
