import type { Traits } from '#kernel/traits.ts'

/** A matter is private that was filed, or opened, as such. */
export const privacy = {
  isPrivate: ({ isPrivate }) => isPrivate === true,
  isReticent: ({ isPrivate }) => isPrivate === true,
  privately: { isPrivate: true },
} satisfies Traits
