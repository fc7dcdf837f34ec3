import type { Matter } from '#kernel/matter.ts'
import type { Subject } from './access-scenes.ts'
import { subjects } from './line-scenes.ts'
import type { World } from './world.ts'

/** Plants every matter that some scene is about, each once, and puts it where it stands; returns them by name. */
export async function plantAll(w: World): Promise<ReadonlyMap<string, Matter>> {
  const planted = new Map<string, Matter>()
  const once = async (subject: Subject): Promise<Matter> => {
    const known = planted.get(subject.name)
    if (known) return known
    const fresh = await subject.plant(w, once)
    planted.set(subject.name, fresh)
    return fresh
  }
  for (const subject of subjects) await once(subject)
  return planted
}
