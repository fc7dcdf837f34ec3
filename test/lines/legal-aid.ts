import { v7 } from 'uuid'
import { addDays } from '#kernel/calendar/calendar.ts'
import { applicantsTitles, documents } from '#lines/legal-aid/documents.ts'
import { about, actionsOn, today, hearingScenes, type Subject } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { planted, plantedCase, plantedDraft, registered } from '#test/planted.ts'
import { why, nothing, reason, served, oneOf, paper, provider, overdue, hearingSteps } from '#test/right-inputs.ts'
import { only, citizens, officers, reasonFor } from '#test/roles.ts'
import { under } from '#test/scene.ts'
import { cast } from '#test/world.ts'

/** What filing settles. */
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
const proxy = cast.ma.id

/** Li's application, which Zhao works on. */
export const theCase: Subject = {
  name: 'case',
  seen: ['owner', 'proxy', 'assigned', ...officers],
  standing: { state: 'handling', data: filing, seats: { proxy } },
  worker: 'assignee',
  plant: plantedCase,
}
/** A draft is nobody's business but the person's. */
const draft: Subject = {
  name: 'draft',
  seen: ['owner', 'proxy'],
  standing: { state: 'draft', data: filing, number: null, filed_at: null, seats: { proxy } },
  plant: plantedDraft,
}
/** Scenes on the case, about it and about the draft. */
export const [onCase, ofCase, ofDraft] = [actionsOn(theCase), about(theCase), about(draft)]
const onDraft = actionsOn(draft)

const filed = {
  matterCode: 'M31-5',
  forWhom: 'self',
  route: 'exempt',
  recipient: v7(),
  channel: 'web',
  isPrivate: false,
  isUnder14: false,
  hasGuardianConsent: false,
  topic: 'unpaidWages',
  contact: 'page',
}

const outcome = { result: 'won', concludedOn: today, claimedFen: 100, recoveredFen: 100, hearings: 1, meetings: 1 }
const answered = () => ({ service: 'mediation' })
const contest = { objection: '0190a000-0000-7000-8000-00000000f001' }
const assessed = (proposal: string) => ({ assessment: { proposal, urgent: true, topPriority: false } })
const desk = ['clerk', 'reviewer', 'director'] as const
/** What tests know of the line. */
export const scenes: LineScenes = {
  inputs: {
    attach: paper(Object.keys(documents)),
    submit: () => filed,
    handOver: (_, today) => ({ ...filed, handedOverAt: `${today}T00:00:00+08:00` }),
    forward: nothing,
    ask: (_, today, n) => ({ missing: [oneOf(Object.keys(applicantsTitles), n)], until: addDays(today, 1 + (n % 9)) }),
    supply: nothing,
    lapse: nothing,
    withdraw: nothing,
    refer: () => ({ to: '另一家机构', reason: why }),
    recuse: reason,
    assess: (_, __, n) => ({ assessment: v7(), proposal: oneOf(['grant', 'refuse'], n), urgent: true, topPriority: true }),
    urgentAid: (_, today) => ({ ground: 'preservation', until: addDays(today, 7) }),
    grant: () => ({ note: why }),
    refuse: reason,
    serveRefusal: served,
    settle: overdue('objection'),
    contest: () => ({ objection: v7() }),
    serveContested: served,
    keep: () => ({ objection: v7() }),
    resume: (_, today) => ({ objection: v7(), servedOn: today }),
    correct: () => ({ objection: v7() }),
    appointProxy: () => ({ proxy: cast.ma.id, consents: true }),
    dismissProxy: nothing,
    assign: provider,
    assignUrgently: provider,
    engage: () => ({ exception: why }),
    progress: (_, today) => ({ kind: 'interview', on: today }),
    ...hearingSteps,
    requestReplacement: reason,
    reportConflict: (_, __, n) => ({ cause: oneOf(['conflict', 'unable'], n), reason: why }),
    replace: provider,
    keepProvider: reason,
    terminate: () => ({ ground: 'T5', reason: why }),
    serveTermination: served,
    conclude: ({ data }, today, n) => ({
      result: 'won',
      concludedOn: [addDays(today, -(n % 20)), String(data['assignedOn'])].toSorted().at(-1),
      claimedFen: 1000,
      recoveredFen: n,
      hearings: 1,
      meetings: 1,
    }),
    confirmOutcome: (_, __, n) => oneOf([{ agrees: 'yes' }, { agrees: 'partly', receivedFen: n }, { agrees: 'no' }], n),
    submitFile: nothing,
    approveFile: () => ({ grade: 'good' }),
    returnFile: reason,
    paySubsidy: () => ({ amountFen: 120_000, unconfirmed: why }),
    archive: nothing,
    acceptReferral: nothing,
    returnReferral: reason,
    takeBackReferral: nothing,
    referralOverdue: overdue('answerReferral'),
    referToMediation: () => ({ carries: ['story'], leave: 'phone' }),
    referralAccepted: answered,
    referralReturned: () => ({ ...answered(), reason: why }),
    referralEnded: answered,
    recallReferral: nothing,
    overdue: overdue('review'),
    recount: () => ({ limits: ['review'] }),
  },
  subjects: [theCase, draft],
  start: (w, n) => (n % 5 ? w.open(n % 3 ? cast.li : cast.liu) : w.referredIn('legal-aid')),
  walks: 40,
  open: under(only(...citizens), { asks: {} }),
  takeIn: under(reasonFor(only('clerk'), 'clerkNextDoor', 'agent', 'clerkElsewhere'), {
    asks: { channel: 'hotline', person: { name: '王桂英' } },
  }),
  access: {
    // Taken through routes of their own (upload, proxy): here even whoever may is told there is no such thing.
    attach: onCase('submitted', ['owner', 'proxy', 'clerk', 'reviewer', 'assigned'], { kind: 'evidence' }, { ownRoute: true }),
    assess: onCase('submitted', ['reviewer', 'director']),
    appointProxy: onCase('submitted', ['owner'], { phone: planted.phone, consents: true }, { ownRoute: true }),
    submit: onDraft('draft', ['owner', 'proxy'], {}),
    handOver: onDraft('draft', ['owner', 'proxy'], {}),
    forward: onCase('inCustody', ['clerk', 'reviewer']),
    ask: onCase('submitted', ['clerk', 'reviewer', 'director'], { missing: ['identity'], until: '2026-04-10' }),
    supply: onCase(
      'supplementing',
      ['owner', 'proxy', 'clerk'],
      {},
      { standing: { data: { ...filing, asked: { missing: [], until: '2026-04-10' } } } },
    ),
    lapse: onCase(
      'supplementing',
      ['clerk', 'reviewer'],
      {},
      { standing: { data: { ...filing, asked: { missing: ['identity'], until: '2026-03-20' } } } },
    ),
    withdraw: onCase('submitted', ['owner']),
    acceptReferral: onCase('referredIn', desk),
    returnReferral: onCase('referredIn', desk, { reason: why }),
    takeBackReferral: onCase('referredIn', ['owner', ...desk]),
    referralOverdue: onCase('referredIn', [], { limit: 'answerReferral' }),
    referToMediation: onCase('submitted', desk, { carries: ['story'], leave: 'phone' }),
    referralAccepted: onCase('referring', [], answered()),
    referralReturned: onCase('referring', [], { ...answered(), reason: why }),
    referralEnded: onCase('referring', [], answered()),
    recallReferral: onCase('referring', ['owner', ...desk]),
    refer: onCase('submitted', ['clerk', 'reviewer', 'director'], { to: '演示人社局', reason: why }),
    recuse: onCase('submitted', ['reviewer', 'director'], { reason: why }),
    urgentAid: onCase('submitted', ['reviewer', 'director'], { ground: 'preservation', until: '2026-04-08' }),
    grant: onCase('submitted', ['reviewer', 'director'], {}, { standing: { data: { ...filing, ...assessed('grant') } } }),
    refuse: onCase('submitted', ['reviewer', 'director'], { reason: why }, { standing: { data: { ...filing, ...assessed('refuse') } } }),
    serveRefusal: onCase('refused', ['clerk', 'reviewer', 'director'], { servedOn: today }),
    settle: onCase('refusalSent', [], { limit: 'objection' }),
    contest: onCase('refusalSent', [], contest),
    serveContested: onCase('contested', ['clerk', 'reviewer', 'director'], { servedOn: today }),
    keep: onCase('contested', [], contest, { standing: { data: { ...filing, contest } } }),
    resume: onCase('contested', [], contest, { standing: { data: { ...filing, contest } } }),
    correct: onCase('refused', [], contest, { standing: { data: { ...filing, servedOn: today } } }),
    dismissProxy: onCase('submitted', ['owner']),
    assign: onCase('granted', ['director'], { practitioner: registered.zhao }, { unassigned: true }),
    assignUrgently: onCase('urgent', ['director'], { practitioner: registered.zhao }, { unassigned: true }),
    engage: onCase('assigned', ['assigned'], { exception: why }),
    progress: onCase('handling', ['assigned'], { kind: 'interview', on: today }),
    ...hearingScenes(onCase, filing),
    requestReplacement: onCase('handling', ['owner', 'proxy'], { reason: why }),
    reportConflict: onCase('handling', ['assigned'], { cause: 'conflict', reason: why }),
    replace: onCase('replacing', ['director'], { practitioner: registered.qian }),
    keepProvider: onCase('replacing', ['director'], { reason: why }),
    terminate: onCase('handling', ['director'], { ground: 'T5', reason: why }),
    serveTermination: onCase('terminated', ['clerk', 'reviewer', 'director'], { servedOn: today }),
    conclude: onCase('handling', ['assigned'], outcome),
    confirmOutcome: onCase(
      'concluded',
      ['owner', 'proxy', 'clerk'],
      { agrees: 'yes' },
      { standing: { data: { ...filing, outcome: { ...outcome, confirmation: 'claimed' } } } },
    ),
    submitFile: onCase('concluded', ['assigned'], {}, { standing: { documents: ['report'] } }),
    approveFile: onCase('fileSubmitted', ['reviewer', 'director'], { grade: 'good' }),
    returnFile: onCase('fileSubmitted', ['reviewer', 'director'], { reason: why }),
    paySubsidy: onCase('fileApproved', ['director'], { amountFen: 120_000, unconfirmed: why }),
    archive: onCase('subsidyPaid', ['clerk', 'reviewer', 'director']),
    recount: onCase('submitted', [], { limits: ['review'] }),
    overdue: onCase('submitted', [], { limit: 'review' }),
  },
}
