import { z } from 'zod'
import { day } from '#kernel/form.ts'
import { actions } from '#kernel/line.ts'
import type { LegalAidSeat } from './seats.ts'
import type { Matter } from '#kernel/matter.ts'
import { no } from '#kernel/refusal.ts'
import { contestOf } from './rules.ts'
import { serving } from './serving.ts'
import { closingFile, contestable, refusals, stateOf, type LegalAidState } from './states.ts'
import { cite } from './statutes.ts'
import { its, noting } from './data.ts'

/** Where a decision may stand while the bureau looks at it: a terminated matter's file goes on meanwhile. */
const underContest = ['contested', 'terminationSent', 'terminationSentUnassigned', ...closingFile] as const
/** Where a decision stands that was contested: a refusal waits for the bureau, a terminated matter's file does not. */
const whereContested = (state: string): LegalAidState => (refusals.some((one) => one === state) ? 'contested' : stateOf(state))
const archivable: Readonly<Record<string, LegalAidState>> = { contested: 'refusalFinal', terminationSentUnassigned: 'terminationFinal' }
const ifContested = ({ matter }: { matter: Matter }) => (contestOf(matter.data) ? null : no('not_applicable'))

/** A decision and the objection to it: RULEBOOK LA-20 … LA-22. The objection is a matter of its own; here stands what it does to this one. */
export const contesting = actions<LegalAidState, LegalAidSeat>()({
  settle: {
    title: { zh: '异议期满', en: 'Time to object over' },
    told: { zh: '提出异议的期限过了。', en: 'The time to object passed.' },
    by: ['system'],
    from: ['refusalSent', 'terminationSentUnassigned'],
    to: (_, { state }) => (state === 'refusalSent' ? 'refusalFinal' : 'terminationFinal'),
    reaches: ['refusalFinal', 'terminationFinal'],
    form: z.object({ limit: z.string() }),
    cite: cite('法律援助法', 49, 1),
  },
  contest: {
    title: { zh: '当事人提出异议', en: 'Objected to' },
    told: { zh: '收到了您的异议，这个决定交给司法局审查。', en: 'Your objection came in; the justice bureau looks at the decision.' },
    by: ['system'],
    from: [...contestable, ...closingFile],
    to: (_, { state }) => whereContested(state),
    reaches: ['contested', 'terminationSent', 'terminationSentUnassigned', 'terminationFinal', ...closingFile],
    form: z.object({ objection: z.uuid() }),
    set: ({ objection }, { data }) => noting(data, { contest: { objection } }),
    cite: cite('法律援助法', 49, 1),
  },
  /** Whoever objects before the paper came is served all the same; no time runs from it. */
  serveContested: {
    ...serving,
    title: { zh: '登记决定书送达（异议期间）', en: 'Record service while it is contested' },
    told: { zh: '决定书送到您手里了。', en: 'The decision was delivered to you.' },
    from: ['contested'],
    to: 'contested',
    cite: cite('法律援助法', 49, 1),
  },
  keep: {
    title: { zh: '司法局维持原决定', en: 'Decision kept' },
    told: { zh: '司法局审查了您的异议，维持这个决定。', en: 'The justice bureau considered your objection and kept the decision.' },
    by: ['system'],
    from: underContest,
    to: (_, { state }) => archivable[state] ?? stateOf(state),
    reaches: ['refusalFinal', 'terminationSent', 'terminationFinal', ...closingFile],
    form: z.object({ objection: z.uuid() }),
    when: ifContested,
    set: ({ objection }, { data }) => noting(data, { contest: { objection, isKept: true } }),
    cite: cite('法律援助法', 49, 2),
  },
  /** The time to object runs on as it was counted from the service. */
  resume: {
    title: { zh: '异议已撤回', en: 'Objection withdrawn' },
    told: { zh: '异议撤回了；期限没过的，还可以再提。', en: 'The objection was withdrawn; within the time you may object again.' },
    by: ['system'],
    from: underContest,
    to: (_, { state, data }) => (state === 'contested' ? (its(data).servedOn ? 'refusalSent' : 'refused') : stateOf(state)),
    reaches: ['refusalSent', 'refused', 'terminationSent', 'terminationSentUnassigned', ...closingFile],
    form: z.object({ objection: z.uuid(), servedOn: day({ zh: '收到决定书的日期', en: 'Received on' }).optional() }),
    when: ifContested,
    set: (_, { data: { contest: __, ...data } }) => ({ data }),
    cite: cite('法律援助法', 49, 1),
  },
  correct: {
    title: { zh: '司法局责令改正', en: 'Ordered to correct' },
    told: { zh: '司法局要求改正，法律援助机构会重新决定。', en: 'The justice bureau ordered a correction; the agency decides again.' },
    by: ['system'],
    from: [...contestable, ...closingFile],
    to: 'correcting',
    form: z.object({ objection: z.uuid() }),
    when: ({ matter }) => (its(matter.data).servedOn || contestOf(matter.data) ? null : no('not_applicable')),
    set: ({ objection }, { data: { contest: _, ...data } }) => noting(data, { correctedBy: objection }),
    effects: ['tellCorrecting'],
    cite: cite('法律援助法', 49, 2),
  },
})
