import { action, today } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { why, nothing, decided, paper, overdue } from '#test/right-inputs.ts'
import { only, reasonFor } from '#test/roles.ts'
import { cast } from '#test/world.ts'

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
  start: (w, n) => w.open(cast.li, 'objection', { inTime: n % 2 === 0 }),
  open: { ...action('case', 'refused', []), asks: { parent: true }, expected: reasonFor(only('owner', 'clerk', 'supervisor'), 'proxy') },
  access: {
    attach: action('objection', 'filed', ['owner', 'clerk'], { kind: 'evidence' }, { ownRoute: true }),
    addGrounds: action('objection', 'filed', ['owner'], { words: '老家的房子早就卖了。' }),
    uphold: action('objection', 'filed', ['supervisor'], decision, { standing: { data: { inTime: true } } }),
    order: action('objection', 'filed', ['supervisor'], decision, { standing: { data: { inTime: true } } }),
    rejectLate: action('objection', 'filed', ['supervisor'], decision, { standing: { data: { inTime: false } } }),
    withdraw: action('objection', 'filed', ['owner']),
    recount: action('objection', 'filed', [], { limits: ['decide'] }),
    overdue: action('objection', 'filed', [], { limit: 'decide' }),
  },
}
