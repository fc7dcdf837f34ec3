import { citing, relyingOn } from '#kernel/cite.ts'
import { sharedStatutes } from '#registry/statutes.ts'

/** The statutes that legal consultation relies on. */
export const statutes = relyingOn(sharedStatutes, '法律援助法', '个人信息保护法')

/** Cites one of them; a misspelt one does not compile. */
export const cite = citing(statutes)
