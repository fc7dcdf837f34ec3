import { v7 } from 'uuid'
import { addDays } from '#kernel/calendar/calendar.ts'
import { wantKeys } from '#lines/data-request/wants.ts'
import { actionsOn, type Subject } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { why, nothing, reason, oneOf, paper, overdue } from '#test/right-inputs.ts'
import { plantedRequest } from '#test/planted.ts'
import { acts, officers, only, reasonFor } from '#test/roles.ts'
import { cast } from '#test/world.ts'
import { ofCase, theCase } from './legal-aid.ts'

/** Li’s, about the case; no proxy’s any more than an objection is. */
const request: Subject = {
  name: 'request',
  seen: ['owner', ...officers],
  standing: {
    state: 'received',
    data: { wants: 'delete' },
    number: '演示信1号',
    filed_at: new Date('2026-03-30T09:00:00+08:00'),
    seats: { proxy: cast.ma.id },
  },
  plant: async (w, other) => plantedRequest(w, await other(theCase)),
}
const action = actionsOn(request)

/** What tests know of the line. */
export const scenes: LineScenes = {
  inputs: {
    attach: paper(['identity', 'copy', 'evidence']),
    submit: (_, __, n) => ({ wants: oneOf(wantKeys, n), recipient: v7(), channel: 'web' }),
    askIdentity: (_, today, n) => ({ until: addDays(today, 1 + (n % 9)) }),
    supply: nothing,
    fulfil: () => ({ reply: why, mustBeKept: false }),
    restrict: reason,
    answerPartly: reason,
    refuse: reason,
    withdraw: nothing,
    overdue: overdue('answer'),
    recount: () => ({ limits: ['answer'] }),
  },
  subjects: [request],
  start: (w) => w.open(cast.li, 'data-request'),
  open: ofCase(reasonFor(only('owner'), 'proxy'), { asks: { parent: true } }),
  access: {
    attach: action('received', ['owner', 'clerk', 'reviewer'], { kind: 'evidence' }, { ownRoute: true }),
    submit: action('draft', ['owner'], {}, { standing: { number: null, filed_at: null }, expected: acts(['owner'], ['owner']) }),
    askIdentity: action('received', ['clerk', 'reviewer', 'director'], { until: '2026-04-10' }),
    supply: action('provingIdentity', ['owner', 'clerk'], {}, { standing: { documents: ['identity'] } }),
    fulfil: action('received', ['reviewer', 'director'], { reply: why }, { standing: { data: { wants: 'explain' } } }),
    restrict: action('received', ['reviewer', 'director'], { reason: why }),
    answerPartly: action('received', ['reviewer', 'director'], { reason: why }),
    refuse: action('received', ['reviewer', 'director'], { reason: why }),
    withdraw: action('received', ['owner']),
    recount: action('received', [], { limits: ['answer'] }),
    overdue: action('received', [], { limit: 'answer' }),
  },
}
