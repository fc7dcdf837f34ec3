import { z } from 'zod'
import { recorded } from '#kernel/recorded.ts'

/** What sending it off settles. */
export const Filing = z.object({
  recipient: z.uuid(),
  channel: z.enum(['web', 'hotline', 'window', 'villageRoom', 'custody']),
})

/** What a matter may hold. */
export const Data = Filing.extend({
  /** Drawn as it was filed. */
  number: z.string(),
  isPrivate: z.boolean(),
  decision: z.object({ reason: z.string() }),
})

export const { its, noting } = recorded(Data)
