import { z } from 'zod'
import { cite } from './statutes.ts'

/** What the law leaves open about people's requests over their data: it says “promptly” and gives no number. */
export const dataRequestSettings = {
  'dataRequest.days': {
    schema: z.int().positive().max(60),
    default: 15,
    unit: 'workingDays',
    why: { zh: '法律只要求“及时”答复，没有写天数', en: 'The law asks for a prompt answer and sets no number' },
    article: cite('个人信息保护法', 50, 1),
  },
} as const
