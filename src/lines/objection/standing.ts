import type { Matter } from '#kernel/matter.ts'

type Decided = Pick<Matter, 'id' | 'state' | 'data'>

/** The objection that stands against what was decided, open or answered: a second is not heard (法律援助法 art. 49). One withdrawn does not count, nor one whose correction was made. */
export const standingObjection = (decided: Decided, family: readonly Matter[]): Matter | undefined =>
  family.find((one) => one.line === 'objection' && one.parent === decided.id && stands(one, decided))

function stands({ state, data }: Matter, decided: Decided): boolean {
  if (state === 'withdrawn' || (data['against'] ?? decided.state) !== decided.state) return false
  return state !== 'ordered' || decided.data['correctedBy'] === undefined
}
