import { Refusal } from '#kernel/refusal.ts'
import { act } from '#platform/act.ts'
import type { EffectHandler } from '#platform/jobs.ts'
import { matterOf } from '#platform/matter-rows.ts'

/** A correction ordered by the bureau reopens the decision objected to (法律援助法 art. 49(2)). Running it twice changes nothing. */
export const correctParent: EffectHandler = async (tx, job) => {
  const objection = await matterOf(tx, job)
  if (!objection?.parent) return
  await act(tx, { region: job.region, id: objection.parent }, 'correct', { objection: objection.id }).catch((error: unknown) => {
    if (!(error instanceof Refusal && error.code === 'wrong_state')) throw error
  })
}
