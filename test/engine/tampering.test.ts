import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileWitness } from '#platform/keys/witness.ts'
import { verifyWhole } from '#records/privacy/verify-kept.ts'
import { furnish, keepCopy, kinds, toldOf, type Kind } from '#test/tampering.ts'
import { world, type World } from '#test/world.ts'

let w: World
let dir: string
const told = (kind: Kind, n: number) => toldOf(w, join(dir, 'heads.jsonl'), kind, n)
beforeAll(async () => {
  w = await world()
  dir = await mkdtemp(join(tmpdir(), 'fahui-witness-'))
  w.on.witness = fileWitness(join(dir, 'heads.jsonl'))
  await furnish(w, 2)
  await keepCopy(w)
})
afterAll(async () => {
  await w[Symbol.asyncDispose]()
  await rm(dir, { recursive: true })
})

describe('what the owner of the database changes is told by verify (电子签名法 §5; S-L14)', () => {
  test('and nothing is told where nothing was changed', async () => {
    expect(await told({ name: 'nothing', at: () => 'null' }, 0)).toEqual({ withWitness: false, without: false })
    expect(await verifyWhole(w.on, w.now())).toMatchObject({ ok: true, wrong: [], witness: 'agrees' })
  })

  test.each(kinds.map((kind) => [kind.name, kind] as const))('%s', async (_, kind) => {
    for (const n of [0, 1]) expect(await told(kind, n)).toMatchObject({ withWitness: true })
  })

  test('of all those, two need the witness: what is cut off at the end, and what is sealed anew', async () => {
    const silent = []
    for (const kind of kinds.slice(-4)) if (!(await told(kind, 0)).without) silent.push(kind.name)
    expect(silent).toHaveLength(2)
  })
})
