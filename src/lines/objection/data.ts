import { z } from 'zod'
import { recorded } from '#kernel/recorded.ts'

/** What an objection may hold. */
export const Data = z.object({
  inTime: z.boolean(),
  /** Which event of the other matter it is against. */
  against: z.int(),
  /** What the other matter is about. */
  subject: z.object({ zh: z.string(), en: z.string() }),
  isPrivate: z.boolean(),
  decision: z.object({ reason: z.string(), servedOn: z.iso.date(), result: z.enum(['upheld', 'ordered', 'outOfTime']) }),
})

export const { its, noting } = recorded(Data)
