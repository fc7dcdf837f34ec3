import { actions } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { recalling, receiving, referralAnswers, referringTo } from '#parts/referral.ts'
import type { LegalAidSeat } from './seats.ts'
import type { LegalAidState } from './states.ts'
import { cite } from './statutes.ts'

/** Whatever was applied for has its number, and is decided; what was only begun goes on being filled in. */
const back = {
  to: ({ number }: Pick<Matter, 'number'>): LegalAidState => (number ? 'submitted' : 'completing'),
  reaches: ['submitted', 'completing'] as const satisfies readonly LegalAidState[],
}
const desk = ['intake', 'reviewer', 'director'] as const

/** Who is sent here by others, and whom this agency sends to mediation while it goes on answering for them. */
export const referring = actions<LegalAidState, LegalAidSeat>()({
  ...receiving<LegalAidState, LegalAidSeat>({ by: desk, accepted: 'completing', person: 'applicant', from: ['completing'] }),
  referToMediation: referringTo({
    to: 'mediation',
    title: { zh: '转去人民调解', en: 'Refer to mediation' },
    told: { zh: '这件事转去人民调解了。', en: 'It was referred to mediation.' },
    carries: ['person', 'contact', 'home', 'story', 'opponent'],
    by: desk,
    from: ['completing', 'submitted'],
    waits: 'referring',
    people: ['applicant'],
    elsewhere: true,
    cite: cite('个人信息保护法', 23),
  }),
  ...referralAnswers<LegalAidState>({
    from: ['referring'],
    taken: 'referred',
    back,
  }),
  ...recalling<LegalAidState, LegalAidSeat>({ by: ['applicant', ...desk], from: ['referring'], back }),
})
