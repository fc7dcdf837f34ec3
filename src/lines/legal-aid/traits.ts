import type { Traits } from '#kernel/traits.ts'
import { privacy } from '#parts/traits.ts'
import { askedOf, recusedOf, untilOf } from './rules.ts'

/** What the rooms around legal aid read of an application. */
export const traits: Traits = {
  ...privacy,
  isReticent: ({ isPrivate, isUnder14 }) => isPrivate === true || isUnder14 === true,
  asked: (data) => askedOf(data)?.missing,
  until: untilOf,
  recused: recusedOf,
  mayText: ({ contact }) => contact === 'sms',
}
