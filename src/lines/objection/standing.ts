import type { Matter } from '#kernel/matter.ts'

/** A matter, and which event of its log decided last. */
type Decided = { matter: Pick<Matter, 'id' | 'data'>; decision: number | undefined }

/** The objection that stands against what was decided last, open or answered: a second is not heard (法律援助法 art. 49). One withdrawn does not count, nor one whose correction was made. */
export const standingObjection = (
  matter: Decided['matter'],
  decision: Decided['decision'],
  family: readonly Matter[],
): Matter | undefined => family.find((one) => one.line === 'objection' && one.parent === matter.id && stands(one, { matter, decision }))

function stands({ id, state, data }: Matter, { matter, decision }: Decided): boolean {
  if (state === 'withdrawn' || (data['against'] ?? decision) !== decision) return false
  return state !== 'ordered' || matter.data['correctedBy'] !== id
}
