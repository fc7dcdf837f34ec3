import { z } from 'zod'
import { personalInformation } from '#registry/statutes.ts'
import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import type { Setting } from '#kernel/setting.ts'
import { has, keysIn } from '#kernel/keyed.ts'

/** How long a class of records is kept and what happens then. `days` is the default of the setting `retention.<class>Days`; null where archive rules, not we, decide. */
export type Retention = { title: Text; basis: Cite; days: number | null; after: Text; uncertain?: true }

const erased = { zh: '删除', en: 'deleted' }
const kept = { zh: '一直保存，不改不删', en: 'kept, never changed or deleted' }

/** Every class of record, on which ground it is kept, how long, and what happens then (RULEBOOK §4.7, TRUST §3.8). The privacy page prints it, the nightly job carries it out. */
export const retention = {
  draft: {
    title: { zh: '没交上去的草稿', en: 'Drafts never sent' },
    basis: personalInformation(19),
    days: 90,
    after: erased,
    uncertain: true,
  },
  noFile: {
    title: { zh: '撤回的、转给别的机构的申请', en: 'Applications withdrawn or referred elsewhere' },
    basis: personalInformation(19),
    days: 1095,
    after: erased,
    uncertain: true,
  },
  /** Five years, then nothing is left but what kind of thing was asked (RULEBOOK §4.7). */
  advice: {
    title: { zh: '咨询的问和答', en: 'Questions asked and their answers' },
    basis: personalInformation(19),
    days: 1825,
    after: { zh: '删去是谁、问了什么、怎么答的，只留件数和类别', en: 'who asked, what, and the answer are deleted; count and kind stay' },
    uncertain: true,
  },
  caseFile: {
    title: { zh: '办理了的案卷', en: 'Case files' },
    basis: personalInformation(47, 2),
    days: null,
    after: { zh: '按档案规定保存三十年，重大案件永久保存', en: 'kept thirty years under archive rules, grave cases for good' },
    uncertain: true,
  },
  oneTimeCode: {
    title: { zh: '短信验证码', en: 'One-time codes' },
    basis: personalInformation(19),
    days: 1,
    after: erased,
  },
  session: { title: { zh: '登录记录', en: 'Sessions' }, basis: personalInformation(19), days: 30, after: erased },
  /** After the last day it could be used: long enough to answer whoever asks about the letter. */
  link: { title: { zh: '一次性链接', en: 'One-time links' }, basis: personalInformation(19), days: 30, after: erased },
  /** Longer than any client goes on trying: a form left open over a holiday is still recognised as sent. */
  idempotency: {
    title: { zh: '防止重复提交的标记', en: 'Marks against sending twice' },
    basis: personalInformation(19),
    days: 30,
    after: erased,
  },
  /** Long enough to follow up an attack that is found late; half a year is what operators of networks keep their logs for. */
  source: {
    title: { zh: '登录和查看时的网络地址', en: 'Network addresses of sign-ins and look-ups' },
    basis: personalInformation(51),
    days: 180,
    after: erased,
    uncertain: true,
  },
  log: {
    title: { zh: '办理记录和查看记录', en: 'The log, and who looked' },
    basis: personalInformation(51),
    days: null,
    after: kept,
  },
} as const satisfies Record<string, Retention>

export type RetentionClass = keyof typeof retention

/** Classes that end by themselves. */
export type EndingClass = { [K in RetentionClass]: (typeof retention)[K]['days'] extends number ? K : never }[RetentionClass]

/** Whether a class ends by itself. */
export const isEnding = (key: string): key is EndingClass => has(retention, key) && retention[key].days !== null
const ending = keysIn(retention).filter(isEnding)

/** The heading that settings over personal information stand beneath. */
export const personal: Text = { zh: '个人信息保护', en: 'Personal information' }

/** The periods as dated settings: `retention.draftDays` and so on. */
export const retentionSettings = Object.fromEntries(
  ending.map((key): [string, Setting] => {
    const { days, title, basis } = retention[key]
    return [
      `retention.${key}Days`,
      {
        title: { zh: `${title.zh}保存的期限`, en: `How long to keep: ${title.en}` },
        group: personal,
        schema: z.int().positive().max(36_500),
        default: days,
        unit: 'calendarDays',
        why: { zh: `${title.zh}保存的天数，法律没有写`, en: `Days to keep: ${title.en}; the law sets none` },
        article: basis,
      },
    ]
  }),
) as Record<`retention.${EndingClass}Days`, Setting & { schema: z.ZodInt; default: number }> // one a class
