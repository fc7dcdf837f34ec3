import type { Limit } from '#kernel/limits/limit.ts'
import type { sampleLineActions } from './actions.ts'
import type { SampleLineSeat } from './seats.ts'
import type { SampleLineState } from './states.ts'
import { cite } from './statutes.ts'

/** How long the desk has. A number the law leaves open becomes a dated setting (`daysSet`) once somebody may change it. */
export const limits = {
  answer: {
    title: { zh: '答复', en: 'Answering' },
    kind: 'duty',
    of: 'desk',
    length: { count: 10, unit: 'workingDay' },
    startedBy: ['submit'],
    stoppedBy: ['answer', 'withdraw'],
    onBreach: 'overdue',
    cite: cite('个人信息保护法', 50, 1),
    uncertain: '法律没有写天数；这个天数是本平台定的',
    told: { zh: '这个日子是我们给自己定的。', en: 'We set ourselves this day.' },
  },
} satisfies Record<string, Limit<SampleLineState, keyof typeof sampleLineActions, SampleLineSeat>>
