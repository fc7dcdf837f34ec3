import { act } from '#platform/act.ts'
import type { EffectHandler } from '#platform/jobs.ts'
import { matterOf } from '#platform/matter-rows.ts'

/** A correction ordered by the bureau reopens the decision objected to (法律援助法 art. 49(2)). Running it twice changes nothing; where it cannot be done the job fails and is kept for a person, since an order of the bureau may not be lost. */
export const correctParent: EffectHandler = async (tx, job) => {
  const objection = await matterOf(tx, job)
  const decision = objection?.parent ? await matterOf(tx, { region: job.region, id: objection.parent }) : undefined
  if (!objection || !decision || decision.data['correctedBy'] === objection.id) return
  await act(tx, decision, 'correct', { objection: objection.id })
}
