import { actionsOn, today, type Subject } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { why, nothing, decided, paper, overdue } from '#test/right-inputs.ts'
import { only, reasonFor } from '#test/roles.ts'
import { cast } from '#test/world.ts'
import { onCase, theCase } from './legal-aid.ts'

/** The bureau’s, not the centre’s, and no proxy’s. */
const objection: Subject = {
  name: 'objection',
  seen: ['owner', 'clerk', 'supervisor', 'manager', 'auditor'],
  standing: { state: 'filed', data: { inTime: true }, seats: { proxy: cast.ma.id } },
  plant: async (w, other) => w.open(cast.li, 'objection', { inTime: true }, { parent: (await other(theCase)).id }),
}
const action = actionsOn(objection)

const decision = { reason: why, servedOn: today }
/** What tests know of the line. */
export const scenes: LineScenes = {
  inputs: {
    attach: paper(['evidence']),
    addGrounds: nothing,
    uphold: decided,
    order: decided,
    rejectLate: decided,
    withdraw: nothing,
    overdue: overdue('decide'),
    recount: () => ({ limits: ['decide'] }),
  },
  subjects: [objection],
  start: (w, n) => w.open(cast.li, 'objection', { inTime: n % 2 === 0 }),
  open: { ...onCase('refused', []), asks: { parent: true }, expected: reasonFor(only('owner', 'clerk', 'supervisor'), 'proxy') },
  access: {
    attach: action('filed', ['owner', 'clerk'], { kind: 'evidence' }, { ownRoute: true }),
    addGrounds: action('filed', ['owner'], { words: '老家的房子早就卖了。' }),
    uphold: action('filed', ['supervisor'], decision, { standing: { data: { inTime: true } } }),
    order: action('filed', ['supervisor'], decision, { standing: { data: { inTime: true } } }),
    rejectLate: action('filed', ['supervisor'], decision, { standing: { data: { inTime: false } } }),
    withdraw: action('filed', ['owner']),
    recount: action('filed', [], { limits: ['decide'] }),
    overdue: action('filed', [], { limit: 'decide' }),
  },
}
