import { citing, relyingOn } from '#kernel/cite.ts'
import { sharedStatutes } from '#registry/statutes.ts'

/** The statutes that the service relies on. */
export const statutes = {
  ...relyingOn(sharedStatutes, '个人信息保护法'),
} as const

/** Cites one of them; a misspelt one does not compile. */
export const cite = citing(statutes)
