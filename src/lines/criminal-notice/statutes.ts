import { citing, relyingOn } from '#kernel/cite.ts'
import { sharedStatutes } from '#registry/statutes.ts'

/** The statutes that defence on notice relies on. */
export const statutes = {
  ...relyingOn(sharedStatutes, '法律援助法', '最高人民法院关于适用刑事诉讼法的解释', '档案法'),
} as const

/** Cites one of them; a misspelt one does not compile. */
export const cite = citing(statutes)
