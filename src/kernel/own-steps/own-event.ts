import type { Event, Matter } from '../matter.ts'

/** Who takes a step of the engine's own, and when. */
export type OwnTaker = { actor: { id: string }; now: Date }

/** The fact that the engine took a step of its own: the matter stays in its state. */
export const ownEvent = (matter: Matter, { actor, now }: OwnTaker, step: Pick<Event, 'action' | 'input'>): Event => ({
  region: matter.region,
  id: matter.id,
  seq: matter.version + 1,
  actor: actor.id,
  at: now,
  from: matter.state,
  to: matter.state,
  ...step,
})
