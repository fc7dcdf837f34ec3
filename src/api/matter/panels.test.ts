import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { loadRegions } from '#records/register/regions.ts'
import { cast, world, type World } from '#test/world.ts'
import { viewMatter } from './matter-view.ts'

let w: World
let m: Matter
beforeAll(async () => {
  w = await world()
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
  m = await w.filed()
})
afterAll(() => w[Symbol.asyncDispose]())

const chosenFrom = async (who: Actor) => {
  const { panels } = await w.run(who, (tx) => viewMatter(tx, m))
  return panels.flatMap((panel) => (panel.shape === 'candidates' ? [[panel.key, panel.serves]] : []))
}

test('whoever sends people is told which of their forms choose from which panel', async () => {
  expect(await chosenFrom(cast.guo)).toEqual([['candidates', ['assign', 'assignUrgently', 'replace']]])
})

test.each([cast.wang, cast.liu, cast.he, cast.li])('whoever sends nobody is told of no candidates (%#)', async (who) => {
  expect(await chosenFrom(who)).toEqual([])
})
