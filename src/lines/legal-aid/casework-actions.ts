import { z } from 'zod'
import { assigning } from '#parts/assigning.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { choice, day, ownWords, reason, yes } from '#kernel/form.ts'
import { hearingActions } from '#parts/hearing.ts'
import { actions, type Change, type Text } from '#kernel/line.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { recounting } from '#kernel/recounting.ts'
import { accountIn, holdersIn } from '#kernel/seat.ts'
import { sinceAssigned } from './rules.ts'
import { serving } from './serving.ts'
import { terminationCodes, terminations } from './matters.ts'
import type { LegalAidSeat } from './seats.ts'
import { states, type LegalAidState } from './states.ts'
import { cite } from './statutes.ts'
import { no } from './refusals.ts'
import { its, noting } from './data.ts'
import { byKey, keysIn } from '#kernel/keyed.ts'

const open = keysIn(states).filter((state) => !('final' in states[state]) && state !== 'draft')
const groundTitles = byKey(terminationCodes, (code): Text => terminations[code].title)

const terminationOf = (code: unknown) => {
  const found = terminationCodes.find((one) => one === code)
  return found && { title: terminations[found].title, cite: terminations[found].article }
}

const sending = assigning({ zh: '承办人', en: 'Provider' })

/** The day the first one was sent stays: what was done since then stays true of the matter when another takes over. */
const sentOut = (_: unknown, { data }: Matter, { at }: Event): Change => ({
  ...noting(data, { assignedOn: its(data).assignedOn ?? dayOf(at) }),
})

/** From the decision to the end of the work: RULEBOOK LA-11 … LA-16. */
export const casework = actions<LegalAidState, LegalAidSeat>()({
  assign: {
    ...sending,
    title: { zh: '指派承办人', en: 'Assign' },
    told: { zh: '给您安排了承办人。', en: 'Somebody was assigned to you.' },
    from: ['granted'],
    bulk: true,
    to: 'assigned',
    set: sentOut,
    effects: ['tellAssigned', 'tellProvider'],
    cite: cite('法律援助法', 43, 1),
  },
  /** Urgent aid comes before the decision: the provider starts, the review goes on. */
  assignUrgently: {
    ...sending,
    title: { zh: '先行安排承办人', en: 'Send someone at once' },
    told: { zh: '先给您安排了承办人。', en: 'Somebody was sent at once.' },
    from: ['urgent'],
    set: sentOut,
    effects: ['tellAssigned', 'tellProvider'],
    cite: cite('法律援助法', 44),
  },
  engage: {
    title: { zh: '已签委托协议', en: 'Agreement signed' },
    told: { zh: '委托协议签好了，开始办理。', en: 'The agreement is signed, and work has begun.' },
    by: ['assignee'],
    from: ['assigned'],
    to: 'handling',
    form: z.object({ exception: reason({ zh: '未能签订的客观原因（没有协议时填写）', en: 'Why it could not be signed' }).optional() }),
    rule: ({ matter, input }) =>
      matter.documents.includes('agreement') || input.exception ? null : no('missing_document', { missing: ['agreement'] }),
    effects: ['tellEngaged'],
    cite: cite('办理法律援助案件程序规定', 27),
  },
  progress: {
    title: { zh: '记录进展', en: 'Record progress' },
    told: { zh: '承办人有了新的进展。', en: 'Your lawyer made progress.' },
    shows: ['kind', 'on'],
    by: ['assignee'],
    from: ['handling'],
    form: z.object({
      kind: choice(
        { zh: '做了什么', en: 'What was done' },
        {
          interview: { zh: '约见谈话', en: 'Interview' },
          evidence: { zh: '调查取证', en: 'Evidence' },
          negotiation: { zh: '与对方协商', en: 'Negotiation' },
          filing: { zh: '提交仲裁或起诉', en: 'Filed a claim' },
          hearing: { zh: '开庭', en: 'Hearing' },
          other: { zh: '其他', en: 'Other' },
        },
      ),
      on: day({ zh: '日期', en: 'Date' }),
      isMajor: yes({ zh: '属于重大事项，需报告机构', en: 'Major: to be reported to the agency' }).optional(),
    }),
    rule: ({ matter, input, now }) => sinceAssigned('on', input.on, matter, now),
    effects: ['tellProgress'],
    cite: cite('法律援助法', 46),
  },
  ...hearingActions({
    from: ['assigned', 'handling'],
    pending: ['assigned', 'handling', 'replacing'],
    changed: ['tellHearing'],
    soon: ['remindOfHearing', 'remindProvider'],
    duty: cite('法律援助法', 46),
  }),
  requestReplacement: {
    title: { zh: '申请更换承办人', en: 'Ask for another lawyer' },
    told: { zh: '您申请换一位承办人。', en: 'You asked for another lawyer.' },
    by: ['applicant', 'proxy'],
    from: ['assigned', 'handling'],
    to: 'replacing',
    form: z.object({ reason: ownWords({ zh: '承办人没有尽责的情况', en: 'What went wrong' }) }),
    set: (_, { data, state }) => noting(data, { replacingFrom: state, replacingFor: 'wish' }),
    effects: ['tellAgency'],
    cite: cite('法律援助法', 55),
  },
  reportConflict: {
    title: { zh: '报告利益冲突或不能办理', en: 'Report a conflict or inability' },
    told: { zh: '承办人说明自己不能继续办，要另外安排。', en: 'Your lawyer cannot go on, and another will be found.' },
    by: ['assignee'],
    from: ['assigned', 'handling'],
    to: 'replacing',
    form: z.object({
      cause: choice(
        { zh: '属于哪一种', en: 'Which of the two' },
        {
          conflict: { zh: '有利益冲突', en: 'A conflict of interest' },
          unable: { zh: '客观上不能办理', en: 'Unable to act' },
        },
      ),
      reason: reason(),
    }),
    set: ({ cause }, { data, state }) => noting(data, { replacingFrom: state, replacingFor: cause }),
    effects: ['tellAgency'],
    cite: cite('律师法', 39),
  },
  replace: {
    ...sending,
    title: { zh: '更换承办人', en: 'Replace the provider' },
    told: { zh: '给您换了一位承办人。', en: 'You have another lawyer.' },
    from: ['replacing'],
    to: 'assigned',
    rule: ({ matter, input }) => (input.provider === accountIn(matter, 'assignee') ? no('not_applicable') : null),
    set: (input, matter, event) => ({
      ...sentOut(input, matter, event),
      documents: matter.documents.filter((kind) => kind !== 'agreement'),
    }),
    effects: ['tellAssigned', 'tellProvider'],
    cite: cite('法律援助法', 55),
  },
  keepProvider: {
    title: { zh: '不予更换', en: 'Keep the provider' },
    told: { zh: '经审查，承办人不更换。', en: 'The lawyer stays.' },
    shows: ['reason'],
    by: ['director'],
    from: ['replacing'],
    to: (_, { data }) => (its(data).replacingFrom === 'assigned' ? 'assigned' : 'handling'),
    reaches: ['assigned', 'handling'],
    form: z.object({ reason: reason() }),
    when: ({ matter }) => (its(matter.data).replacingFor === 'conflict' ? no('must_replace', { article: '律师法 39' }) : null),
    effects: ['tellKept'],
    cite: cite('法律援助法', 55),
  },
  terminate: {
    title: { zh: '决定终止援助', en: 'Terminate aid' },
    told: { zh: '决定终止援助，理由写在决定里。', en: 'Aid was ended; the reasons are in the decision.' },
    by: ['director'],
    from: ['urgent', 'granted', 'assigned', 'handling', 'replacing'],
    to: 'terminated',
    form: z.object({ ground: choice({ zh: '法定事由', en: 'Statutory ground' }, groundTitles), reason: reason() }),
    rule: ({ matter, input }) =>
      'onlyWhereMeansTested' in terminations[input.ground] && its(matter.data).route === 'noMeansTest'
        ? no('not_applicable', { ground: 'T4' })
        : null,
    set: (input, { data }, { at }) => noting(data, { termination: input, decidedOn: dayOf(at) }),
    cite: cite('法律援助法', 48, 1),
    decides: {
      title: { zh: '终止法律援助决定书', en: 'Decision to terminate legal aid' },
      words: { zh: '经审查，决定终止法律援助。', en: 'Legal aid is terminated.' },
      reasonsIn: 'reason',
      ground: ({ ground }) => terminationOf(ground),
      remedy: 'object',
    },
    confirm: { zh: '终止后承办人不再办理，当事人可以提出异议。确定吗？', en: 'The provider stops; the recipient may object. Terminate?' },
  },
  serveTermination: {
    ...serving,
    title: { zh: '登记终止决定送达', en: 'Record service of the termination' },
    told: { zh: '终止决定送到您手里了。', en: 'The decision to end aid was delivered to you.' },
    from: ['terminated'],
    bulk: true,
    // Where nobody was sent, nobody has a file to hand in.
    to: (_, matter) => (holdersIn(matter, 'assignee').length ? 'terminationSent' : 'terminationSentUnassigned'),
    reaches: ['terminationSent', 'terminationSentUnassigned'],
    effects: ['tellTerminated', 'tellObjectionRoute'],
    cite: cite('法律援助法', 48),
  },
  recount: recounting(open),
  overdue: {
    title: { zh: '逾期', en: 'Overdue' },
    told: { zh: '这一步过了期限，已经报给司法局督办。', en: 'A time limit passed; the justice bureau was told.' },
    shows: ['limit'],
    by: ['system'],
    from: open,
    form: z.object({ limit: z.string() }),
    set: ({ limit }, { data }) => noting(data, { lateFor: [...new Set([...(its(data).lateFor ?? []), limit])] }),
    effects: ['alertSupervisor'],
    cite: cite('法律援助法', 61),
  },
})
