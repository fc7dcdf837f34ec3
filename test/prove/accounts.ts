import prepareOnce from '#test/prepare.ts'
import { walk } from '#test/doors/hostile-walk.ts'
import { site } from '#test/site.ts'
import { world } from '#test/world.ts'

/** One hostile administrator of three: so many deeds at random, in walks of a thousand with a province each. The first argument says how many, ten thousand where there is none. */
export async function prove([deeds = '10000']: readonly string[]): Promise<boolean> {
  await prepareOnce()
  const did: Record<string, number> = {}
  const broken: string[] = []
  let left = Number(deeds)
  for (let seed = 1; left > 0 && broken.length === 0; seed++) {
    await using w = await world('2026-04-01T09:00:00+08:00')
    const app = await site(w)
    const found = await walk(w, app, { steps: Math.min(left, 1000), seed })
    await app.close()
    left -= found.steps
    broken.push(...found.broken.map((one) => `seed ${seed}, after ${found.steps} deeds: ${one}`))
    for (const [deed, n] of Object.entries(found.did)) did[deed] = (did[deed] ?? 0) + n
  }
  process.stdout.write(`${JSON.stringify({ deeds: Number(deeds) - left, did, broken }, null, 2)}\n`)
  return broken.length === 0 && left === 0
}
