import type { Matter } from '#kernel/matter.ts'
import { act } from '#engine/act.ts'
import type { EffectHandler } from '#engine/jobs.ts'
import { matterOf } from '#engine/matter-rows.ts'

/** What came of an objection, done to the decision objected to (法律援助法 art. 49). Each may run twice and acts once. */
export const parentEffects = {
  /** A correction reopens the decision. Where it cannot be done the job fails and is kept for a person, since an order of the bureau may not be lost. */
  correctParent: onParent('correct', (decided, { id }) => decided.data['correctedBy'] !== id),
  keepParent: onParent('keep', (decided, { id }) => contestOf(decided)?.objection === id && !contestOf(decided)?.isKept),
  resumeParent: onParent('resume', (decided, { id }) => contestOf(decided)?.objection === id, servedOn),
} satisfies Record<string, EffectHandler>

type More = (decided: Matter) => Record<string, unknown>

function onParent(action: string, isDue: (decided: Matter, objection: Matter) => boolean, more: More = () => ({})): EffectHandler {
  return async (tx, job) => {
    const objection = await matterOf(tx, job)
    const decided = objection?.parent ? await matterOf(tx, { region: job.region, id: objection.parent }) : undefined
    if (objection && decided && isDue(decided, objection)) await act(tx, decided, action, { objection: objection.id, ...more(decided) })
  }
}

/** The line that was objected to keeps the objection under this name. */
const contestOf = ({ data }: { data: { contest?: { objection: string; isKept?: true } } }) => data.contest // written by its `contest` and `keep`

/** The time to object runs from the same day again. */
function servedOn({ data }: Matter): Record<string, unknown> {
  return typeof data['servedOn'] === 'string' ? { servedOn: data['servedOn'] } : {}
}
