import { z } from 'zod'
import type { Relation } from '#kernel/actor.ts'
import type { Cite } from '#kernel/cite.ts'
import { choice, nothing, ofDesk, passedLimit, reason, seated, shortText } from '#kernel/form.ts'
import type { Case, Text } from '#kernel/line.ts'
import { daysSet } from '#kernel/limits/limit.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { no, type No } from '#kernel/refusal.ts'
import { seatsOf } from '#kernel/seat.ts'
import { factsOf, topicChoice, type Topic } from './facts.ts'

/** How somebody said that it may be passed on, where an officer writes it down. */
const leaves = {
  phone: { zh: '本人在电话里同意', en: 'By telephone' },
  present: { zh: '本人当面同意', en: 'Face to face' },
  written: { zh: '本人书面同意', en: 'In writing' },
} satisfies Record<string, Text>

/** A referral as a sending line declares it: to which service, what may go along, who refers from where, and in which state it waits for the answer, if it waits. */
type Sending<S extends string, R extends string> = {
  to: string
  title: Text
  told: Text
  carries: readonly Topic[]
  by: readonly Relation<R>[]
  from: readonly S[]
  waits?: S
  /** The seats of those who may be referred; where there are several it is written down for whom. */
  people: readonly R[]
  /** People may live in another county than the one where they asked. */
  elsewhere?: true
  cite: Cite
}

const county = ofDesk(
  z
    .string()
    .regex(/^\d{6}$/)
    .meta({ title: '转到哪个区县（行政区划代码，在本地办不用填）', titleEn: 'County (its code; leave empty for this one)' }),
).optional()

/** Refers the person to another service with what they agree may go along (`sendReferral` opens it there as offered). Nothing goes without their leave. */
export function referringTo<const S extends string, const R extends string>(its: Sending<S, R>) {
  const { to, title, told, carries, by, from, waits, people, elsewhere, cite } = its
  const who = { zh: '替谁转', en: 'For whom' }
  return {
    title,
    told,
    shows: ['carries'] as const,
    by,
    from,
    ...(waits && { to: waits }),
    form: z.object({
      carries: topicChoice({ zh: '同意一起转过去的内容', en: 'What may go along' }, carries),
      leave: ofDesk(choice({ zh: '本人怎么同意的', en: 'How they agreed' }, leaves)).optional(),
      ...(elsewhere && { county }),
      ...(people.length > 1 && { holder: seated(who, ...people).optional() }),
    }),
    rule: ({ matter, actor, input }: Pick<Case<Record<string, unknown>>, 'matter' | 'actor' | 'input'>): No | null =>
      seatsOf(matter, actor.id).some((seat) => people.some((one) => one === seat))
        ? null
        : missing(input, people.length > 1 ? ['leave', 'holder'] : ['leave']),
    refers: { to, carries: factsOf(carries) },
    ...(people.length > 1 && { toldTo: 'holder' }),
    effects: ['sendReferral'] as const,
    cite,
    confirm: {
      zh: '对方机构会看到上面勾选的内容，只用来办这件事。还没有接收时，可以随时收回。确定转吗？',
      en: 'The other body will see what is ticked, for this matter alone. Until it takes over this may be taken back. Refer?',
    },
  }
}

/** Whoever asks for themselves ticks what may go; for everybody else it is written down how they said so. */
function missing(input: Record<string, unknown>, needed: readonly string[]): No | null {
  const path = needed.find((field) => input[field] === undefined)
  return path ? no('invalid', { issues: [{ path, code: 'answer.choose', message: 'answer.choose' }] }) : null
}

/** What the system records where it was referred from: the service that answered, and for whom. */
const Answer = z.object({ service: z.string(), holder: z.string().optional() })

const reasons = {
  reason: reason({ zh: '退回的理由（写给本人看）', en: 'Reason, addressed to the person' }),
  instead: shortText({ zh: '可以去找谁', en: 'Where to turn instead' }, { max: 200 }).optional(),
}

/** From where a sending line learns of the answer, where it goes once it is taken over, and where one that waited goes on that was sent back. */
type Answers<S extends string> = { from: readonly S[]; taken?: S; back?: { to(matter: Matter): S; reaches: readonly S[] } }

/** Steps by which the sending line learns what came of its referrals. */
export function referralAnswers<const S extends string>({ from, taken, back }: Answers<S>) {
  const by = ['system'] as const
  const goesBack = back && { to: (_: unknown, matter: Matter) => back.to(matter), reaches: back.reaches }
  return {
    referralAccepted: {
      title: { zh: '对方机构接收了', en: 'Taken over by the other body' },
      told: { zh: '转过去的事，对方机构接收了，由他们接着办。', en: 'The other body took it over and goes on with it.' },
      by,
      from,
      ...(taken && { to: taken }),
      form: Answer,
      toldTo: 'holder' as const,
    },
    referralReturned: {
      title: { zh: '对方机构退回了', en: 'Sent back by the other body' },
      told: { zh: '转过去的事退回来了。', en: 'It was sent back.' },
      shows: ['reason', 'instead'] as const,
      by,
      from,
      ...goesBack,
      form: Answer.extend(reasons),
      toldTo: 'holder' as const,
    },
    referralEnded: {
      title: { zh: '本人不转了', en: 'The person took it back' },
      told: { zh: '您说不转了，这件事不再转过去。', en: 'You took it back, and it is not passed on.' },
      by,
      from,
      ...goesBack,
      form: Answer,
      toldTo: 'holder' as const,
    },
  }
}

/** Whoever referred somebody and waits, or the person, takes it back before it was answered: what was offered is read no more, and the matter goes on here. */
export function recalling<const S extends string, const R extends string>({ by, from, back }: Recalling<S, R>) {
  return {
    recallReferral: {
      title: { zh: '收回，不转了', en: 'Take it back' },
      told: { zh: '转出的事收回了，还在这里接着办。', en: 'It was taken back, and goes on here.' },
      by,
      from,
      to: (_: unknown, matter: Matter) => back.to(matter),
      reaches: back.reaches,
      form: nothing,
      effects: ['endReferral'] as const,
    },
  }
}

/** Who takes back what waits where, and where it goes on. */
type Recalling<S extends string, R extends string> = {
  by: readonly Relation<R>[]
  from: readonly S[]
  back: NonNullable<Answers<S>['back']>
}

/** Where a matter waits for the answer of whoever it was referred to. For the `states` of a sending line that waits. */
export const referring = {
  title: { zh: '已转出，等答复', en: 'Referred, waiting for an answer' },
  waitsFor: ['desk'],
  lasts: true,
  next: {
    zh: '转过去的事在等那边答复。没有接收以前，这里还替您管着。',
    en: 'It waits for the other body to answer. Until it takes over, this body goes on answering for it.',
  },
  desk: {
    next: {
      zh: '等接收的机构答复；没有接收以前，仍由本机构负责，期限照样走。',
      en: 'The other body answers; until it takes over this one answers for it, and the limits run on.',
    },
  },
} as const

/** Where a matter stands that another service referred here, and where it ends that was sent back. For the `states` of a receiving line, which names the first as `receives`. */
export const referralStates = {
  referredIn: {
    title: { zh: '转过来的，待接收', en: 'Referred here, to be taken over' },
    waitsFor: ['desk'],
    next: {
      zh: '这里会看能不能接着办：接收了会告诉您，退回也会说明理由和可以去找谁。说过的不用再说一遍。',
      en: 'They see whether they can go on with it, and tell you either way, with reasons. What you told is not asked again.',
    },
    desk: {
      next: {
        zh: '先看本人同意转来的内容，再接收或者退回；退回要写明理由和可以去找谁。',
        en: 'Look at what came along, then take it over or send it back with reasons and where to turn.',
      },
    },
  },
  sentBack: {
    title: { zh: '退回', en: 'Sent back' },
    final: true,
    leavesNoFile: true,
    waitsFor: [],
    next: { zh: '这里没有接着办，理由和可以去找谁写在下面。', en: 'It is not handled here; the reasons and where to turn are below.' },
  },
} as const

/** A receiving line: who answers, where it goes on, who may take it back, and which other states it may still be sent back from. */
type Receiving<S extends string, R extends string> = { by: readonly Relation<R>[]; accepted: S; person: R; from?: readonly S[] }

/** The steps of the desk that was sent somebody, and of the person, who may take it back until then. */
export function receiving<const S extends string, const R extends string>({ by, accepted, person, from = [] }: Receiving<S, R>) {
  return {
    acceptReferral: {
      title: { zh: '接收', en: 'Take over' },
      told: { zh: '转过来的事接收了，从这里接着办。', en: 'It was taken over, and goes on here.' },
      rank: 1,
      by,
      from: ['referredIn'] as const,
      to: accepted,
      form: nothing,
      effects: ['answerReferral'] as const,
    },
    returnReferral: {
      title: { zh: '退回，说明理由', en: 'Send back, with reasons' },
      told: { zh: '这件事退回了。', en: 'It was sent back.' },
      shows: ['reason', 'instead'] as const,
      by,
      from: ['referredIn', ...from] as const,
      to: 'sentBack' as const,
      form: z.object(reasons),
      effects: ['answerReferral'] as const,
    },
    takeBackReferral: {
      title: { zh: '不转了', en: 'Take it back' },
      told: { zh: '您说不转了，这里不再看您说过的话。', en: 'You took it back; what you told is no longer read here.' },
      // The system does it for whoever referred and took it back there.
      by: [person, ...by, 'system' as const],
      from: ['referredIn'] as const,
      to: 'sentBack' as const,
      form: nothing,
      effects: ['answerReferral'] as const,
      confirm: {
        zh: '不转了，这里就看不到您说过的话。需要时可以再转。确定吗？',
        en: 'Then nothing you told is read here any more. It may be referred again. Go ahead?',
      },
    },
    referralOverdue: {
      title: { zh: '转来的事逾期没有答复', en: 'Not answered in time' },
      told: { zh: '过了期限还没有答复接不接收，已经上报督办。', en: 'They are late in answering, and this was reported.' },
      by: ['system'] as const,
      from: ['referredIn'] as const,
      form: passedLimit,
      effects: ['alertSupervisor'] as const,
    },
  }
}

/** By when a desk answers a referral. The law sets no days: ours are a setting, and until they are over the sender goes on answering for it. */
export const answeringReferral = (cite: Cite) => ({
  title: { zh: '答复接不接收', en: 'Answering a referral' },
  kind: 'duty' as const,
  of: 'desk' as const,
  ...daysSet('referral.answerDays', 'workingDay'),
  startedBy: ['open'] as const,
  startsIf: ({ to }: Pick<Event, 'to'>) => to === 'referredIn',
  stoppedBy: ['acceptReferral', 'returnReferral', 'takeBackReferral'] as const,
  onBreach: 'referralOverdue' as const,
  cite,
  uncertain: '法律没有写几天答复；这个天数是本平台定的',
  told: { zh: '法律没有写几天，这是本平台定的。', en: 'The law sets no number of days; this one is ours.' },
})
