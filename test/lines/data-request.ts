import { v7 } from 'uuid'
import { addDays } from '#kernel/calendar/calendar.ts'
import { wantKeys } from '#lines/data-request/wants.ts'
import { action, ofCase } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { why, nothing, reason, oneOf, paper, overdue } from '#test/right-inputs.ts'
import { acts, only, reasonFor } from '#test/roles.ts'
import { cast } from '#test/world.ts'

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
  start: (w) => w.open(cast.li, 'data-request'),
  open: ofCase(reasonFor(only('owner'), 'proxy'), { asks: { parent: true } }),
  access: {
    attach: action('request', 'received', ['owner', 'clerk', 'reviewer'], { kind: 'evidence' }, { ownRoute: true }),
    submit: action('request', 'draft', ['owner'], {}, { standing: { number: null, filed_at: null }, expected: acts(['owner'], ['owner']) }),
    askIdentity: action('request', 'received', ['clerk', 'reviewer', 'director'], { until: '2026-04-10' }),
    supply: action('request', 'provingIdentity', ['owner', 'clerk'], {}, { standing: { documents: ['identity'] } }),
    fulfil: action('request', 'received', ['reviewer', 'director'], { reply: why }, { standing: { data: { wants: 'explain' } } }),
    restrict: action('request', 'received', ['reviewer', 'director'], { reason: why }),
    answerPartly: action('request', 'received', ['reviewer', 'director'], { reason: why }),
    refuse: action('request', 'received', ['reviewer', 'director'], { reason: why }),
    withdraw: action('request', 'received', ['owner']),
    recount: action('request', 'received', [], { limits: ['answer'] }),
    overdue: action('request', 'received', [], { limit: 'answer' }),
  },
}
