import { z } from 'zod'
import { recorded } from '#kernel/recorded.ts'
import { wantKeys } from './wants.ts'

/** What filing settles. */
export const Filing = z.object({
  wants: z.enum(wantKeys),
  recipient: z.uuid(),
  channel: z.enum(['web', 'hotline', 'window', 'villageRoom', 'custody']),
  /** Which answer is to be corrected: question and field, never what it says. */
  fact: z.string().max(80).optional(),
})

/** What a request may hold. */
export const Data = Filing.extend({
  /** Drawn as it was filed. */
  number: z.string(),
  isPrivate: z.boolean(),
  asked: z.object({ missing: z.array(z.string()), until: z.iso.date() }),
  decision: z.object({ reason: z.string() }),
})

export const { its, noting } = recorded(Data)
