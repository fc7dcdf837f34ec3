import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { audit } from '#platform/keys/audit.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { cast, county, world, type World } from '#test/world.ts'
import { countOpening } from './opening-cap.ts'
import { reveal } from './reveal.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const many = 24
/** How many of so many at once were let through. */
const done = async (all: Promise<unknown>[]) => (await Promise.allSettled(all)).filter(({ status }) => status === 'fulfilled').length

test('two short of the day’s cap, twenty-four looked up at once are two (S-L1; 个人信息保护法 §51)', async () => {
  const m = await w.filed()
  const people = await w.run(cast.clockwork, async (tx) => {
    const all = []
    for (let n = 0; n < 58 + many; n++) {
      const person = await addPerson(tx, county, { kind: 'natural', name: `演示 ${n}`, phone: '13800000000' })
      await addParty(tx, m, person, 'opponent')
      all.push(person)
    }
    return all
  })
  const look = (person: string) => w.run(cast.wang, (tx) => reveal(tx, m, { person, field: 'phone', reason: '电话通知当事人' }))
  for (const person of people.slice(0, 58)) await look(person)
  // Again is free, and wakes every connection: those that are still asleep would come one after another.
  await Promise.all(people.slice(0, many).map(look))
  expect(await done(people.slice(58).map(look))).toBe(2)
})

test('two short of the day’s cap, twenty-four matters opened at once are two (个人信息保护法 §51)', async () => {
  const setting = { region: '63', key: 'opening.dailyMatters', valid_from: '2026-03-01', value: '6', decided_by: 'test' }
  await w.run(cast.clockwork, async (tx) => {
    await tx.db.insertInto('setting').values(setting).execute()
    await tx.on.settings.reload(tx.db)
  })
  const filed: Matter[] = []
  for (let n = 0; n < 4 + many; n++) filed.push(await w.filed({ recipient: v7() }))
  const open = (m: Matter) =>
    w.run(cast.guo, async (tx) => {
      await countOpening(tx, m)
      await audit(tx, 'viewMatter', { region: m.region, matter: m.id })
    })
  for (const m of filed.slice(0, 4)) await open(m)
  expect(await done(filed.slice(4).map(open))).toBe(2)
})
