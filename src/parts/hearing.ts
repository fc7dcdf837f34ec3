import { z } from 'zod'
import { addDays, dayOf } from '#kernel/calendar/calendar.ts'
import type { Cite } from '#kernel/cite.ts'
import { choice, moment } from '#kernel/form.ts'
import type { Case, Change } from '#kernel/line.ts'
import type { Event, Matter } from '#kernel/matter.ts'
import { no, type No } from '#kernel/refusal.ts'

/** The limit a hearing runs as: an appointment, so that calendars, reminders and the log's proof hold for it as for any limit. */
export const hearingLimit = 'hearing'

/** Where a hearing is held. */
export const forums = {
  court: { zh: '法院', en: 'Court' },
  arbitration: { zh: '仲裁机构', en: 'Arbitration body' },
  online: { zh: '网上开庭', en: 'Online' },
} as const

/** Only the name of an institution and the number of a room fit here: the log keeps what is typed, so no person may be written into it. */
const institution = /^[\u4e00-\u9fff（）·]{2,30}(法院|法庭|仲裁委员会|仲裁院|仲裁庭)$/
const room = /^第?[一二三四五六七八九十\dA-Z]{1,4}号?(审判庭|法庭|仲裁庭|庭|室)$/

/** A hearing as its provider records it. */
export const Hearing = z.object({
  at: moment({ zh: '开庭时间', en: 'Time of the hearing' }),
  forum: choice({ zh: '在哪里开庭', en: 'Held at' }, forums),
  court: z
    .string()
    .trim()
    .regex(institution, 'answer.court')
    .meta({ title: '法院或者仲裁机构', titleEn: 'Court or arbitration body', description: '写全称，例如：西宁市城东区人民法院' }),
  room: z
    .string()
    .trim()
    .regex(room, 'answer.room')
    .meta({ title: '第几法庭', titleEn: 'Room', description: '传票上写的，例如：第三法庭。还不知道可以不填。' })
    .optional(),
})
export type Hearing = z.output<typeof Hearing>

/** The hearing on a matter's file, past or to come. */
export const hearingOf = ({ data }: { data: { hearing?: Hearing } }): Hearing | undefined => data.hearing

/** Court and room in words. */
export const placeOf = ({ court, room }: Pick<Hearing, 'court' | 'room'>): string => [court, room].filter(Boolean).join(' ')

/** Longer ahead than any court sets a day; a mistyped year is noticed. */
const furthestDays = 730

/** Where a line lets hearings be set, where one may be pending, and its letters: of a change, and of the day before. */
type Stage<S extends string, C extends string, R extends string> = {
  from: readonly S[]
  pending: readonly S[]
  changed: readonly C[]
  soon: readonly R[]
  /** The article that binds the provider to it. */
  duty: Cite
}

/** What a provider does about a hearing: sets it, which also moves it, or takes it off; and the system's reminder of the day before. */
export const hearingActions = <S extends string, const C extends string, const R extends string>({
  from,
  pending,
  changed,
  soon,
  duty,
}: Stage<S, C, R>) => ({
  scheduleHearing: {
    title: { zh: '登记开庭', en: 'Set the hearing' },
    told: { zh: '开庭时间定了。', en: 'A hearing was set.' },
    shows: ['at', 'court', 'room'] as const,
    by: ['assignee'] as const,
    from,
    form: Hearing,
    rule: ({ input, now }: Case<Hearing>): No | null => withinReach(input.at, now),
    set: (hearing: Hearing, { data }: Matter): Change => ({ data: { ...data, hearing } }),
    effects: changed,
    cite: duty,
  },
  cancelHearing: {
    title: { zh: '取消开庭', en: 'Take the hearing off' },
    told: { zh: '原来定的开庭取消了。', en: 'The hearing was taken off.' },
    shows: ['because'] as const,
    by: ['assignee'] as const,
    from,
    form: z.object({ because: choice({ zh: '为什么取消', en: 'Why' }, causes) }),
    when: ({ matter, now }: Omit<Case<never>, 'input'>): No | null => (isAhead(matter, now) ? null : no('no_hearing')),
    set: (_: unknown, { data: { hearing: _gone, ...data } }: Matter): Change => ({ data }),
    effects: changed,
    cite: duty,
  },
  remindHearing: {
    title: { zh: '提醒开庭', en: 'Reminder of the hearing' },
    told: { zh: '提醒您，第二天开庭。', en: 'A reminder of the hearing next day.' },
    by: ['system'] as const,
    from: pending,
    form: z.object({ limit: z.string() }),
    // A sweeper that was down until the hearing had passed reminds nobody.
    when: ({ matter, now }: Omit<Case<never>, 'input'>): No | null => (isAhead(matter, now) ? null : no('wrong_state')),
    effects: soon,
  },
})

const causes = {
  postponed: { zh: '延期，时间另行通知', en: 'Postponed, time to follow' },
  settled: { zh: '和解、调解或者撤回，不再开庭', en: 'Settled or withdrawn' },
  mistaken: { zh: '登记有误', en: 'Entered by mistake' },
}

/** A hearing's moment and its reminder's, as limits of a line; `endedBy` are the actions after which there is nothing left to attend. */
export const hearingLimits = <A extends string>(endedBy: readonly A[], duty: Cite) => ({
  [hearingLimit]: {
    title: { zh: '开庭', en: 'Hearing' },
    kind: 'appointment' as const,
    of: 'assignee' as const,
    length: { at: ({ at }: Event['input']) => String(at) },
    startedBy: ['scheduleHearing'] as const,
    stoppedBy: ['cancelHearing', ...endedBy] as const,
    cite: duty,
  },
  hearingReminder: {
    title: { zh: '提醒开庭', en: 'Reminder of the hearing' },
    kind: 'appointment' as const,
    of: 'desk' as const,
    length: { at: ({ at }: Event['input']) => reminderOf(String(at)).toISOString() },
    startedBy: ['scheduleHearing'] as const,
    startsIf: ({ at, input }: Event) => at < reminderOf(String(input['at'])),
    stoppedBy: ['scheduleHearing', 'cancelHearing', 'remindHearing', ...endedBy] as const,
    onBreach: 'remindHearing' as const,
    cite: duty,
  },
})

/** Nine in the morning of the day before: early enough to ask for leave, late enough to be remembered. */
const reminderOf = (at: string): Date => new Date(`${addDays(dayOf(new Date(at)), -1)}T09:00:00+08:00`)

const isAhead = (matter: Matter, now: Date): boolean => new Date(hearingOf(matter)?.at ?? 0) > now

function withinReach(at: string, now: Date): No | null {
  const moment = new Date(at)
  const code = moment <= now ? 'answer.moment.past' : dayOf(moment) > addDays(dayOf(now), furthestDays) ? 'answer.date.tooFar' : null
  return code && no('invalid', { issues: [{ path: 'at', code, message: code }] })
}
