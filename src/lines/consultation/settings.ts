import { z } from 'zod'
import { cite } from './statutes.ts'

/** What the law leaves open about consultation: it says to answer and to point out the right to aid, and gives no time (RULEBOOK §2.3, §8). */
export const consultationSettings = {
  'consultation.messageHours': {
    schema: z.int().positive().max(240),
    default: 24,
    unit: 'hours',
    why: { zh: '法律没有写网上留言多久答复', en: 'The law sets no time for answering a message' },
    article: cite('法律援助法', 23),
  },
  'consultation.letterDays': {
    schema: z.int().positive().max(60),
    default: 7,
    unit: 'workingDays',
    why: { zh: '法律没有写来信多久答复', en: 'The law sets no time for answering a letter' },
    article: cite('法律援助法', 23),
  },
  'consultation.liveMinutes': {
    schema: z.int().positive().max(600),
    default: 5,
    unit: 'minutes',
    why: { zh: '法律没有写在线咨询多久回应', en: 'The law sets no time for a reply in a live chat' },
    article: cite('法律援助法', 23),
  },
  'consultation.urgentHours': {
    schema: z.int().positive().max(24),
    default: 1,
    unit: 'hours',
    why: { zh: '有人可能有危险的，先答复；多快由本平台定', en: 'Whoever may be in danger is answered first; how soon is our own rule' },
    article: cite('法律援助法', 23),
  },
  'consultation.tries': {
    schema: z.int().positive().max(20),
    default: 3,
    unit: 'matters',
    why: { zh: '联系几次都找不到人才可以不再找，由本平台定', en: 'After how many tries somebody counts as lost is our own rule' },
    article: cite('法律援助法', 23),
  },
  'consultation.againDays': {
    schema: z.int().positive().max(180),
    default: 15,
    unit: 'calendarDays',
    why: { zh: '答复以后几天内可以接着问一次，由本平台定', en: 'How long one may ask once more is our own rule' },
    article: cite('法律援助法', 23),
  },
} as const
