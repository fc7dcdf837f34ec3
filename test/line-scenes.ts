import type { Matter } from '#kernel/matter.ts'
import { services } from '#lines/services.ts'
import type { Subject } from './access-scenes.ts'
import type { RightInput } from './right-inputs.ts'
import type { Scene } from './scene.ts'
import type { World } from './world.ts'

/** What a walk through a line needs. */
export type Walk = {
  /** By action, an input that every rule over the input accepts today. */
  inputs: Readonly<Record<string, RightInput>>
  /** Opens a matter to walk from, `n` varying what may vary. */
  start(w: World, n: number): Promise<Matter>
  /** More walks than usual, where the line is longer. */
  walks?: number
}

/** What tests need to know of one line: all of it stands in `test/lines/` in a file by its key, and the tests of every line read that. */
export type LineScenes = Walk & {
  /** The matters its scenes are about. */
  subjects: readonly Subject[]
  /** Who may open a matter of it. */
  open: Scene
  /** The same of those who take one in for somebody, where people also come by themselves. */
  takeIn?: Scene
  /** By action, who may take it where, and what they are told. */
  access: Readonly<Record<string, Scene>>
}

/** The scenes of every line of the list, by its key. */
export const lineScenes: ReadonlyMap<string, LineScenes> = new Map(
  await Promise.all(
    services.map(async ({ line: { key } }): Promise<[string, LineScenes]> => {
      const { scenes } = (await import(`./lines/${key}.ts`)) as { scenes: LineScenes } // the folder's files are these
      return [key, scenes]
    }),
  ),
)

/** What tests know of one line. */
export function scenesOf(line: string): LineScenes {
  const scenes = lineScenes.get(line)
  if (!scenes) throw new Error(`test/lines/${line}.ts is missing: a new line brings its scenes`)
  return scenes
}

/** Every matter that some scene is about. */
export const subjects: readonly Subject[] = [...lineScenes.values()].flatMap((scenes) => scenes.subjects)
