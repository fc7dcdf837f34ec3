import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileWitness } from '#platform/keys/witness.ts'
import setUp from '#test/prepare.ts'
import { furnish, keepCopy, kinds, toldOf } from '#test/tampering.ts'
import { world } from '#test/world.ts'

/** Every kind of tampering, or those from one to another, counted from 0, at so many places, 20 where none is said; prints how many of each were told, with the witness and without. */
export async function prove([places = '20', from = '0', to]: readonly string[]): Promise<boolean> {
  await setUp()
  await using w = await world()
  const dir = await mkdtemp(join(tmpdir(), 'fahui-witness-'))
  const heads = join(dir, 'heads.jsonl')
  w.on.witness = fileWitness(heads)
  await furnish(w, Number(places))
  await keepCopy(w)
  let isAllTold = true
  for (const kind of kinds.slice(Number(from), to === undefined ? undefined : Number(to))) {
    const told = []
    for (let n = 0; n < Number(places); n++) told.push(await toldOf(w, heads, kind, n))
    const [withWitness, without] = [told.filter((one) => one.withWitness).length, told.filter((one) => one.without).length]
    isAllTold &&= withWitness === told.length
    process.stdout.write(
      `${withWitness}/${told.length} told, ${without} without the witness${without < told.length ? ' (needs it)' : ''}: ${kind.name}\n`,
    )
  }
  await rm(dir, { recursive: true })
  return isAllTold
}
