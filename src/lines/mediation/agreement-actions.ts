import { z } from 'zod'
import { attaching } from '#parts/attaching.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { notAhead, notPast } from '#kernel/calendar/day-rule.ts'
import { day, fen, nothing, passedLimit, seated } from '#kernel/form.ts'
import { actions, type Case } from '#kernel/line.ts'
import type { No } from '#kernel/refusal.ts'
import { its, noting } from './data.ts'
import { documents } from './documents.ts'
import { no } from './refusals.ts'
import { dayTaken, ForHolder, isOfSide, nextDue, officers, somebodyIn } from './rules.ts'
import type { MediationSeat } from './seats.ts'
import { inHand, type MediationState } from './states.ts'
import { cite } from './statutes.ts'
import { isTooLateToConfirm } from '#parts/confirming-together.ts'

const until = z.iso.date().optional()
const on = day({ zh: '哪天（不是今天才填）', en: 'On (if not today)' }).optional()

/** Which papers may be added where: the text before anybody signs it, a signed copy once everybody has (人民调解法 art. 29). */
function paperInPlace({ input, matter, actor }: Case<{ kind: string }>): No | null {
  if (input.kind === 'evidence') return null
  if (isOfSide({ matter, actor })) return no('for_the_table')
  if (input.kind === 'signedCopy') return matter.state === 'agreed' ? null : no('not_all_signed')
  return input.kind === 'agreement' && (matter.state === 'signing' || matter.state === 'sealing') ? no('text_is_settled') : null
}

/** Papers, terms, signatures and what follows from an agreement: 人民调解法 arts. 28–33. */
export const agreementActions = actions<MediationState, MediationSeat>()({
  attach: { ...attaching({ by: ['applicant', 'respondent', 'mediator', ...officers], from: inHand, documents }), rule: paperInPlace },
  addInstalment: {
    title: { zh: '约定一笔：哪天、多少钱', en: 'Agree one instalment' },
    told: { zh: '约定了一笔。', en: 'An instalment was written down.' },
    shows: ['on', 'fen'],
    openly: true,
    by: ['mediator'],
    from: ['mediating'],
    form: z.object({
      on: day({ zh: '哪天以前', en: 'By' }),
      fen: fen({ zh: '多少钱（不是钱的填 0）', en: 'How much (0 if it is not money)' }),
    }),
    rule: ({ input, now }) => notPast('on', input.on, now),
    set: (one, { data }) =>
      noting(data, { paid: 0, instalments: [...(its(data).instalments ?? []), one].toSorted((a, b) => a.on.localeCompare(b.on)) }),
    cite: cite('人民调解法', 29, 1, 3),
  },
  clearInstalments: {
    title: { zh: '重新约定各笔', en: 'Start the instalments anew' },
    told: { zh: '约定的各笔要重新写。', en: 'The instalments are being written anew.' },
    by: ['mediator'],
    from: ['mediating'],
    form: nothing,
    when: ({ matter }) => (its(matter.data).instalments?.length ? null : no('not_applicable')),
    set: (_, { data: { instalments: _gone, ...data } }) => ({ data }),
  },
  propose: {
    title: { zh: '协议写好，请各方签名', en: 'Put the agreement to be signed' },
    told: { zh: '协议书写好了，请看清楚再签。', en: 'The agreement is written: read it before you sign.' },
    openly: true,
    by: ['mediator'],
    from: ['mediating'],
    to: 'signing',
    asks: nothing,
    form: nothing,
    needs: ['agreement'],
    when: somebodyIn('respondent'),
    effects: ['tellToSign'],
    cite: cite('人民调解法', 28),
  },
  sign: {
    title: { zh: '签名', en: 'Sign' },
    told: { zh: '签了名。', en: 'Signed.' },
    openly: true,
    by: ['applicant', 'respondent', 'mediator', ...officers],
    jointly: ['applicant', 'respondent', 'mediator'],
    from: ['signing'],
    to: 'sealing',
    form: z.object({ holder: seated({ zh: '代谁记录', en: 'Recorded for' }, 'applicant', 'respondent', 'mediator').optional() }),
    effects: ['tellAgency'],
    cite: cite('人民调解法', 29, 2),
    confirm: {
      zh: '签名后，等所有人都签、盖了章，协议就有约束力。看清楚了吗？',
      en: 'Once everybody signed and it is sealed, it binds you. Have you read it?',
    },
  },
  edit: {
    title: { zh: '修改协议', en: 'Change the agreement' },
    told: { zh: '协议要修改，签过的名不算数了，改完重新签。', en: 'The agreement is being changed: what was signed no longer counts.' },
    openly: true,
    by: ['mediator'],
    from: ['signing', 'sealing'],
    to: 'mediating',
    form: nothing,
    voids: ['sign'],
    set: (_, { documents: held }) => ({ documents: held.filter((kind) => kind !== 'agreement') }),
    cite: cite('人民调解法', 29, 2),
    confirm: { zh: '签过的名都不再算数，改完要重新签。确定吗？', en: 'Every signature is void, and all sign anew. Go ahead?' },
  },
  seal: {
    title: { zh: '盖章，协议生效', en: 'Seal: the agreement takes effect' },
    told: { zh: '调解委员会盖了章，协议生效。', en: 'The committee sealed it, and the agreement is in effect.' },
    shows: ['on'],
    openly: true,
    by: officers,
    from: ['sealing'],
    to: 'agreed',
    asks: z.object({ on }),
    form: z.object({ on, until }),
    rule: ({ input, now }) => notAhead('on', input.on, now),
    set: (input, { data }, { at }) => noting(data, { agreement: { form: 'written', effectiveOn: dayTaken(input.on, at) } }),
    effects: ['tellAgreed'],
    cite: cite('人民调解法', 29, 2),
  },
  agreeOrally: {
    title: { zh: '口头达成协议', en: 'Agree by word of mouth' },
    told: { zh: '同意了口头协议。', en: 'An oral agreement was agreed to.' },
    openly: true,
    by: ['applicant', 'respondent', 'mediator'],
    jointly: ['applicant', 'respondent'],
    from: ['mediating'],
    to: 'agreed',
    asks: ForHolder,
    form: ForHolder.extend({ until }),
    when: somebodyIn('respondent'),
    set: (_, { data }, { at }) => noting(data, { agreement: { form: 'oral', effectiveOn: dayOf(at) } }),
    effects: ['tellAgreed'],
    cite: cite('人民调解法', 30),
    confirm: {
      zh: '口头协议从大家都同意的那天起生效，调解员会记下内容。确定吗？',
      en: 'It takes effect on the day everybody agreed; the mediator writes it down. Go ahead?',
    },
  },
  writeDown: {
    title: { zh: '把口头协议写成协议书', en: 'Write the oral agreement down' },
    told: { zh: '要把口头协议写成协议书，大家重新签名。', en: 'The oral agreement is being written down, for everybody to sign.' },
    openly: true,
    by: ['mediator'],
    from: ['agreed'],
    to: 'mediating',
    form: nothing,
    when: ({ matter }) => (its(matter.data).agreement?.form === 'oral' ? null : no('not_applicable')),
    set: (_, { data: { agreement: _oral, ...data } }) => ({ data }),
    cite: cite('人民调解法', 28),
  },
  recordInstalment: {
    title: { zh: '登记已履行一笔', en: 'Record an instalment' },
    told: { zh: '履行了一笔。', en: 'An instalment was performed.' },
    openly: true,
    by: ['mediator', ...officers],
    from: ['agreed'],
    to: ({ until }) => (until ? 'agreed' : 'performed'),
    reaches: ['agreed', 'performed'],
    asks: z.object({ on }),
    form: z.object({ on, until }),
    when: ({ matter }) => (nextDue(matter) ? null : no('not_applicable')),
    rule: ({ input, now }) => notAhead('on', input.on, now),
    set: (_, { data }) => noting(data, { paid: (its(data).paid ?? 0) + 1 }),
    cite: cite('人民调解法', 31, 2),
  },
  recordPerformed: {
    title: { zh: '登记已经履行', en: 'Record that it was performed' },
    told: { zh: '协议履行完了。', en: 'The agreement was performed.' },
    openly: true,
    by: ['mediator', ...officers],
    from: ['agreed'],
    to: 'performed',
    form: nothing,
    when: ({ matter }) => (nextDue(matter) ? no('not_applicable') : null),
    cite: cite('人民调解法', 31, 2),
  },
  remindInstalment: {
    title: { zh: '提醒快到约定的日子', en: 'Reminder of an agreed day' },
    told: { zh: '提醒：约定的日子快到了。', en: 'A reminder: an agreed day is near.' },
    openly: true,
    by: ['system'],
    from: ['agreed'],
    form: passedLimit,
    effects: ['remindPerformance'],
    cite: cite('人民调解法', 31, 2),
  },
  instalmentPassed: {
    title: { zh: '约定的日子过了', en: 'An agreed day has passed' },
    told: { zh: '约定的日子过了，还没有登记履行。', en: 'An agreed day has passed, and nothing was recorded.' },
    openly: true,
    by: ['system'],
    from: ['agreed'],
    form: passedLimit,
    effects: ['tellDue', 'tellAgency'],
    cite: cite('人民调解法', 31, 2),
  },
  recordBreach: {
    title: { zh: '协议没有履行', en: 'It was not performed' },
    told: { zh: '协议没有履行，可以向人民法院起诉。', en: 'It was not performed; the court is open.' },
    by: ['applicant', 'respondent', ...officers],
    from: ['agreed'],
    to: 'breached',
    form: nothing,
    effects: ['tellOtherWays'],
    cite: cite('人民调解法', 32),
    confirm: { zh: '调解到这里就结束了，可以向人民法院起诉。确定吗？', en: 'Mediation ends with it, and the court is open. Go ahead?' },
  },
  seekConfirmation: {
    title: { zh: '一起申请司法确认', en: 'Ask the court together to confirm it' },
    told: {
      zh: '要一起申请司法确认，另外开了一件，各方都要签。',
      en: 'Confirmation is sought in a matter of its own, in which everybody signs.',
    },
    openly: true,
    by: ['applicant', 'respondent', ...officers],
    from: ['agreed'],
    form: nothing,
    when: confirmable,
    set: (_, { data }) => noting(data, { isConfirmationSought: true }),
    effects: ['openConfirmation'],
    cite: cite('人民调解法', 33, 1),
  },
})

/** A written agreement, within thirty days of its taking effect. */
function confirmable(seen: Omit<Case<never>, 'input'>): No | null {
  const { agreement, isConfirmationSought } = its(seen.matter.data)
  if (agreement?.form !== 'written') return no('write_it_down')
  if (isConfirmationSought) return no('once_only')
  return isTooLateToConfirm(agreement.effectiveOn, seen) ? no('confirm_too_late') : null
}
