import { v7 } from 'uuid'
import type { Actor } from '#kernel/actor.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { takeAction } from '#api/matter/matters.ts'
import { consultation } from '#lines/consultation/world/service.ts'
import { saveAnswers } from '#records/people/answers.ts'
import { cast, county, type World } from '#test/world.ts'

const { li, liu } = cast

/** What Liu is told at the telephone by somebody who says no name. */
export const call = { channel: 'hotline', kind: 'debt', asker: 'citizen', question: '借给同事两万块，他不还，怎么办？' }
/** What Li tells on the portal, without a name. */
export const told = {
  notice: { read: ['yes'] },
  story: { story: '房东让我这个月搬走，租约还有半年，他能这样吗？' },
  kind: { kind: 'land' },
  contact: { safe: 'none' },
  person: { naming: 'declined' },
}
export const advice = '租约没到期，房东单方让您搬走是违约，可以要求他继续履行或者赔偿。'

/** Consultations in a world: Li asks on the portal, Liu takes calls. */
export function consulting(w: World) {
  const act = (who: Actor, m: MatterId, action: string, input: Record<string, unknown> = {}): Promise<Matter> =>
    w.run(who, (tx) => takeAction(tx, m, action, { key: v7(), input }))
  const takeIn = (over: Record<string, unknown> = {}, who: Actor = liu, id = v7()): Promise<Matter> =>
    w.run(who, (tx) => consultation.opening!.open(tx, { region: county, id }, { ...call, ...over })) // it declares one
  const ask = async (over: Record<string, unknown> = {}, who: Actor = li): Promise<Matter> => {
    const draft = await w.open(who, 'consultation')
    await w.run(who, (tx) => saveAnswers(tx, draft, { ...told, ...over }, 'web'))
    return act(who, draft, 'submit')
  }
  return {
    act,
    takeIn,
    ask,
    answer: (m: MatterId, more: object = {}, who: Actor = liu) => act(who, m, 'answer', { reply: advice, ...more }),
  }
}
