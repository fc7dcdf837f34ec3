import { z } from 'zod'
import type { Text } from '#kernel/line.ts'
import { keysIn } from '#kernel/keyed.ts'
import { recorded } from '#kernel/recorded.ts'

/** Why a court is the right one (民事诉讼法 art. 205). */
export const venues = {
  inviting: { zh: '邀请调解的法院', en: 'The court that invited the mediation' },
  domicile: { zh: '一方住所地的基层法院', en: 'The basic court where a party lives' },
  object: { zh: '标的物所在地的基层法院', en: 'The basic court where the object is' },
  organisation: { zh: '调解组织所在地的基层法院', en: 'The basic court where the mediators sit' },
  intermediate: { zh: '应由中级法院管辖的，相应的中级法院', en: 'The intermediate court, where the dispute belongs there' },
} satisfies Record<string, Text>

/** What a court does not confirm. */
export const exclusions = {
  none: { zh: '没有下面的情形', en: 'None of these' },
  outside: { zh: '不属于法院管的事', en: 'No matter for a court' },
  status: { zh: '离婚、解除收养、亲子关系等身份关系', en: 'Marriage, parentage or adoption' },
  special: { zh: '适用其他特别程序、公示催告、破产程序的', en: 'Another special procedure, public summons or bankruptcy' },
  rights: { zh: '确认房屋等物权、知识产权归谁', en: 'Whose real right or intellectual property it is' },
} satisfies Record<string, Text>

/** On which grounds a court refuses to confirm. */
export const grounds = {
  law: { zh: '违反法律强制性规定', en: 'Against mandatory law' },
  harm: { zh: '损害国家、社会公共利益或者他人权益', en: 'Harms the state, the public or others' },
  morals: { zh: '违背公序良俗', en: 'Against public order and morals' },
  unwilling: { zh: '违反自愿原则', en: 'Not voluntary' },
  unclear: { zh: '内容不明确', en: 'Its content is unclear' },
  other: { zh: '其他不能确认的情形', en: 'Otherwise not to be confirmed' },
} satisfies Record<string, Text>

/** What a confirmation may hold. The whole table reads it, so no word of one side stands in it. */
export const Data = z.object({
  /** The day on which the agreement took effect. */
  effectiveOn: z.iso.date(),
  /** What the dispute was about, as the mediation calls it. */
  kind: z.string(),
  isPrivate: z.boolean(),
  venue: z.enum(keysIn(venues)),
  court: z.string(),
  exclusion: z.enum(keysIn(exclusions)),
})

export const { its, noting } = recorded(Data)
