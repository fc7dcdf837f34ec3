import { v7 } from 'uuid'
import type { Matter } from '#kernel/matter.ts'
import { missingParts } from '#kernel/joint.ts'
import { account, holdersIn, party } from '#kernel/seat.ts'
import { actionsOn, today, type Subject } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { nothing, oneOf, paper, type RightInput } from '#test/right-inputs.ts'
import { officers, only, reasonFor, roles } from '#test/roles.ts'
import { under } from '#test/scene.ts'
import { cast } from '#test/world.ts'
import { rehearsal } from './rehearsal/rehearsal.line.ts'
import { partiesOf } from './rehearsal/rules.ts'
import { seats } from './rehearsal/seats.ts'

const { respondent } = roles
const telephoned = party('0190a000-0000-7000-8000-0000000000f1')

/** Between Li and one who has an account and one who was only telephoned, before Zhao. */
const dispute: Subject = {
  name: 'dispute',
  seen: ['owner', 'respondent', 'assigned', ...officers],
  standing: {
    state: 'mediating',
    data: {},
    seats: { applicant: cast.li.id, respondent: [account(respondent.id), telephoned] },
  },
  worker: 'mediator',
  plant: (w) => w.open(cast.liu, 'rehearsal'),
}
const action = actionsOn(dispute)
/** While all who are to sign have accounts. */
const allKnown = { standing: { seats: { respondent: respondent.id } } }

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
export const scenes: LineScenes = {
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
  subjects: [dispute],
  start: (w) => w.open(cast.liu, 'rehearsal'),
  open: under(reasonFor(only('clerk'), 'clerkNextDoor', 'agent', 'clerkElsewhere'), { asks: { applicant: { name: '王桂英' } } }),
  access: {
    attach: action('mediating', ['owner', 'respondent', 'assigned', 'clerk'], { kind: 'evidence' }, { ownRoute: true }),
    serve: action('mediating', ['clerk'], { respondents: ['0190a000-0000-7000-8000-0000000000f2'], on: today }),
    link: action('mediating', ['clerk'], { holder: telephoned.id, account: cast.chen.id }),
    release: action('mediating', ['clerk'], { respondent: respondent.id }),
    appoint: action('received', ['clerk'], { mediators: [cast.zhao.id] }, { unassigned: true }),
    call: action('mediating', ['assigned'], { mediator: cast.zhao.id }),
    propose: action('mediating', ['assigned']),
    edit: action('signing', ['assigned']),
    reply: action('mediating', ['respondent', 'clerk'], { respondent: respondent.id }),
    // Whose signature the clerk writes down has to be said: `two-sides.test.ts`.
    sign: action('signing', ['owner', 'respondent'], {}, allKnown),
    refuse: action('mediating', ['owner', 'respondent', 'clerk']),
    withdraw: action('mediating', ['owner', 'clerk']),
    recount: action('mediating', [], { limits: ['reply'] }),
    overdue: action('mediating', [], { limit: 'reply', party: respondent.id }),
  },
}
