import { readdir } from 'node:fs/promises'
import type { Matter } from '#kernel/matter.ts'
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

/** What tests need to know of one line; `test/lines/` holds a file for each, by its key, and the tests of every line read the folder. */
export type LineScenes = Walk & {
  /** Who may open a matter of it. */
  open: Scene
  /** By action, who may take it where, and what they are told. */
  access: Readonly<Record<string, Scene>>
}

const entries = await readdir(new URL('lines/', import.meta.url), { withFileTypes: true })

/** The scenes of every registered line, by its key. */
export const lineScenes: ReadonlyMap<string, LineScenes> = new Map(
  await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ name }): Promise<[string, LineScenes]> => {
        const key = name.slice(0, -'.ts'.length)
        const { scenes } = (await import(`./lines/${key}.ts`)) as { scenes: LineScenes } // the folder's files are these
        return [key, scenes]
      }),
  ),
)

/** A line that is declared for tests alone has a folder there, and its scenes in it. */
const rehearsedWalks: ReadonlyMap<string, Walk> = new Map(
  await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }): Promise<[string, Walk]> => {
        const { scenes } = (await import(`./lines/${name}/scenes.ts`)) as { scenes: Walk } // likewise
        return [name, scenes]
      }),
  ),
)

/** What a walk through one line needs. */
export function scenesOf(line: string): Walk {
  const scenes = lineScenes.get(line) ?? rehearsedWalks.get(line)
  if (!scenes) throw new Error(`test/lines/${line}.ts is missing: a new line brings its scenes`)
  return scenes
}
