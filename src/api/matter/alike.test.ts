import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { as, system } from '#platform/tx.ts'
import { stopUse } from '#records/privacy/erasure.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { loadRegions } from '#records/register/regions.ts'
import { composeResidentId } from '#records/people/resident-id.ts'
import { cast, world, type World } from '#test/world.ts'
import { viewMatter } from './matter-view.ts'

let w: World
let first: Matter
let second: Matter
beforeAll(async () => {
  w = await world()
  await as(w.on, system, w.now(), (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
  first = await asked()
  w.at('2026-03-03')
  second = await asked()
})
afterAll(() => w[Symbol.asyncDispose]())

const idNumber = composeResidentId('630102', '1988-03-04', 992)

/** A claim for unpaid wages of one worker against one company. */
async function asked(): Promise<Matter> {
  const draft = await w.open(cast.li)
  await w.run(cast.li, async (tx) => {
    await addParty(tx, draft, await addPerson(tx, draft.region, { kind: 'natural', name: '马海梅', idNumber }), 'recipient')
    await addParty(tx, draft, await addPerson(tx, draft.region, { kind: 'organisation', name: '青海某建筑公司' }), 'opponent')
  })
  const m = await w.act(cast.li, draft, 'submit', w.filing)
  await w.assessed(m)
  await w.act(cast.wang, m, 'grant')
  return m
}

const alike = async (m: Matter, who = cast.wang as (typeof cast)[keyof typeof cast]) => {
  const { panels } = await w.run(who, (tx) => viewMatter(tx, m))
  return panels.flatMap((panel) => (panel.shape === 'alike' ? panel.others : []))
}

describe('the same person asking for the same matter twice (法律援助法 §38)', () => {
  test('is shown to the officer on either, with its number and the day it was received', async () => {
    expect(await alike(second)).toMatchObject([
      { region: '630102', id: first.id, number: first.number, regionName: expect.stringContaining('城东区'), receivedOn: '2026-03-02' },
    ])
    expect(await alike(first)).toMatchObject([{ id: second.id, receivedOn: '2026-03-03' }])
  })

  test('is no part of what the person reads, whom it tells nothing they do not know', async () => {
    expect(await alike(second, cast.li)).toEqual([])
  })

  test('is not looked for once the use of their data was stopped (个人信息保护法 §47)', async () => {
    await w.run(cast.clockwork, (tx) => stopUse(tx, second))
    expect(await alike(second)).toEqual([])
  })
})
