import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, world, type World } from '#test/world.ts'
import { findRegion, listChildren, listCounties, loadRegions, regionName, regionNames } from './regions.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'] }))
})
afterAll(() => w[Symbol.asyncDispose]())

const counted = () =>
  w.on.database.owner(async (db) => {
    const rows = await db
      .selectFrom('region')
      .select(['level', (e) => e.fn.countAll<number>().as('n')])
      .groupBy('level')
      .orderBy('level')
      .execute()
    return rows.map(({ level, n }) => [level, Number(n)])
  })

describe('the divisions of the nation (GB/T 2260 and the statistical codes)', () => {
  test('thirty-four provinces, every prefecture and county, and Qinghai to the village', async () => {
    expect(await counted()).toEqual([
      [1, 34],
      [2, 342],
      [3, 2978],
      [4, 422],
      [5, 4716],
    ])
  })
  test('Qinghai has eight prefectures with forty-five counties', async () => {
    const prefectures = await w.run(cast.li, (tx) => listChildren(tx, '63'))
    const counties = await w.run(cast.li, (tx) => listCounties(tx, ['63']))
    expect(prefectures).toHaveLength(8)
    expect(counties.flatMap((city) => city.counties)).toHaveLength(45)
    expect(counties[0]).toMatchObject({ city: '6301', name: '西宁市' })
    expect(counties[0]?.counties[0]).toEqual({ code: '630102', name: '城东区' })
  })
  test('loading again changes nothing; another province comes beside it', async () => {
    expect(await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'] }))).toBe(0)
    expect(await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['46'], toLevel: 4 }))).toBeGreaterThan(200)
  })
  test('a citizen may read the register and not write it', async () => {
    expect(await w.run(cast.li, (tx) => findRegion(tx, '630102'))).toEqual({ code: '630102', name: '城东区', level: 3, parent: '6301' })
    await expect(w.run(cast.li, (tx) => loadRegions(tx, { provinces: ['54'] }))).rejects.toThrow(/row-level security/)
  })
  test('a full name reads as an envelope has it, without words nobody says', async () => {
    expect(await w.run(cast.li, (tx) => regionName(tx, '630102'))).toBe('青海省西宁市城东区')
    const names = await w.run(cast.li, (tx) => regionNames(tx, ['110101', '441900', '419001', '71', '630121', '990000']))
    expect(Object.fromEntries(names)).toEqual({
      '110101': '北京市东城区',
      '441900': '广东省东莞市',
      '419001': '河南省济源市',
      '71': '台湾省',
      '630121': '青海省西宁市大通回族土族自治县',
    })
    await expect(w.run(cast.li, (tx) => regionName(tx, '990000'))).rejects.toMatchObject({ code: 'not_found' })
  })
  test('counties the province governs itself stand under its name', async () => {
    const [city] = await w.run(cast.li, (tx) => listCounties(tx, ['11']))
    expect(city?.name).toBe('北京市')
  })
})
