import { z } from 'zod'
import { cite } from '#kernel/cite.ts'
import { retentionSettings } from '#records/privacy/retention.ts'

/** What the records leave to the provinces to set, each with a cautious default; stored like every dated setting. */
export const recordSettings = {
  /** How many different people one officer may look up in full in a day. The law asks for access rights without a number: ours is four times what a busy window needs. */
  'reveal.dailyPersons': {
    schema: z.int().positive().max(1000),
    default: 60,
    unit: 'persons',
    why: { zh: '每名工作人员每天可查看完整信息的人数上限', en: 'How many people an officer may look up in full in a day' },
    article: cite('个人信息保护法', 51),
  },
  /** Who looked is told a day later, so that nobody is warned while a wrong look is being followed up (TRUST §3.6). */
  'readings.delayHours': {
    schema: z.int().nonnegative().max(168),
    default: 24,
    unit: 'hours',
    why: { zh: '有人看过您的信息，过多少小时告诉您', en: 'Hours until a person is told who looked' },
    article: cite('个人信息保护法', 44),
  },
  ...retentionSettings,
  /** The local minimum living allowance, in fen a month, that the hardship standard multiplies; unset until the civil affairs figure is entered. */
  'hardship.allowanceFenPerMonth': {
    schema: z.int().positive('answer.amount.positive').optional(),
    default: undefined,
    unit: 'fen',
    why: {
      zh: '当地低保标准，由机关按民政部门公布的数填写',
      en: 'The local minimum living allowance, as the civil affairs authority publishes it',
    },
    article: cite('法律援助法', 34),
  },
} as const

export type RecordSetting = keyof typeof recordSettings
