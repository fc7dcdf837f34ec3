import { z } from 'zod'
import { reason, reference, yes } from '#kernel/form.ts'
import type { Text } from '#kernel/line.ts'
import { account } from '#kernel/seat.ts'

/**
 * The director sends somebody from the candidates, `who` being what they are called there. Only whoever may be sent is taken: what is
 * weighed for and against each, the consent to a firm conflict among it, is weighed where candidates are.
 */
export function assigning(who: Text) {
  const Choose = z.object({
    practitioner: reference(who, 'candidate'),
    bothConsent: yes({
      zh: '双方书面同意（仅同所冲突且本县无其他人选时）',
      en: 'Both parties consent in writing (same-firm conflict, no other provider in the county)',
    }).optional(),
    reason: reason({ zh: '特别说明', en: 'Explanation' }).optional(),
  })
  return {
    by: ['director'] as const,
    asks: Choose,
    form: Choose.extend({ provider: z.uuid(), office: z.uuid(), verdict: z.literal('assignable') }),
    seats: ({ provider }: { provider: string }) => ({ assignee: [account(provider)] }),
  }
}
