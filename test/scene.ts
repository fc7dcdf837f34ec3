import type { Standing } from './planted.ts'
import { everyone, type Rule } from './roles.ts'

/** One route or page as a scene: what is asked of which matter, standing where, and what each role is answered. */
export type Scene = {
  /** The name of the matter, of those that are planted. */
  of: string | null
  standing: Standing
  asks: Readonly<Record<string, unknown>> | null
  /** What stands in the address besides the matter. */
  path?: Readonly<Record<string, string>>
  withFile?: true
  expected: Rule
}

/** A scene that is about no matter. */
export const bare: Scene = { of: null, standing: {}, asks: null, expected: everyone }
/** The same under a rule of its own. */
export const under = (expected: Rule, over: Partial<Scene> = {}): Scene => ({ ...bare, expected, ...over })
