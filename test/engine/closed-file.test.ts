import { sql } from 'kysely'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '#kernel/matter.ts'
import { takeAction } from '#api/matter/matters.ts'
import { viewMatter } from '#api/matter/matter-view.ts'
import { eraseMatter, stopUse } from '#records/privacy/erasure.ts'
import { addNote } from '#records/privacy/notes.ts'
import { loadRegions } from '#records/register/regions.ts'
import { plantedCase } from '#test/planted.ts'
import { refusalOf } from '#test/scenarios/scene.ts'
import { cast, world, type World } from '#test/world.ts'

let w: World
let m: Matter
beforeAll(async () => {
  w = await world('2026-04-01T09:00:00+08:00')
  await w.run(cast.clockwork, (tx) => loadRegions(tx, { provinces: ['63'], toLevel: 3 }))
})
beforeEach(async () => {
  w.at('2026-04-01')
  m = await plantedCase(w)
  await w.run(cast.wang, (tx) => takeAction(tx, m, 'assess', { key: v7(), input: {} }))
  await note()
})
afterAll(() => w[Symbol.asyncDispose]())

const note = () => w.run(cast.wang, (tx) => addNote(tx, m, { id: v7(), text: '她住在北小街3号，白天打电话' }))
const closed = { parties: [], facts: [], documents: [], readings: [], notes: [] }
const seenBy = async (who: typeof cast.guo) => {
  const { parties, facts, documents, panels, notes, mayNote, isUseStopped } = await w.run(who, (tx) => viewMatter(tx, m))
  const readings = panels.filter(({ shape }) => shape === 'reading')
  return { parties, facts, documents, readings, notes, mayNote, isUseStopped }
}

describe('a file whose person had all use stopped (个人信息保护法 §47(2))', () => {
  test('is open to the desk before: what is closed below was there', async () => {
    const { parties, facts, documents, readings, notes } = await seenBy(cast.guo)
    expect([parties.length, facts.length, documents.length, notes.length].every((count) => count > 0)).toBe(true)
    expect(readings).toMatchObject([{ key: 'assessment' }])
  })

  test.each([cast.guo, cast.wang, cast.bai])('shows a desk no people, answers, papers, notes or sums, and says so', async (who) => {
    await w.run(cast.clockwork, (tx) => stopUse(tx, m))
    expect(await seenBy(who)).toEqual({ ...closed, mayNote: false, isUseStopped: true })
  })

  test('stays open to the person whose file it is', async () => {
    await w.run(cast.clockwork, (tx) => stopUse(tx, m))
    const { parties, facts, documents, isUseStopped } = await seenBy(cast.li)
    expect([parties.length, facts.length, documents.length].every((count) => count > 0)).toBe(true)
    expect(isUseStopped).toBe(false)
  })

  test('is neither assessed again from its answers nor written on', async () => {
    await w.run(cast.clockwork, (tx) => stopUse(tx, m))
    expect(await refusalOf(w.run(cast.guo, (tx) => takeAction(tx, m, 'assess', { key: v7(), input: {} })))).toBe('use_stopped')
    expect(await refusalOf(note())).toBe('use_stopped')
    const { actions } = await w.run(cast.wang, (tx) => viewMatter(tx, m))
    expect(actions.find(({ own }) => own === 'compute')).toMatchObject({ allowed: false, why: expect.stringContaining('停止使用') })
  })
})

test('of an erased matter no note keeps its text, though that there was one stays (个人信息保护法 §47(1))', async () => {
  await w.act(cast.li, m, 'withdraw')
  await w.run(cast.clockwork, (tx) => eraseMatter(tx, m))
  const { rows } = await w.on.database.owner((db) => sql<{ text: string | null }>`select text from note where matter = ${m.id}`.execute(db))
  expect(rows).toEqual([{ text: null }])
})
