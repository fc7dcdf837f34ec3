import { z } from 'zod'
import { nothing, passedLimit, reference, seated, shortText } from '#kernel/form.ts'
import { phone } from '#kernel/journey/journey-answers.ts'
import { actions } from '#kernel/line.ts'
import { holdersIn } from '#kernel/seat.ts'
import { Filing, its, noting } from './data.ts'
import { no } from './refusals.ts'
import { ForHolder, joinedBy, officers, partiesOf, somebodyIn } from './rules.ts'
import { seats, type MediationSeat } from './seats.ts'
import { asking, inHand, type MediationState } from './states.ts'
import { cite } from './statutes.ts'

const respondentTitle = { zh: '被申请人', en: 'Respondent' }

/** From the request to the consent of everybody, or to nothing: 人民调解法 art. 17. */
export const consentActions = actions<MediationState, MediationSeat>()({
  submit: {
    title: { zh: '提交调解申请', en: 'Send the request' },
    told: { zh: '调解申请交上去了。', en: 'The request was sent.' },
    by: ['applicant'],
    from: ['draft'],
    to: 'requested',
    own: 'journey',
    asks: nothing,
    form: Filing,
    numbered: '调',
    files: true,
    set: (input, { data }) => noting(data, input),
    effects: ['confirmReceipt', 'tellAgency', 'tellUneven'],
    cite: cite('人民调解法', 17),
  },
  invite: {
    title: { zh: '登记被申请人，问其意见', en: 'Ask the other side' },
    told: { zh: '调解委员会去征求意见。', en: 'The committee is asking for consent.' },
    openly: true,
    by: officers,
    from: ['requested', ...asking],
    to: (_, { data }) => (its(data).isOffered ? 'offered' : 'consentPending'),
    reaches: ['offered', 'consentPending'],
    // Left empty, those whom the applicant named.
    asks: z.object({
      name: shortText({ zh: '姓名或者单位（申请人说过的可以不填）', en: 'Name (empty: whom the applicant named)' }).optional(),
      phone: phone.meta({ title: '电话', titleEn: 'Telephone' }).optional(),
      address: shortText({ zh: '住址', en: 'Address' }, { max: 200 }).optional(),
    }),
    form: z.object({ respondents: z.array(reference(respondentTitle, 'person')).min(1), isUneven: z.boolean().optional() }),
    set: ({ isUneven }, { data }) => noting(data, isUneven ? { isUneven } : {}),
    when: ({ matter }) => (holdersIn(matter, 'respondent').length < seats.respondent.max ? null : no('not_applicable')),
    seats: ({ respondents }, matter) => ({ respondent: joinedBy(matter, 'respondent', respondents) }),
    effects: ['tellInvited', 'tellUneven'],
    cite: cite('人民调解法', 17),
  },
  link: {
    title: { zh: '登记当事人账号', en: 'Record a party’s account' },
    told: { zh: '登记了一位当事人的账号。', en: 'The account of a party was recorded.' },
    by: officers,
    from: inHand,
    form: z.object({
      holder: seated({ zh: '当事人', en: 'Party' }, 'applicant', 'respondent'),
      account: reference({ zh: '账号', en: 'Account' }, 'account'),
    }),
    when: ({ matter }) => (partiesOf(matter).some(({ account }) => !account) ? null : no('not_applicable')),
    rule: ({ input, matter }) =>
      partiesOf(matter).some(({ id, account }) => id === input.holder && !account) &&
      !Object.values(matter.seats).some((held) => held?.some(({ account }) => account === input.account))
        ? null
        : no('not_applicable'),
    seats: (input, matter) => {
      const linked = (seat: MediationSeat) =>
        holdersIn(matter, seat).map((one) => (one.id === input.holder ? { ...one, account: input.account } : one))
      return { applicant: linked('applicant'), respondent: linked('respondent') }
    },
  },
  release: {
    title: { zh: '有被申请人不参加', en: 'Go on without a respondent' },
    told: { zh: '有人不参加，其他人接着谈。', en: 'Somebody does not take part; the others go on.' },
    by: officers,
    from: asking,
    // Nobody is waited for whose word was the last to come.
    to: ({ respondent }, matter) => (isSettledWithout(respondent, matter) ? 'accepted' : (matter.state as MediationState)), // of this line
    reaches: ['accepted', ...asking],
    form: z.object({ respondent: seated(respondentTitle, 'respondent') }),
    when: ({ matter }) => (holdersIn(matter, 'respondent').length > 1 ? null : no('not_applicable', { seat: 'respondent' })),
    rule: ({ input, matter }) =>
      holdersIn(matter, 'respondent').some(({ id }) => id === input.respondent) ? null : no('not_applicable', { seat: 'respondent' }),
    seats: ({ respondent }, matter) => ({ respondent: holdersIn(matter, 'respondent').filter(({ id }) => id !== respondent) }),
    cite: cite('人民调解法', 17),
  },
  consent: {
    title: { zh: '同意调解', en: 'Agree to mediation' },
    told: { zh: '同意调解。', en: 'Mediation was agreed to.' },
    openly: true,
    by: ['respondent', ...officers],
    jointly: ['respondent'],
    from: ['consentPending'],
    to: 'accepted',
    form: ForHolder,
    when: somebodyIn('respondent'),
    effects: ['tellAccepted', 'tellAgency'],
    cite: cite('人民调解法', 17),
  },
  consentToOffer: {
    title: { zh: '同意调解委员会的提议', en: 'Agree to the committee’s offer' },
    told: { zh: '同意调解。', en: 'Mediation was agreed to.' },
    openly: true,
    by: ['applicant', 'respondent', ...officers],
    jointly: ['applicant', 'respondent'],
    from: ['offered'],
    to: 'accepted',
    form: ForHolder,
    when: somebodyIn('respondent'),
    effects: ['tellAccepted', 'tellAgency'],
    cite: cite('人民调解法', 17),
  },
  // Not told openly: that it does not begin is all that the others learn.
  decline: {
    title: { zh: '不愿意调解', en: 'Decline mediation' },
    told: { zh: '您说了不愿意调解。', en: 'You said you would rather not.' },
    by: ['applicant', 'respondent', ...officers],
    from: asking,
    to: 'declined',
    form: nothing,
    effects: ['tellOtherWays'],
    cite: cite('人民调解法', 17),
    confirm: {
      zh: '不愿意就不调解，不用说理由，也不影响您的权利。确定吗？',
      en: 'Then there is no mediation. You need give no reason and lose no right. Go ahead?',
    },
  },
  unanswered: {
    title: { zh: '没有等到答复', en: 'No answer in time' },
    told: { zh: '还没有等到所有人的答复。', en: 'Not everybody has answered yet.' },
    by: ['system'],
    from: asking,
    form: passedLimit,
    set: (_, { data }) => noting(data, { isUnanswered: true }),
    effects: ['tellUnanswered', 'tellAgency'],
  },
  closeUnanswered: {
    title: { zh: '没有答复，不再等了', en: 'Wait no longer' },
    told: { zh: '没有等到所有人的答复，调解没有开始。', en: 'Not everybody answered, and mediation did not begin.' },
    openly: true,
    by: officers,
    from: asking,
    to: 'unanswered',
    form: nothing,
    when: ({ matter }) => (its(matter.data).isUnanswered ? null : no('too_early')),
    effects: ['tellOtherWays'],
    cite: cite('人民调解法', 17),
  },
  withdraw: {
    title: { zh: '撤回申请', en: 'Withdraw' },
    told: { zh: '申请撤回了。', en: 'The request was withdrawn.' },
    openly: true,
    by: ['applicant', ...officers],
    jointly: ['applicant'],
    from: ['draft', 'requested', ...asking],
    to: 'withdrawn',
    form: z.object({ holder: seated({ zh: '代谁记录', en: 'Recorded for' }, 'applicant').optional() }),
    cite: cite('人民调解法', 23),
    confirm: { zh: '确定撤回吗？需要时可以再申请。', en: 'Withdraw? You may ask again.' },
  },
})

type Its = Parameters<typeof holdersIn>[0] & { state: string; joint: Readonly<Record<string, readonly string[]>> }

/** Whether everybody else has agreed already. */
function isSettledWithout(respondent: string, matter: Its): boolean {
  const asked = matter.state === 'offered' ? partiesOf(matter) : holdersIn(matter, 'respondent')
  const agreed = matter.joint[matter.state === 'offered' ? 'consentToOffer' : 'consent'] ?? []
  return asked.every(({ id }) => id === respondent || agreed.includes(id))
}
