import { v7 } from 'uuid'
import { holdersIn } from '#kernel/seat.ts'
import type { Matter } from '#kernel/matter.ts'
import { cast, county, type World } from '#test/world.ts'
import { rehearsal } from './world/service.ts'

const { li, chen, ma, liu, zhao } = cast

/** A table of the rehearsed line where Li asks, Chen and Ma answer, and Zhao mediates; Liu took it in at the counter. */
export async function tableIn(w: World): Promise<Matter> {
  const [a, b] = [v7(), v7()]
  const asks = { applicant: { name: '王桂英', phone: '13900001111' } }
  const at = await w.run(liu, (tx) => rehearsal.opening!.open(tx, { region: county, id: v7() }, asks)) // it declares one
  await w.act(liu, at, 'serve', { respondents: [a, b] })
  const seated = [[holdersIn(await w.read(at), 'applicant')[0]!.id, li] as const, [a, chen] as const, [b, ma] as const] // opened for one
  for (const [holder, who] of seated) await w.act(liu, at, 'link', { holder, account: who.id })
  await w.act(liu, at, 'appoint', { mediators: [zhao.id] })
  return w.read(at)
}
