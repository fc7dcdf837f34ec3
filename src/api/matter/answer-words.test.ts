import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { Matter } from '#kernel/matter.ts'
import { plantedCase } from '#test/planted.ts'
import { cast, world, type World } from '#test/world.ts'
import { as, system } from '#platform/tx.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { loadRegions } from '#records/register/regions.ts'
import { viewMatter } from './matter-view.ts'

let w: World
let m: Matter
beforeAll(async () => {
  w = await world('2026-03-02T09:00:00+08:00')
  await as(w.on, system, w.now(), (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
  m = await plantedCase(w)
  await w.run(cast.li, (tx) => saveAnswer(tx, m, 'place', place, 'web'))
})
afterAll(() => w[Symbol.asyncDispose]())

const home = '青海省西宁市城东区共和路 18 号 3 单元 402 室'
const place = { living: home, happened: '西宁市城中区工地' }
const placeFor = async (who: Actor) =>
  (await w.run(who, (tx) => viewMatter(tx, m))).facts.find(({ question }) => question === 'place')?.rows.map(({ value }) => value)

describe('where a person lives', () => {
  test('stands among the facts as far as the county, as it does among the parties (个人信息保护法 §51)', async () => {
    for (const who of [cast.wang, cast.guo]) {
      expect(await placeFor(who)).toEqual(['青海省西宁市城东区***', place.happened])
      expect(JSON.stringify(await w.run(who, (tx) => viewMatter(tx, m)))).not.toContain('402 室')
    }
  })

  test('is whole for the person who told it', async () => {
    expect(await placeFor(cast.li)).toEqual([home, place.happened])
  })
})
