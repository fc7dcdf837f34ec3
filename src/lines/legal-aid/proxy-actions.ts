import { z } from 'zod'
import { nothing, reference, yes } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import { no } from '#kernel/refusal.ts'
import { account, holdersIn } from '#kernel/seat.ts'
import type { LegalAidSeat } from './seats.ts'
import { states, type LegalAidState } from './states.ts'
import { cite } from './statutes.ts'
import { keysIn } from '#kernel/keyed.ts'

/** Where a matter is before the agency or in its hands. */
export const filed: LegalAidState[] = [
  'inCustody',
  'submitted',
  'supplementing',
  'urgent',
  'granted',
  'assigned',
  'handling',
  'replacing',
  'concluded',
  'terminationSent',
  'terminationSentUnassigned',
  'fileSubmitted',
]

/** Whom the person lets act for them. */
export const proxies = actions<LegalAidState, LegalAidSeat>()({
  appointProxy: {
    title: { zh: '委托他人代办', en: 'Let someone act for me' },
    told: { zh: '您请了人代办。', en: 'You let somebody act for you.' },
    by: ['applicant'],
    from: ['draft', ...filed],
    own: 'proxy',
    asks: z.object({
      phone: z
        .string()
        .regex(/^1[3-9]\d{9}$/)
        .meta({ title: '代办人手机号', titleEn: 'Their mobile number' }),
      consents: yes({ zh: '我同意他（她）查看和办理这件事', en: 'I consent to them seeing and handling this' }),
    }),
    form: z.object({ proxy: reference({ zh: '代办人', en: 'Proxy' }, 'account'), consents: z.literal(true) }),
    seats: ({ proxy }) => ({ proxy: [account(proxy)] }),
    cite: cite('个人信息保护法', 23),
  },
  dismissProxy: {
    title: { zh: '取消代办', en: 'End the proxy' },
    told: { zh: '不再由别人代办。', en: 'Nobody acts for you any more.' },
    by: ['applicant'],
    // Consent may be withdrawn wherever it still shows somebody the matter, also when that is over.
    from: keysIn(states),
    form: nothing,
    when: ({ matter }) => (holdersIn(matter, 'proxy').length ? null : no('not_applicable')),
    seats: () => ({ proxy: [] }),
    cite: cite('个人信息保护法', 15),
  },
})
