import { v7 } from 'uuid'
import type { Actor } from '#kernel/actor.ts'
import { addDays } from '#kernel/calendar/calendar.ts'
import type { Matter } from '#kernel/matter.ts'
import { missingParts } from '#kernel/joint.ts'
import { account, holdersIn, party } from '#kernel/seat.ts'
import { mediationActions } from '#lines/mediation/actions.ts'
import { its, kinds } from '#lines/mediation/data.ts'
import { partiesOf } from '#lines/mediation/rules.ts'
import { keysIn } from '#kernel/keyed.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { actionsOn, today, type Subject } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { nothing, oneOf, overdue, reason, why, type RightInput } from '#test/right-inputs.ts'
import { citizens, officers, only, reasonFor, roles } from '#test/roles.ts'
import { under } from '#test/scene.ts'
import { cast, type World } from '#test/world.ts'

const { respondent } = roles
const telephoned = party('0190a000-0000-7000-8000-0000000000e1')

/** Li's, with every question answered and not yet sent. */
async function draftOf(w: World): Promise<Matter> {
  const draft = await w.open(cast.li, 'mediation')
  await w.run(cast.li, async (tx) => {
    const told = {
      notice: { read: ['yes'] },
      story: { story: '墙砌到了我家院里。' },
      kind: { kind: 'neighbour' },
      opponent: { name: '老马' },
      gap: { gap: 'none' },
      wish: { words: '拆回去。' },
      person: { name: '王桂英' },
      contact: { safe: 'none' },
      home: {},
    }
    for (const [question, value] of Object.entries(told)) await saveAnswer(tx, draft, question, value, 'web')
  })
  return draft
}

/** Between Li and one who has an account and one who was only telephoned, before Zhao. */
const dispute: Subject = {
  name: 'mediation',
  seen: ['owner', 'respondent', 'assigned', ...officers],
  standing: {
    state: 'mediating',
    data: { kind: 'neighbour', isPrivate: false, contact: 'page', channel: 'window' },
    seats: { applicant: cast.li.id, respondent: [account(respondent.id), telephoned] },
  },
  worker: 'mediator',
  plant: (w) => w.open(cast.liu, 'mediation'),
}
/** A draft is nobody's business but the person's. */
const draft: Subject = {
  name: 'mediation draft',
  seen: ['owner'],
  standing: { state: 'draft', data: {}, number: null, filed_at: null },
  plant: draftOf,
}
const action = actionsOn(dispute)
const ofDraft = actionsOn(draft)
/** While all who are to act have accounts. */
const allKnown = { seats: { respondent: respondent.id } }
const withData = (data: Record<string, unknown>) => ({ data: { ...dispute.standing.data, ...data } })
const officersAt = ['clerk', 'director'] as const
const parties = ['owner', 'respondent'] as const

const isOfSide = (m: Matter, who: Actor) => partiesOf(m).some(({ account }) => account === who.id)

/** For whom an action is written down that counts once everybody did it. */
const missing =
  (
    key: 'consent' | 'consentToOffer' | 'sign' | 'withdraw' | 'agreeToExtend' | 'agreeToGuest' | 'agreeOrally' | 'openSession',
    more: RightInput = nothing,
  ): RightInput =>
  (m, day, n, who) => ({ holder: missingParts(mediationActions[key], m, key)[0], ...(more(m, day, n, who) as object) })
const until = (m: Matter, n: number) => {
  const on = its(m.data).instalments?.[n]?.on
  return on ? { until: on } : {}
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

/** Papers that whoever adds them may add now. */
const paperInPlace: RightInput = (m, _, n, who) => {
  const texts = m.state === 'signing' || m.state === 'sealing' ? ['record'] : ['agreement', 'record']
  const kinds = ['evidence', ...(isOfSide(m, who) ? [] : texts), ...(m.state === 'agreed' && !isOfSide(m, who) ? ['signedCopy'] : [])]
  return { kind: oneOf(kinds, n), document: v7(), hash: 'a'.repeat(64) }
}

const answered = (m: Matter) => ({ service: 'legal-aid', holder: partiesOf(m)[0]?.id })

/** What tests know of the line. */
export const scenes: LineScenes = {
  walks: 24,
  inputs: {
    attach: paperInPlace,
    submit: (_, __, n) => ({ kind: oneOf(keysIn(kinds), n), channel: 'web', isPrivate: n % 3 === 0, contact: 'page' }),
    invite: (m, _, n) => {
      const room = 20 - holdersIn(m, 'respondent').length
      return { respondents: Array.from({ length: Math.min(room, 1 + (n % 2)) }, () => v7()), ...(n % 4 === 0 && { isUneven: true }) }
    },
    link: (m, _, n) => ({ holder: partiesOf(m).find(({ account }) => !account)?.id, account: free(m, n) }),
    release: (m, _, n) => ({ respondent: oneOf(holdersIn(m, 'respondent'), n)?.id }),
    consent: missing('consent'),
    consentToOffer: missing('consentToOffer'),
    decline: nothing,
    unanswered: (m, _, n) => ({ limit: 'reply', party: oneOf(holdersIn(m, 'respondent'), n)?.id }),
    closeUnanswered: nothing,
    withdraw: missing('withdraw'),
    appoint: (_, __, n) => {
      const mediators = [cast.zhao.id, cast.qian.id].slice(0, 1 + (n % 2))
      return { mediators, presiding: cast.zhao.id }
    },
    rejectMediator: (m, _, n) => ({ mediator: oneOf(holdersIn(m, 'mediator'), n)?.id }),
    begin: nothing,
    meetTogether: (_, today, n) => ({ at: `${addDays(today, 1 + (n % 9))}T09:30:00+08:00`, place: 'committee' }),
    meetApart: (m, today, n) => ({
      party: oneOf(partiesOf(m), n)?.id,
      at: `${addDays(today, 1 + (n % 9))}T09:30:00+08:00`,
      place: 'village',
    }),
    tell: (_, __, n) => ({ words: '他家砌墙没有说过。', ...(n % 5 === 0 && { isPrivate: true }) }),
    wishForMediator: () => ({ who: '村里的老支书' }),
    openSession: missing('openSession'),
    closeSession: nothing,
    complain: (m, _, n) => ({ mediator: oneOf(holdersIn(m, 'mediator'), n)?.id, about: 'partial', words: '只听一边的。' }),
    noteGap: () => ({ gap: 'violence' }),
    reportDanger: (_, on) => ({ to: 'police', on }),
    proposeExtension: (_, today, n) => ({ until: addDays(today, 1 + (n % 40)) }),
    agreeToExtend: missing('agreeToExtend', (m) => ({ until: its(m.data).proposedUntil })),
    proposeGuest: () => ({ guest: 'expert' }),
    agreeToGuest: missing('agreeToGuest'),
    fail: nothing,
    stop: nothing,
    recount: () => ({ limits: ['duration'] }),
    mayArbitrate: overdue('labour'),
    overdue: overdue('duration'),
    addInstalment: (_, today, n) => ({ on: addDays(today, 1 + (n % 60)), fen: n * 100 }),
    clearInstalments: nothing,
    propose: nothing,
    sign: missing('sign'),
    edit: nothing,
    seal: (m) => until(m, 0),
    agreeOrally: missing('agreeOrally', (m) => until(m, 0)),
    writeDown: nothing,
    recordInstalment: (m) => until(m, (its(m.data).paid ?? 0) + 1),
    recordPerformed: nothing,
    remindInstalment: overdue('instalmentReminder'),
    instalmentPassed: overdue('instalment'),
    recordBreach: nothing,
    seekConfirmation: nothing,
    acceptReferral: (_, __, n) => ({ kind: oneOf(keysIn(kinds), n), isPrivate: n % 3 === 0 }),
    returnReferral: reason,
    takeBackReferral: nothing,
    referralOverdue: overdue('answerReferral'),
    referToLegalAid: (m, _, n) => ({ carries: ['story'], leave: 'phone', holder: oneOf(partiesOf(m), n)?.id }),
    referralAccepted: answered,
    referralReturned: (m) => ({ ...answered(m), reason: why }),
    referralEnded: answered,
  },
  subjects: [dispute, draft],
  start: (w, n) =>
    !(n % 7)
      ? w.referredIn('mediation')
      : n % 4
        ? w.open(cast.liu, 'mediation', { kind: n % 2 ? 'labour' : 'debt', isOffered: n % 5 === 0 })
        : w.open(cast.li, 'mediation'),
  open: under(only(...citizens)),
  takeIn: under(reasonFor(only(...officersAt), 'clerkNextDoor', 'agent', 'clerkElsewhere', 'directorElsewhere'), {
    asks: { kind: 'neighbour', gap: 'none', isOffered: false, applicants: [{ name: '王桂英' }] },
  }),
  access: {
    attach: action('mediating', ['owner', 'respondent', 'assigned', ...officersAt], { kind: 'evidence' }, { ownRoute: true }),
    submit: ofDraft('draft', ['owner']),
    invite: action('requested', officersAt, { name: '老马' }),
    link: action('mediating', officersAt, { holder: telephoned.id, account: cast.chen.id }),
    release: action('consentPending', officersAt, { respondent: telephoned.id }),
    // Whose word an officer writes down has to be said: `mediation.test.ts`.
    consent: action('consentPending', ['respondent'], {}, { standing: allKnown }),
    consentToOffer: action('offered', parties, {}, { standing: allKnown }),
    decline: action('consentPending', [...parties, ...officersAt]),
    unanswered: action('consentPending', [], { limit: 'reply' }),
    closeUnanswered: action('consentPending', officersAt, {}, { standing: withData({ isUnanswered: true }) }),
    withdraw: action('requested', ['owner'], {}, { unassigned: true }),
    appoint: action('accepted', officersAt, { mediators: [cast.zhao.id], presiding: cast.zhao.id }, { unassigned: true }),
    rejectMediator: action('mediating', [...parties, ...officersAt], { mediator: cast.zhao.id }),
    begin: action('accepted', ['assigned']),
    meetTogether: action('mediating', ['assigned', 'clerk'], { at: '2026-05-06T09:30:00+08:00', place: 'committee' }),
    meetApart: action('mediating', ['assigned', 'clerk'], { party: telephoned.id, at: '2026-05-06T09:30:00+08:00', place: 'village' }),
    tell: action('mediating', parties, { words: '他家砌墙没有说过。' }),
    wishForMediator: action('mediating', parties, { who: '村里的老支书' }),
    openSession: action('mediating', parties, {}, { standing: allKnown }),
    closeSession: action('mediating', [...parties, 'assigned', ...officersAt], {}, { standing: withData({ isOpenSession: true }) }),
    complain: action('mediating', [...parties, ...officersAt], { mediator: cast.zhao.id, about: 'partial', words: '只听一边的。' }),
    noteGap: action('mediating', ['assigned', ...officersAt], { gap: 'violence' }),
    reportDanger: action('mediating', ['assigned', ...officersAt], { to: 'police', on: today }),
    proposeExtension: action('mediating', ['assigned'], { until: '2026-05-20' }),
    agreeToExtend: action('mediating', parties, {}, { standing: { ...allKnown, ...withData({ proposedUntil: '2026-05-20' }) } }),
    proposeGuest: action('mediating', [...parties, 'assigned'], { guest: 'expert' }),
    agreeToGuest: action('mediating', parties, {}, { standing: { ...allKnown, ...withData({ proposedGuest: 'expert' }) } }),
    fail: action('mediating', ['assigned', ...officersAt]),
    stop: action('mediating', [...parties, ...officersAt]),
    recount: action('mediating', [], { limits: ['duration'] }),
    mayArbitrate: action('mediating', [], { limit: 'labour' }),
    overdue: action('mediating', [], { limit: 'duration' }),
    addInstalment: action('mediating', ['assigned'], { on: '2026-05-01', fen: 100 }),
    clearInstalments: action('mediating', ['assigned'], {}, { standing: withData({ instalments: [{ on: '2026-05-01', fen: 100 }] }) }),
    propose: action('mediating', ['assigned'], {}, { standing: { documents: ['agreement'] } }),
    sign: action('signing', [...parties, 'assigned'], {}, { standing: allKnown }),
    edit: action('signing', ['assigned']),
    seal: action('sealing', officersAt),
    agreeOrally: action('mediating', parties, {}, { standing: allKnown }),
    writeDown: action('agreed', ['assigned'], {}, { standing: withData({ agreement: { form: 'oral', effectiveOn: today } }) }),
    recordInstalment: action(
      'agreed',
      ['assigned', ...officersAt],
      {},
      { standing: withData({ paid: 0, instalments: [{ on: '2026-05-01', fen: 100 }] }) },
    ),
    recordPerformed: action('agreed', ['assigned', ...officersAt]),
    remindInstalment: action('agreed', [], { limit: 'instalmentReminder' }),
    instalmentPassed: action('agreed', [], { limit: 'instalment' }),
    recordBreach: action('agreed', [...parties, ...officersAt]),
    acceptReferral: action('referredIn', officersAt, { kind: 'neighbour', gap: 'none' }, { unassigned: true }),
    returnReferral: action('referredIn', officersAt, { reason: why }, { unassigned: true }),
    takeBackReferral: action('referredIn', ['owner', ...officersAt], {}, { unassigned: true }),
    referralOverdue: action('referredIn', [], { limit: 'answerReferral' }),
    referToLegalAid: action('failed', [...parties, 'assigned', ...officersAt], {
      carries: ['story'],
      leave: 'phone',
      holder: telephoned.id,
    }),
    referralAccepted: action('failed', [], { service: 'legal-aid', holder: telephoned.id }),
    referralReturned: action('failed', [], { service: 'legal-aid', holder: telephoned.id, reason: why }),
    referralEnded: action('failed', [], { service: 'legal-aid', holder: telephoned.id }),
    seekConfirmation: action(
      'agreed',
      [...parties, ...officersAt],
      {},
      { standing: withData({ agreement: { form: 'written', effectiveOn: today } }) },
    ),
  },
}
