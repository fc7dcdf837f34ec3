import { v7 } from 'uuid'
import type { Matter } from '#kernel/matter.ts'
import { missingParts } from '#kernel/joint.ts'
import { holdersIn } from '#kernel/seat.ts'
import type { Walk } from '#test/line-scenes.ts'
import { nothing, oneOf, paper, type RightInput } from '#test/right-inputs.ts'
import { cast } from '#test/world.ts'
import { rehearsal } from './rehearsal.line.ts'
import { partiesOf } from './rules.ts'
import { seats } from './seats.ts'

/** Whoever sits there speaks for themselves; for the clerk it is one of those who do. */
const oneIn =
  (seat: 'respondent' | 'mediator'): RightInput =>
  (m, _, n, who) => {
    const held = holdersIn(m, seat)
    return { [seat]: (held.find(({ account }) => account === who.id) ?? oneOf(held, n))?.id }
  }

const free = (m: Matter, n: number) => {
  const taken = new Set(Object.values(m.seats).flatMap((held) => (held ?? []).map(({ account }) => account)))
  return (
    oneOf(
      [cast.li, cast.chen, cast.ma].filter(({ id }) => !taken.has(id)),
      n,
    )?.id ?? v7()
  )
}

/** What tests know of the line. */
export const scenes: Walk = {
  inputs: {
    attach: paper(['evidence', 'agreement']),
    serve: (m, today, n) => {
      const room = seats.respondent.max - holdersIn(m, 'respondent').length
      return { respondents: Array.from({ length: Math.min(room, 1 + (n % 3)) }, () => v7()), on: today }
    },
    link: (m, _, n) => ({ holder: partiesOf(m).find(({ account }) => !account)?.id, account: free(m, n) }),
    release: oneIn('respondent'),
    appoint: (_, __, n) => ({ mediators: [cast.zhao.id, cast.qian.id, v7()].slice(0, 1 + (n % seats.mediator.max)) }),
    call: oneIn('mediator'),
    propose: nothing,
    edit: nothing,
    reply: oneIn('respondent'),
    sign: (m) => ({ holder: missingParts(rehearsal.actions.sign, m, 'sign')[0] }),
    refuse: nothing,
    withdraw: nothing,
    recount: () => ({ limits: ['reply'] }),
    overdue: (m, _, n) => ({ limit: 'reply', party: oneOf(holdersIn(m, 'respondent'), n)?.id }),
  },
  start: (w) => w.open(cast.liu, 'rehearsal'),
}
