import type { Matter } from '#kernel/matter.ts'
import type { Standing } from '#test/planted.ts'
import { acts, type Role, type Rule } from '#test/roles.ts'
import type { Scene } from '#test/scene.ts'
import { cast, type World } from '#test/world.ts'

export const today = '2026-04-01'
export const why = '根据现有材料，理由已经书面说明清楚。'

/** A matter that scenes are about: to whom it exists (ARCHITECTURE, decision 2), where it stands unless a scene says otherwise, and how it is planted, after another where it needs one. */
export type Subject = {
  name: string
  seen: readonly Role[]
  standing: Standing
  /** The seat that the one who is assigned holds; without it nobody is. */
  worker?: string
  plant(w: World, other: (subject: Subject) => Promise<Matter>): Promise<Matter>
}

type Over = Partial<Scene> & { unassigned?: true; ownRoute?: true }
/** An action of a line as a scene: the state it is taken in, who takes it, and what they fill in. */
export type ActionScene = (state: string, by: readonly Role[], asks?: Record<string, unknown>, over?: Over) => Scene

/** Scenes of the actions that are taken on one matter. */
export const actionsOn =
  ({ name, seen, standing, worker }: Subject): ActionScene =>
  (state, by, asks = {}, { unassigned, ownRoute, ...over } = {}) => {
    const isHeld = unassigned || !worker
    const sees = seen.filter((role) => role !== 'assigned' || !isHeld)
    const seats = { ...standing.seats, ...(worker && { [worker]: isHeld ? null : cast.zhao.id }), ...over.standing?.seats }
    const its = { documents: [], ...standing, state, ...over.standing, seats }
    return { of: name, asks, expected: acts(sees, by, ownRoute ? 'not here' : 'ok'), ...over, standing: its }
  }

/** Scenes of what is asked about one matter as it stands. */
export const about =
  (subject: Subject) =>
  (expected: Rule, over: Partial<Scene> = {}): Scene => ({
    ...actionsOn(subject)(subject.standing.state ?? '', []),
    asks: null,
    ...over,
    expected,
  })

const hearing = { at: '2026-05-06T09:30:00+08:00', forum: 'court', court: '演示区人民法院' }
/** What Zhao, and the system for him, does about a hearing. */
export const hearingScenes = (action: ActionScene, data: Record<string, unknown>): Record<string, Scene> => ({
  scheduleHearing: action('handling', ['assigned'], hearing),
  cancelHearing: action('handling', ['assigned'], { because: 'postponed' }, { standing: { data: { ...data, hearing } } }),
  remindHearing: action('handling', [], { limit: 'hearingReminder' }, { standing: { data: { ...data, hearing } } }),
})
