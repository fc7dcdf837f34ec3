import { grounds } from '#lines/criminal-notice/criminal-notice.line.ts'
import { action, today, hearingScenes } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { registered } from '#test/planted.ts'
import { why, nothing, reason, paper, provider, overdue, hearingSteps } from '#test/right-inputs.ts'
import { only, reasonFor } from '#test/roles.ts'
import { under } from '#test/scene.ts'
import { notified } from '#test/scenarios/scene.ts'

/** What tests know of the line. */
export const scenes: LineScenes = {
  inputs: {
    attach: paper(['notice', 'indictment', 'report']),
    markIncomplete: reason,
    complete: nothing,
    assign: provider,
    informOrgan: nothing,
    accept: nothing,
    defendantRefuses: () => ({ isJustified: true }),
    noticeAgain: nothing,
    counselRetained: nothing,
    progress: (_, today) => ({ kind: 'meeting', on: today }),
    ...hearingSteps,
    conclude: (_, today) => ({ concludedOn: today, stageResult: 'acquitted' }),
    submitFile: nothing,
    archive: nothing,
    overdue: overdue('assign'),
    recount: () => ({ limits: ['assign'] }),
  },
  start: (w, n) => notified(w, { ground: Object.keys(grounds)[n % 8] }),
  walks: 16,
  open: under(
    reasonFor(only('clerk', 'reviewer', 'director'), 'clerkNextDoor', 'agent', 'clerkElsewhere', 'reviewerElsewhere', 'directorElsewhere'),
    {
      asks: { notice: { ground: 'minor', stage: 'trial', organ: '演示法院', organNumber: '演示1号' } },
    },
  ),
  access: {
    attach: action('notice', 'handling', ['clerk', 'reviewer', 'assigned'], { kind: 'report' }, { ownRoute: true }),
    markIncomplete: action('notice', 'received', ['clerk', 'reviewer'], { reason: why }, { unassigned: true }),
    complete: action('notice', 'incomplete', ['clerk', 'reviewer'], {}, { unassigned: true }),
    assign: action(
      'notice',
      'received',
      ['director'],
      { practitioner: registered.zhao },
      { unassigned: true, standing: { data: { ground: 'otherDefendant' } } },
    ),
    informOrgan: action('notice', 'assigned', ['clerk', 'reviewer', 'director']),
    accept: action('notice', 'organInformed', ['assigned']),
    defendantRefuses: action('notice', 'handling', ['clerk', 'reviewer'], { isJustified: true }),
    noticeAgain: action('notice', 'refusedByDefendant', ['clerk', 'reviewer'], {}, { unassigned: true }),
    counselRetained: action('notice', 'handling', ['clerk', 'reviewer', 'assigned']),
    progress: action('notice', 'handling', ['assigned'], { kind: 'meeting', on: today }),
    ...hearingScenes('notice', { ground: 'minor' }),
    conclude: action('notice', 'handling', ['assigned'], { concludedOn: today, stageResult: 'acquitted' }),
    submitFile: action('notice', 'concluded', ['assigned'], {}, { standing: { documents: ['report'] } }),
    archive: action('notice', 'fileSubmitted', ['reviewer', 'director']),
    recount: action('notice', 'received', [], { limits: ['assign'] }),
    overdue: action('notice', 'received', [], { limit: 'assign' }),
  },
}
