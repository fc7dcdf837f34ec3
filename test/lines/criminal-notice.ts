import { grounds } from '#lines/criminal-notice/criminal-notice.line.ts'
import { actionsOn, today, hearingScenes, type Subject } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { registered } from '#test/planted.ts'
import { why, nothing, reason, paper, provider, overdue, hearingSteps } from '#test/right-inputs.ts'
import { officers, only, reasonFor } from '#test/roles.ts'
import { under } from '#test/scene.ts'
import { notified } from '#test/scenarios/scene.ts'
import { cast } from '#test/world.ts'

const organs = { stage: 'trial', organ: '演示法院', organNumber: '演示1号' }

/** A notice has no applicant with an account. */
const notice: Subject = {
  name: 'notice',
  seen: ['assigned', ...officers],
  standing: { state: 'handling', data: { ground: 'minor' } },
  worker: 'assignee',
  plant: (w) => w.open(cast.liu, 'criminal-notice', { ground: 'minor', ...organs }),
}
const action = actionsOn(notice)

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
  subjects: [notice],
  start: (w, n) => notified(w, { ground: Object.keys(grounds)[n % 8] }),
  walks: 16,
  open: under(
    reasonFor(only('clerk', 'reviewer', 'director'), 'clerkNextDoor', 'agent', 'clerkElsewhere', 'reviewerElsewhere', 'directorElsewhere'),
    {
      asks: { notice: { ground: 'minor', ...organs } },
    },
  ),
  access: {
    attach: action('handling', ['clerk', 'reviewer', 'assigned'], { kind: 'report' }, { ownRoute: true }),
    markIncomplete: action('received', ['clerk', 'reviewer'], { reason: why }, { unassigned: true }),
    complete: action('incomplete', ['clerk', 'reviewer'], {}, { unassigned: true }),
    assign: action(
      'received',
      ['director'],
      { practitioner: registered.zhao },
      { unassigned: true, standing: { data: { ground: 'otherDefendant' } } },
    ),
    informOrgan: action('assigned', ['clerk', 'reviewer', 'director']),
    accept: action('organInformed', ['assigned']),
    defendantRefuses: action('handling', ['clerk', 'reviewer'], { isJustified: true }),
    noticeAgain: action('refusedByDefendant', ['clerk', 'reviewer'], {}, { unassigned: true }),
    counselRetained: action('handling', ['clerk', 'reviewer', 'assigned']),
    progress: action('handling', ['assigned'], { kind: 'meeting', on: today }),
    ...hearingScenes(action, { ground: 'minor' }),
    conclude: action('handling', ['assigned'], { concludedOn: today, stageResult: 'acquitted' }),
    submitFile: action('concluded', ['assigned'], {}, { standing: { documents: ['report'] } }),
    archive: action('fileSubmitted', ['reviewer', 'director']),
    recount: action('received', [], { limits: ['assign'] }),
    overdue: action('received', [], { limit: 'assign' }),
  },
}
