import { z } from 'zod'

/** What filing settles: decisions drawn from the answers, never the answers. */
export const Filing = z.object({
  matterCode: z.string().max(20),
  forWhom: z.enum(['self', 'child', 'relative', 'custody', 'proxy']),
  route: z.enum(['noMeansTest', 'exempt', 'check']),
  recipient: z.uuid(),
  channel: z.enum(['web', 'hotline', 'window', 'villageRoom', 'custody']),
  isPrivate: z.boolean(),
  isUnder14: z.boolean(),
  hasGuardianConsent: z.boolean(),
  topic: z.string().max(60),
  /** Whether a text message to their phone is safe, as they told us. */
  contact: z.enum(['sms', 'page']),
  receivedOn: z.iso.date().optional(),
  duplicateOf: z.uuid().optional(),
})
