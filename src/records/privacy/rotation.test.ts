import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plantedCase } from '#test/planted.ts'
import { cast, world, type World } from '#test/world.ts'
import { answersOf } from '#records/people/answers.ts'
import { resealKept, rotateKeys } from './rotation.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w[Symbol.asyncDispose]())

const folder = () => w.on.keyring.folder
const dataKeys = async () => (await readdir(folder())).filter((name) => name.startsWith('data-')).length
const told = () =>
  w.run(cast.clockwork, async (tx) =>
    (await tx.db.selectFrom('audit').select('detail').where('kind', '=', 'keyDestroyed').execute()).map(({ detail }) => detail as unknown),
  )

test('an old key is destroyed once nothing is under it and no process can still be using it; the audit says so, and everything opens (S-L15)', async () => {
  const m = await plantedCase(w)
  const old = w.on.keyring.current
  await rotateKeys(w.on, w.now())
  expect([await resealKept(w.on, w.now()), await dataKeys()]).toEqual([{ rows: 0, files: 0, current: w.on.keyring.current }, 2])
  const hourAgo = (Date.now() - 3_700_000) / 1000
  await utimes(join(folder(), 'current'), hourAgo, hourAgo)
  expect(await resealKept(w.on, w.now())).toMatchObject({ destroyed: [old] })
  expect([await dataKeys(), await told()]).toEqual([1, [{ kids: [old] }]])
  expect((await w.run(cast.li, (tx) => answersOf(tx, m))).size).toBeGreaterThan(5)
  expect((await resealKept(w.on, w.now())).destroyed).toBeUndefined()
})
