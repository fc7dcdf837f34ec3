import { v7 } from 'uuid'
import type { Actor } from '#kernel/actor.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { addDocument } from '#api/matter/documents.ts'
import { takeAction } from '#api/matter/matters.ts'
import { mediation } from '#lines/mediation/world/service.ts'
import { handedIn } from '#test/handed-in.ts'
import { onePage } from '#test/planted.ts'
import { cast, county, type World } from '#test/world.ts'

const { li, chen, liu, zhao } = cast

/** What Liu is told at the counter. */
export const neighbours = { kind: 'neighbour', gap: 'none', isOffered: false, applicants: [{ name: '王桂英', phone: '13900001111' }] }

/** Mediations in a world: Li asks, Chen is on the other side, Liu takes it in and Zhao mediates. */
export function mediating(w: World) {
  const act = (who: Actor, m: MatterId, action: string, input: Record<string, unknown> = {}) =>
    w.run(who, (tx) => takeAction(tx, m, action, { key: v7(), input }))
  const open = (over: Record<string, unknown> = {}, id = v7()): Promise<Matter> =>
    w.run(liu, (tx) => mediation.opening!.open(tx, { region: county, id }, { ...neighbours, ...over })) // it declares one
  const heldBy = async (m: MatterId, seat: string, n = 0) => holdersIn(await w.read(m), seat)[n]!.id // somebody sits there
  const link = (m: MatterId, holder: string, who: Actor) => w.act(liu, m, 'link', { holder, account: who.id })
  const invite = (m: MatterId, name: string, reached: object = {}) => act(liu, m, 'invite', { name, ...reached })
  const text = (m: MatterId, who: Actor = zhao, kind = 'agreement') =>
    w.run(who, (tx) => addDocument(tx, m, { kind, key: v7(), upload: handedIn('协议书.pdf', onePage) }))
  /** Somebody hands in a paper of their own under this name. */
  const paper = (who: Actor, m: MatterId, name: string) =>
    w.run(who, (tx) => addDocument(tx, m, { kind: 'evidence', key: v7(), upload: handedIn(name, onePage) }))
  /** Li asks, and Chen has been asked. */
  const asked = async (over: Record<string, unknown> = {}, reached: object = {}): Promise<Matter> => {
    const m = await open(over)
    await link(m, await heldBy(m, 'applicant'), li)
    await invite(m, '马老三', reached)
    await link(m, await heldBy(m, 'respondent'), chen)
    return w.read(m)
  }
  /** Chen agreed, and Zhao mediates. */
  const begun = async (over: Record<string, unknown> = {}, reached: object = {}): Promise<Matter> => {
    const m = await asked(over, reached)
    await w.act(chen, m, 'consent')
    await w.act(liu, m, 'appoint', { mediators: [zhao.id], presiding: zhao.id })
    return w.act(zhao, m, 'begin')
  }
  /** The text lies before everybody to be signed. */
  const proposed = async (m?: Matter): Promise<Matter> => {
    const before = m ?? (await begun())
    await text(before)
    return act(zhao, before, 'propose')
  }
  /** Everybody signed; the committee has yet to seal it. */
  const signed = async (m: Matter): Promise<Matter> => {
    await w.act(li, m, 'sign')
    await w.act(chen, m, 'sign')
    return w.act(zhao, m, 'sign')
  }
  return { act, open, heldBy, link, invite, text, paper, asked, begun, proposed, signed }
}
