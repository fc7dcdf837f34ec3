import { z } from 'zod'
import { choice } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { receiving, referralAnswers, referringTo } from '#parts/referral.ts'
import { gaps, kinds, noting } from './data.ts'
import { officers } from './rules.ts'
import type { MediationSeat } from './seats.ts'
import { fruitless, type MediationState } from './states.ts'
import { cite } from './statutes.ts'

const received = receiving<MediationState, MediationSeat>({ by: officers, accepted: 'requested', person: 'applicant' })
const kind = choice({ zh: '纠纷类型', en: 'Kind of dispute' }, kinds)

/** Who is sent here by others, and where mediation sends people that led to nothing (人民调解法 art. 26). */
export const referralActions = actions<MediationState, MediationSeat>()({
  ...received,
  // What keeps them from speaking freely is asked before anybody turns to the other side.
  acceptReferral: {
    ...received.acceptReferral,
    asks: z.object({ kind, gap: choice({ zh: '能不能当面谈', en: 'Whether they can meet' }, gaps) }),
    form: z.object({ kind, isPrivate: z.boolean() }),
    set: ({ kind: about, isPrivate }, { data }) =>
      noting(data, { kind: about, channel: 'window', contact: 'page', isPrivate: isPrivate || data['isPrivate'] === true }),
    numbered: '调',
    files: true,
    cite: cite('人民调解法', 17),
  },
  referToLegalAid: referringTo({
    to: 'legal-aid',
    title: { zh: '转去申请法律援助', en: 'Refer to legal aid' },
    told: { zh: '这件事转去申请法律援助了。', en: 'It was referred to legal aid.' },
    carries: ['person', 'contact', 'home', 'story', 'opponent'],
    by: ['applicant', 'respondent', 'mediator', ...officers],
    from: fruitless,
    people: ['applicant', 'respondent'],
    cite: cite('个人信息保护法', 23),
  }),
  ...referralAnswers<MediationState>({ from: fruitless }),
})
