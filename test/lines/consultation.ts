import { v7 } from 'uuid'
import { addDays } from '#kernel/calendar/calendar.ts'
import { keysIn } from '#kernel/keyed.ts'
import type { Matter } from '#kernel/matter.ts'
import { accountIn } from '#kernel/seat.ts'
import { bodies, its, kinds, ratings } from '#lines/consultation/data.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { actionsOn, type Subject } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { registered } from '#test/planted.ts'
import { nothing, oneOf, overdue, paper, why } from '#test/right-inputs.ts'
import { citizens, officers, only, reasonFor } from '#test/roles.ts'
import { under } from '#test/scene.ts'
import { cast, type World } from '#test/world.ts'

const asked = {
  kind: 'debt',
  channel: 'hotline',
  asker: 'citizen',
  identity: 'declined',
  isUrgent: false,
  isPrivate: false,
  contact: 'page',
}

/** Li’s, with every question answered and not yet sent. */
async function draftOf(w: World): Promise<Matter> {
  const draft = await w.open(cast.li, 'consultation')
  const told = {
    notice: { read: ['yes'] },
    story: { story: '借出去的钱要不回来，怎么办？' },
    kind: { kind: 'debt' },
    contact: { safe: 'none' },
    person: { naming: 'declined' },
  }
  await w.run(cast.li, async (tx) => {
    for (const [question, value] of Object.entries(told)) await saveAnswer(tx, draft, question, value, 'web')
  })
  return draft
}

const student = { practitioner: registered.zhao, kind: 'studentVolunteer' }
/** Li’s, which Zhao may have been asked to answer. Whoever takes calls for the province sees it. */
const question: Subject = {
  name: 'consultation',
  seen: ['owner', 'assigned', 'agent', ...officers],
  standing: { state: 'asked', data: asked, seats: { applicant: cast.li.id, guide: null } },
  worker: 'adviser',
  plant: (w) => w.open(cast.liu, 'consultation', asked),
}
/** A draft is nobody's business but the person's. */
const draft: Subject = {
  name: 'consultation draft',
  seen: ['owner'],
  standing: { state: 'draft', data: {}, number: null, filed_at: null },
  plant: draftOf,
}
const action = actionsOn(question)
const ofDraft = actionsOn(draft)
const withData = (data: Record<string, unknown>) => ({ data: { ...asked, ...data } })
const atDesk = ['clerk', 'reviewer', 'director', 'agent'] as const
const asking = ['clerk', 'agent', 'director'] as const
const approving = ['reviewer', 'director'] as const

const other = (m: Matter) => (accountIn(m, 'adviser') === cast.zhao.id ? cast.qian : cast.zhao).id
const carrying = () => ({ carries: ['story'], leave: 'phone' })
const answer = { reply: why, pointedOutAid: true }

/** What tests know of the line. */
export const scenes: LineScenes = {
  walks: 16,
  inputs: {
    attach: paper(['evidence']),
    submit: (_, __, n) => ({ ...asked, channel: 'web', kind: oneOf(keysIn(kinds), n), isUrgent: n % 4 === 0, isPrivate: n % 4 === 0 }),
    rate: (_, __, n) => ({ content: oneOf(keysIn(ratings), n) }),
    askAgain: (_, __, n) => ({ question: '那利息呢？', channel: 'hotline', isUrgent: n % 4 === 0 }),
    markUrgent: nothing,
    withdraw: nothing,
    close: overdue('again'),
    answer: (_, __, n) => ({ ...answer, mayQualify: n % 2 === 0 }),
    passOn: (m, _, n) => ({
      practitioner: v7(),
      provider: oneOf([cast.zhao.id, cast.qian.id], n),
      kind: n % 2 && !its(m.data).isPrivate ? 'studentVolunteer' : 'lawyer',
    }),
    setGuide: (m) => ({ practitioner: v7(), provider: other(m), kind: 'lawyer', licence: '16301201610000001' }),
    draftAnswer: () => ({ reply: why }),
    approve: () => answer,
    sendBack: () => ({ reason: '请写明依据。' }),
    schedule: (_, today, n) => ({ at: `${addDays(today, 1 + (n % 9))}T09:30:00+08:00`, how: 'call' }),
    notReached: nothing,
    lose: nothing,
    refer: (_, __, n) => ({ to: oneOf(keysIn(bodies), n), body: '演示单位', phone: '0971-8230000' }),
    referToMediation: carrying,
    convert: carrying,
    referralAccepted: (_, __, n) => ({ service: oneOf(['legal-aid', 'mediation'], n) }),
    referralReturned: () => ({ service: 'mediation', reason: why }),
    referralEnded: () => ({ service: 'mediation' }),
    recallReferral: nothing,
    recount: () => ({ limits: ['letter'] }),
    overdue: overdue('message'),
  },
  subjects: [question, draft],
  start: (w, n) =>
    n % 3
      ? w.open(cast.liu, 'consultation', { ...asked, channel: oneOf(['hotline', 'letter', 'window'], n), isUrgent: n % 5 === 0 })
      : w.open(cast.li, 'consultation'),
  open: under(only(...citizens)),
  takeIn: under(reasonFor(only('clerk', 'reviewer', 'agent'), 'clerkNextDoor', 'clerkElsewhere', 'reviewerElsewhere'), {
    asks: { channel: 'hotline', kind: 'debt', asker: 'citizen', question: '借出去的钱要不回来，怎么办？' },
  }),
  access: {
    attach: action('asked', ['owner', 'clerk', 'agent', 'reviewer', 'assigned'], { kind: 'evidence' }, { ownRoute: true }),
    submit: ofDraft('draft', ['owner']),
    // Whose rating an officer writes down has no account: `consultation.test.ts`.
    rate: action('answered', ['owner'], { content: 'content' }),
    askAgain: action('answered', ['owner', 'clerk', 'agent'], { question: '那利息呢？' }),
    markUrgent: action('asked', [...atDesk, 'assigned']),
    withdraw: action('asked', ['owner', 'clerk', 'agent']),
    close: action('answered', [], { limit: 'again' }),
    answer: action('advising', [...atDesk, 'assigned'], { reply: why }),
    passOn: action('asked', asking, { practitioner: registered.zhao }, { unassigned: true }),
    setGuide: action('advising', asking, { practitioner: registered.qian }),
    draftAnswer: action('advising', ['assigned'], { reply: why }, { standing: withData({ adviser: student }) }),
    approve: action('checking', approving, { reply: why }, { standing: withData({ adviser: student }) }),
    sendBack: action('checking', approving, { reason: '请写明依据。' }, { standing: withData({ adviser: student }) }),
    schedule: action('asked', [...atDesk, 'assigned'], { at: '2026-05-06T09:30:00+08:00', how: 'call' }),
    notReached: action('asked', [...atDesk, 'assigned']),
    lose: action('asked', atDesk, {}, { standing: withData({ tries: 3 }) }),
    refer: action('asked', atDesk, { to: 'court', body: '演示人民法院', phone: '0971-8230000' }),
    referToMediation: action('asked', ['owner', ...atDesk], { carries: ['story'], leave: 'phone' }),
    convert: action('asked', ['owner', ...atDesk], { carries: ['story'], leave: 'phone' }),
    referralAccepted: action('referring', [], { service: 'mediation' }),
    referralReturned: action('referring', [], { service: 'mediation', reason: why }),
    referralEnded: action('referring', [], { service: 'mediation' }),
    recallReferral: action('referring', ['owner', ...atDesk]),
    recount: action('asked', [], { limits: ['letter'] }),
    overdue: action('asked', [], { limit: 'message' }),
  },
}
