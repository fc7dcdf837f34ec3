import { planted, registered, type Standing } from '#test/planted.ts'
import { acts, seen, type Role, type Rule } from '#test/roles.ts'
import type { Scene } from '#test/scene.ts'
import { cast } from '#test/world.ts'

const today = '2026-04-01'
export const why = '根据现有材料，理由已经书面说明清楚。'
const filing = {
  matterCode: 'M31-5',
  forWhom: 'self',
  route: 'exempt',
  channel: 'web',
  isPrivate: false,
  isUnder14: false,
  topic: 'wages',
  contact: 'page',
}
const outcome = { result: 'won', concludedOn: today, claimedFen: 100, recoveredFen: 100, hearings: 1, meetings: 1 }
const contest = { objection: '0190a000-0000-7000-8000-00000000f001' }
const assessed = (proposal: string) => ({ assessment: { proposal, urgent: true, topPriority: false } })
type Over = Partial<Scene> & { unassigned?: true; ownRoute?: true }

/** An action of a line: the state it is taken in, who takes it, and what they fill in. */
export function action(
  of: 'case' | 'draft' | 'objection' | 'notice' | 'request',
  state: string,
  by: readonly Role[],
  asks: Record<string, unknown> = {},
  { unassigned, ownRoute, ...over }: Over = {},
): Scene {
  const held = of === 'objection' || of === 'draft' || of === 'request' || unassigned === true
  const sees = (seen[of] ?? []).filter((role) => role !== 'assigned' || !held)
  const standing: Standing = {
    state,
    data: of === 'notice' ? { ground: 'minor' } : of === 'request' ? { wants: 'delete' } : filing,
    documents: [],
    ...(of === 'request' && { number: '演示信1号', filed_at: new Date('2026-03-30T09:00:00+08:00') }),
    proxy: of === 'notice' ? null : cast.ma.id,
    assignee: held ? null : cast.zhao.id,
    ...over.standing,
  }
  return { of, asks, expected: acts(sees, by, ownRoute ? 'not here' : 'ok'), ...over, standing }
}

const hearing = { at: '2026-05-06T09:30:00+08:00', forum: 'court', court: '演示区人民法院' }
/** What Zhao, and the system for him, does about a hearing. */
const hearingScenes = (of: 'case' | 'notice', data: Record<string, unknown>): Record<string, Scene> => ({
  scheduleHearing: action(of, 'handling', ['assigned'], hearing),
  cancelHearing: action(of, 'handling', ['assigned'], { because: 'postponed' }, { standing: { data: { ...data, hearing } } }),
  remindHearing: action(of, 'handling', [], { limit: 'hearingReminder' }, { standing: { data: { ...data, hearing } } }),
})

const legalAid: Record<string, Scene> = {
  // Taken through routes of their own (upload, assessment, proxy): here even whoever may is told there is no such thing.
  attach: action('case', 'submitted', ['owner', 'proxy', 'clerk', 'reviewer', 'assigned'], { kind: 'evidence' }, { ownRoute: true }),
  assess: action('case', 'submitted', ['reviewer', 'director'], {}, { ownRoute: true }),
  appointProxy: action('case', 'submitted', ['owner'], { phone: planted.phone, consents: true }, { ownRoute: true }),
  submit: action('draft', 'draft', ['owner', 'proxy'], {}, { standing: { number: null, filed_at: null } }),
  handOver: action('draft', 'draft', ['owner', 'proxy'], {}, { standing: { number: null, filed_at: null } }),
  forward: action('case', 'inCustody', ['clerk', 'reviewer']),
  ask: action('case', 'submitted', ['clerk', 'reviewer', 'director'], { missing: ['identity'], until: '2026-04-10' }),
  supply: action(
    'case',
    'supplementing',
    ['owner', 'proxy', 'clerk'],
    {},
    { standing: { data: { ...filing, asked: { missing: [], until: '2026-04-10' } } } },
  ),
  lapse: action(
    'case',
    'supplementing',
    ['clerk', 'reviewer'],
    {},
    { standing: { data: { ...filing, asked: { missing: ['identity'], until: '2026-03-20' } } } },
  ),
  withdraw: action('case', 'submitted', ['owner']),
  refer: action('case', 'submitted', ['clerk', 'reviewer', 'director'], { to: '演示人社局', reason: why }),
  recuse: action('case', 'submitted', ['reviewer', 'director'], { reason: why }),
  urgentAid: action('case', 'submitted', ['reviewer', 'director'], { ground: 'preservation', until: '2026-04-08' }),
  grant: action('case', 'submitted', ['reviewer', 'director'], {}, { standing: { data: { ...filing, ...assessed('grant') } } }),
  refuse: action(
    'case',
    'submitted',
    ['reviewer', 'director'],
    { reason: why },
    { standing: { data: { ...filing, ...assessed('refuse') } } },
  ),
  serveRefusal: action('case', 'refused', ['clerk', 'reviewer', 'director'], { servedOn: today }),
  settle: action('case', 'refusalSent', [], { limit: 'objection' }),
  contest: action('case', 'refusalSent', [], contest),
  serveContested: action('case', 'contested', ['clerk', 'reviewer', 'director'], { servedOn: today }),
  keep: action('case', 'contested', [], contest, { standing: { data: { ...filing, contest } } }),
  resume: action('case', 'contested', [], contest, { standing: { data: { ...filing, contest } } }),
  correct: action('case', 'refused', [], contest, { standing: { data: { ...filing, servedOn: today } } }),
  dismissProxy: action('case', 'submitted', ['owner']),
  assign: action('case', 'granted', ['director'], { practitioner: registered.zhao }, { unassigned: true }),
  assignUrgently: action('case', 'urgent', ['director'], { practitioner: registered.zhao }, { unassigned: true }),
  engage: action('case', 'assigned', ['assigned'], { exception: why }),
  progress: action('case', 'handling', ['assigned'], { kind: 'interview', on: today }),
  ...hearingScenes('case', filing),
  requestReplacement: action('case', 'handling', ['owner', 'proxy'], { reason: why }),
  reportConflict: action('case', 'handling', ['assigned'], { cause: 'conflict', reason: why }),
  replace: action('case', 'replacing', ['director'], { practitioner: registered.qian }),
  keepProvider: action('case', 'replacing', ['director'], { reason: why }),
  terminate: action('case', 'handling', ['director'], { ground: 'T5', reason: why }),
  serveTermination: action('case', 'terminated', ['clerk', 'reviewer', 'director'], { servedOn: today }),
  conclude: action('case', 'handling', ['assigned'], outcome),
  confirmOutcome: action(
    'case',
    'concluded',
    ['owner', 'proxy', 'clerk'],
    { agrees: 'yes' },
    { standing: { data: { ...filing, outcome: { ...outcome, confirmation: 'claimed' } } } },
  ),
  submitFile: action('case', 'concluded', ['assigned'], {}, { standing: { documents: ['report'] } }),
  approveFile: action('case', 'fileSubmitted', ['reviewer', 'director'], { grade: 'good' }),
  returnFile: action('case', 'fileSubmitted', ['reviewer', 'director'], { reason: why }),
  paySubsidy: action('case', 'fileApproved', ['director'], { amountFen: 120_000, unconfirmed: why }),
  archive: action('case', 'subsidyPaid', ['clerk', 'reviewer', 'director']),
  recount: action('case', 'submitted', [], { limits: ['review'] }),
  overdue: action('case', 'submitted', [], { limit: 'review' }),
}

const decision = { reason: why, servedOn: today }
const objection: Record<string, Scene> = {
  attach: action('objection', 'filed', ['owner', 'clerk'], { kind: 'evidence' }, { ownRoute: true }),
  addGrounds: action('objection', 'filed', ['owner'], { words: '老家的房子早就卖了。' }),
  uphold: action('objection', 'filed', ['supervisor'], decision, { standing: { data: { inTime: true } } }),
  order: action('objection', 'filed', ['supervisor'], decision, { standing: { data: { inTime: true } } }),
  rejectLate: action('objection', 'filed', ['supervisor'], decision, { standing: { data: { inTime: false } } }),
  withdraw: action('objection', 'filed', ['owner']),
  recount: action('objection', 'filed', [], { limits: ['decide'] }),
  overdue: action('objection', 'filed', [], { limit: 'decide' }),
}

const notice: Record<string, Scene> = {
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
}

const request: Record<string, Scene> = {
  attach: action('request', 'received', ['owner', 'clerk', 'reviewer'], { kind: 'evidence' }, { ownRoute: true }),
  submit: action(
    'request',
    'draft',
    ['owner'],
    {},
    { standing: { number: null, filed_at: null }, expected: acts(['owner', 'proxy'], ['owner']) },
  ),
  askIdentity: action('request', 'received', ['clerk', 'reviewer', 'director'], { until: '2026-04-10' }),
  supply: action('request', 'provingIdentity', ['owner', 'clerk'], {}, { standing: { documents: ['identity'] } }),
  fulfil: action('request', 'received', ['reviewer', 'director'], { reply: why }, { standing: { data: { wants: 'explain' } } }),
  restrict: action('request', 'received', ['reviewer', 'director'], { reason: why }),
  answerPartly: action('request', 'received', ['reviewer', 'director'], { reason: why }),
  refuse: action('request', 'received', ['reviewer', 'director'], { reason: why }),
  withdraw: action('request', 'received', ['owner']),
  recount: action('request', 'received', [], { limits: ['answer'] }),
  overdue: action('request', 'received', [], { limit: 'answer' }),
}

/** Something about Li's case as it stands while Zhao works on it. */
export const ofCase = (expected: Rule, over: Partial<Scene> = {}): Scene => ({
  ...action('case', 'handling', []),
  asks: null,
  ...over,
  expected,
})
export const ofDraft = (expected: Rule, over: Partial<Scene> = {}): Scene => ({
  ...action('draft', 'draft', []),
  asks: null,
  ...over,
  expected,
})

const named = (line: string, scenes: Record<string, Scene>) =>
  Object.fromEntries(Object.entries(scenes).map(([key, scene]) => [`${line}.${key}`, scene]))

/** Every action of every line. */
export const actionAccess: Readonly<Record<string, Scene>> = {
  ...named('legal-aid', legalAid),
  ...named('objection', objection),
  ...named('criminal-notice', notice),
  ...named('data-request', request),
}
