import { z } from 'zod'
import { cite } from './statutes.ts'

/** What the law leaves open about mediation. */
export const mediationSettings = {
  'mediation.replyDays': {
    schema: z.int().positive().max(60),
    default: 7,
    unit: 'calendarDays',
    why: { zh: '法律没有写等对方答复多少天', en: 'The law sets no time for the other side to answer' },
    article: cite('人民调解法', 17),
  },
  'mediation.months': {
    schema: z.int().positive().max(12),
    default: 1,
    unit: 'months',
    why: { zh: '规定只说“一般”在一个月内调结', en: 'The rule says one month “as a rule”' },
    article: cite('人民调解工作若干规定', 33),
  },
} as const
